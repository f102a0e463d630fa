"""Dates of one case that cannot all be right, because something came before what it follows."""

from collections.abc import Mapping
from dataclasses import dataclass

from posada.asylum.rules.known import Known

# What comes before what, by the names of a guide's anchors and of the other dates of a case. Only what holds always: a
# second interview, a permit that was renewed or a claim made again contradicts nothing.
FOLLOWS = (
    ("birth", "entry"),
    ("entry", "border_claim"),
    ("border_claim", "border_safe_conduct"),
    ("border_safe_conduct", "ratification"),
    ("filed_by_another", "ratification"),
    ("entry", "filing"),
    ("filing", "correction_asked"),
    ("filing", "admission"),
    ("filing", "stay_permit"),
    ("filing", "interview"),
    ("filing", "archived"),
    ("filing", "withdrawal"),
    ("filing", "decision"),
    ("decision", "notification"),
    ("notification", "appeal"),
    ("notification", "final_refusal"),
    ("decision", "recognition"),
    ("permit_filing", "permit_issued"),
)


@dataclass(frozen=True, slots=True)
class Disorder:
    """Two events whose dates cannot both be right: `later` is said to have come before `earlier`."""

    earlier: str
    later: str


def disorders(dates: Mapping[str, Known]) -> tuple[Disorder, ...]:
    """Every pair of dates that contradict each other for certain, also across events whose date is not known.

    Dates that are not exact contradict each other only if no days within them fit.
    """
    found = [
        Disorder(earlier, later)
        for earlier, after in _reaching().items()
        for later in after
        if earlier in dates and later in dates and _contradict(dates[earlier], dates[later])
    ]
    return tuple(sorted(found, key=lambda one: (one.earlier, one.later)))


def _contradict(earlier: Known, later: Known) -> bool:
    return earlier.is_known and later.is_known and later.last < earlier.first


def _reaching() -> dict[str, set[str]]:
    """For each event every event that comes after it, by however many steps."""
    after: dict[str, set[str]] = {}
    for earlier, later in FOLLOWS:
        after.setdefault(earlier, set()).add(later)
    grown = True
    while grown:
        grown = False
        for reached in after.values():
            more = {far for near in reached for far in after.get(near, ())} - reached
            grown = grown or bool(more)
            reached |= more
    return after
