"""The addresses of tracing requests, hand-overs and "I am not missing"."""

from django.urls import path

from posada.family.views import handing, objections
from posada.family.views.requests import (
    add_sought,
    answer,
    close_request,
    open_request,
    refuse_request,
    renew_request,
    request_page,
    requests,
    update_request,
)

REQUESTS = [
    path("requests/", requests, name="requests"),
    path("requests/new/", open_request, name="open_request"),
    path("requests/<int:number>/", request_page, name="request"),
    path("requests/<int:number>/edit/", update_request, name="update_request"),
    path("requests/<int:number>/close/", close_request, name="close_request"),
    path("requests/<int:number>/renew/", renew_request, name="renew_request"),
    path("requests/<int:number>/answer/", answer, name="answer"),
    path("requests/<int:number>/another/", add_sought, name="add_sought"),
    path("requests/<int:number>/refuse/", refuse_request, name="refuse_request"),
    path("requests/<int:number>/hand-over/", handing.hand_over, name="hand_over"),
    path("hand-over/<uuid:hand_over_id>/", handing.hand_over_state, name="hand_over_state"),
    path("hand-over/<uuid:hand_over_id>/handed/", handing.handed_on_paper, name="handed_on_paper"),
    path("<int:number>/not-missing/", objections.not_missing, name="not_missing"),
    path("<int:number>/not-missing/seen/", objections.not_missing_seen, name="not_missing_seen"),
]
