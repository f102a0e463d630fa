"""A family message: what may stand in it, by which ways it goes, and what may follow upon what."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from posada.family.rules import sentences

MOST_LINES: Final = 30  # Red Cross Message: about thirty lines, family news only (ICRC, casebook 20874)
MOST_SIGNS: Final = 2_000
MOST_SMS: Final = 300  # some four short messages with accents; a longer one arrives in pieces, or not at all
LINE_LENGTH: Final = 80  # how wide a line of the printed form is


class Direction(StrEnum):
    """To the family, or from it."""

    OUT = "out"
    IN = "in"


class MessageKind(StrEnum):
    """What a message is made of."""

    SENTENCES = "sentences"
    LETTER = "letter"
    VOICE = "voice"


class Way(StrEnum):
    """By what it goes. A person sends it; the program sends nothing."""

    WHATSAPP = "whatsapp"
    VOICE_NOTE = "voice_note"
    SMS = "sms"
    CALL = "call"
    PAPER = "paper"


class MessageState(StrEnum):
    """How a message stands. `NOTED` and `TOLD` are of those that came from the family."""

    PREPARED = "prepared"
    SENT = "sent"
    FAILED = "failed"
    DELIVERED = "delivered"
    READ = "read"
    GIVEN_UP = "given_up"
    NOTED = "noted"
    TOLD = "told"


class Failure(StrEnum):
    """Why a message did not go, as a fixed word."""

    NO_ANSWER = "no_answer"
    NO_SIGNAL = "no_signal"
    WRONG_NUMBER = "wrong_number"
    SOMEBODY_ELSE = "somebody_else"
    BLOCKED = "blocked"
    CAME_BACK = "came_back"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says of a message: how it stands now, by which way, and for a failure why."""

    state: MessageState
    way: Way | None = None
    reason: Failure | None = None


TO_SEND: Final = frozenset({MessageState.PREPARED, MessageState.FAILED})
UNDER_WAY: Final = frozenset({*TO_SEND, MessageState.SENT})
WITHOUT_WORDS: Final = frozenset({MessageState.DELIVERED, MessageState.READ, MessageState.GIVEN_UP, MessageState.TOLD})
_NEXT: Final = {
    MessageState.PREPARED: frozenset({MessageState.SENT, MessageState.DELIVERED, MessageState.FAILED}),
    MessageState.FAILED: frozenset({MessageState.SENT, MessageState.DELIVERED, MessageState.FAILED}),
    MessageState.SENT: frozenset({MessageState.DELIVERED, MessageState.READ, MessageState.FAILED}),
    MessageState.DELIVERED: frozenset({MessageState.READ}),
}
# Sent, delivered straight away or tried in vain: each of them was somebody turning to the family.
TURNED_TO: Final = frozenset({MessageState.SENT, MessageState.DELIVERED, MessageState.FAILED})


def may_follow(before: MessageState, after: MessageState) -> bool:
    """Whether a message may come from one state into another. It may be given up while its words are there."""
    if after is MessageState.GIVEN_UP:
        return before in UNDER_WAY
    return after in _NEXT.get(before, frozenset())


def ways_of(kind: MessageKind) -> tuple[Way, ...]:
    """By what a message of this kind may go."""
    if kind is MessageKind.VOICE:
        return (Way.VOICE_NOTE,)
    return (Way.WHATSAPP, Way.SMS, Way.CALL, Way.PAPER)


def lines_of(text: str) -> int:
    """How many lines of the printed form a text takes: long ones run on."""
    return sum(max(1, -(-len(row) // LINE_LENGTH)) for row in text.split("\n")) if text else 0


def whole_text(code: str, chosen: tuple[str, ...], text: str) -> str:
    """What is sent or read out, exactly: the chosen sentences, the resident's words, and the one about money."""
    parts = ["\n".join(sentences.said(code, chosen)), text.strip(), sentences.money_in(code)]
    return "\n".join(part for part in parts if part)
