"""The addresses of this room. They carry numbers of cases and ids of rows, never a name."""

from django.urls import include, path

from posada.asylum.views import case_history, cases, places, status

app_name = "asylum"
urlpatterns = [
    path("", places.home, name="home"),
    path("persons/<int:number>/", cases.person_cases, name="person_cases"),
    path("persons/<int:number>/new/", cases.open_case, name="open_case"),
    path("persons/<int:number>/status/", status.case_status, name="case_status"),
    path("<int:number>/", cases.case_page, name="case"),
    path("<int:number>/history/", case_history.case_history, name="case_history"),
    path("<int:number>/state/", cases.case_state, name="case_state"),
    path("<int:number>/erase/", cases.erase_case, name="erase_case"),
    path("<int:number>/who-sees/", cases.who_sees, name="who_sees"),
    path("", include("posada.asylum.urls_accounts")),
    path("", include("posada.asylum.urls_papers")),
    path("", include("posada.asylum.urls_parts")),
    path("", include("posada.asylum.urls_due")),
    path("", include("posada.asylum.urls_guides")),
    path("", include("posada.asylum.urls_options")),
]
