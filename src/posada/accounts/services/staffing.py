"""Who works here: added, given roles, given a slip, taken away; each written down.

What widens somebody's reach (a new member, a further role, a new authenticator) needs two persons, and so does taking
away who looks: an auditor. What else narrows is done by one, at once. See docs/decisions/0020.
"""

import uuid
from datetime import timedelta
from enum import StrEnum
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from posada.accounts import approvals, naming
from posada.accounts.acts import Act, Role
from posada.accounts.models import Approval, Authenticator, Enrolment, Membership, Notice, RecoveryCode, User
from posada.accounts.permissions import Actor, Refused, require
from posada.accounts.queries import HOLDERS, sign_in_fingerprint
from posada.accounts.services import apart
from posada.accounts.services.enrolling import Slip, issue_slip
from posada.accounts.services.entrusting import end_all_of
from posada.accounts.services.sessions import end_sessions
from posada.accounts.services.telling import tell
from posada.audit import services as audit
from posada.audit.models import AuditEntry
from posada.ground import clock
from posada.vault import keyring
from posada.vault.errors import VaultError

HOUR: Final = timedelta(hours=1)
MANY_TAKEN: Final = 2
_LEFT: Final = "left"


class Change(StrEnum):
    """What is asked for a member of staff; the first word of an approval's terms."""

    ADD = "add"
    ROLES = "roles"
    SLIP = "slip"
    LEAVE = "leave"


class NameTaken(Exception):
    """Somebody signs in with this name already."""


class LastOfThem(VaultError):
    """Somebody without whom nobody would manage the house, or nobody would audit it."""


class LastManager(LastOfThem):
    """Without this one nobody would manage the house."""

    def __str__(self) -> str:
        return _("Nobody else manages this house. Make somebody else site manager first.")


class LastAuditor(LastOfThem):
    """Without this one nobody would look at what is done."""

    def __str__(self) -> str:
        return _("Nobody else audits this house. Make somebody else auditor first.")


def terms_of(change: Change, roles: frozenset[Role]) -> str:
    """What stands in an approval: the change and the roles, as fixed words."""
    return f"{change}:{'+'.join(sorted(roles))}"


def read_terms(terms: str) -> tuple[Change, frozenset[Role]]:
    """The change and the roles of an approval."""
    change, _colon, roles = terms.partition(":")
    return Change(change), frozenset(Role(word) for word in roles.split("+") if word)


def roles_of(user: User, site: int) -> frozenset[Role]:
    """The roles that a user holds in a site."""
    rows = Membership.objects.filter(user=user, site_id=site).values_list("role", flat=True)
    return frozenset(Role(word) for word in rows)


def digest_for(user: User, site: int, terms: str) -> str:
    """What an approval is bound to: whom it is about, what they hold now, and what is asked."""
    return approvals.digest_of("staff", user.pk, user.is_active, terms_of(Change.ROLES, roles_of(user, site)), terms)


def _ask(by: Actor, user: User, change: Change, roles: frozenset[Role]) -> Approval:
    terms = terms_of(change, roles)
    question = approvals.Question(
        kind=approvals.Kind.STAFF,
        digest=digest_for(user, by.site, terms),
        subject=user.subject,
        terms=terms,
    )
    return approvals.ask(by=by, question=question)


def _locked(by: Actor, user_id: int) -> User:
    """The member of staff as they stand now; of another site there is none."""
    return User.objects.select_for_update().get(pk=user_id, pk__in=_of_site(by.site))


def _of_site(site: int) -> list[int]:
    return list(Membership.objects.filter(site_id=site).values_list("user_id", flat=True))


def _note(by: Actor, user: User, role: str, reason: str) -> None:
    who = keyring.pseudonym(user.subject)
    audit.write(
        audit.Event(act=Act.MANAGE_STAFF, actor=by.user, role=role, site=by.site, subject=who, reason=reason[:64])
    )


