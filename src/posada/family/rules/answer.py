"""The one answer that an enquirer is given, whatever is known (practice: family links, rule 2)."""

from django.utils.translation import gettext as _


def neutral_answer() -> tuple[str, ...]:
    """Sentences that say the same whether there is no match, nobody was asked, or somebody refused.

    It takes no argument on purpose: nothing about a request can reach it.
    """
    return (
        _("We have your request and keep looking."),
        _("For everybody's safety we never say whether somebody is in a list or in a house."),
        _("If somebody wants you to know something, a person from here will speak to you. Nobody else will."),
        _("We never ask for money. If somebody does in our name, do not pay, and tell us."),
        _("If the way to reach you changes, or you no longer want us to look, tell us your request number."),
    )
