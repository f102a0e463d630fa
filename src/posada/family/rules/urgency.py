"""Which possible match is looked at first, and why it stands there: by its chance, then by who is sought, then by need.

The order is our own proposal (docs/decisions/0030): a child cannot wait, and of somebody whose age nobody told it is
not known that they can.
"""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posada.family.rules.bands import Band

WAITED_LONG = 3  # days for which a proposal has waited
FRESH = 30  # days since a separation in which traces are warm
_BANDS = {Band.VERY_LIKELY: 0, Band.LIKELY: 1, Band.POSSIBLE: 2}


class SoughtAge(IntEnum):
    """Whether the sought person is a child, in the order in which they are looked at."""

    CHILD = 0
    UNKNOWN = 1
    GROWN = 2


@dataclass(frozen=True, slots=True)
class Pressing:
    """What is known of a request without a name: whether a child is sought, when they were parted (2019-02), danger."""

    age: SoughtAge = SoughtAge.UNKNOWN
    parted_on: str = ""
    in_danger: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """One proposal that waits: its band, what presses, and for how many days it has been there.

    `alone`: whoever may be found came without anybody. `worrying`: the one who asks worries about a relative.
    """

    band: Band
    pressing: Pressing
    days: int
    alone: bool = False
    worrying: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where it stands in the list (smaller comes first), and why, the weightiest reason first."""

    order: tuple[int, int, int, int]
    reasons: tuple[str, ...]


def place_of(waiting: Waiting, on: date) -> Place:
    """The place of a proposal in the work list on a day."""
    presses = waiting.pressing
    child_alone = waiting.alone and presses.age is not SoughtAge.GROWN
    fresh = _is_fresh(presses.parted_on, on)
    long = waiting.days >= WAITED_LONG
    points = 8 * child_alone + 4 * presses.in_danger + 2 * waiting.worrying + 2 * long + fresh
    return Place(
        order=(_BANDS[waiting.band], int(presses.age), -points, -waiting.days),
        reasons=tuple(
            words
            for words, holds in (
                (_("a child is sought"), presses.age is SoughtAge.CHILD),
                (_("nobody told the age: treated as a child"), presses.age is SoughtAge.UNKNOWN),
                (_("came alone"), child_alone),
                (_("danger is noted"), presses.in_danger),
                (_("who asks worries about a relative"), waiting.worrying),
                (_("waits longer than it should"), long),
                (_("parted not long ago"), fresh),
            )
            if holds
        ),
    )


def waits_in_words(days: int) -> str:
    """For how long a proposal has waited."""
    if not days:
        return _("since today")
    return ngettext("for %(count)d day", "for %(count)d days", days) % {"count": days}


def _is_fresh(parted_on: str, on: date) -> bool:
    """Whether they were parted in the last weeks, as far as it was told; a year alone does not say."""
    parts = [int(part) for part in parted_on.split("-") if part.isdecimal()]
    if len(parts) < 2:
        return False
    try:
        last = date(parts[0], parts[1], parts[2] if len(parts) > 2 else 28)
    except ValueError:
        return False
    return 0 <= (on - last).days <= FRESH or (last > on and (last.year, last.month) == (on.year, on.month))
