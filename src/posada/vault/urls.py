from django.urls import path

from posada.vault import views

app_name = "vault"
urlpatterns = [
    path("", views.unlock, name="unlock"),
    path("progress/", views.progress, name="progress"),
    path("demonstration/", views.open_demonstration, name="open_demonstration"),
    path("thief/", views.look_as_thief, name="look_as_thief"),
]
