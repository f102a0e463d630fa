"""A calendar file (RFC 5545) that may lie on anybody's telephone: a number that means nothing, a kind, a day.

No name, place, country, article or person is in it, nor the name of this program.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.utils.translation import gettext as _

from posada.asylum.rules.reminders import Due, Kind, Urgency
from posada.ground.ids import is_sound_number

_OCTETS = 75  # RFC 5545, 3.1: the longest line, its end not counted
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One day (or moment, in UTC) of the calendar. `key` tells two of one kind and number apart, and is not shown."""

    number: int
    kind: Kind
    on: date | datetime
    key: str

    def __post_init__(self) -> None:
        if not is_sound_number(self.number):
            raise ValueError("a calendar says a number with its check digit, and nothing else of a case")
        if isinstance(self.on, datetime) and self.on.tzinfo is None:
            raise ValueError("a moment needs its zone")


def entries_of(dues: Iterable[Due]) -> tuple[Entry, ...]:
    """An entry for each deadline that can still be kept. What is late, or waits for a date, is on the list alone; what
    is perhaps still open stands on today."""
    return tuple(
        Entry(
            one.number,
            one.kind,
            one.deadline.act_at or max(one.deadline.act_on, one.deadline.today),
            one.deadline.term.rule,
        )
        for one in (due.followed for due in dues if due.urgency in {Urgency.NOW, Urgency.SOON})
        if one.deadline.act_on is not None and one.deadline.term is not None
    )


def calendar_file(entries: Iterable[Entry], made_at: datetime) -> bytes:
    """The file, in the language in use. The same deadline keeps its place in a calendar that reads it again."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//calendar//EN", "CALSCALE:GREGORIAN"]
    for entry in entries:
        lines += _event(entry, made_at)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def kind_in_words(kind: Kind) -> str:
    """What has to be done, in one neutral word or two."""
    return {
        Kind.FILING: _("hand in"),
        Kind.CONFIRMING: _("confirm"),
        Kind.CORRECTING: _("correct"),
        Kind.ANSWERING: _("answer"),
        Kind.APPEAL: _("appeal"),
        Kind.RENEWAL: _("renew"),
        Kind.APPOINTMENT: _("appointment"),
        Kind.OTHER: _("something due"),
    }[kind]


def escaped(text: str) -> str:
    """A text as a value of this format (RFC 5545, 3.3.11); control characters are left out."""
    plain = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> bytes:
    """A line with its end, broken so that no piece is longer than 75 octets and no character is cut (3.1)."""
    pieces: list[bytes] = []
    piece = b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > _OCTETS:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"


def _event(entry: Entry, made_at: datetime) -> list[str]:
    when = f"DTSTART:{_moment(entry.on)}" if isinstance(entry.on, datetime) else f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}"
    title = _("%(number)s: %(kind)s") % {"number": entry.number, "kind": kind_in_words(entry.kind)}
    mark = hashlib.sha256(f"{entry.number} {entry.kind} {entry.key}".encode()).hexdigest()[:32]
    return [
        "BEGIN:VEVENT",
        f"UID:{mark}@calendar.invalid",
        f"DTSTAMP:{_moment(made_at)}",
        when,
        f"SUMMARY:{escaped(title)}",
        "CLASS:CONFIDENTIAL",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _moment(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
