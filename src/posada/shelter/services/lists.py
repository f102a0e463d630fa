"""Lists for paper: making one writes a row; each morning it is asked for until somebody says what became of it."""

import uuid
from collections.abc import Sequence

from django.db import transaction

from posada.accounts.acts import Act, Role
from posada.accounts.permissions import Actor, require
from posada.ground import clock
from posada.records import once as sent_forms
from posada.records import services
from posada.shelter.models import PrintedList
from posada.shelter.models.lists import PrintedListQuerySet
from posada.shelter.rules.lists import STILL_KEPT, Fate, ListKind, next_asking

ACT_OF = {
    ListKind.EVACUATION: Act.PRINT_EVACUATION,
    ListKind.PRESENCE: Act.PRINT_LISTS,
    ListKind.MEALS: Act.PRINT_LISTS,
}


class AlreadyGone(Exception):
    """Somebody said before what became of this list."""


def note_printed(*, by: Actor, kind: ListKind) -> PrintedList | None:
    """Write down that a list was made. Made again on the same day it is the same row; none for the house itself."""
    require(by, ACT_OF[kind])
    if by.user is None:
        return None
    today = clock.today()
    with transaction.atomic():
        row, _fresh = PrintedList.objects.get_or_create(
            site_id=by.site,
            kind=kind,
            printed_by_id=by.user,
            printed_on=today,
            gone_on=None,
            defaults={"ask_on": next_asking(today)},
        )
        services.note(by, ACT_OF[kind], None, reason=f"print:{kind}")
    return row


def to_account_for(by: Actor) -> PrintedListQuerySet:
    """The lists that this user may say the end of: their own; the manager all of the house."""
    require(by, Act.PRINT_EVACUATION)
    rows = PrintedList.objects.visible_to(by).open()
    return rows if Role.SITE_MANAGER in by.roles else rows.filter(printed_by_id=by.user)


def asked_this_morning(by: Actor) -> PrintedListQuerySet:
    """Those of them that are asked for today."""
    return to_account_for(by).asked_for(clock.today()).order_by("printed_on", "kind")


def account_for(
    *,
    by: Actor,
    row: PrintedList,
    fate: Fate,
    copies: int,
    ticks: Sequence[int | None] = (),
    once: uuid.UUID | None = None,
) -> PrintedList:
    """Say what became of a list: gone, or still kept and asked for again next morning. Raises `AlreadyGone`."""
    require(by, Act.PRINT_EVACUATION)
    with transaction.atomic():
        sent_forms.claim(once)
        held = to_account_for(by).select_for_update().filter(pk=row.pk).first()
        if held is None:
            raise AlreadyGone
        held.fate, held.copies, held.answered_by_id = fate, copies, by.user
        held.ticks_first, held.ticks_second, held.ticks_third = (*ticks, None, None, None)[:3]
        held.ask_on = next_asking(clock.today())
        held.gone_on = None if fate in STILL_KEPT else clock.today()
        held.save()
        services.note(by, ACT_OF[ListKind(held.kind)], None, reason=f"print:{fate}")
    return held
