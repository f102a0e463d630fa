"""Authenticators for signing in: TOTP (RFC 6238), with a secret that no database holds.

It is an HMAC of the site's keys over who it is for and the row's nonce: a copy of the server, or a dump, gives no code.
"""

from base64 import b32encode
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote
from uuid import UUID

from django.db import transaction
from django_otp.oath import TOTP

from posada.accounts.models import Authenticator, User
from posada.ground import clock, ids
from posada.vault import keyring

STEP: Final = 30
DIGITS: Final = 6
TOLERANCE: Final = 1  # half minutes by which a phone's clock may be early or late
ISSUER: Final = "Posada"
_KEY_BYTES: Final = 20
_PURPOSE: Final = "authenticator"
_NOBODYS: Final = Authenticator(user_id=0, nonce=UUID(int=0))


@dataclass(frozen=True, slots=True)
class ReadCode:
    """What an authenticator's code says: whether it is right and new, and where its clock then stands."""

    right: bool
    last_step: int
    drift: int


def authenticator_key(held: Authenticator) -> bytes:
    """The secret: 20 bytes, made anew from the site's keys each time."""
    return bytes.fromhex(keyring.fingerprint(_PURPOSE, f"{held.user_id}|{held.nonce.hex}"))[:_KEY_BYTES]


def authenticator_secret(held: Authenticator) -> str:
    """The secret in base32, to type where no camera is."""
    return b32encode(authenticator_key(held)).decode().rstrip("=")


def authenticator_address(held: Authenticator, name: str) -> str:
    """What the square code says to an authenticator (Key Uri Format)."""
    return f"otpauth://totp/{ISSUER}:{quote(name)}?secret={authenticator_secret(held)}&issuer={ISSUER}"


def code_at(held: Authenticator, seconds: float) -> str:
    """The six digits that the authenticator shows at a moment of the machine's clock."""
    totp = TOTP(authenticator_key(held), STEP, digits=DIGITS, drift=held.drift)
    totp.time = seconds
    return f"{totp.token():0{DIGITS}d}"


def read_code(held: Authenticator | None, digits: str) -> ReadCode:
    """Read a code. For nobody's authenticator the same work is done, and it is never right."""
    asked = held or _NOBODYS
    totp = TOTP(authenticator_key(asked), STEP, digits=DIGITS, drift=asked.drift)
    totp.time = clock.real_seconds()
    is_code = digits.isascii() and digits.isdigit() and len(digits) == DIGITS
    is_new = totp.verify(int(digits) if is_code else -1, TOLERANCE, asked.last_step + 1)
    if held is None or not is_new:
        return ReadCode(right=False, last_step=asked.last_step, drift=asked.drift)
    return ReadCode(right=True, last_step=totp.t(), drift=totp.drift)


def begin_authenticator(user: User, *, fresh: bool = False) -> Authenticator:
    """The authenticator that is being set up: not in use until a code of it was typed."""
    pending = Authenticator.objects.filter(user=user, confirmed=False)
    held = None if fresh else pending.first()
    if held is not None:
        return held
    pending.delete()
    return Authenticator.objects.create(user=user, nonce=ids.new_id())


def add_authenticator(user: User) -> Authenticator:
    """A new authenticator for this user, in use at once; any older one stops working."""
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        return Authenticator.objects.create(user=user, nonce=ids.new_id(), confirmed=True)
