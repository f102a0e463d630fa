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


class HealthPaperScan(PaperScan, frozen=True, kw_only=True):
    """A paper about somebody's health: read by whom protection is entrusted to, and not by a lawyer."""

    KIND: ClassVar[str] = "person.health_paper"
    COMPARTMENT: ClassVar[Compartment] = Compartment.PROTECTION
    READ: ClassVar[Act | None] = Act.READ_PROTECTION


def scan_type(kind: PaperKind) -> type[PaperScan]:
    """As what a paper of this kind is sealed."""
    return HealthPaperScan if kind is PaperKind.HEALTH else PaperScan


def scan_type_in(compartment: str) -> type[PaperScan]:
    """As what a paper was sealed whose record lies in this compartment."""
    return HealthPaperScan if compartment == HealthPaperScan.COMPARTMENT else PaperScan


def kinds_for(*, with_health: bool) -> tuple[PaperKind, ...]:
    """The kinds that somebody may add: those of health only if they may also read them."""
    return tuple(kind for kind in PaperKind if with_health or kind is not PaperKind.HEALTH)
