"""Codes by phone: the second has an authenticator for each kind of act, and reads out the code of that kind.

TOTP (RFC 6238) as in any authenticator app, with a secret per user and kind, so that who asks cannot pass off one
kind as another. The secret is an HMAC of the site's keys over a random nonce: a copy of the database does not hold it.
"""

from base64 import b32encode
from typing import Final
from urllib.parse import quote

from django.db import transaction
from django_otp.oath import TOTP

from posada.accounts.acts import Act
from posada.accounts.approvals.queries import holds_role_of_second
from posada.accounts.approvals.rules import SECONDS, WRONG_CODES, Kind
from posada.accounts.models import AgreeingCode, Approval, User
from posada.accounts.permissions import Actor, Refused, require
from posada.accounts.queries import sign_in_fingerprint
from posada.audit import services as audit
from posada.ground import clock, ids
from posada.vault import keyring

STEP: Final = 30
_EARLIER_AND_LATER: Final = (-1, 0, 1)
_PURPOSE: Final = "agreeing"


def _secret(held: AgreeingCode) -> bytes:
    return bytes.fromhex(keyring.fingerprint(_PURPOSE, f"{held.user_id}|{held.kind}|{held.nonce.hex}"))[:20]


def enrol(*, by: Actor, kind: Kind) -> AgreeingCode:
    """A new secret for one kind of act; any older one stops working."""
    role = require(by, Act.AGREE)
    if by.user is None or not SECONDS[kind] & by.roles:
        raise Refused(Act.AGREE)
    with transaction.atomic():
        held, _made = AgreeingCode.objects.update_or_create(
            user_id=by.user, kind=kind, defaults={"nonce": ids.new_id(), "last_step": 0, "wrong": 0}
        )
        audit.write(audit.Event(act=Act.AGREE, actor=by.user, role=role, site=by.site, reason=f"enrol:{kind}"))
    return held


def secret_of(held: AgreeingCode) -> str:
    """The secret in base32, to type into an authenticator: for the page right after `enrol`, and no other."""
    return b32encode(_secret(held)).decode()


def address_of(held: AgreeingCode, label: str) -> str:
    """What the square code says to an authenticator."""
    return f"otpauth://totp/Posada:{quote(label)}?secret={secret_of(held)}&issuer=Posada&algorithm=SHA1&digits=6&period={STEP}"


def code_at(held: AgreeingCode, seconds: float) -> str:
    """The six digits that the second's phone shows at a moment of the machine's clock."""
    totp = TOTP(_secret(held), step=STEP)
    totp.time = seconds
    return f"{totp.token():06d}"


def take_code(approval: Approval, *, name: str, code: str) -> int | None:
    """The second whose code this is, used up; none if anything is wrong. The caller holds the approval's row.

    After five wrong codes an approval takes none any more, and after five a second's authenticator neither.
    """
    digits = code.replace(" ", "")
    user = User.objects.filter(sign_in=sign_in_fingerprint(name), is_active=True).first()
    held = None
    if user is not None and holds_role_of_second(approval, user.pk):
        held = AgreeingCode.objects.select_for_update().filter(user=user, kind=approval.kind).first()
    if approval.wrong_codes >= WRONG_CODES or held is None or held.wrong >= WRONG_CODES:
        _count_wrong(approval, None)
        return None
    now = clock.real_seconds()
    for offset in _EARLIER_AND_LATER:
        step = int(now // STEP) + offset
        if step > held.last_step and code_at(held, step * STEP) == digits:
            held.last_step, held.wrong = step, 0
            held.save(update_fields=["last_step", "wrong"])
            return held.user_id
    _count_wrong(approval, held)
    return None


def _count_wrong(approval: Approval, held: AgreeingCode | None) -> None:
    approval.wrong_codes = min(approval.wrong_codes + 1, WRONG_CODES)
    approval.save(update_fields=["wrong_codes"])
    if held is not None:
        held.wrong += 1
        held.save(update_fields=["wrong"])
