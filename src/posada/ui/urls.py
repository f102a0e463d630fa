"""The specimen page."""

from django.urls import path

from posada.ui import views

app_name = "ui"

urlpatterns = [path("specimen/", views.specimen, name="specimen")]
