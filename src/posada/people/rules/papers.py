"""A paper that somebody carries or was given: what it is called, and its pages drawn anew."""

from enum import StrEnum
from typing import ClassVar

from posada.accounts.acts import Act
from posada.records.contents import Content
from posada.vault.keyring import Compartment


class PaperKind(StrEnum):
    """What a paper is, coarsely."""

    IDENTITY = "identity"
    MIGRATION = "migration"
    HEALTH = "health"
    CONSENT = "consent"
    OTHER = "other"


class PaperScan(Content, frozen=True, kw_only=True):
    """One paper: its pages as JPEG, without any metadata."""

    KIND: ClassVar[str] = "person.paper"
    COMPARTMENT: ClassVar[Compartment] = Compartment.LEGAL
    READ: ClassVar[Act | None] = Act.READ_PAPER

    kind: PaperKind
    title: str = ""
    pages: tuple[bytes, ...] = ()
