"""The files of one person, once two of them were put together."""

import uuid

from django.db import models

from posada.accounts.permissions import Subject
from posada.people.models import Person


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
