"""News of a death: what it must rest on before anybody may confirm it, and how it may be told."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Knows(StrEnum):
    """How who says it knows."""

    SAW = "saw"
    PAPER = "paper"
    HEARD = "heard"
    LIST = "list"


KNOWS_LABELS = {
    Knows.SAW: _("Saw it, or saw the dead person"),
    Knows.PAPER: _("There is a paper: a certificate, a hospital's or a cemetery's"),
    Knows.HEARD: _("Heard it from somebody"),
    Knows.LIST: _("It stands on a list or on the web"),
}
# Hearsay and lists are never enough, however many repeat them.
CARRIES = frozenset({Knows.SAW, Knows.PAPER})


class Stage(StrEnum):
    """Where the news stands, as far as a clear column may say."""

    NOTED = "noted"
    CONFIRMED = "confirmed"
    TOLD = "told"
    WITHDRAWN = "withdrawn"


STAGE_WORDS = {
    Stage.NOTED: (_("not confirmed"), "wait"),
    Stage.CONFIRMED: (_("confirmed, not told yet"), "wait"),
    Stage.TOLD: (_("told"), "neutral"),
    Stage.WITHDRAWN: (_("withdrawn: it was wrong"), "neutral"),
}


class By(StrEnum):
    """How it was told: by a person, never otherwise."""

    FACE = "face"
    VOICE = "voice"


BY_LABELS = {By.FACE: _("Face to face"), By.VOICE: _("By voice, because they are elsewhere")}


@dataclass(frozen=True, slots=True)
class Told:
    """How somebody was told by a person: on which day, face to face or by voice, whom, by whom, who was with them."""

    on: date
    how: By
    to: str
    by: str
    with_whom: str = ""


def may_confirm(knows: Knows, *, first_hand: bool) -> bool:
    """Whether two persons may confirm it: somebody saw it or there is a paper, and one of us had it at first hand."""
    return knows in CARRIES and first_hand