def add_person(*, by: Actor, name: str, sign_in: str, roles: frozenset[Role], once: uuid.UUID) -> User:
    """Write down somebody new, who cannot do anything yet, and ask a second person. The same `once` adds once.

    `NameTaken` if the sign-in name is somebody's; `RolesApart` if nobody holds these roles together.
    """
    role = require(by, Act.MANAGE_STAFF)
    apart.check(by.site, roles)
    with transaction.atomic():
        held = User.objects.filter(subject=once).first()
        if held is not None:
            return _locked(by, held.pk)
        user = User(sign_in=sign_in_fingerprint(sign_in), subject=once, since=clock.today(), is_active=False)
        user.set_unusable_password()
        try:
            with transaction.atomic():
                user.save()
        except IntegrityError as error:
            raise NameTaken from error
        Membership.objects.bulk_create(Membership(user=user, site_id=by.site, role=word.value) for word in roles)
        naming.give_name(user, name, site=by.site)
        _note(by, user, role, terms_of(Change.ADD, roles))
        if by.user is not None:
            _ask(by, user, Change.ADD, roles)
    return user


def ask_again(*, by: Actor, user_id: int) -> Approval:
    """Ask a second person anew for somebody who still waits to be let in."""
    require(by, Act.MANAGE_STAFF)
    with transaction.atomic():
        user = _locked(by, user_id)
        if user.is_active or user.left_on is not None:
            raise Refused(Act.MANAGE_STAFF)
        return _ask(by, user, Change.ADD, roles_of(user, by.site))


def change_roles(*, by: Actor, user_id: int, roles: frozenset[Role]) -> Approval | None:
    """Roles taken away are gone at once; for a further one, or an auditor's, a second is asked (the approval).

    `LastOfThem` if nobody would manage or audit the house any more; `RolesApart` if nobody holds these together.
    """
    role = require(by, Act.MANAGE_STAFF)
    apart.check(by.site, roles)
    with transaction.atomic():
        user = _working(by, user_id)
        _keep_who_keeps(by.site, user, roles)
        held = roles_of(user, by.site)
        kept = held & (roles | {Role.AUDITOR})
        if kept != held and kept:
            _set_roles(by, user, kept)
            _note(by, user, role, terms_of(Change.ROLES, kept))
        return _ask(by, user, Change.ROLES, roles) if roles != kept else None


def ask_slip(*, by: Actor, user_id: int) -> Approval:
    """Ask for a new slip (a lost authenticator, a forgotten password): with it one becomes this member of staff."""
    require(by, Act.MANAGE_STAFF)
    with transaction.atomic():
        user = _working(by, user_id)
        return _ask(by, user, Change.SLIP, roles_of(user, by.site))


def _working(by: Actor, user_id: int) -> User:
    user = _locked(by, user_id)
    if not user.is_active:
        raise Refused(Act.MANAGE_STAFF)
    return user


def carry_out(*, by: Actor, user_id: int, approval: Approval) -> Slip | None:
    """Do what was agreed to; a slip if one is to be printed, now and never again. Raises what approvals raise."""
    role = require(by, Act.MANAGE_STAFF)
    change, roles = read_terms(approval.terms)
    with transaction.atomic():
        user = _locked(by, user_id)
        digest = digest_for(user, by.site, approval.terms)
        way = approvals.use(by=by, approval=approval, kind=approvals.Kind.STAFF, digest=digest)
        slip = _do(by, user, change, roles)
        _note(by, user, role, f"{way}:{approval.terms}")
        if slip is not None:
            tell(Notice.Kind.SLIP, user=approval.asked_by_id, site=by.site)
        if change is Change.LEAVE:
            _watch_taking_away(by)
    return slip


def _do(by: Actor, user: User, change: Change, roles: frozenset[Role]) -> Slip | None:
    if change is Change.LEAVE:
        _leave(by, user)
        return None
    if change is Change.ADD:
        user.is_active = True
        user.save(update_fields=["is_active"])
    if change is not Change.SLIP:
        _set_roles(by, user, roles)
    return None if change is Change.ROLES else issue_slip(user)


