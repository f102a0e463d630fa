"""What waits: messages to be sent or tried again, replies to be told, what never arrived. By number, no names."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.family.forms.message_words import WAY_SHORT, state_words
from posada.family.models import Message
from posada.family.queries.messages import WaitingMessage, ended, waiting
from posada.family.rules.messages import Direction, MessageState, Way
from posada.family.services import renew_stretches
from posada.ground import clock
from posada.people.views.calm import calmly
from posada.records import services as records
from posada.ui.parts import Act as Press
from posada.ui.parts import Badge, Task


@dataclass(frozen=True, slots=True)
class Ended:
    """A message without words: how it went."""

    number: int
    resident: int
    badge: Badge
    line: str


@dataclass(frozen=True, slots=True)
class CardMessage:
    """One message on its card's page: its number, how it stands, and where it is."""

    number: int
    badge: Badge
    is_reply: bool
    url: str

    @classmethod
    def of(cls, row: Message) -> "CardMessage":
        """From clear columns alone."""
        words, kind = state_words(row.stands, row.way)
        badge = Badge(str(words), kind)  # type: ignore[arg-type]  # one of the badge's kinds
        return cls(row.number, badge, row.direction == Direction.IN, reverse("family:message", args=[row.pk]))


@require_GET
@calmly
def messages(request: HttpRequest) -> HttpResponse:
    """The list, by resident's number: nobody's record is opened for it."""
    actor = require_act(request, Act.SEND_MESSAGE)
    records.note(actor, Act.SEND_MESSAGE, None, reason="list")
    renew_stretches(actor)
    now = clock.now()
    rows = waiting(actor, now)
    sections = [
        (_("To be told"), [task(one) for one in rows if one.row.direction == Direction.IN]),
        (_("For too long without arriving: try again or delete"), [task(one) for one in rows if one.is_old]),
        (_("To be sent"), [task(one) for one in rows if _is_to_send(one)]),
        (_("Sent, not known whether it arrived"), [task(one) for one in rows if _is_under_way(one)]),
    ]
    context = {"sections": [(title, tasks) for title, tasks in sections if tasks], "days": settings.MESSAGE_DAYS}
    return render(request, "family/messages.html", context | {"ended": [_ended(row) for row in ended(actor, now)]})


def _is_to_send(one: WaitingMessage) -> bool:
    return one.row.direction == Direction.OUT and not one.is_old and one.row.stands is not MessageState.SENT


def _is_under_way(one: WaitingMessage) -> bool:
    return one.row.stands is MessageState.SENT and not one.is_old


def task(one: WaitingMessage) -> Task:
    """One line of what waits."""
    words, kind = state_words(one.row.stands, one.row.way)
    url = reverse("family:message", args=[one.row.pk])
    return Task(
        title=_("Message %(number)d") % {"number": one.row.number},
        line=" · ".join(_line(one)),
        badge=Badge(str(words), kind),  # type: ignore[arg-type]  # one of the badge's kinds
        act=Press(_("Open"), url),
    )


def _line(one: WaitingMessage) -> list[str]:
    parts = [_("Resident %(number)d") % {"number": one.number}]
    parts += [str(WAY_SHORT[Way(one.row.way)])] if one.row.way else []
    if one.days:
        parts.append(ngettext("%(count)d day", "%(count)d days", one.days) % {"count": one.days})
    if one.row.tries:
        said = ngettext("tried %(count)d time", "tried %(count)d times", one.row.tries)
        parts.append(said % {"count": one.row.tries})
    if _is_to_send(one) and one.may_now is not None:
        parts.append(_("may go now") if one.may_now else _("not now"))
    return parts


def _ended(row: Message) -> Ended:
    words, kind = state_words(row.stands, row.way)
    parts = [str(WAY_SHORT[Way(row.way)])] if row.way else []
    parts += [date_format(row.ended_on, "SHORT_DATE_FORMAT")] if row.ended_on else []
    badge = Badge(str(words), kind)  # type: ignore[arg-type]  # one of the badge's kinds
    return Ended(row.number, row.card.resident.number, badge, " · ".join(parts))
