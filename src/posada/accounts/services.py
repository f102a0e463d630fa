"""Writes: users, memberships, assignments, signing in."""

import uuid
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice

from posada.accounts.acts import Act, Role
from posada.accounts.models import Assignment, Membership, Site, User
from posada.accounts.permissions import Actor, Subject, require
from posada.accounts.queries import sign_in_fingerprint
from posada.audit import services as audit
from posada.ground import clock, ids
from posada.vault import keyring

FREE_TRIES = 5
LOCK = timedelta(minutes=15)
_NOBODYS_PASSWORD = make_password("nobody signs in with this")


def create_site(*, code: str, demonstration: bool = False, single_keeper: bool = False) -> Site:
    """The one house of a new site folder."""
    return Site.objects.create(
        code=code, demonstration=demonstration, single_keeper=single_keeper, created_on=clock.today()
    )


def create_user(*, name: str, password: str, site: Site, roles: frozenset[Role]) -> User:
    """A user with roles in a site. The name people call them by is sealed by records.staff."""
    with transaction.atomic():
        user = User(sign_in=sign_in_fingerprint(name), subject=ids.new_id())
        user.set_password(password)
        user.save()
        Membership.objects.bulk_create(Membership(user=user, site=site, role=role.value) for role in roles)
        audit.write(audit.Event(act="accounts.create_user", role="system", site=site.pk))
    return user


def add_authenticator(user: User) -> TOTPDevice:
    """A new authenticator (TOTP, RFC 6238) for this user; any older one stops working."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        return TOTPDevice.objects.create(user=user, name="authenticator", confirmed=True)


def check_sign_in(*, name: str, password: str, code: str) -> User | None:
    """The user, if name, password and code are right together; none otherwise, whatever was wrong.

    A lock-out is a count in the database, so that it survives a restart.
    """
    found = User.objects.filter(sign_in=sign_in_fingerprint(name), is_active=True).first()
    if found is None:
        check_password(password, _NOBODYS_PASSWORD)
        audit.write(audit.Event(act=Act.SIGN_IN, result=audit.Result.REFUSED))
        return None
    right_password = found.check_password(password)
    with transaction.atomic():
        # Read again inside the transaction: of two tries at the same time each counts, and neither lifts a lock.
        user = User.objects.select_for_update().get(pk=found.pk)
        open_now = not user.is_locked(clock.now())
        device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True).first()
        right_code = open_now and right_password and device is not None and device.verify_token(code.replace(" ", ""))
        _note_try(user, right=bool(right_code), counts=open_now)
    return user if right_code else None


def _note_try(user: User, *, right: bool, counts: bool) -> None:
    if counts:
        user.failures = 0 if right else user.failures + 1
        if user.failures >= FREE_TRIES:
            user.locked_until = clock.now() + LOCK
            user.failures = 0
        user.save(update_fields=["failures", "locked_until"])
    result = audit.Result.DONE if right else audit.Result.REFUSED
    audit.write(audit.Event(act=Act.SIGN_IN, actor=user.pk, result=result))


def assign(*, user_id: int, site_id: int, subject: uuid.UUID) -> None:
    """Entrust a person's file to a user (the caller has checked that this may be)."""
    Assignment.objects.get_or_create(
        user_id=user_id, subject=subject, defaults={"site_id": site_id, "since": clock.today()}
    )


def take_on(actor: Actor, subject: Subject) -> None:
    """A caseworker takes a person's file on; it is written down like any act."""
    role = require(actor, Act.TAKE_ON, subject)
    if actor.user is None:
        return
    with transaction.atomic():
        assign(user_id=actor.user, site_id=actor.site, subject=subject.id)
        audit.write(
            audit.Event(
                act=Act.TAKE_ON,
                actor=actor.user,
                role=role,
                site=actor.site,
                subject=keyring.pseudonym(subject.id),
            )
        )
