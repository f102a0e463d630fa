from django.urls import include, path

from posada.accounts.views import signing_in as accounts
from posada.desk import views as desk
from posada.family.views import strangers

urlpatterns = [
    path("", include("posada.desk.urls")),
    path("unlock/", include("posada.vault.urls")),
    path("account/", include("posada.accounts.urls")),
    path("people/", include("posada.people.urls")),
    path("house/", include("posada.shelter.urls")),
    path("family/", include("posada.family.urls")),
    path("asylum/", include("posada.asylum.urls")),
    path("files/", include("posada.interop.urls")),
    path("oversight/", include("posada.oversight.urls")),
    path("ui/", include("posada.ui.urls")),
    path("language/", accounts.language, name="set_language"),
    path("r/", strangers.page, name="page_outside"),
    path("r/style.css", strangers.style, {"door": "page_outside_style"}, name="page_outside_style"),
    path("ask/", strangers.ask, name="ask_outside"),
    path("ask/style.css", strangers.style, {"door": "ask_outside_style"}, name="ask_outside_style"),
]
handler400 = desk.bad_request
handler403 = desk.refused
handler404 = desk.not_found
handler500 = desk.server_error
