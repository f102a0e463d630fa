"""A few words of why beds are proposed, none of which says anything about anybody."""

from django.utils.translation import gettext_lazy as _

from posada.shelter.rules.suggesting import Proposal, Why

WORDS = {
    Why.JOINS: _("with their household"),
    Why.ONE_ROOM: _("all in one room"),
    Why.OWN_ROOM: _("nobody else in it"),
    Why.RULE: _("by the rule of the room"),
    Why.SEVERAL: _("no room holds all of them; each with an adult of theirs as far as there is one"),
    Why.MATS: _("with mats, over the planning ratios"),
    Why.LEAVES_LARGE: _("leaves larger rooms free"),
}


def why_words(proposal: Proposal) -> list[object]:
    """The reasons of one proposal, in words."""
    return [WORDS[one] for one in proposal.why]
