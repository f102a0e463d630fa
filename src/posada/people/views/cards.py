"""Masked persons as cards."""

from django.urls import reverse
from django.utils.translation import gettext as _

from posada.people.matching import Hit
from posada.ui.parts import Act, Badge, MaskedCard

SURE = 80
LIKELY = 50


def badge_of(percent: int) -> Badge:
    """The chance in percent; its look says whether to look twice."""
    words = _("%(percent)s %%") % {"percent": percent} if percent else _("under 1 %")
    return Badge(words, "wait" if percent >= LIKELY else "note")


def found_card(hit: Hit) -> MaskedCard:
    """A hit of the search: opening it is an act of its own."""
    url = reverse("desk:person", args=[hit.known.number])
    return MaskedCard(
        title=hit.known.mask.title,
        line=hit.known.mask.line,
        why=hit.hint or hit.why,
        badge=badge_of(hit.percent),
        acts=(Act(_("Open"), url),),
    )
