"""A site, its users, and whether somebody who signs in is who they say.

Whatever is wrong, the same work is done in the same order: an unknown name, a wrong password, a wrong code and a locked
name cost one hash, one transaction and one audit entry each, so that the time says no more than the page.
"""

from datetime import timedelta
from enum import StrEnum

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from posada.accounts.acts import Act, Role
from posada.accounts.models import Authenticator, Membership, RecoveryCode, Site, User
from posada.accounts.permissions import Actor
from posada.accounts.queries import sign_in_fingerprint
from posada.accounts.services import apart
from posada.accounts.services.authenticators import read_code
from posada.audit import services as audit
from posada.ground import clock, ids
from posada.vault import keyring

FREE_TRIES = 5
LOCK = timedelta(minutes=15)
_NOBODY = 0  # no row has this id: the same statements run, and find nothing
_NOBODYS_PASSWORD = make_password("nobody signs in with this")


def digits_of(code: str) -> str:
    """A code as it was typed, without its spaces and strokes."""
    return "".join(sign for sign in code if sign not in " -\u00a0")


def recovery_fingerprint(user_id: int, digits: str) -> str:
    """The HMAC under which a recovery code is kept: of no use without the site's keys."""
    return keyring.fingerprint("recovery-code", f"{user_id}|{digits}")


def create_site(*, code: str, demonstration: bool = False, single_keeper: bool = False) -> Site:
    """The one house of a new site folder."""
    return Site.objects.create(
        code=code, demonstration=demonstration, single_keeper=single_keeper, created_on=clock.today()
    )


def create_user(*, name: str, password: str | None, site: Site, roles: frozenset[Role]) -> User:
    """A user with roles in a site. The name people call them by is sealed by records.staff.

    `RolesApart` if nobody holds these roles together.
    """
    with transaction.atomic():
        user = User(sign_in=sign_in_fingerprint(name), subject=ids.new_id(), since=clock.today())
        user.set_password(password)
        user.save()
        Membership.objects.bulk_create(Membership(user=user, site=site, role=role.value) for role in roles)
        apart.mark(by=None, role="system", site=site.pk, user=user, roles=roles)
        audit.write(audit.Event(act="accounts.create_user", role="system", site=site.pk))
    return user


def keep_language(*, user: User, language: str) -> None:
    """The language that this user reads in, at whatever desk."""
    User.objects.filter(pk=user.pk).update(language=language)


def check_sign_in(*, name: str, password: str, code: str) -> User | None:
    """The user, if name, password and code (or a recovery code in its place) are right together; none otherwise.

    A lock-out is a count in the database, so that it survives a restart.
    """
    found = User.objects.filter(sign_in=sign_in_fingerprint(name), is_active=True).first()
    pk = found.pk if found else _NOBODY
    right_password = check_password(password, found.password if found else _NOBODYS_PASSWORD)
    with transaction.atomic():
        # Read again inside the transaction: of two tries at the same time each counts, and neither lifts a lock.
        user = User.objects.select_for_update().filter(pk=pk, is_active=True).first()
        open_now = user is not None and not user.is_locked(clock.now())
        factor = _take_code(pk, digits_of(code), may=open_now and right_password)
        note_try(pk, user, factor=factor, counts=open_now)
    return user if factor else None


class Factor(StrEnum):
    """What stood beside the password."""

    AUTHENTICATOR = "authenticator"
    RECOVERY_CODE = "recovery_code"


def _take_code(user_id: int, digits: str, *, may: bool) -> Factor | None:
    """What lets this user in, used up, or nothing. The same statements run whatever is right or wrong."""
    held = Authenticator.objects.select_for_update().filter(user_id=user_id, confirmed=True).first()
    read = read_code(held, digits)
    right = may and read.right
    Authenticator.objects.filter(pk=held.pk if held and right else _NOBODY).update(
        last_step=read.last_step, drift=read.drift
    )
    holder = user_id if may and not right else _NOBODY
    spare = RecoveryCode.objects.filter(user_id=holder, fingerprint=recovery_fingerprint(user_id, digits))
    taken = spare.filter(used_at__isnull=True).update(used_at=clock.now())
    if right:
        return Factor.AUTHENTICATOR
    return Factor.RECOVERY_CODE if taken else None


def note_try(user_id: int, user: User | None, *, factor: Factor | None, counts: bool) -> None:
    """Count a try in the transaction at hand: a right one ends the count, the fifth wrong one locks the name."""
    failures, locked_until = (user.failures, user.locked_until) if user else (0, None)
    if counts:
        failures = 0 if factor else failures + 1
        if failures >= FREE_TRIES:
            failures, locked_until = 0, clock.now() + LOCK
    User.objects.filter(pk=user_id).update(failures=failures, locked_until=locked_until)
    result = audit.Result.DONE if factor else audit.Result.REFUSED
    audit.write(audit.Event(act=Act.SIGN_IN, actor=user_id or None, result=result, reason=factor or ""))


def note_entering(user: User) -> None:
    """Write down that somebody entered a demonstration as this invented member of staff."""
    audit.write(audit.Event(act="accounts.enter_as", actor=user.pk))


def note_locking(actor: Actor | None) -> None:
    """Write down that somebody locked their desk; if nobody was signed in there is nothing to write."""
    if actor is not None:
        audit.write(audit.Event(act="accounts.lock", actor=actor.user, site=actor.site))
