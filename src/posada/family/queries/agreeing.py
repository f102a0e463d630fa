"""What a second person sees of a proposal: how it fits, never what stands there."""

from dataclasses import dataclass

from posada.accounts.permissions import system_actor
from posada.family.models import Proposal
from posada.family.queries.comparison import comparison
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


def without_words(proposal: Proposal) -> WithoutWords:
    """What is needed to agree. The house itself compares; nothing of what it opens is shown."""
    found = comparison(proposal, by=system_actor(proposal.request.site_id))
    return WithoutWords(
        request=proposal.request.number,
        person=proposal.person.number if proposal.person else None,
        other_request=proposal.other_request.number if proposal.other_request else None,
        band_words=found.band_words,
        fits=tuple(Fit(row.label, row.badge) for row in found.rows if row.sign != "blank"),
    )
