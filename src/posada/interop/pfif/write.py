"""Write PFIF. What could lead a persecutor to a person is left out unless it is named."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import BinaryIO, Final
from xml.sax.saxutils import escape  # nosec: writing only

from posada.interop.dates import write_moment
from posada.interop.pfif.records import PfifNote, PfifPerson
from posada.interop.pfif.values import join_other
from posada.interop.pfif.versions import PLACEHOLDER_FIELDS, RENAMED, SHAPES, Shape
from posada.interop.text import without_controls

# Deny by default: only these go out unasked. They let another register recognise a record and a name: no
# place, no birth, no family, no author (an author is often a relative at home), no status, no free text, which may
# hold anything. A birth and a name are enough for a state that holds the population register.
SAFE_FIELDS: Final = frozenset(
    {"person_record_id", "note_record_id", "entry_date", "expiry_date", "source_name", "source_date"}
    | {"full_name", "given_name", "family_name", "alternate_names", "sex"}
)
NAMED_FIELDS: Final = frozenset((set(SHAPES["1.4"].person_fields) | set(SHAPES["1.4"].note_fields)) - SAFE_FIELDS)
NOTES: Final = "notes"  # notes go out only when this word is named as well
WRITTEN_VERSIONS: Final = ("1.2", "1.3", "1.4")

_OLD_NAMES = {new: old for old, new in RENAMED.items() if old != "home_zip"}
_IN_OTHER = ("description", "alternate_names", "profile_urls")


def write_pfif(
    persons: Iterable[PfifPerson],
    notes: Iterable[PfifNote],
    out: BinaryIO,
    *,
    now: datetime,
    version: str = "1.4",
    include: frozenset[str] = frozenset(),
) -> int:
    """Write a whole PFIF document as UTF-8 and return the number of records in it.

    `include` names the dangerous fields to give out (members of NAMED_FIELDS), and "notes" for notes.
    Expired persons are written as placeholders and their notes not at all.
    Raises ValueError for a version that is not written, or a name in `include` that does not exist.
    """
    unknown = include - NAMED_FIELDS - SAFE_FIELDS - {NOTES}
    if version not in WRITTEN_VERSIONS or unknown:
        raise ValueError(f"not written: {version if not unknown else ', '.join(sorted(unknown))}")
    writer = _Writer(SHAPES[version], include | SAFE_FIELDS, now)
    count = 0
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<pfif:pfif xmlns:pfif="{writer.shape.namespace}">\n'
    out.write(head.encode())
    for block in writer.blocks(persons, notes if NOTES in include else ()):
        out.write(block.encode())
        count += 1
    out.write(b"</pfif:pfif>\n")
    return count


class _Writer:
    def __init__(self, shape: Shape, allowed: frozenset[str], now: datetime) -> None:
        self.shape = shape
        self.allowed = allowed | {"person_record_id"}
        self.now = now

    def blocks(self, persons: Iterable[PfifPerson], notes: Iterable[PfifNote]) -> Iterator[str]:
        expired: set[str] = set()
        for person in persons:
            if not person.has_expired(self.now):
                yield self._record("person", self._person_values(person))
                continue
            expired.add(person.person_record_id)
            if self.shape.expires:
                yield self._record("person", _placeholder_values(person))
        for note in notes:
            if note.person_record_id not in expired:
                yield self._record("note", self._note_values(note))

    def _person_values(self, person: PfifPerson) -> dict[str, str]:
        values = {name: _as_text(getattr(person, name)) for name in SHAPES["1.4"].person_fields if name != "full_name"}
        composed = " ".join(part for part in (person.given_name, person.family_name) if part)
        values["full_name"] = "\n".join(person.full_names) or composed
        return self._for_version({name: text for name, text in values.items() if name in self.allowed})

    def _note_values(self, note: PfifNote) -> dict[str, str]:
        values = {name: _as_text(getattr(note, name)) for name in SHAPES["1.4"].note_fields}
        return self._for_version({name: text for name, text in values.items() if name in self.allowed})

    def _for_version(self, values: dict[str, str]) -> dict[str, str]:
        if self.shape.version == "1.4":
            return values
        other = join_other({name: values.pop(name) for name in _IN_OTHER if name in values})
        if self.shape.version == "1.2" and not (values.get("given_name") or values.get("family_name")):
            values["family_name"] = values.get("full_name", "")  # 1.2 knows no full name; nothing may be lost
        values = {_OLD_NAMES.get(name, name): text for name, text in values.items()}
        return values | {"other": other}

    def _record(self, kind: str, values: dict[str, str]) -> str:
        fields = self.shape.person_fields if kind == "person" else self.shape.note_fields
        mandatory = self.shape.person_mandatory if kind == "person" else self.shape.note_mandatory
        lines = [
            f"    <pfif:{name}>{_escaped(values.get(name, ''))}</pfif:{name}>\n"
            for name in fields
            if values.get(name) or name in mandatory
        ]
        return f"  <pfif:{kind}>\n{''.join(lines)}  </pfif:{kind}>\n"


def _placeholder_values(person: PfifPerson) -> dict[str, str]:
    """Ids and dates. A record wiped here takes its expiry as the date of the change, as the format asks."""
    values = {name: _as_text(getattr(person, name)) for name in PLACEHOLDER_FIELDS}
    if not person.is_placeholder:
        values["source_date"] = values["entry_date"] = values["expiry_date"]
    return values


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return write_moment(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "\n".join(value)
    return str(value)


def _escaped(text: str) -> str:
    allowed = "".join(sign for sign in without_controls(text) if sign not in "\ufffe\uffff")
    return escape(allowed)
