"""Reads: which files wait, how one was read, what its report says."""

import uuid
from collections.abc import Iterator
from itertools import islice

from django.db.models import QuerySet

from posada.accounts.permissions import Actor
from posada.interop.contents import Problems
from posada.interop.items import RowProblem
from posada.interop.models import ImportFile
from posada.interop.services import sealing

State = ImportFile.State


def waiting_files(actor: Actor) -> QuerySet[ImportFile]:
    """Those on which somebody has to decide, and those that are being read, the newest first."""
    rows = ImportFile.objects.visible_to(actor).filter(state__in=[State.READING, State.WAITING])
    return rows.order_by("-created_on", "pk")


def closed_files(actor: Actor, *, most: int = 8) -> list[ImportFile]:
    """The last ones that were brought in."""
    rows = ImportFile.objects.visible_to(actor).filter(state=State.CONFIRMED)
    return list(rows.order_by("-closed_on", "pk")[:most])


def file_by_id(actor: Actor, file_id: uuid.UUID) -> ImportFile | None:
    """A file of the actor's own site."""
    return ImportFile.objects.visible_to(actor).filter(pk=file_id).first()


def problems_of(file: ImportFile, *, most: int | None = None) -> Iterator[RowProblem]:
    """Rejected rows and warnings, in the order of the file."""
    found = (problem for part in sealing.opened(file, Problems) for problem in part.problems)
    return islice(found, most)
