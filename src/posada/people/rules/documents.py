"""A document that somebody carries, or lost: what it is, as it is sealed; and what replaces it in a country."""

import calendar
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import ClassVar, Final

import msgspec

from posada.accounts.acts import Act
from posada.records.contents import Content
from posada.vault.keyring import Compartment

_FOLDER: Final = Path(__file__).resolve().parent.parent / "replacing"
LOOK_BEFORE: Final = timedelta(days=45)


class DocumentKind(StrEnum):
    """What it is."""

    PASSPORT = "passport"
    ID_CARD = "id_card"
    BIRTH = "birth"
    PERMIT = "permit"
    REQUEST = "request"
    OTHER = "other"


class HeldBy(StrEnum):
    """Where it is."""

    PERSON = "person"
    HOUSE = "house"
    LOST = "lost"


class Seen(StrEnum):
    """What was seen of it here."""

    ORIGINAL = "original"
    COPY = "copy"
    NOTHING = "nothing"


class DocumentWords(Content, frozen=True, kw_only=True):
    """What is known of one document. Days are as exact as somebody knew them: 2027, 2027-03, 2027-03-14."""

    KIND: ClassVar[str] = "person.document"
    COMPARTMENT: ClassVar[Compartment] = Compartment.LEGAL
    READ: ClassVar[Act | None] = Act.READ_PAPER

    kind: DocumentKind
    number: str = ""
    issuer: str = ""
    country: str = ""
    valid_until: str = ""
    held_by: HeldBy = HeldBy.PERSON
    seen: Seen = Seen.NOTHING
    lost_when: str = ""
    lost_where: str = ""


def last_day(text: str) -> date:
    """The last day of a year, a month or a day."""
    year, month, day = (*(int(part) for part in text.split("-")), 0, 0)[:3]
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def look_on(words: DocumentWords, today: date) -> date | None:
    """From when somebody should see to it: the first of a month, which tells no exact day; never if it is past."""
    if not words.valid_until or words.held_by is HeldBy.LOST:
        return None
    ends = last_day(words.valid_until)
    return None if ends < today else (ends - LOOK_BEFORE).replace(day=1)


class Replacing(msgspec.Struct, frozen=True):
    """One thing that is known about what stands in for a lost document, and how well it is known."""

    kinds: tuple[DocumentKind, ...]
    es: str
    en: str
    source: str
    read_on: date
    confidence: str
    is_to_confirm: bool = False

    def said(self, language: str) -> str:
        """It in words."""
        return self.en if language.startswith("en") else self.es


class _Table(msgspec.Struct, frozen=True):
    entry: tuple[Replacing, ...]


@lru_cache(maxsize=8)
def replacing(country: str) -> tuple[Replacing, ...]:
    """What is known for a country (two letters of ISO 3166); nothing where there is no file."""
    code = country.lower()
    file = _FOLDER / f"{code}.toml"
    if not (code.isascii() and code.isalpha() and file.is_file()):
        return ()
    return msgspec.toml.decode(file.read_bytes(), type=_Table).entry
