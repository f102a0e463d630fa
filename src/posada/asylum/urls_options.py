"""Addresses of options: a country's code or a case's number; what was told is never in an address."""

from django.urls import path

from posada.asylum.views import options

urlpatterns = [
    path("options/", options.options_start, name="options_start"),
    path("options/<slug:country>/", options.options_for, name="options"),
    path("<int:number>/options/", options.case_options, name="case_options"),
]
