"""How somebody comes to a password, an authenticator and recovery codes that nobody else has seen.

A slip carries a one-time code. Whoever works here types it with their name, and then sets all three themselves.
"""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from posada.accounts.models import Authenticator, Enrolment, RecoveryCode, User
from posada.accounts.queries import sign_in_fingerprint
from posada.accounts.services.authenticators import begin_authenticator, read_code
from posada.accounts.services.sessions import end_sessions
from posada.accounts.services.signing_in import (
    FREE_TRIES,
    digits_of,
    recovery_fingerprint,
)
from posada.audit import services as audit
from posada.ground import clock
from posada.vault import keyring

SLIP_LASTS = timedelta(days=3)
CODES = 10
_DIGITS = 10
_NOBODY = 0
SLIP = "accounts.slip"
ENROL = "accounts.enrol"
AUTHENTICATOR = "accounts.authenticator"
RECOVERY_CODES = "accounts.recovery_codes"


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed once: the one-time code in groups, and the last day on which it works."""

    code: str
    until: date


def _new_code() -> str:
    """Ten digits (33 bits): enough where five wrong ones end it, and easy to read aloud."""
    digits = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"
    return f"{digits[:5]} {digits[5:]}"


def _slip_fingerprint(user_id: int, digits: str) -> str:
    return keyring.fingerprint("slip", f"{user_id}|{digits}")


def issue_slip(user: User) -> Slip:
    """A slip for this user; password, authenticator, recovery codes and sessions of before are gone.

    The caller has checked that this may be, and writes down who asked.
    """
    code, until = _new_code(), clock.now() + SLIP_LASTS
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        RecoveryCode.objects.filter(user=user).delete()
        user.set_unusable_password()
        user.failures, user.locked_until = 0, None
        user.save(update_fields=["password", "failures", "locked_until"])
        end_sessions(user)
        fingerprint = _slip_fingerprint(user.pk, digits_of(code))
        Enrolment.objects.update_or_create(
            user=user, defaults={"fingerprint": fingerprint, "expires_at": until, "failures": 0}
        )
    return Slip(code, localdate(until))


def enrolled_by_slip(*, name: str, code: str) -> User | None:
    """Whose slip this is; none whatever is wrong. After five wrong codes a slip is worth nothing."""
    found = User.objects.filter(sign_in=sign_in_fingerprint(name), is_active=True).first()
    pk = found.pk if found else _NOBODY
    fingerprint = _slip_fingerprint(pk, digits_of(code))
    with transaction.atomic():
        held = Enrolment.objects.select_for_update().filter(user_id=pk).first()
        is_open = held is not None and held.expires_at > clock.now() and held.failures < FREE_TRIES
        right = is_open and held is not None and secrets.compare_digest(held.fingerprint, fingerprint)
        failures = (held.failures if held else 0) + (0 if right else 1)
        Enrolment.objects.filter(user_id=pk).update(failures=min(failures, FREE_TRIES))
        if right and found is not None:
            begin_authenticator(found, fresh=True)
        result = audit.Result.DONE if right else audit.Result.REFUSED
        audit.write(audit.Event(act=SLIP, actor=pk or None, result=result))
    return found if right else None


def is_enrolling(user: User) -> bool:
    """Whether a slip of this user still works."""
    held = Enrolment.objects.filter(user=user).first()
    return held is not None and user.is_active and held.expires_at > clock.now()


def confirm_authenticator(user: User, code: str, *, session: str | None = None) -> bool:
    """Take the new authenticator into use if this is its code: the older one and all other sessions end."""
    with transaction.atomic():
        pending = Authenticator.objects.select_for_update().filter(user=user, confirmed=False).first()
        read = read_code(pending, digits_of(code))
        if pending is None or not read.right:
            return False
        Authenticator.objects.filter(user=user).exclude(pk=pending.pk).delete()
        pending.confirmed, pending.last_step, pending.drift = True, read.last_step, read.drift
        pending.save(update_fields=["confirmed", "last_step", "drift"])
        end_sessions(user, but=session)
        audit.write(audit.Event(act=AUTHENTICATOR, actor=user.pk))
    return True


def finish_enrolment(user: User, *, password: str, code: str) -> bool:
    """Set password and authenticator, and use the slip up. False, and nothing changed, if the code is not right."""
    with transaction.atomic():
        held = Enrolment.objects.select_for_update().filter(user=user).first()
        if held is None or not is_enrolling(user) or not confirm_authenticator(user, code):
            return False
        held.delete()
        user.refresh_from_db()
        user.set_password(password)
        user.failures, user.locked_until = 0, None
        user.save(update_fields=["password", "failures", "locked_until"])
        audit.write(audit.Event(act=ENROL, actor=user.pk))
    return True


def new_recovery_codes(user: User) -> tuple[str, ...]:
    """Ten codes, shown once; the earlier ones work no more."""
    codes: dict[str, str] = {}
    while len(codes) < CODES:
        code = _new_code()
        codes[recovery_fingerprint(user.pk, digits_of(code))] = code
    with transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create(RecoveryCode(user=user, fingerprint=print_) for print_ in codes)
        audit.write(audit.Event(act=RECOVERY_CODES, actor=user.pk))
    return tuple(codes.values())
