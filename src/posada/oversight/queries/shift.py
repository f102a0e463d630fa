"""What a shift sheet says: when, which roles were here, counts. No name of a person."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from posada.accounts.acts import ROLE_LABELS, Role
from posada.accounts.models import Membership
from posada.accounts.permissions import Actor
from posada.audit import heads
from posada.audit.models import AuditEntry
from posada.audit.services import Result
from posada.ground import clock
from posada.people import queries as people
from posada.records import safekeeping
from posada.shelter import queries as shelter
from posada.vault import head_words

# The hours at which shifts begin: our proposal.
SHIFTS: Final = ((6, _("day")), (14, _("afternoon")), (22, _("night")))


@dataclass(frozen=True, slots=True)
class SignedIn:
    """How many with one role signed in during the shift."""

    role: str
    people: int


@dataclass(frozen=True, slots=True)
class ShiftSheet:
    """Everything on the sheet. `words` are the twelve words of the head after `entries` entries."""

    house: str
    day: date
    shift: str
    began_at: datetime
    made_at: datetime
    signed_in: tuple[SignedIn, ...]
    in_house: int
    registered: int
    beds_free: int
    backup: str
    entries: int
    words: tuple[str, ...]


def shift_at(moment: datetime) -> tuple[datetime, str]:
    """When the shift of this moment began, and its name."""
    here = moment.astimezone(clock.house_zone())
    hour, name = next(((hour, name) for hour, name in reversed(SHIFTS) if here.hour >= hour), SHIFTS[-1])
    began = here.replace(hour=hour, minute=0, second=0, microsecond=0)
    return (began if began <= here else began - timedelta(days=1)), str(name)


def _signed_in(actor: Actor, since: datetime) -> tuple[SignedIn, ...]:
    """Roles of those who did anything since then: who signed in before the shift and stayed was here too."""
    rows = AuditEntry.objects.filter(at__gte=since, actor__isnull=False, result=Result.DONE)
    users = rows.order_by().values("actor").distinct()
    counted = Counter(Membership.objects.filter(site_id=actor.site, user_id__in=users).values_list("role", flat=True))
    return tuple(SignedIn(str(ROLE_LABELS[role]), counted[role]) for role in Role if counted[role])


def sheet(actor: Actor) -> ShiftSheet:
    """The sheet of this moment; its making was written down before, so that its head holds that too."""
    now = clock.now()
    began, name = shift_at(now)
    standing = heads.standing()
    return ShiftSheet(
        house=settings.SITE.name,
        day=began.date(),
        shift=name,
        began_at=began,
        made_at=now.astimezone(clock.house_zone()),
        signed_in=_signed_in(actor, began),
        in_house=shelter.people_in_house(actor),
        registered=people.registered_today(actor).count(),
        beds_free=shelter.free_beds(actor).count(),
        backup=safekeeping.age_line(),
        entries=standing.entries,
        words=tuple(head_words.words_of(standing.head).split()),
    )
