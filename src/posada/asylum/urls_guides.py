"""Addresses of the guides: codes of countries, ids of rules, numbers of changes."""

from django.urls import path

from posada.asylum.views import guide_changes, guides

urlpatterns = [
    path("guides/", guides.guides, name="guides"),
    path("guides/changes/<int:change>/", guide_changes.guide_change, name="guide_change"),
    path("guides/changes/<int:change>/days/", guide_changes.days_anew, name="guide_days"),
    path("guides/<slug:country>/", guides.guide, name="guide"),
    path("guides/<slug:country>/<slug:rule>/", guides.rule, name="guide_rule"),
    path("guides/<slug:country>/<slug:rule>/propose/", guide_changes.propose, name="propose_rule"),
]
