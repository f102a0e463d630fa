"""The log of false callers: note one, know a number again, wipe what is past its time."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, require
from posada.audit import services as audit
from posada.family.models import CallerNote, FalseCall, WatchCard
from posada.family.queries.callers import KEPT, earlier_calls
from posada.family.services.referrals import wipe
from posada.ground import clock, ids
from posada.records import notices
from posada.records import once as sent
from posada.records import services as records


@dataclass(frozen=True, slots=True)
class Noted:
    """An entry, and the days on which the same number stands in the log already."""

    row: CallerNote
    earlier: tuple[str, ...]


def note_caller(
    *, by: Actor, content: FalseCall, card: WatchCard | None = None, once: uuid.UUID | None = None
) -> Noted:
    """Write a false call down. A card is named only by whoever may read it. Entries past their time go with it."""
    require(by, Act.NOTE_CALLER)
    if card is not None:
        require(by, Act.READ_KIN, card.subject)
    sweep(by.site)
    with transaction.atomic():
        subject = ids.new_id()
        sent.claim(once, subject)
        earlier = earlier_calls(by, content.phone)
        record = records.seal_new(content, subject=subject, by=by, act=Act.NOTE_CALLER)
        row = CallerNote(id=subject, site_id=by.site, card=card, record=record, noted_on=clock.today())
        row.save(force_insert=True)
    return Noted(row, earlier)


def take_out(*, by: Actor, row: CallerNote) -> None:
    """An entry that was no false call: it is wiped at once."""
    with transaction.atomic():
        records.note(by, Act.NOTE_CALLER, row.subject, reason="mistake")
        notices.watch_hiding(by)
        _remove([row])


def _remove(rows: list[CallerNote]) -> None:
    held = [row.record for row in rows]
    CallerNote.objects.filter(pk__in=[row.pk for row in rows]).delete()
    wipe(held)


def sweep(site: int) -> int:
    """Wipe what was noted more than 180 days ago, keys included; how many there were."""
    rows = CallerNote.objects.filter(site_id=site, noted_on__lt=clock.today() - KEPT).select_related("record")
    over = list(rows)
    if over:
        with transaction.atomic():
            _remove(over)
            act = Act.NOTE_CALLER
            audit.write(audit.Event(act=act, role="system", site=site, reason="expired", count=len(over)))
    return len(over)


def at_boot(_report: Callable[[int, int], None]) -> None:
    """Boot step: wipe what is past its time."""
    for site in Site.objects.values_list("pk", flat=True):
        sweep(site)
