from django.urls import include, path

from posada.accounts.views import signing_in as accounts
from posada.desk import views as desk

urlpatterns = [
    path("", include("posada.desk.urls")),
    path("unlock/", include("posada.vault.urls")),
    path("account/", include("posada.accounts.urls")),
    path("people/", include("posada.people.urls")),
    path("house/", include("posada.shelter.urls")),
    path("family/", include("posada.family.urls")),
    path("files/", include("posada.interop.urls")),
    path("oversight/", include("posada.oversight.urls")),
    path("ui/", include("posada.ui.urls")),
    path("language/", accounts.language, name="set_language"),
]
handler400 = desk.bad_request
handler403 = desk.refused
handler404 = desk.not_found
handler500 = desk.server_error
