"""What the reader gives is sealed in batches while it comes, and counted."""

from collections.abc import Iterator
from typing import Final

from posada.accounts.permissions import Actor
from posada.family.models import TracingRequest
from posada.family.services.imports import REQUEST
from posada.interop.contents import ITEMS_A_RECORD, PROBLEMS_A_RECORD, Items, Problems, Reading
from posada.interop.items import (
    FileFacts,
    FileNote,
    FileProblem,
    Finished,
    ImportedNote,
    ImportedPerson,
    Item,
    RowProblem,
)
from posada.interop.masking import mask_facts, mask_person
from posada.interop.models import ExternalId, ImportFile
from posada.interop.services import sealing
from posada.interop.services.keys import Keys
from posada.vault import keyring

_FIRST_SHOWN = 8
_ASKED_AT_ONCE = 500
MENDABLE: Final = frozenset({"no_column_known", "sheet_empty", "sheet_missing"})


class FileRefused(Exception):
    """The file cannot be used; `problem` says why and what to do."""

    def __init__(self, problem: FileProblem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class Gatherer:
    """Takes the items as they come, seals them in batches, and keeps the counts on the row."""

    def __init__(self, file: ImportFile, by: Actor) -> None:
        self._file = file
        self._by = by
        self._items: list[ImportedPerson | ImportedNote] = []
        self._problems: list[RowProblem] = []
        self._first: list[ImportedPerson] = []
        self._remarks: list[FileNote] = []
        self._facts: FileFacts | None = None
        self._last: Finished | FileProblem = FileProblem(code="reader_failed")
        self._known = 0

    def add(self, item: Item) -> None:
        """One item of the reader."""
        if isinstance(item, ImportedPerson | ImportedNote):
            self._items.append(item)
            if isinstance(item, ImportedPerson) and len(self._first) < _FIRST_SHOWN and not item.placeholder:
                self._first.append(item)
        elif isinstance(item, RowProblem):
            self._problems.append(item)
        else:
            self._about_the_file(item)
        if len(self._items) >= ITEMS_A_RECORD:
            self._flush_items()
        if len(self._problems) >= PROBLEMS_A_RECORD:
            self._flush_problems()

    def _about_the_file(self, item: Item) -> None:
        if isinstance(item, FileFacts):
            self._facts = item
        elif isinstance(item, FileNote):
            self._remarks.append(item)
        elif isinstance(item, Finished | FileProblem):
            self._last = item

    def reading(self, *, file_name: str, list_name: str, own_domain: str, may_be_mended: bool) -> Reading:
        """What was found, after the last item; the row has its counts. Raises `FileRefused`.

        A table whose columns nobody knows yet is kept, so that somebody can name them.
        """
        last = self._last
        if isinstance(last, FileProblem):
            if last.code not in MENDABLE or self._facts is None or not may_be_mended:
                raise FileRefused(last)
            self._count(Finished())
            return Reading(
                file_name=file_name,
                list_name=list_name,
                own_domain=own_domain,
                facts=mask_facts(self._facts),
                remarks=tuple(self._remarks),
                problem=last,
            )
        self._flush_items()
        self._flush_problems()
        self._count(last)
        return Reading(
            file_name=file_name,
            list_name=list_name,
            own_domain=own_domain,
            facts=mask_facts(self._facts) if self._facts else None,
            remarks=tuple(self._remarks),
            first=tuple(mask_person(person) for person in self._first),
            fields_ignored=last.fields_ignored,
            notes_dropped=last.notes_dropped,
        )

    def _count(self, last: Finished) -> None:
        file = self._file
        for name in ("rows", "persons", "notes", "placeholders", "rejected", "warnings"):
            setattr(file, name, getattr(last, name))
        file.known = self._known
        file.save()

    def _flush_items(self) -> None:
        if self._items:
            self._known += self._known_among(self._items)
            sealing.keep(self._file, Items(items=tuple(self._items)), by=self._by)
            self._items.clear()

    def _flush_problems(self) -> None:
        if self._problems:
            sealing.keep(self._file, Problems(problems=tuple(self._problems)), by=self._by)
            self._problems.clear()

    def _known_among(self, items: list[ImportedPerson | ImportedNote]) -> int:
        """How many of these persons a list brought before."""
        keys = keys_of(self._facts)
        persons = [item for item in items if isinstance(item, ImportedPerson)]
        if self._file.of_requests:
            wanted = {keyring.fingerprint(REQUEST, keys.text_of_person(person)) for person in persons}
            return sum(
                TracingRequest.objects.filter(site_id=self._by.site, external__in=some).count()
                for some in _parts(sorted(wanted), _ASKED_AT_ONCE)
            )
        wanted = {key for person in persons for key in keys.of_person(person)}
        rows = ExternalId.objects.filter(site_id=self._by.site, person__isnull=False)
        return sum(rows.filter(fingerprint__in=some).count() for some in _parts(sorted(wanted), _ASKED_AT_ONCE))


def _parts(values: list[str], size: int) -> Iterator[list[str]]:
    return (values[start : start + size] for start in range(0, len(values), size))


def keys_of(facts: FileFacts | None) -> Keys:
    """How the rows of this file are known again."""
    return Keys(facts.mapping.fingerprint if facts and facts.mapping else "")
