"""The files of one person, once two of them were put together."""

import uuid
from collections.abc import Iterable

from django.db import models

from posada.accounts.permissions import Subject
from posada.people.models import Person
from posada.records.models import SealedRecord


def leading_of(person: Person) -> Person:
    """The file that this one leads to: itself if it was never put together with another."""
    while person.merged_into is not None:
        person = person.merged_into
    return person


def files_of(person_id: uuid.UUID) -> set[uuid.UUID]:
    """The ids of all files of the same person, this one among them."""
    found, wanted = {person_id}, {person_id}
    while wanted:
        beside = Person.objects.filter(models.Q(merged_into__in=wanted) | models.Q(merged__in=wanted))
        wanted = set(beside.values_list("pk", flat=True)) - found
        found |= wanted
    return found


def subjects_of(person: Person) -> list[Subject]:
    """All files of the same person as permissions ask, the leading one first: who holds it holds them all."""
    beside = files_of(person.pk) - {person.pk}
    return (
        [person.subject, *(one.subject for one in Person.objects.filter(pk__in=beside))] if beside else [person.subject]
    )


def record_of(person: Person, kind: str) -> SealedRecord | None:
    """The sealed record of this kind of a person: their own, or else that of a file put together with theirs."""
    held = SealedRecord.objects.filter(subject=person.pk, kind=kind).first()
    if held is None and person.merged_into_id is None and (beside := files_of(person.pk) - {person.pk}):
        return SealedRecord.objects.filter(subject__in=beside, kind=kind).order_by("pk").first()
    return held


def leads_of(persons: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Each file of several leading ones, themselves among them, with the one that leads."""
    leads = {person: person for person in persons}
    wanted = dict(leads)
    while wanted:
        beside = Person.objects.filter(merged_into__in=wanted).values_list("pk", "merged_into")
        wanted = {file: leads[into] for file, into in beside if into is not None}
        leads |= wanted
    return leads


def records_of(persons: Iterable[uuid.UUID], kind: str) -> dict[uuid.UUID, SealedRecord]:
    """The same for several leading files at once."""
    leads = leads_of(persons)
    rows = SealedRecord.objects.filter(subject__in=leads, kind=kind).order_by("-pk")
    held = {row.subject: row for row in rows}
    own = {file: row for file, row in held.items() if leads[file] == file}
    return {leads[file]: row for file, row in held.items()} | own
