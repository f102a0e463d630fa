"""The pages that join the others, and those on which two persons agree."""

from posada.desk.views.pages import (
    bad_request,
    csrf_failure,
    not_found,
    person,
    refused,
    seal,
    server_error,
    story_step,
    today,
)

__all__ = [
    "bad_request",
    "csrf_failure",
    "not_found",
    "person",
    "refused",
    "seal",
    "server_error",
    "story_step",
    "today",
]
