"""What is unusual in somebody's day of reading, and why, in words with the figures they rest on.

The thresholds are our proposal. They point at a day that is worth a question; they accuse nobody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posada.accounts.acts import Act
from posada.oversight.rules.usage import UserDay

FEWEST_PERSONS = 10  # fewer opened files than this are never "many"
TIMES_THE_USUAL = 2.5
DAYS_FOR_A_HABIT = 3  # with fewer days behind them, somebody is compared with their role only
FEWEST_AT_NIGHT = 3
FEWEST_REFUSALS = 3
FEWEST_SEARCHES = 10
OPENED_TO_SEARCHED = 0.2
FEWEST_FORMS_LEFT = 4


@dataclass(frozen=True, slots=True)
class Usual:
    """How many persons this user and their role usually open in a day on which they open any; none: not known yet."""

    own: int | None
    of_role: int | None


@dataclass(frozen=True, slots=True)
class Unusual:
    """One user's day that is worth a question: why, as sentences, and how much it weighs."""

    actor: int | None
    day: date
    weight: int
    why: tuple[str, ...]


def usual_for(this: UserDay, history: Iterable[UserDay]) -> Usual:
    """The medians over the days before: of this user, and of everybody else with one of their roles."""
    own, of_role = [], []
    for earlier in history:
        if earlier.day >= this.day or not earlier.persons:
            continue
        if earlier.actor == this.actor:
            own.append(earlier.persons)
        elif set(earlier.roles) & set(this.roles):
            of_role.append(earlier.persons)
    return Usual(
        round(median(own)) if len(own) >= DAYS_FOR_A_HABIT else None,
        round(median(of_role)) if len(of_role) >= DAYS_FOR_A_HABIT else None,
    )


def _many_persons(this: UserDay, usual: Usual) -> tuple[int, str] | None:
    if this.persons < FEWEST_PERSONS:
        return None
    # Against the others of the role first: a habit of one's own of reading too much must not hide it.
    measure = usual.own if usual.of_role is None else usual.of_role
    if measure is not None and this.persons < TIMES_THE_USUAL * measure:
        return None
    values = {"persons": this.persons, "own": usual.own, "role": usual.of_role}
    if usual.own is not None and usual.of_role is not None:
        text = _("Opened %(persons)d persons, usually %(own)d; others with this role usually %(role)d.")
    elif usual.own is not None:
        text = _("Opened %(persons)d persons, usually %(own)d.")
    elif usual.of_role is not None:
        text = _("Opened %(persons)d persons; others with this role usually %(role)d.")
    else:
        text = _("Opened %(persons)d persons. What is usual is not known yet.")
    return (1 if measure is None else 3, text % values)


def _at_night(this: UserDay, usual_nights: int) -> tuple[int, str] | None:
    if this.at_night < FEWEST_AT_NIGHT or this.at_night <= TIMES_THE_USUAL * usual_nights:
        return None
    text = _("Read or searched %(count)d times between 22 and 6 h, usually %(usual)d.")
    return (2, text % {"count": this.at_night, "usual": usual_nights})


def _without_opening(this: UserDay) -> tuple[int, str] | None:
    if this.searches < FEWEST_SEARCHES or this.persons > OPENED_TO_SEARCHED * this.searches:
        return None
    text = _("Searched %(searches)d times and opened %(persons)d persons; %(nothing)d searches found nobody.")
    return (2, text % {"searches": this.searches, "persons": this.persons, "nothing": this.nothing_found})


def _counted(this: UserDay) -> list[tuple[int, str]]:
    """What is worth a look by itself, however often it happens elsewhere."""
    found = []
    urgent = this.count(Act.BREAK_GLASS)
    if urgent:
        text = ngettext("Opened %(n)d file in an emergency.", "Opened %(n)d files in an emergency.", urgent)
        found.append((4, text % {"n": urgent}))
    if this.exported:
        text = ngettext("Wrote %(n)d person out to a list.", "Wrote %(n)d persons out to a list.", this.exported)
        found.append((4, text % {"n": this.exported}))
    if this.quota:
        text = ngettext("Reached the quota %(n)d time.", "Reached the quota %(n)d times.", this.quota)
        found.append((3, text % {"n": this.quota}))
    if this.refused >= FEWEST_REFUSALS:
        text = ngettext("Was refused %(n)d time.", "Was refused %(n)d times.", this.refused)
        found.append((2, text % {"n": this.refused}))
    if this.forms_left >= FEWEST_FORMS_LEFT:
        text = ngettext(
            "Left %(n)d form of registration with advice and did not save it.",
            "Left %(n)d forms of registration with advice and did not save them.",
            this.forms_left,
        )
        found.append((2, text % {"n": this.forms_left}))
    return found


def unusual_in(this: UserDay, history: Sequence[UserDay]) -> Unusual | None:
    """What is unusual in this day against the days before it; none if nothing is."""
    if this.actor is None:
        found = [(2, text) for _weight, text in _counted(this)]
    else:
        nights = [day.at_night for day in history if day.actor == this.actor and day.day < this.day]
        usual_nights = round(median(nights)) if len(nights) >= DAYS_FOR_A_HABIT else 0
        about = (_many_persons(this, usual_for(this, history)), _at_night(this, usual_nights), _without_opening(this))
        found = [line for line in about if line is not None] + _counted(this)
    if not found:
        return None
    found.sort(key=lambda line: -line[0])
    return Unusual(this.actor, this.day, sum(weight for weight, _text in found), tuple(text for _w, text in found))


def worth_a_question(days: Sequence[UserDay], *, since: date) -> list[Unusual]:
    """The unusual days from `since` on: the newest day first, in it the weightiest."""
    found = [unusual_in(day, days) for day in days if day.day >= since]
    return sorted((row for row in found if row), key=lambda row: (row.day.toordinal(), row.weight), reverse=True)