def _set_roles(by: Actor, user: User, roles: frozenset[Role]) -> None:
    held = roles_of(user, by.site)
    _keep_who_keeps(by.site, user, roles)
    apart.mark(by=by.user, role=require(by, Act.MANAGE_STAFF), site=by.site, user=user, roles=roles)
    gone = Membership.objects.filter(user=user, site_id=by.site, role__in=[word.value for word in held - roles])
    gone.delete()
    rows = [Membership(user=user, site_id=by.site, role=word.value) for word in sorted(roles - held)]
    Membership.objects.bulk_create(rows)
    if not roles & {Role(word) for word in HOLDERS}:
        end_all_of(user)
    end_sessions(user)


def _keep_who_keeps(site: int, user: User, roles: frozenset[Role]) -> None:
    """Raise if with these roles nobody were site manager any more, or nobody auditor where there is one."""
    for role, error in ((Role.SITE_MANAGER, LastManager), (Role.AUDITOR, LastAuditor)):
        rows = Membership.objects.select_for_update().filter(site_id=site, role=role.value, user__is_active=True)
        holders = {row.user_id for row in rows}
        if role not in roles and holders == {user.pk}:
            raise error


def take_away(*, by: Actor, user_id: int) -> Approval | None:
    """Somebody works here no more: sessions, slip, authenticator and files end at once, and the name is free again.

    One person is enough for it, save for an auditor: then a second is asked (the approval); at the shell there is none.
    `LastOfThem` if nobody would manage or audit the house any more.
    """
    role = require(by, Act.MANAGE_STAFF)
    with transaction.atomic():
        user = _locked(by, user_id)
        if user.left_on is not None:
            return None
        _keep_who_keeps(by.site, user, frozenset())
        held = roles_of(user, by.site)
        if by.user is not None and user.is_active and Role.AUDITOR in held:
            return _ask(by, user, Change.LEAVE, held)
        _leave(by, user)
        _note(by, user, role, _LEFT)
        _watch_taking_away(by)
    return None


def _leave(by: Actor, user: User) -> None:
    _keep_who_keeps(by.site, user, frozenset())
    user.is_active, user.left_on = False, clock.today()
    user.sign_in = keyring.fingerprint("left", user.subject.hex)
    user.set_unusable_password()
    user.save(update_fields=["is_active", "left_on", "sign_in", "password"])
    Enrolment.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    end_all_of(user)
    end_sessions(user)


def _watch_taking_away(by: Actor) -> None:
    """Several taken away within an hour by the same person: so a house is emptied of whoever would look."""
    if by.user is None:
        return
    rows = AuditEntry.objects.filter(actor=by.user, act=Act.MANAGE_STAFF, at__gt=clock.now() - HOUR)
    count = rows.filter(Q(reason=_LEFT) | Q(reason__contains=f":{Change.LEAVE}:")).count()
    if count >= MANY_TAKEN:
        tell(Notice.Kind.TAKEN, user=by.user, site=by.site, count=count)


def set_roles_at_the_shell(*, by: Actor, user_id: int, roles: frozenset[Role]) -> None:
    """Set roles by the holder of a phrase: at the shell nobody is there to be the second. It is written down so."""
    role = _at_the_shell(by)
    with transaction.atomic():
        user = _working(by, user_id)
        _set_roles(by, user, roles)
        _note(by, user, role, f"shell:{terms_of(Change.ROLES, roles)}")


def slip_at_the_shell(*, by: Actor, user_id: int) -> Slip:
    """A slip by the holder of a phrase; written down as such."""
    role = _at_the_shell(by)
    with transaction.atomic():
        user = _working(by, user_id)
        _note(by, user, role, f"shell:{Change.SLIP}")
        return issue_slip(user)


def _at_the_shell(by: Actor) -> str:
    """Only the house itself: a page has an actor with a user, and needs two persons."""
    if by.user is not None:
        raise Refused(Act.MANAGE_STAFF)
    return require(by, Act.MANAGE_STAFF)
