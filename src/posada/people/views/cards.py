"""Masked persons as cards."""

from django.urls import reverse
from django.utils.translation import gettext as _

from posada.people.matching import Hit
from posada.people.models import Source
from posada.ui.parts import Act, Badge, MaskedCard

SURE = 80
LIKELY = 50


def badge_of(percent: int) -> Badge:
    """The chance in percent; its look says whether to look twice."""
    words = _("%(percent)s %%") % {"percent": percent} if percent else _("under 1 %")
    return Badge(words, "wait" if percent >= LIKELY else "note")


def found_card(hit: Hit, *, has_emergency: bool = False) -> MaskedCard:
    """A hit of the search: opening it is an act of its own, and so is the emergency sheet of who is here."""
    number = [hit.known.number]
    acts = [Act(_("Open"), reverse("desk:person", args=number))]
    if has_emergency and hit.known.source == Source.HOUSE:
        acts.append(Act(_("Emergency sheet"), reverse("people:emergency", args=number), look="quiet"))
    return MaskedCard(
        title=hit.known.mask.title,
        line=hit.known.mask.line,
        why=hit.hint or hit.why,
        badge=badge_of(hit.percent),
        acts=tuple(acts),
    )
