"""The addresses that the pages of this room need; so that its tests know no upper room."""

from django.urls import include, path

urlpatterns = [
    path("ui/", include("posada.ui.urls")),
    path("language/", include("django.conf.urls.i18n")),
]
