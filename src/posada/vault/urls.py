from django.urls import path

from posada.vault import open_pages, views

app_name = "vault"
urlpatterns = [
    path("", views.unlock, name="unlock"),
    path("progress/", views.progress, name="progress"),
    path("demonstration/", views.open_demonstration, name="open_demonstration"),
    path("thief/", views.look_as_thief, name="look_as_thief"),
    path("phones/", open_pages.phones, name="phones"),
    path("phones/certificate/", open_pages.authority, name="authority"),
    path("protects/", open_pages.protects, name="protects"),
]
