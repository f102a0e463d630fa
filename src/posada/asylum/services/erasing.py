"""What goes when somebody is erased: their cases, the accounts they gave, and their part in the cases of others."""

import uuid
from collections.abc import Iterable
from functools import partial
from typing import Any

import msgspec

from posada.asylum.models import Case, InCase
from posada.asylum.rules.casefile import CaseFile
from posada.asylum.services import erasing_accounts, sessions
from posada.records import changes, resealing
from posada.records.erasing import Gone, Left, Room
from posada.records.models import Change, Erasure, What
from posada.vault.errors import Unreadable
from posada.vault.keyring import Compartment


def _subjects_of(subject: uuid.UUID) -> Iterable[uuid.UUID]:
    """Each case, and each account, has a key of its own; with a case goes what the one told whose it is."""
    yield from erasing_accounts.subjects_in(subject)
    yield from Case.objects.filter(person=subject).values_list("pk", flat=True)
    yield from erasing_accounts.subjects_of(subject)


def _remove(gone: Gone) -> Left:
    erasing_accounts.remove(gone)
    sessions.forget(gone)
    rows = InCase.objects.filter(person__in=gone.subjects)
    for case in set(rows.exclude(case__in=gone.subjects).values_list("case", flat=True)):
        _leave(case, gone.subjects)
    rows.delete()
    Case.objects.filter(pk__in=gone.subjects).delete()
    return Left()


def _leave(case: uuid.UUID, gone: frozenset[uuid.UUID]) -> None:
    """Somebody else's case as if they had never stood in it, in every version, under a fresh key."""
    try:
        rows = resealing.rekey(case, Compartment.LEGAL, change=partial(_without, gone=gone))
    except Unreadable:
        return  # what cannot be read says nothing of them
    for row in rows:
        changes.append(row, Change.What.WRITTEN)


def _without(raw: Any, gone: frozenset[uuid.UUID]) -> Any:
    file = msgspec.convert(raw, CaseFile)
    left = tuple(one for one in file.members if one.person not in gone)
    return msgspec.to_builtins(msgspec.structs.replace(file, members=left))


def _number_of(erasure: Erasure) -> int | None:
    if erasure.what == What.CASE:
        return Case.objects.filter(pk=erasure.subject).values_list("number", flat=True).first()
    return erasing_accounts.number_of(erasure)


ROOM = Room(subjects_of=_subjects_of, remove=_remove, number_of=_number_of)
