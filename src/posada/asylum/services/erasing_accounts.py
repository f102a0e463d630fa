"""What goes of accounts when somebody, or an account alone, is erased. Each has a key of its own."""

import uuid
from collections.abc import Iterable

from django.db.models import F, Q

from posada.asylum.models import AccountDraft, Statement
from posada.records.erasing import Gone
from posada.records.models import Erasure, What


def subjects_of(subject: uuid.UUID) -> Iterable[uuid.UUID]:
    """The accounts that somebody gave, in whosever case; others' stay. And what is being typed."""
    yield from Statement.objects.filter(person=subject).values_list("pk", flat=True)
    in_case = Q(case=subject) | Q(statement__case=subject, statement__person=F("statement__case__person"))
    yield from _drafts(Q(person=subject) | Q(statement=subject) | Q(case__person=subject) | in_case)


def subjects_in(case: uuid.UUID) -> Iterable[uuid.UUID]:
    """The accounts that go with a case: those of the one whose it is. What others told in it stays theirs."""
    yield from Statement.objects.filter(case=case, person=F("case__person")).values_list("pk", flat=True)


def _drafts(which: Q) -> Iterable[uuid.UUID]:
    """What is being typed and not kept yet."""
    return AccountDraft.objects.filter(which).values_list("record__subject", flat=True)


def remove(gone: Gone) -> None:
    """The rows of accounts whose keys go."""
    hanging = Q(case__in=gone.subjects) | Q(statement__in=gone.subjects) | Q(person__in=gone.subjects)
    AccountDraft.objects.filter(hanging | Q(record__subject__in=gone.subjects)).delete()
    theirs = Q(pk__in=gone.subjects) | Q(person__in=gone.subjects) | Q(record__in=gone.records)
    Statement.objects.filter(theirs).delete()


def number_of(erasure: Erasure) -> int | None:
    """The number of whoever gave the account."""
    if erasure.what != What.ACCOUNT:
        return None
    return Statement.objects.filter(pk=erasure.subject).values_list("person__number", flat=True).first()
