"""Pages for relatives: which can be opened now, how those of a card stand, what somebody should look at."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from posada.accounts.permissions import Actor
from posada.accounts.queries import assigned_subjects
from posada.family.models import (
    Check,
    Freeze,
    How,
    PageState,
    PageWords,
    Press,
    Relative,
    RelativePage,
    RelativePageQuerySet,
    Risk,
    WatchCard,
)
from posada.family.rules.silence import Watch
from posada.ground import clock
from posada.records.models import Hidden

_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page as it was asked for: its words, the spoken word, and which State the family fled (two letters)."""

    words: PageWords
    spoken: str
    fled: str
    hours: int = 48


def expires_hour(moment: datetime) -> int:
    """A moment as whole hours since 1970: what may stand in a clear column."""
    return int(moment.timestamp()) // _HOUR


def _may_be_met(site: int) -> RelativePageQuerySet:
    """Pages of cards to which something may go now: neither stopped, hidden, frozen nor exposed by the press."""
    hidden = Hidden.all()
    frozen = Freeze.objects.filter(site_id=site, ended_on=None)
    frozen = frozen.filter(Q(resident=None) | Q(resident=OuterRef("card__resident")))
    rows = RelativePage.objects.filter(~Exists(frozen), site_id=site).exclude(card__state=Watch.STOPPED.value)
    exposed = Press.objects.filter(raised=True).values("resident")
    rows = rows.exclude(card__resident_id__in=exposed)
    return rows.exclude(card_id__in=hidden).exclude(card__resident_id__in=hidden)


def at_the_door(site: int, mark: str) -> RelativePageQuerySet:
    """The page of this code, if it can be opened now: one statement whatever speaks against it."""
    now = expires_hour(clock.now())
    return _may_be_met(site).filter(code=mark, state=PageState.WAITING, expires_hour__gt=now)


def can_reply(site: int, mark: str) -> RelativePageQuerySet:
    """The page whose visitor holds this ticket, if a reply is still taken."""
    return _may_be_met(site).filter(
        ticket=mark, state=PageState.OPENED, reply__isnull=True, ended_on__gte=clock.today() - timedelta(days=1)
    )


@dataclass(frozen=True, slots=True)
class Alarm:
    """What on a card speaks against any page."""

    heard_duress: bool
    is_in_danger: bool
    is_risk_unknown: bool


def is_exposed(card: WatchCard) -> bool:
    """Whether something that appeared in the press raises the risk of this resident's family now."""
    return Press.objects.filter(resident_id=card.resident_id, raised=True).exists()


def page_alarm(card: WatchCard, content: Relative) -> Alarm:
    """Whether words of alarm were heard, and whether the relative is in danger or the risk high or not asked about.

    What appeared in the press raises the risk of the whole family.
    """
    in_danger = card.watch is Watch.WORRYING or content.how is How.IN_DANGER or content.hold or is_exposed(card)
    return Alarm(
        heard_duress=content.alarmed or content.checked is Check.ALARM,
        is_in_danger=in_danger or content.risk_level is Risk.HIGH,
        is_risk_unknown=content.risk_level is Risk.NOT_ASKED,
    )


def pages_of(card: WatchCard) -> list[RelativePage]:
    """The pages of a card, the newest first."""
    return list(RelativePage.objects.filter(card=card).order_by("-prepared_on", "-expires_hour"))


def pages_to_look_at(actor: Actor) -> list[RelativePage]:
    """Pages of files entrusted to this user that were opened, answered, or closed by wrong words, and not looked at."""
    rows = RelativePage.objects.visible_to(actor).filter(
        state__in=[PageState.OPENED, PageState.TRIES],
        is_seen=False,
        card__resident_id__in=assigned_subjects(actor),
    )
    return list(rows.select_related("card__resident").order_by("ended_on"))
