from django.urls import path

from posada.shelter import views

app_name = "shelter"
urlpatterns = [
    path("", views.board, name="board"),
    path("bed/<int:number>/", views.bed, name="bed"),
    path("assign/<int:person_number>/", views.assign, name="assign"),
    path("move/<int:person_number>/", views.move, name="move"),
    path("leave/<int:person_number>/", views.leave, name="leave"),
    path("evacuation/", views.evacuation, name="evacuation"),
    path("rooms/add/", views.add_room, name="add_room"),
]
