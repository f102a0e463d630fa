"""Whether everything towards a family stands still."""

import uuid
from collections.abc import Iterable

from django.db.models import Q

from posada.family.models import Freeze


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
