"""Addresses of what is due, of handing a case over, of sessions and their sheets, of legal help."""

from django.urls import path

from posada.asylum.views import due, handing, legal_aid, sessions

urlpatterns = [
    path("due/", due.due, name="due"),
    path("due/days.ics", due.calendar, name="calendar_file"),
    path("calendar/", due.month, name="month_now"),
    path("calendar/<int:year>/<int:number>/", due.month, name="month"),
    path("<int:number>/hand-over/", handing.hand_over, name="hand_over"),
    path("accounts/<uuid:account>/hand-over/", handing.hand_account, name="hand_account"),
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/<uuid:session>/", sessions.session, name="session"),
    path("sessions/<uuid:session>/<int:person_number>/off/", sessions.not_there, name="session_off"),
    path("sheet/<slug:country>/<slug:topic>/", sessions.sheet, name="sheet"),
    path("sheet/<slug:country>/<slug:topic>/text/", sessions.sheet_text, name="sheet_text"),
    path("legal-aid/", legal_aid.legal_aid, name="legal_aid"),
    path("guest-duty/", legal_aid.duty, name="duty"),
]
