"""When no page may be made for a relative, and the sentence that says why. Not knowing is a refusal."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

STATE: Final = re.compile(r"[A-Z]{2}")


class PageRefusal(StrEnum):
    """Why no page is made."""

    OFF = "off"
    STOPPED = "stopped"
    FROZEN = "frozen"
    DURESS = "duress"
    RISK = "risk"
    NO_RISK = "no_risk"
    NO_COUNTRY = "no_country"
    NO_STATE = "no_state"
    FLED = "fled"
    NAME = "name"


REFUSAL_WORDS: Final[dict[PageRefusal, Any]] = {
    PageRefusal.OFF: _("This house opens no pages for relatives."),
    PageRefusal.STOPPED: _("Contact with this relative is stopped. No page is made until the resident asks again."),
    PageRefusal.FROZEN: _("Everything towards this family stands still. No page is made until that is lifted."),
    PageRefusal.DURESS: _("The agreed words for danger were heard. No page is made: somebody else may open it."),
    PageRefusal.RISK: _(
        "This relative is in danger, or the risk is high. What is read on a telephone stays behind there."
    ),
    PageRefusal.NO_RISK: _("It was not asked what could happen to this relative. Ask, note it on the card, come back."),
    PageRefusal.NO_COUNTRY: _(
        "It is not written in which country this relative is. Ask, write it on the card, and come back."
    ),
    PageRefusal.NO_STATE: _(
        "It is not known which State this family fled. Ask the resident and write its two letters below."
    ),
    PageRefusal.FLED: _("This relative is in the State that the family fled. No page is ever made towards it."),
    PageRefusal.NAME: _("The spoken word is a name that others know. Let the resident choose another."),
}


class PageRefused(Exception):
    """No page is made; `why` says for what reason."""

    def __init__(self, why: PageRefusal) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known when a page is asked for. `fled` are the States fled: of the house, and as the resident says."""

    is_on: bool
    is_stopped: bool
    is_frozen: bool
    heard_duress: bool
    is_in_danger: bool
    is_risk_unknown: bool
    country: str
    fled_told: str
    fled_here: frozenset[str]
    nationalities: str = ""


def states_in(text: str) -> frozenset[str]:
    """The two-letter States among the words of a text; words of other lengths say nothing here."""
    return frozenset(word for word in re.split(r"[\s,;/]+", text.upper()) if STATE.fullmatch(word))


def page_refusal(asked: Asked) -> PageRefusal | None:
    """The first reason against a page, or none."""
    country, told = asked.country.strip().upper(), asked.fled_told.strip().upper()
    fled = asked.fled_here | states_in(asked.nationalities) | {told}
    reasons: Iterable[tuple[bool, PageRefusal]] = (
        (not asked.is_on, PageRefusal.OFF),
        (asked.is_stopped, PageRefusal.STOPPED),
        (asked.is_frozen, PageRefusal.FROZEN),
        (asked.heard_duress, PageRefusal.DURESS),
        (asked.is_in_danger, PageRefusal.RISK),
        (asked.is_risk_unknown, PageRefusal.NO_RISK),
        (not STATE.fullmatch(country), PageRefusal.NO_COUNTRY),
        (not STATE.fullmatch(told), PageRefusal.NO_STATE),
        (country in fled, PageRefusal.FLED),
    )
    return next((why for is_so, why in reasons if is_so), None)
