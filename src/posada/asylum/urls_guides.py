"""Addresses of the guides: codes of countries and ids of rules."""

from django.urls import path

from posada.asylum.views import guides

urlpatterns = [
    path("guides/", guides.guides, name="guides"),
    path("guides/<slug:country>/", guides.guide, name="guide"),
    path("guides/<slug:country>/<slug:rule>/", guides.rule, name="guide_rule"),
]
