"""A case handed to another lawyer of the house: its file, its accounts and its days go with it, at once."""

import uuid

from django.db import transaction
from django.db.models import Q

from posada.accounts import services as accounts
from posada.accounts.acts import Act, Role
from posada.accounts.models import Assignment, Membership
from posada.accounts.permissions import Actor, Refused, require
from posada.accounts.services.entrusting import end_assignments
from posada.asylum.models import Case, CaseState, Statement
from posada.asylum.services.entrusting import entrust_accounts
from posada.records import once as sent
from posada.records import services as records


class HeldAlready(Exception):
    """This lawyer holds the case; nothing was changed."""


class InCase(Exception):
    """The account belongs to a case: it is handed over with that."""


class Closed(Exception):
    """The case is closed: it waits for nobody."""


def hand_case(*, by: Actor, case: Case, to: int, stays: bool = False, once: uuid.UUID | None = None) -> None:
    """Entrust a case to another lawyer of the house; `stays`: whoever holds it now goes on holding it, too.

    The files of those in the case are entrusted with it as far as they were open to whoever held it, and no further.
    `Refused` for anybody who is no lawyer here; `HeldAlready`; `Closed`.
    """
    require(by, Act.HAND_CASE, case.subject)
    if not _is_lawyer_here(to, by.site):
        raise Refused(Act.HAND_CASE, case.subject)
    with transaction.atomic():
        sent.claim(once, case.pk)
        held = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if held.state == CaseState.CLOSED:
            raise Closed
        records.note(by, Act.HAND_CASE, held.subject, reason="case_handed_over")
        holders = set(Assignment.objects.filter(subject=held.pk).values_list("user_id", flat=True))
        if to in holders and (stays or holders == {to}):
            raise HeldAlready
        persons = _open_to(holders, held)
        if not stays:
            end_assignments(~Q(user_id=to), [held.pk], Assignment.End.HANDED_OVER)
        why = Assignment.Why
        accounts.assign(user_id=to, site_id=held.site_id, subject=held.pk, why=why.HANDED_OVER)
        for person in persons:
            accounts.assign(user_id=to, site_id=held.site_id, subject=person, why=why.FOLLOWS, follows=held.pk)
        entrust_accounts(held)


def hand_account(
    *, by: Actor, statement: Statement, to: int, stays: bool = False, once: uuid.UUID | None = None
) -> None:
    """Entrust an account of no case to another lawyer of the house. One that belongs to a case goes with it: `InCase`.

    `Refused` for anybody who is no lawyer here; `HeldAlready`.
    """
    require(by, Act.HAND_CASE, statement.subject)
    if not _is_lawyer_here(to, by.site):
        raise Refused(Act.HAND_CASE, statement.subject)
    with transaction.atomic():
        sent.claim(once, statement.pk)
        held = Statement.objects.select_for_update().get(pk=statement.pk)
        if held.case_id is not None:
            raise InCase
        records.note(by, Act.HAND_CASE, held.subject, reason="account_handed_over")
        holders = set(Assignment.objects.filter(subject=held.pk).values_list("user_id", flat=True))
        if to in holders and (stays or holders == {to}):
            raise HeldAlready
        if not stays:
            end_assignments(~Q(user_id=to), [held.pk], Assignment.End.HANDED_OVER)
        accounts.assign(user_id=to, site_id=held.site_id, subject=held.pk, why=Assignment.Why.HANDED_OVER)


def _is_lawyer_here(user: int, site: int) -> bool:
    rows = Membership.objects.filter(user_id=user, site_id=site, role=Role.LAWYER.value)
    return rows.filter(user__is_active=True).exists()


def _open_to(holders: set[int], case: Case) -> set[uuid.UUID]:
    """Whose case it is, and of the others in it those whose file one of its holders has."""
    inside = set(case.rows.values_list("person_id", flat=True))
    rows = Assignment.objects.filter(user_id__in=holders, subject__in=inside)
    return {case.person_id, *rows.values_list("subject", flat=True)}
