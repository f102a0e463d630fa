"""The rows of a list as tracing requests: the record is the sought person, its author the one who asks."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from posada.accounts.permissions import Actor
from posada.family.models import TracingRequest
from posada.family.services.imports import REQUEST, import_request
from posada.interop.items import ImportedNote, ImportedPerson, RowProblem
from posada.interop.services.keys import Keys
from posada.interop.services.persons import Taken
from posada.interop.shaping import enquirer_of, separation_of, sought_of
from posada.vault import keyring


class RequestTaker:
    """Takes in the requests of one file. Notes are given first: they tell how the two were parted."""

    def __init__(self, *, by: Actor, keys: Keys, list_name: str, taken: Taken) -> None:
        self._by = by
        self._keys = keys
        self._list_name = list_name
        self._taken = taken
        self._notes: defaultdict[str, list[ImportedNote]] = defaultdict(list)

    def hear(self, note: ImportedNote) -> None:
        """Keep a note until its record comes."""
        self._notes[_about(note.person_external_id, note.line)].append(note)

    def take_all(self, persons: Sequence[ImportedPerson], step: Callable[[], None]) -> None:
        """Open each request, or update the one that an earlier file opened; `step` is called after each."""
        for person in persons:
            self._take(person)
            step()

    def _take(self, person: ImportedPerson) -> None:
        notes = self._notes.pop(_about(person.external_id, person.line), [])
        if person.placeholder:
            return
        external_id = self._keys.text_of_person(person)
        before = self._digest(external_id)
        request = import_request(
            by=self._by,
            sought=sought_of(person),
            enquirer=enquirer_of(person, self._list_name),
            separation=separation_of(notes, person.author_name),
            external_id=external_id,
        )
        if request is None:
            self._taken.problems.append(RowProblem(code="request_erased", line=person.line))
            return
        self._taken.notes += len(notes)
        if before is None:
            self._taken.added += 1
        elif before == request.digest:
            self._taken.unchanged += 1
        else:
            self._taken.updated += 1

    def finish(self) -> None:
        """Notes about nobody in the file are rejected."""
        for notes in self._notes.values():
            self._taken.problems += [RowProblem(code="note_person_unknown", line=note.line) for note in notes]

    def _digest(self, external_id: str) -> str | None:
        external = keyring.fingerprint(REQUEST, external_id)
        held = TracingRequest.objects.filter(external=external, site_id=self._by.site)
        return held.values_list("digest", flat=True).first()


def _about(external_id: str, line: int) -> str:
    return f"id:{external_id}" if external_id else f"line:{line}"
