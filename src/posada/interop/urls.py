from django.urls import path

from posada.interop.views import deciding, exporting, files, handing

app_name = "interop"
urlpatterns = [
    path("", files.imports, name="imports"),
    path("export/", exporting.export, name="export"),
    path("hand-over/<uuid:hand_over_id>/form/", handing.hand_over_form, name="hand_over_form"),
    path("hand-over/<uuid:hand_over_id>/file/", handing.hand_over_file, name="hand_over_file"),
    path("<uuid:file_id>/", files.quarantine, name="quarantine"),
    path("<uuid:file_id>/progress/", files.progress, name="progress"),
    path("<uuid:file_id>/report/", files.report, name="report"),
    path("<uuid:file_id>/mapping/", deciding.mapping, name="mapping"),
    path("<uuid:file_id>/ask/", deciding.ask_to_confirm, name="ask_to_confirm"),
    path("<uuid:file_id>/confirm/", deciding.confirm, name="confirm"),
    path("<uuid:file_id>/dismiss/", deciding.dismiss, name="dismiss"),
]
