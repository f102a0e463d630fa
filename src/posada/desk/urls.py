from django.urls import path

from posada.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("person/<int:number>/", views.person, name="person"),
    path("seal/", views.seal, name="seal"),
    path("story/", views.story_step, name="story_step"),
]
