"""Where a referral stands, and how a yes was said: the same words for a relative's and for a need's."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class How(StrEnum):
    """How a consent was given."""

    SPOKEN = "spoken"
    WRITTEN = "written"
    MARK = "mark"


HOW_SAID = {How.SPOKEN: _("Spoken"), How.WRITTEN: _("Written"), How.MARK: _("A mark, with a witness")}


class Stands(StrEnum):
    """Where a referral stands, as far as a clear column may say."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    DONE = "done"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({Stands.ASKED, Stands.ACCEPTED})
# From where an answer may lead to where; what is refused, done or withdrawn takes none.
ANSWERS: dict[Stands, frozenset[Stands]] = {
    Stands.ASKED: frozenset({Stands.ACCEPTED, Stands.REFUSED}),
    Stands.ACCEPTED: frozenset({Stands.REFUSED, Stands.DONE}),
}
STAND_WORDS = {
    Stands.ASKED: (pgettext_lazy("referral", "asked"), "wait"),
    Stands.ACCEPTED: (pgettext_lazy("referral", "accepted"), "good"),
    Stands.REFUSED: (pgettext_lazy("referral", "refused"), "neutral"),
    Stands.DONE: (pgettext_lazy("referral", "done"), "good"),
    Stands.WITHDRAWN: (_("consent withdrawn"), "neutral"),
}


def may_answer(now: Stands, answer: Stands) -> bool:
    """Whether a referral that stands so may be answered so."""
    return answer in ANSWERS.get(now, frozenset())
