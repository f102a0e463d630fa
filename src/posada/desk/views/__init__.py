"""The pages that join the others, and those on which two persons agree."""

from posada.desk.views.alarms import alarms_here, answer_alarm, review_urgent
from posada.desk.views.approvals import (
    agree,
    agreeing_codes,
    approval,
    approvals_here,
    carry_out,
    code,
    enter_for,
    heard,
    stop,
)
from posada.desk.views.backups import backup
from posada.desk.views.night import night
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
    "agree",
    "agreeing_codes",
    "alarms_here",
    "answer_alarm",
    "approval",
    "approvals_here",
    "backup",
    "bad_request",
    "carry_out",
    "code",
    "csrf_failure",
    "enter_for",
    "heard",
    "night",
    "not_found",
    "person",
    "refused",
    "review_urgent",
    "seal",
    "server_error",
    "stop",
    "story_step",
    "today",
]
