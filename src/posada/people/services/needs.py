"""Needs: written at the desk once and not read back, read by the caseworker; what follows, for whoever gives beds."""

import uuid
from collections.abc import Iterable, Sequence

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, granted, require
from posada.ground import clock
from posada.people.models import Person
from posada.people.queries.files import record_of, records_of
from posada.people.rules.needs import APART, Consequence, Consequences, Needs, NeedSaid, NeedsApart
from posada.people.services.presence import require_here
from posada.records import door, services
from posada.records import once as sent_forms
from posada.records.contents import Content
from posada.records.door import Reason
from posada.records.models import SealedRecord
from posada.records.services import Stale


class AlreadyWritten(Exception):
    """Somebody wrote it before: only who may read it changes it."""


class WrongPlace(ValueError):
    """What is kept apart does not stand with the rest, nor the rest with it."""


def _record(person: Person, kind: type[Content]) -> SealedRecord | None:
    return record_of(person, kind.KIND)


def may_read(by: Actor, person: Person) -> bool:
    """Whether this user reads what was said, and may change it."""
    return by.user is None or granted(by, Act.READ_NEEDS, person.subject) is not None


def is_written(*, by: Actor, person: Person) -> bool:
    """Whether the questions were asked; nothing of the answers."""
    require(by, Act.WRITE_NEEDS, person.subject)
    return _record(person, Needs) is not None


def write_needs(
    *,
    by: Actor,
    person: Person,
    answers: Sequence[NeedSaid],
    consequences: Iterable[Consequence],
    words: str = "",
    expected: int = 0,
    once: uuid.UUID | None = None,
) -> None:
    """What was said, and what follows for the house. An empty page is an answer too.

    `AlreadyWritten` at the desk if it stands; `Stale` unless it still is version `expected`; `WrongPlace`.
    """
    if any(one.need in APART for one in answers):
        raise WrongPlace
    require(by, Act.WRITE_NEEDS, person.subject)
    require_here(person, Act.WRITE_NEEDS)
    follows = Consequences(consequences=tuple(one for one in Consequence if one in set(consequences)))
    with transaction.atomic():
        sent_forms.claim(once, person.pk)
        Person.objects.select_for_update().only("pk").get(pk=person.pk)
        if _record(person, Needs) is not None and not may_read(by, person):
            raise AlreadyWritten
        _put(by, person, Needs(tuple(answers), words, clock.today()), expected)
        _put(by, person, follows, None)


def write_apart(
    *,
    by: Actor,
    person: Person,
    answers: Sequence[NeedSaid],
    words: str = "",
    expected: int = 0,
    once: uuid.UUID | None = None,
) -> None:
    """What is kept apart, by the caseworker alone. `Stale` unless it still is version `expected`; `WrongPlace`."""
    if any(one.need not in APART for one in answers):
        raise WrongPlace
    require(by, Act.READ_PROTECTION, person.subject)
    require(by, Act.WRITE_NEEDS, person.subject)
    require_here(person, Act.WRITE_NEEDS)
    with transaction.atomic():
        sent_forms.claim(once, person.pk)
        Person.objects.select_for_update().only("pk").get(pk=person.pk)
        _put(by, person, NeedsApart(tuple(answers), words, clock.today()), expected)


def _put(by: Actor, person: Person, content: Content, expected: int | None) -> None:
    held = _record(person, type(content))
    if expected is not None and (held.version if held else 0) != expected:
        raise Stale
    if held is None:
        services.seal_new(content, subject=person.pk, by=by, act=Act.WRITE_NEEDS)
    else:
        services.revise(held, content, by=by, act=Act.WRITE_NEEDS)


def read_needs(*, by: Actor, person: Person) -> tuple[Needs | None, int]:
    """What was said and its version, for the caseworker of the person. None if nobody was asked."""
    require(by, Act.READ_NEEDS, person.subject)
    held = _record(person, Needs)
    return (door.open_record(held, Needs, by=by, reason=Reason.VIEW), held.version) if held else (None, 0)


def read_apart(*, by: Actor, person: Person) -> tuple[NeedsApart | None, int]:
    """What is kept apart and its version. None if nobody was asked."""
    require(by, Act.READ_PROTECTION, person.subject)
    held = _record(person, NeedsApart)
    return (door.open_record(held, NeedsApart, by=by, reason=Reason.VIEW), held.version) if held else (None, 0)


def consequences_for(*, by: Actor, person: Person) -> tuple[Consequence, ...]:
    """What follows for the house, and nothing of why, for whoever gives beds."""
    return consequences_of(by=by, persons=[person]).get(person.pk, ())


def consequences_of(*, by: Actor, persons: Iterable[Person]) -> dict[uuid.UUID, tuple[Consequence, ...]]:
    """The same for several at once: each is written down before the first is opened. Who has none is left out."""
    wanted = list(persons)
    for person in wanted:
        require(by, Act.ASSIGN_BED, person.subject)
    held = records_of([one.pk for one in wanted], Consequences.KIND)
    opened = door.open_records(list(held.values()), Consequences, by=by, reason=Reason.VIEW)
    said = {one.subject: one.content.consequences for one in opened if one.content.consequences}
    return {person: said[row.subject] for person, row in held.items() if row.subject in said}
