"""The log of false callers, and what residents may be warned of: tricks without names, numbers partly hidden."""

import re
import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import phonenumbers

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require
from posada.family.models import CallerNote, FalseCall, SaidToBe, Wanted
from posada.ground import clock
from posada.records.door import Reason, open_records

KEPT: Final = timedelta(days=180)
WARNED_OF: Final = timedelta(days=56)  # our proposal: a poster says what was tried in the last eight weeks
SHOWN_DIGITS: Final = 3


@dataclass(frozen=True, slots=True)
class LoggedCall:
    """An entry as staff read it, with how often the same number stands in the log."""

    row: CallerNote
    content: FalseCall
    times: int


@dataclass(frozen=True, slots=True)
class Trick:
    """What was tried, how often, without anybody's name."""

    said_to_be: SaidToBe
    wanted: tuple[Wanted, ...]
    times: int


@dataclass(frozen=True, slots=True)
class Warnings:
    """What a poster says: tricks, the most frequent first, and partly hidden numbers."""

    tricks: tuple[Trick, ...]
    phones: tuple[str, ...]


def normal_phone(text: str, *, country: str = "CO") -> str:
    """A number as E.164 where it is one, else only its digits and plus; empty for no number at all."""
    text = re.sub(r"^\D*00", "+", text)  # as it is dialled from a telephone that shows no plus
    try:
        read = phonenumbers.parse(text, country)
        if phonenumbers.is_possible_number(read):
            return phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164)
    except phonenumbers.NumberParseException:
        pass
    return "".join(sign for sign in text if sign.isdecimal() or sign == "+")


def hidden_phone(phone: str) -> str:
    """A number as a poster shows it: its country, and the last three digits, by which one who was called knows it."""
    if not phone:
        return ""
    last = phone[-SHOWN_DIGITS:]
    try:
        return f"+{phonenumbers.parse(phone).country_code} ··· {last}"
    except phonenumbers.NumberParseException:
        return f"··· {last}"


def _opened(actor: Actor, since: timedelta) -> list[tuple[CallerNote, FalseCall]]:
    rows = CallerNote.objects.visible_to(actor).filter(noted_on__gte=clock.today() - since)
    found = list(rows.select_related("record", "card__record").order_by("-noted_on", "pk"))
    contents = open_records([row.record for row in found], FalseCall, by=actor, reason=Reason.VIEW)
    by_record = {one.record: one.content for one in contents}
    return [(row, by_record[row.record_id]) for row in found]


def log_of(actor: Actor) -> list[LoggedCall]:
    """The log, the newest first. The same number is recognised in memory; no column holds it, not even as a hash."""
    require(actor, Act.NOTE_CALLER)
    rows = _opened(actor, KEPT)
    times = Counter(content.phone for _row, content in rows if content.phone)
    return [LoggedCall(row, content, times.get(content.phone, 1)) for row, content in rows]


def earlier_calls(actor: Actor, phone: str) -> tuple[str, ...]:
    """The days on which this number was noted before, the newest first."""
    if not phone:
        return ()
    return tuple(content.on for _row, content in _opened(actor, KEPT) if content.phone == phone)


def warnings_of(actor: Actor) -> Warnings:
    """What residents are warned of: from the closed words of the last weeks alone, so that nobody is named."""
    require(actor, Act.NOTE_CALLER)
    rows = [content for _row, content in _opened(actor, WARNED_OF)]
    counted = Counter((content.said_to_be, content.wanted) for content in rows)
    tricks = tuple(Trick(said, wanted, times) for (said, wanted), times in counted.most_common())
    phones = dict.fromkeys(hidden_phone(content.phone) for content in rows if content.phone)
    return Warnings(tricks, tuple(phones))


def caller_note(actor: Actor, pk: uuid.UUID) -> CallerNote | None:
    """One entry of the actor's site."""
    return CallerNote.objects.visible_to(actor).filter(pk=pk).select_related("record").first()
