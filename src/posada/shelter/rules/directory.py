"""The directory: kinds of organisations, entries that grow old, and what public sources name."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from django.utils.translation import gettext_lazy as _

OLD_AFTER = timedelta(days=90)


class OrganisationKind(StrEnum):
    """What they help with, coarsely."""

    HEALTH = "health"
    LEGAL = "legal"
    CHILDREN = "children"
    WOMEN = "women"
    FAMILY = "family"
    CASH = "cash"
    WORK = "work"
    SCHOOL = "school"
    LODGING = "lodging"
    OTHER = "other"


KIND_WORDS = {
    OrganisationKind.HEALTH: _("Health"),
    OrganisationKind.LEGAL: _("Legal help"),
    OrganisationKind.CHILDREN: _("Children"),
    OrganisationKind.WOMEN: _("Women"),
    OrganisationKind.FAMILY: _("Looking for family"),
    OrganisationKind.CASH: _("Cash"),
    OrganisationKind.WORK: _("Work"),
    OrganisationKind.SCHOOL: _("School"),
    OrganisationKind.LODGING: _("Lodging"),
    OrganisationKind.OTHER: _("Something else"),
}


class Takes(StrEnum):
    """Whether an organisation takes somebody now, as far as the house knows."""

    YES = "yes"
    CALL = "call"
    NO = "no"


TAKES_WORDS = {
    Takes.YES: (_("takes people now"), "good"),
    Takes.CALL: (_("call and ask"), "note"),
    Takes.NO: (_("takes nobody now"), "wait"),
}


class SpokenBy(StrEnum):
    """Whether a woman or a man interprets: the person may prefer one."""

    WOMAN = "woman"
    MAN = "man"
    OTHER = "other"


SPOKEN_WORDS = {SpokenBy.WOMAN: _("A woman"), SpokenBy.MAN: _("A man"), SpokenBy.OTHER: _("Another, or not said")}


def is_old(checked_on: date, today: date) -> bool:
    """Whether an entry was checked so long ago that it is called before anybody is sent there."""
    return today - checked_on > OLD_AFTER


@dataclass(frozen=True, slots=True)
class Seed:
    """An organisation that public sources name; nobody of the house has checked it."""

    id: str
    name: str
    kind: OrganisationKind
    confidence: str
    source: str


def _read() -> tuple[Seed, ...]:
    held = tomllib.loads((Path(__file__).parent / "directory.toml").read_text(encoding="utf-8"))
    return tuple(
        Seed(row["id"], row["name"], OrganisationKind(row["kind"]), row["confidence"], row["source"])
        for row in held["organisation"]
    )


SEEDS = _read()
