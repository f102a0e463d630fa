"""Writes: users, their signing in, and whose file is entrusted to whom. What needs two persons stands in `staffing`."""

from posada.accounts.queries import sign_in_fingerprint
from posada.accounts.services.authenticators import (
    add_authenticator,
    authenticator_address,
    authenticator_key,
    authenticator_secret,
    begin_authenticator,
    code_at,
)
from posada.accounts.services.enrolling import (
    Slip,
    confirm_authenticator,
    enrolled_by_slip,
    finish_enrolment,
    is_enrolling,
    issue_slip,
    new_recovery_codes,
)
from posada.accounts.services.entrusting import ReasonNeeded, assign, hand_back, hand_over, take_on
from posada.accounts.services.passwords import change_password, is_own_password, problem_with
from posada.accounts.services.sessions import OpenSession, end_sessions, sessions_of, sign_out_everywhere
from posada.accounts.services.signing_in import (
    FREE_TRIES,
    LOCK,
    check_sign_in,
    create_site,
    create_user,
    keep_language,
    note_entering,
    note_locking,
)

__all__ = [
    "FREE_TRIES",
    "LOCK",
    "OpenSession",
    "ReasonNeeded",
    "Slip",
    "add_authenticator",
    "assign",
    "authenticator_address",
    "authenticator_key",
    "authenticator_secret",
    "begin_authenticator",
    "change_password",
    "check_sign_in",
    "code_at",
    "confirm_authenticator",
    "create_site",
    "create_user",
    "end_sessions",
    "enrolled_by_slip",
    "finish_enrolment",
    "hand_back",
    "hand_over",
    "is_enrolling",
    "is_own_password",
    "issue_slip",
    "keep_language",
    "new_recovery_codes",
    "note_entering",
    "note_locking",
    "problem_with",
    "sessions_of",
    "sign_in_fingerprint",
    "sign_out_everywhere",
    "take_on",
]
