"""A case: opened, written in, closed, and whether whoever accompanies the person may see how it stands."""

import uuid

import msgspec
from django.db import transaction

from posada.accounts import services as accounts
from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require
from posada.asylum.guides import reading
from posada.asylum.models import Case, CaseState, InCase
from posada.asylum.queries.cases import files_of, my_cases
from posada.asylum.queries.counted import counted, next_day
from posada.asylum.rules.casefile import CaseFile, CaseMember, Part
from posada.ground import clock, ids
from posada.people.models import Person
from posada.records import door
from posada.records import once as sent
from posada.records import services as records
from posada.records.door import Reason
from posada.records.services import Stale


class NoGuide(ValueError):
    """No guide is kept of this country: its law is not guessed."""


class NotInCase(ValueError):
    """Somebody who has no part in the case."""


def open_case(
    *, by: Actor, person: Person, country: str, alone: bool = False, tells: bool = False, once: uuid.UUID | None = None
) -> Case:
    """A case of its own for one person, entrusted to who opens it. Nobody is told anything by it.

    It is written down under the case alone: nothing in the person's trail says that there is one.
    `alone`: kept from everybody of the household. `tells`: the person wants whoever accompanies them to see its state.
    """
    require(by, Act.OPEN_CASE, person.subject)
    if country not in reading.countries():
        raise NoGuide(country)
    with transaction.atomic():
        case = Case(
            id=ids.new_id(), number=_free_number(), site_id=by.site, person=person, country=country,
            opened_on=clock.today(),
        )  # fmt: skip
        sent.claim(once, case.pk)
        if by.user is not None:
            accounts.assign(user_id=by.user, site_id=by.site, subject=case.pk)
        file = CaseFile(members=(CaseMember(person=person.pk, part=Part.APPLICANT),), alone=alone)
        _count(case, file)
        case.record = records.seal_new(file, subject=case.pk, by=by, act=Act.OPEN_CASE)
        case.save(force_insert=True)
        InCase.objects.create(case=case, person=person, tells=tells)
    return case


def _free_number() -> int:
    return ids.free_number(lambda number: Case.objects.filter(number=number).exists(), 4)


def _count(case: Case, file: CaseFile) -> None:
    found = counted(case, file, reading.guide(case.country), clock.now())
    case.next_on, case.counted_on = next_day(case, file, found, clock.today()), clock.today()


def count_passed(*, by: Actor, number: int | None = None) -> None:
    """Count the next day of this lawyer's cases anew whose day has passed since it was counted; of one by `number`.

    Each is opened once for each day that passes, whoever looks first, and not again while nothing of it lies ahead.
    """
    passed = [one for one in my_cases(by) if one.is_to_count(clock.today()) and number in {None, one.number}]
    if not passed:
        return
    with transaction.atomic():
        rows = Case.objects.select_for_update(of=("self",)).select_related("record")
        held = list(rows.filter(pk__in=[one.pk for one in passed]))
        for case, file in zip(held, files_of(held, by, Reason.FOLLOW_UP), strict=True):
            _count(case, file)
        Case.objects.bulk_update(held, ["next_on", "counted_on"])


def write(
    *,
    by: Actor,
    case: Case,
    changed_file: CaseFile,
    reason: str,
    seen: int | None = None,
    once: uuid.UUID | None = None,
) -> Case:
    """Replace what a case says; its earlier version stays, sealed, and the next day is counted anew.

    `reason` is a word of `oversight.rules.asylum_words`; `seen` the version that was read (`Stale` if it is another).
    """
    require(by, Act.WRITE_CASE, case.subject)
    with transaction.atomic():
        sent.claim(once, case.pk)
        held = _locked(case)
        held.record = records.revise(held.record, changed_file, by=by, act=Act.WRITE_CASE, expected=seen, reason=reason)
        _count(held, changed_file)
        held.save(update_fields=["next_on", "counted_on"])
        _keep_rows(held, changed_file)
    return held


def _locked(case: Case) -> Case:
    return Case.objects.select_for_update(of=("self",)).select_related("record", "person").get(pk=case.pk)


def _keep_rows(case: Case, file: CaseFile) -> None:
    """Who stands in the case has a row, to be erased by; nobody else has."""
    wanted = {case.person_id, *(one.person for one in file.members)}
    case.rows.exclude(person__in=wanted).delete()
    held = set(case.rows.values_list("person_id", flat=True))
    InCase.objects.bulk_create(InCase(case=case, person_id=one) for one in sorted(wanted - held))


def set_state(*, by: Actor, case: Case, state: CaseState, once: uuid.UUID | None = None) -> Case:
    """Decided, closed, or open again. What was decided is sealed. A closed case waits for no day."""
    with transaction.atomic():
        sent.claim(once, case.pk)
        held = _locked(case)
        records.note(by, Act.WRITE_CASE, held.subject, reason="case_state")
        held.state = state
        _count(held, door.open_record(held.record, CaseFile, by=by, reason=Reason.CORRECT))
        held.save(update_fields=["state", "next_on", "counted_on"])
    return held


def set_who_sees(
    *,
    by: Actor,
    case: Case,
    alone: bool,
    telling: frozenset[uuid.UUID],
    seen: int | None = None,
    once: uuid.UUID | None = None,
) -> None:
    """Whether it is kept from the household, and who in it wants whoever accompanies them to see how it stands.

    `Stale` if it is no longer version `seen`; `NotInCase` for somebody who has no part in it.
    """
    require(by, Act.WRITE_CASE, case.subject)
    with transaction.atomic():
        sent.claim(once, case.pk)
        held = _locked(case)
        if seen is not None and held.record.version != seen:
            raise Stale
        rows = set(held.rows.values_list("person_id", flat=True))
        if telling - rows:
            raise NotInCase
        records.note(by, Act.WRITE_CASE, held.subject, reason="who_sees")
        held.rows.update(tells=False)
        held.rows.filter(person__in=telling).update(tells=True)
        file = door.open_record(held.record, CaseFile, by=by, reason=Reason.CORRECT)
        if file.alone != alone:
            changed = msgspec.structs.replace(file, alone=alone)
            write(by=by, case=held, changed_file=changed, reason="who_sees")
