"""A change of a guide: proposed by a lawyer, who sees what it does; taken on, refused, taken back by the manager."""

import uuid
from dataclasses import dataclass

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, Refused, require
from posada.asylum.guides import reading
from posada.asylum.models import Case, GuideChange
from posada.asylum.queries.cases import files_of, my_cases
from posada.asylum.queries.counted import Counted, counted, next_day
from posada.asylum.rules.casefile import CaseFile
from posada.asylum.rules.guide import Guide
from posada.asylum.rules.guide_changes import Change, DoesNotFit, changed, written
from posada.ground import clock
from posada.records import once as sent
from posada.records import services as records
from posada.records.door import Reason

State = GuideChange.State


class NotAnother(Exception):
    """Who proposed it may not decide on it: a second person must."""


class DecidedAlready(Exception):
    """Somebody decided on it meanwhile."""


class RestsOnIt(Exception):
    """A later change was made on top of it: that one goes first."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One deadline of one case that would stand otherwise: how it is now, and how it would be."""

    case: Case
    before: Counted | None
    after: Counted | None


@dataclass(frozen=True, slots=True)
class Effects:
    """What a change does to a lawyer's open cases of that country: how many were counted, and what is other."""

    looked_at: int
    found: tuple[Effect, ...]

    @property
    def cases(self) -> int:
        """How many cases have another day."""
        return len({effect.case.pk for effect in self.found})


def with_change(country: str, change: Change) -> Guide:
    """The guide in use with a change in it. `DoesNotFit` or `reading.Unfit` where it must not be used so."""
    held = reading.guide(country)
    if held is None:
        raise DoesNotFit
    return reading.fit(changed(held, change), country)


def effects(*, by: Actor, country: str, change: Change) -> Effects:
    """What a change would do to this lawyer's open cases: each is opened for it, and that is written down."""
    require(by, Act.EDIT_GUIDE)
    held, other = reading.guide(country), with_change(country, change)
    cases = [case for case in my_cases(by) if case.country == country]
    found: list[Effect] = []
    for case, file in zip(cases, files_of(cases, by, Reason.FOLLOW_UP), strict=True):
        found += _differing(case, file, held, other)
    return Effects(len(cases), tuple(found))


def _differing(case: Case, file: CaseFile, held: Guide | None, other: Guide) -> list[Effect]:
    now = clock.now()
    before = {one.rule.about: one for one in counted(case, file, held, now)}
    after = {one.rule.about: one for one in counted(case, file, other, now)}
    return [
        Effect(case, before.get(about), after.get(about))
        for about in dict.fromkeys([*before, *after])
        if _stands(before.get(about)) != _stands(after.get(about))
    ]


def _stands(one: Counted | None) -> object:
    return one and (one.deadline.act_on, one.deadline.state, one.deadline.coverage, one.deadline.possible_until)


def propose(*, by: Actor, country: str, change: Change, once: uuid.UUID | None = None) -> GuideChange:
    """Keep a change as a proposal. `DoesNotFit` or `reading.Unfit` where the guide would not be sound with it."""
    require(by, Act.EDIT_GUIDE)
    with transaction.atomic():
        sent.claim(once, None)
        records.note(by, Act.EDIT_GUIDE, None)
        seen = effects(by=by, country=country, change=change)
        return GuideChange.objects.create(
            country=country, rule=change.was[0].id, was=written(change.was), becomes=written(change.becomes),
            proposed_by_id=_user(by), proposed_on=clock.today(), looked_at=seen.looked_at, differing=seen.cases,
        )  # fmt: skip


def _user(by: Actor) -> int:
    if by.user is None:
        raise Refused(Act.EDIT_GUIDE)
    return by.user


def take_on(*, by: Actor, row: GuideChange) -> None:
    """From now on the guide says it, for the whole house."""
    with transaction.atomic():
        held = _decided(by, row, State.PROPOSED)
        with_change(held.country, reading.change_of(held))
        _write(by, held, State.TAKEN_ON)


def refuse(*, by: Actor, row: GuideChange) -> None:
    """It is kept as refused; the guide stays as it is."""
    with transaction.atomic():
        _write(by, _decided(by, row, State.PROPOSED), State.REFUSED)


def take_back(*, by: Actor, row: GuideChange) -> None:
    """The guide says again what it said before. `RestsOnIt` where a later change was made on top of it."""
    with transaction.atomic():
        held = _decided(by, row, State.TAKEN_ON)
        mine = {rule.id: rule for rule in reading.change_of(held).becomes}
        later = GuideChange.objects.filter(country=held.country, state=State.TAKEN_ON, pk__gt=held.pk)
        if any(mine.get(rule.id) == rule for other in later for rule in reading.change_of(other).was):
            raise RestsOnIt
        _write(by, held, State.TAKEN_BACK)


def _decided(by: Actor, row: GuideChange, state: str) -> GuideChange:
    require(by, Act.TAKE_ON_GUIDE)
    records.note(by, Act.TAKE_ON_GUIDE, None)
    held = GuideChange.objects.select_for_update().get(pk=row.pk)
    if held.state != state:
        raise DecidedAlready
    if held.proposed_by_id == by.user:
        raise NotAnother
    return held


def _write(by: Actor, row: GuideChange, state: str) -> None:
    row.state, row.decided_by_id, row.decided_on = state, by.user, clock.today()
    row.save(update_fields=["state", "decided_by", "decided_on"])


def count_anew(*, by: Actor, country: str) -> int:
    """Put the next day of this lawyer's open cases of a country right by the guide in use; how many were other."""
    require(by, Act.EDIT_GUIDE)
    with transaction.atomic():
        records.note(by, Act.EDIT_GUIDE, None)
        held, now, other = reading.guide(country), clock.now(), 0
        cases = [case for case in my_cases(by) if case.country == country]
        for case, file in zip(cases, files_of(cases, by, Reason.FOLLOW_UP), strict=True):
            day = next_day(case, file, counted(case, file, held, now), clock.today())
            other += day != case.next_on
            case.next_on, case.counted_on = day, clock.today()
            case.save(update_fields=["next_on", "counted_on"])
    return other
