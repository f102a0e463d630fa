"""Whether everything towards a family stands still."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from posada.accounts.permissions import Actor
from posada.family.models import Freeze, WatchCard


@dataclass(frozen=True, slots=True)
class Standing:
    """How the house stands towards families: since when all are frozen (none: they are not), how many are frozen one
    by one, and how many families and cards a freeze of the house reaches.
    """

    house_since: date | None
    frozen: int
    families: int
    cards: int


def standing(actor: Actor) -> Standing:
    """Counts alone: nobody is named and nothing opened."""
    held = Freeze.objects.filter(site_id=actor.site, ended_on=None)
    house = held.filter(resident=None).order_by("since").first()
    cards = WatchCard.objects.visible_to(actor)
    return Standing(
        house.since if house else None,
        held.exclude(resident=None).values("resident").distinct().count(),
        cards.values("resident").distinct().count(),
        cards.count(),
    )


def house_is_frozen(site: int) -> bool:
    """Whether the whole house stands still towards all families."""
    return Freeze.objects.filter(site_id=site, resident=None, ended_on=None).exists()


def is_frozen(resident: uuid.UUID, *, site: int) -> bool:
    """Whether nothing may go to this resident's family now: neither call, message, page nor release."""
    held = Freeze.objects.filter(Q(resident_id=resident) | Q(resident=None), site_id=site, ended_on=None)
    return held.exists()


def frozen_of(residents: Iterable[uuid.UUID], *, site: int) -> set[uuid.UUID]:
    """Those of the residents to whose families nothing may go now; all of them while the house is frozen."""
    wanted = set(residents)
    if house_is_frozen(site):
        return wanted
    rows = Freeze.objects.filter(site_id=site, ended_on=None, resident_id__in=wanted)
    return set(rows.values_list("resident_id", flat=True))
