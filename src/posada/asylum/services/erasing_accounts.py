"""What goes of accounts when somebody, or an account alone, is erased. Each has a key of its own."""

import uuid
from collections.abc import Iterable

from django.db.models import F, Q

from posada.asylum.models import Statement
from posada.records.erasing import Gone
from posada.records.models import Erasure, What


def subjects_of(subject: uuid.UUID) -> Iterable[uuid.UUID]:
    """The accounts that somebody gave, in whosever case; those that others gave in theirs stay."""
    return Statement.objects.filter(person=subject).values_list("pk", flat=True)


def subjects_in(case: uuid.UUID) -> Iterable[uuid.UUID]:
    """The accounts that go with a case: those of the one whose it is. What others told in it stays theirs."""
    return Statement.objects.filter(case=case, person=F("case__person")).values_list("pk", flat=True)


def remove(gone: Gone) -> None:
    """The rows of accounts whose keys go."""
    theirs = Q(pk__in=gone.subjects) | Q(person__in=gone.subjects) | Q(record__in=gone.records)
    Statement.objects.filter(theirs).delete()


def number_of(erasure: Erasure) -> int | None:
    """The number of whoever gave the account."""
    if erasure.what != What.ACCOUNT:
        return None
    return Statement.objects.filter(pk=erasure.subject).values_list("person__number", flat=True).first()
