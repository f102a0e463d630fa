"""What a second person sees of a proposal: how it fits, never what stands there."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from posada.accounts.permissions import system_actor
from posada.family.models import KinAnswers, Proposal
from posada.family.queries.comparison import comparison
from posada.family.queries.deciding import kin_answers_of
from posada.family.rules.forcing import HOLD_LABELS, AskedSide, Fits, hold_on_release
from posada.ui.parts import Badge


@dataclass(frozen=True, slots=True)
class Fit:
    """One line of a comparison without what stands on either side."""

    label: str
    badge: Badge


@dataclass(frozen=True, slots=True)
class WithoutWords:
    """A proposal as the site manager may see it: numbers, a band, and how each line fits."""

    request: int
    person: int | None
    other_request: int | None
    band_words: str
    fits: tuple[Fit, ...]
    asked: tuple[Fit, ...] = ()
    warning: str = ""


def without_words(proposal: Proposal) -> WithoutWords:
    """What is needed to agree. The house itself compares; nothing of what it opens is shown."""
    house = system_actor(proposal.request.site_id)
    found, answers = comparison(proposal, by=house), kin_answers_of(proposal, by=house)
    stands = hold_on_release(answers.by_side(), may_be_forced=answers.may_be_forced, counsel=answers.counsel)
    return WithoutWords(
        request=proposal.request.number,
        person=proposal.person.number if proposal.person else None,
        other_request=proposal.other_request.number if proposal.other_request else None,
        band_words=found.band_words,
        fits=tuple(Fit(row.label, row.badge) for row in found.rows if row.sign != "blank"),
        asked=tuple(_asked(answers)),
        warning=str(HOLD_LABELS[stands]) if stands else "",
    )


def _asked(answers: KinAnswers) -> Iterator[Fit]:
    """How many answers of kin fitted on each side; neither a question nor an answer."""
    labels = {AskedSide.ENQUIRER: _("Asked of who asks"), AskedSide.FOUND: _("Asked of who may be found")}
    for side, fits in answers.by_side().items():
        right, wrong = fits.count(Fits.FITS), fits.count(Fits.DOES_NOT)
        words = _("%(right)d fit, %(wrong)d do not") % {"right": right, "wrong": wrong}
        yield Fit(labels[side], Badge(words, "danger" if wrong else "good" if right else "neutral"))
