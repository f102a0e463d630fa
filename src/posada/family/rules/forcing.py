"""When a check by questions of kin holds up what goes on after "same person": nobody is put in touch on it yet.

A relative who is forced can answer everything: right answers show that it is kin, never that the kin is free.
"""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Fits(StrEnum):
    """What came of one question, asked of one side alone."""

    FITS = "fits"
    DOES_NOT = "does_not"
    NOT_ASKED = ""


class AskedSide(StrEnum):
    """Of whom a question was asked."""

    ENQUIRER = "enquirer"
    FOUND = "found"


class Hold(StrEnum):
    """Why nothing may be released on a match yet."""

    ONE_SIDE = "one_side"  # not both sides were asked
    DOES_NOT_FIT = "does_not_fit"
    MAY_BE_FORCED = "may_be_forced"  # and no counsel was taken


HOLD_LABELS = {
    Hold.ONE_SIDE: _(
        "Both sides have to be asked questions that only kin can answer, each alone. Note what they said."
    ),
    Hold.DOES_NOT_FIT: _("An answer did not fit. Look at the match again before anybody is put in touch."),
    Hold.MAY_BE_FORCED: _("One side may be forced. Take counsel first, and write down with whom."),
}


def hold_on_release(fits: dict[AskedSide, list[Fits]], *, may_be_forced: bool, counsel: str) -> Hold | None:
    """What stands in the way of a release; none if both sides answered, all of it fits, and nobody seems forced.

    `counsel` says with whom it was talked over; without it, whoever may be forced is put in touch with nobody.
    """
    if may_be_forced and not counsel:
        return Hold.MAY_BE_FORCED
    asked = [[one for one in fits.get(side, []) if one is not Fits.NOT_ASKED] for side in AskedSide]
    if any(Fits.DOES_NOT in answers for answers in asked):
        return Hold.DOES_NOT_FIT
    return None if all(asked) else Hold.ONE_SIDE
