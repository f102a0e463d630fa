from django.urls import path

from posada.oversight.views import access, auditing, files, own, shift

app_name = "oversight"
urlpatterns = [
    path("", auditing.who_did_what, name="trail"),
    path("unusual/", auditing.unusual_reading, name="unusual"),
    path("chain/", auditing.chain, name="chain"),
    path("access/", access.access, name="access"),
    path("access/<int:user_id>/reviewed/", access.reviewed, name="reviewed"),
    path("summary/", own.summary, name="summary"),
    path("mine/", own.mine, name="mine"),
    path("person/<int:number>/", files.file_trail, name="file_trail"),
    path("person/<int:number>/print/", files.file_trail_print, name="file_trail_print"),
    path("shift/", shift.shift_sheet, name="shift_sheet"),
]
