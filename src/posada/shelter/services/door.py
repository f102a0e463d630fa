"""What the door sets going: a child alone, and two persons who are kept apart. One transaction and one entry each."""

import uuid
from dataclasses import dataclass

import msgspec
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, Refused, require, system_actor
from posada.ground import clock, ids
from posada.people.models import Person
from posada.records import door, letting_go, services
from posada.records.door import Reason
from posada.records.erasing import Gone
from posada.records.once import claim
from posada.shelter.models import Apart, ApartWords, ChildAlone, ChildException, ChildWords


class TwoAdults(ValueError):
    """Two different adults of the house are present, always."""


class AlreadyOpen(Exception):
    """This child's record is open."""


class SamePerson(ValueError):
    """Nobody is kept apart from themselves."""


class NothingSaid(ValueError):
    """Words that are needed are missing."""


def open_child(*, by: Actor, person: Person, words: ChildWords, once: uuid.UUID | None = None) -> ChildAlone:
    """A child came alone. `TwoAdults` unless two are named; `AlreadyOpen` if the record stands."""
    two_adults(words.present)
    with transaction.atomic():
        claim(once, person.pk)
        require(by, Act.CARE_CHILD, person.subject)
        if person.is_listed:
            raise Refused(Act.CARE_CHILD, person.subject)
        if ChildAlone.objects.filter(person=person).exists():
            raise AlreadyOpen
        record = services.seal_new(words, subject=person.pk, by=by, act=Act.CARE_CHILD)
        try:
            with transaction.atomic():
                return ChildAlone.objects.create(person=person, words=record, since=clock.today())
        except IntegrityError as error:
            raise AlreadyOpen from error


def read_child(*, by: Actor, child: ChildAlone) -> ChildWords:
    """How the child came and what was done; written down."""
    return door.open_record(child.words, ChildWords, by=by, reason=Reason.VIEW)


def note_told(
    *, by: Actor, child: ChildAlone, to: str, how: str, reference: str = "", once: uuid.UUID | None = None
) -> None:
    """The authority was told: whom, how, and under which number."""
    said(to, how)
    _add(by, child, once, {"told_to": to, "told_how": how, "reference": reference})


def verify(*, by: Actor, child: ChildAlone, checked_by: str, how: str, once: uuid.UUID | None = None) -> None:
    """The relation was checked by somebody, in a way that is written down; only who may read the record does this."""
    said(checked_by, how)
    require(by, Act.READ_CHILD, child.person.subject)
    _add(by, child, once, {"checked_by": checked_by, "checked_how": how})


def keep_apart(*, by: Actor, person: Person, other: Person, why: str, once: uuid.UUID | None = None) -> Apart:
    """These two never sleep in one room. Said again, it stands as it was."""
    if person.pk == other.pk:
        raise SamePerson
    said(why)
    with transaction.atomic():
        claim(once, person.pk)
        services.note(by, Act.OPEN_DOOR, person.subject, reason="kept_apart")
        if other.site_id != by.site or person.site_id != by.site:
            raise Refused(Act.OPEN_DOOR, person.subject)
        first, second = sorted((person, other), key=lambda one: one.pk)
        held = Apart.objects.filter(first=first, second=second).first()
        if held is not None:
            return held
        row = ids.new_id()
        record = services.seal_new(ApartWords(why), subject=row, by=by, act=Act.OPEN_DOOR, is_listed=True)
        return Apart.objects.create(id=row, site_id=by.site, first=first, second=second, words=record)


@dataclass(frozen=True, slots=True)
class KeptApart:
    """From whom somebody is kept apart, and why."""

    row: Apart
    other: Person
    why: str


def apart_of(*, by: Actor, person: Person) -> list[KeptApart]:
    """From whom this person is kept apart; for those who read what protects them. Written down."""
    house = system_actor(person.site_id)  # the words lie under a key of their own, so that they go by themselves
    with transaction.atomic():
        services.note(by, Act.READ_PROTECTION, person.subject, reason="kept_apart")
        rows = Apart.objects.filter(Q(first=person) | Q(second=person)).select_related("first", "second", "words")
        return [
            KeptApart(
                row,
                row.second if row.first_id == person.pk else row.first,
                door.open_record(row.words, ApartWords, by=house, reason=Reason.SYSTEM).why,
            )
            for row in rows
        ]


def end_apart(*, by: Actor, row: Apart, person: Person, once: uuid.UUID | None = None) -> None:
    """It is no longer needed; only who reads what protects this person says so."""
    with transaction.atomic():
        claim(once, person.pk)
        require(by, Act.READ_PROTECTION, person.subject)
        services.note(by, Act.OPEN_DOOR, person.subject, reason="apart_ended")
        _drop(row)


def forget(gone: Gone) -> None:
    """What stood of erased persons goes, its keys too."""
    ChildAlone.objects.filter(person__in=gone.subjects).delete()
    ChildException.objects.filter(person__in=gone.subjects).delete()
    for row in Apart.objects.filter(Q(first__in=gone.subjects) | Q(second__in=gone.subjects)):
        _drop(row)


def country() -> str:
    """In which country this house stands, as two letters."""
    return settings.SITE.country


def _drop(row: Apart) -> None:
    record = row.words
    row.delete()
    letting_go.let_go(record)


def _add(by: Actor, child: ChildAlone, once: uuid.UUID | None, words: dict[str, str]) -> None:
    days = {"told_on": "told_to", "verified_on": "checked_by"}
    with transaction.atomic():
        claim(once, child.person_id)
        require(by, Act.CARE_CHILD, child.person.subject)
        row = ChildAlone.objects.select_for_update().get(pk=child.pk)
        house = system_actor(child.person.site_id)  # whoever adds is not shown what was there
        held = door.open_record(row.words, ChildWords, by=house, reason=Reason.SYSTEM)
        services.revise(row.words, msgspec.structs.replace(held, **words), by=by, act=Act.CARE_CHILD)
        for column, word in days.items():
            if words.get(word):
                setattr(row, column, clock.today())
        row.save(update_fields=list(days))


def two_adults(present: tuple[str, str]) -> None:
    """`TwoAdults` unless two different ones are named."""
    one, other = (" ".join(name.split()).casefold() for name in present)
    if not one or not other or one == other:
        raise TwoAdults


def said(*words: str) -> None:
    """`NothingSaid` if one of these words is missing."""
    if not all(word.strip() for word in words):
        raise NothingSaid
