"""What reading a file yields: plain frozen data, the same for PFIF and for sheets, fit to cross a pipe."""

import hashlib
from typing import Literal

import msgspec

from posada.interop.sheets.mapping import Mapping
from posada.interop.text import fold

Params = dict[str, str | int]
Severity = Literal["rejected", "warning"]


class ImportedPerson(msgspec.Struct, frozen=True, kw_only=True, tag="person", omit_defaults=True):
    """One person of a file, cleaned. An empty text means that the file does not say."""

    line: int = 0
    external_id: str = ""
    full_name: str = ""
    given_names: str = ""
    surnames: str = ""
    other_names: tuple[str, ...] = ()
    call_name: str = ""
    sex: Literal["", "female", "male", "other"] = ""
    birth: str = ""  # "1987-03-14", "1987-03" or "1987"
    age_low: int | None = None
    age_high: int | None = None
    age_on: str = ""  # the day on which the age was true
    origin: str = ""
    mother: str = ""
    father: str = ""
    nationalities: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    document: str = ""
    phone: str = ""
    description: str = ""
    author_name: str = ""
    author_email: str = ""
    author_phone: str = ""
    source_name: str = ""
    source_date: str = ""  # "2019-02-23T14:05:00Z" or a date alone
    expiry_date: str = ""
    placeholder: bool = False  # expired: only ids and dates are left

    def displayed_name(self) -> str:
        """The name in one line, however the file parted it."""
        return self.full_name or " ".join(part for part in (self.given_names, self.surnames) if part)

    def stable_key(self) -> str:
        """What makes the same row of a later file the same person: the id of the source, else its contents.

        It is made of personal data: seal it or take an HMAC of it, never store it as it is.
        """
        if self.external_id:
            return f"id:{self.external_id}"
        facts = (
            self.displayed_name(),
            self.birth,
            str(self.age_low),
            str(self.age_high),
            self.sex,
            self.origin,
        )
        more = (self.mother, self.father, self.document, self.phone, self.description)
        folded = "\x1f".join(fold(fact) for fact in facts + more)
        return "content:" + hashlib.sha256(folded.encode()).hexdigest()


class ImportedNote(msgspec.Struct, frozen=True, kw_only=True, tag="note", omit_defaults=True):
    """One note about a person: of a PFIF file, or of a row of a sheet."""

    line: int = 0
    external_id: str = ""
    person_external_id: str = ""
    linked_person_external_id: str = ""
    source_date: str = ""
    author_name: str = ""
    author_email: str = ""
    author_phone: str = ""
    author_made_contact: bool | None = None
    status: str = ""
    email_of_found_person: str = ""
    phone_of_found_person: str = ""
    last_known_location: str = ""
    photo_url: str = ""
    text: str = ""

    def stable_key(self) -> str:
        """As for persons; the same care applies."""
        if self.external_id:
            return f"id:{self.external_id}"
        facts = (self.person_external_id, self.source_date, self.author_name, self.status, self.text)
        return "content:" + hashlib.sha256("\x1f".join(facts).encode()).hexdigest()


class RowProblem(msgspec.Struct, frozen=True, kw_only=True, tag="problem", omit_defaults=True):
    """What is wrong with one row or record. Holds no contents of cells: the line and the column find them."""

    code: str
    line: int = 0
    column: str = ""
    params: Params = {}
    severity: Severity = "rejected"


class FileProblem(msgspec.Struct, frozen=True, kw_only=True, tag="refused", omit_defaults=True):
    """Why a file as a whole is refused; always the last item."""

    code: str
    line: int = 0
    params: Params = {}


class FileNote(msgspec.Struct, frozen=True, kw_only=True, tag="remark", omit_defaults=True):
    """Something worth knowing about a file that is read nevertheless."""

    code: str
    params: Params = {}


class FileFacts(msgspec.Struct, frozen=True, kw_only=True, tag="facts", omit_defaults=True):
    """What was found before the first record; for a sheet, with the mapping that is (or would be) used."""

    kind: str
    version: str = ""
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    samples: tuple[tuple[str, ...], ...] = ()  # personal data: for the preview only
    mapping: Mapping | None = None


class Progress(msgspec.Struct, frozen=True, kw_only=True, tag="progress"):
    """How far the reading is."""

    rows: int
    bytes_read: int
    bytes_total: int


class Finished(msgspec.Struct, frozen=True, kw_only=True, tag="finished"):
    """The counts of a file that was read to its end; always the last item."""

    rows: int = 0
    persons: int = 0
    notes: int = 0
    placeholders: int = 0
    rejected: int = 0
    warnings: int = 0
    notes_dropped: int = 0  # notes about expired persons
    fields_ignored: tuple[str, ...] = ()


Item = ImportedPerson | ImportedNote | RowProblem | FileProblem | FileNote | FileFacts | Progress | Finished


class Refusal(Exception):
    """Raised inside the readers when a file cannot be read at all; carries the problem as data."""

    def __init__(self, code: str, *, line: int = 0, **params: str | int) -> None:
        super().__init__(code)
        self.problem = FileProblem(code=code, line=line, params=params)


class ReadRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What the caller wants of a file.

    `now` is a UTC time as "2019-02-26T12:00:00Z". `own_domain` is the domain whose records are accepted and
    which completes ids without one; empty accepts every domain. With `preview` only the facts and samples are
    given. With `blank_bad_values` a value that cannot be understood is left out with a warning; otherwise the
    row is rejected. `deaths_accepted` takes notes that say "believed_dead".
    """

    now: str
    mapping: Mapping | None = None
    sheet: str = ""
    own_domain: str = ""
    preview: bool = False
    blank_bad_values: bool = False
    deaths_accepted: bool = False
