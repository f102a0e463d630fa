"""The very words that are said for each choice: prepared, so that nobody says more. Read aloud by a person."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from posada.family.rules.choices import Choice


@dataclass(frozen=True, slots=True)
class Said:
    """What is said, sentence by sentence; `passed_on` are the found person's own words, or a contact, never changed."""

    sentences: tuple[str, ...]
    passed_on: str = ""


def said_so(choice: Choice, text: str, channel: str, hours: str) -> Said:
    """The words for a choice; to the found person when they asked for a contact, to who asks otherwise.

    Raises KeyError for a choice by which nothing is told.
    """
    money = _("We never ask for money. If somebody does in our name, do not pay, and tell us.")
    more = _("We cannot say more, and we do not know more that we may say.")
    if choice is Choice.RECEIVE_CONTACT:
        reach = _("The one who asks for you can be reached by this way and no other:")
        after = _("They were told nothing of you. Whether you call is yours to decide, today or never.")
        return Said((reach, after, money), " · ".join(part for part in (channel, hours) if part))
    asked = {
        Choice.ALIVE_AND_WELL: _("The person you look for asked us to tell you one thing: they are alive and well."),
        Choice.SEND_MESSAGE: _("The person you look for asked us to pass on these words to you:"),
        Choice.GIVE_CONTACT: _("The person you look for asked us to give you this way to reach them:"),
    }[choice]
    return Said((asked, more, money), "" if choice is Choice.ALIVE_AND_WELL else text)
