"""What is sealed of a file in quarantine, in pieces that a small machine can hold."""

from typing import ClassVar

import msgspec

from posada.interop.items import FileFacts, FileNote, FileProblem, ImportedNote, ImportedPerson, RowProblem
from posada.interop.sheets.mapping import Mapping
from posada.records.contents import Content
from posada.vault.keyring import Compartment

ITEMS_A_RECORD = 2_000
PROBLEMS_A_RECORD = 5_000
BYTES_A_RECORD = 1_000_000


class MaskedRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person of the file as the preview shows them: initials and shape."""

    line: int
    name: str
    birth: str = ""
    origin: str = ""


class Source(Content, frozen=True, kw_only=True):
    """A piece of the file itself, kept so that its columns can be read in another way."""

    KIND: ClassVar[str] = "interop.source"
    COMPARTMENT: ClassVar[Compartment] = Compartment.FAMILY

    data: bytes


class Items(Content, frozen=True, kw_only=True):
    """Some of the persons and notes that were read."""

    KIND: ClassVar[str] = "interop.items"
    COMPARTMENT: ClassVar[Compartment] = Compartment.FAMILY

    items: tuple[ImportedPerson | ImportedNote, ...]


class Reading(Content, frozen=True, kw_only=True):
    """How the file was read. Samples are masked already, so the preview opens nobody.

    `problem` says why nothing could be read yet: the columns must be named first.
    """

    KIND: ClassVar[str] = "interop.reading"
    COMPARTMENT: ClassVar[Compartment] = Compartment.FAMILY

    file_name: str = ""
    list_name: str = ""
    own_domain: str = ""
    facts: FileFacts | None = None
    remarks: tuple[FileNote, ...] = ()
    first: tuple[MaskedRow, ...] = ()
    fields_ignored: tuple[str, ...] = ()
    notes_dropped: int = 0
    problem: FileProblem | None = None

    @property
    def mapping(self) -> Mapping | None:
        """What the columns mean; none for PFIF."""
        return self.facts.mapping if self.facts else None


class Problems(Content, frozen=True, kw_only=True):
    """Some of the rejected rows and warnings: lines, columns and reasons, never what a cell holds."""

    KIND: ClassVar[str] = "interop.report"
    COMPARTMENT: ClassVar[Compartment] = Compartment.FAMILY

    problems: tuple[RowProblem, ...]


class KeptMapping(Content, frozen=True, kw_only=True):
    """A mapping kept for the next file of the same form."""

    KIND: ClassVar[str] = "interop.mapping"
    COMPARTMENT: ClassVar[Compartment] = Compartment.FAMILY

    mapping: Mapping
