"""What endangers whom in a request, a closed list, and what is done because of it: the consequence, never a label."""

from collections.abc import Iterable
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Flag(StrEnum):
    """What whoever took the request was told, or feared. Sealed with the one who asks."""

    NEVER_TELEPHONE = "never_telephone"
    SOMEBODY_LISTENS = "somebody_listens"
    MAY_BE_FORCED = "may_be_forced"
    DISPUTE = "dispute"
    VIOLENCE_FEARED = "violence_feared"
    STATE_LOOKS = "state_looks"


FLAG_LABELS = {
    Flag.NEVER_TELEPHONE: _("Never telephone the one who asks"),
    Flag.SOMEBODY_LISTENS: _("Somebody listens when they speak"),
    Flag.MAY_BE_FORCED: _("The one who asks may be forced to ask"),
    Flag.DISPUTE: _("There is a dispute in the family: a child, money, a house"),
    Flag.VIOLENCE_FEARED: _("Violence is feared from the one who asks"),
    Flag.STATE_LOOKS: _("A State or an armed group looks for one of them"),
}


class Protection(StrEnum):
    """What is done because of it."""

    NO_CALL = "no_call"
    ONLY_AGREED_WORDS = "only_agreed_words"
    CHECK_FIRST = "check_first"
    COUNSEL_FIRST = "counsel_first"
    NO_NAME = "no_name"
    TWO_PERSONS = "two_persons"
    STAYS_HERE = "stays_here"


PROTECTION_WORDS = {
    Protection.NO_CALL: _("Nobody telephones the one who asks, whatever the reason."),
    Protection.ONLY_AGREED_WORDS: _("Say only the agreed words first. Who does not answer with theirs hears nothing."),
    Protection.CHECK_FIRST: _("Before anything is believed or passed on, speak to the one who asks alone."),
    Protection.COUNSEL_FIRST: _("The person found is asked only after speaking to a counsellor or lawyer, in private."),
    Protection.NO_NAME: _("No name is told to either side before that counsel took place."),
    Protection.TWO_PERSONS: _("Two persons of this house are in the room when the person found is asked."),
    Protection.STAYS_HERE: _("The request is handed to no other service and to no country: it stays in this house."),
}

_FOLLOWS = {
    Flag.NEVER_TELEPHONE: (Protection.NO_CALL,),
    Flag.SOMEBODY_LISTENS: (Protection.ONLY_AGREED_WORDS,),
    Flag.MAY_BE_FORCED: (Protection.ONLY_AGREED_WORDS, Protection.CHECK_FIRST),
    Flag.DISPUTE: (Protection.COUNSEL_FIRST,),
    Flag.VIOLENCE_FEARED: (Protection.COUNSEL_FIRST, Protection.NO_NAME, Protection.TWO_PERSONS),
    Flag.STATE_LOOKS: (Protection.STAYS_HERE, Protection.CHECK_FIRST),
}


def protections(flags: Iterable[Flag]) -> tuple[Protection, ...]:
    """All that follows from these flags, each once, in the order of the list."""
    found = {one for flag in flags for one in _FOLLOWS[flag]}
    return tuple(one for one in Protection if one in found)
