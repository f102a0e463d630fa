"""The notes of a list go to the persons whom the list, or an earlier one, brought."""

from collections.abc import Mapping

from posada.accounts.permissions import Actor
from posada.family.services.imports import import_note
from posada.interop.items import ImportedNote, RowProblem
from posada.interop.services.keys import Keys
from posada.interop.services.persons import Taken
from posada.interop.shaping import note_of
from posada.people.models import Person


class NoteTaker:
    """Takes in the notes of one file, after its persons. `by_line` are the persons of the same rows."""

    def __init__(self, *, by: Actor, keys: Keys, list_name: str, taken: Taken, by_line: Mapping[int, Person]) -> None:
        self._by = by
        self._keys = keys
        self._list_name = list_name
        self._taken = taken
        self._by_line = by_line

    def take(self, note: ImportedNote) -> None:
        """Store the note, or say that nobody here is the one it speaks of."""
        person = self._person(note)
        if person is None:
            self._taken.problems.append(RowProblem(code="note_person_unknown", line=note.line))
            return
        content = note_of(note, self._list_name)
        external_id = self._keys.text_of_note(note)
        if import_note(by=self._by, person=person, content=content, external_id=external_id) is not None:
            self._taken.notes += 1

    def _person(self, note: ImportedNote) -> Person | None:
        if note.line in self._by_line and not note.person_external_id:
            return self._by_line[note.line]
        held = self._keys.person_by_id(self._by.site, note.person_external_id)
        return held.person if held else None
