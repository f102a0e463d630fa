from django.urls import path

from posada.shelter.views import beds, places

app_name = "shelter"
urlpatterns = [
    path("places/", places.home, name="home"),
    path("", beds.board, name="board"),
    path("bed/<int:number>/", beds.bed, name="bed"),
    path("assign/<int:person_number>/", beds.assign, name="assign"),
    path("move/<int:person_number>/", beds.move, name="move"),
    path("leave/<int:person_number>/", beds.leave, name="leave"),
    path("evacuation/", beds.evacuation, name="evacuation"),
    path("rooms/add/", beds.add_room, name="add_room"),
]
