"""Talking to the press: what the resident decided once the risk was explained, what appeared, and who lowers the risk.

Nothing here arranges anything with anybody.
"""

import uuid

import msgspec
from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require
from posada.family.models import Appearance, Press, PressChoice, PressFile
from posada.family.rules.harm import How
from posada.ground import clock, ids
from posada.people.models import Person
from posada.records import once as sent
from posada.records import services as records
from posada.records.door import Reason, open_record
from posada.records.services import Stale


class NotExplained(Exception):
    """The choice counts only after the risk was explained; a mark only with a witness."""


def _change(by: Actor, resident: Person, once: uuid.UUID | None, add: PressFile) -> Press:
    """Add choices and appearances to a resident's press file, which begins with the first of them."""
    with transaction.atomic():
        Person.objects.select_for_update(of=("self",)).get(pk=resident.pk)
        sent.claim(once, resident.pk)
        held = Press.objects.filter(resident=resident).select_related("record").first()
        if held is None:
            record = records.seal_new(add, subject=resident.pk, by=by, act=Act.NOTE_HARM)
            held = Press(id=ids.new_id(), site_id=resident.site_id, resident=resident, record=record)
            held.raised = bool(add.raising)
            held.save(force_insert=True)
            return held
        before = open_record(held.record, PressFile, by=by, reason=Reason.FOLLOW_UP)
        after = PressFile(choices=(*before.choices, *add.choices), appearances=(*before.appearances, *add.appearances))
        return _write(held, after, by)


def _write(held: Press, content: PressFile, by: Actor) -> Press:
    held.record = records.revise(held.record, content, by=by, act=Act.NOTE_HARM)
    held.raised = bool(content.raising)
    held.save(update_fields=["record", "raised"])
    return held


def decide_press(
    *, by: Actor, resident: Person, choice: PressChoice, explained: bool, once: uuid.UUID | None = None
) -> Press:
    """The resident wants it, or does not. `NotExplained` unless the risk was explained before."""
    require(by, Act.NOTE_HARM, resident.subject)
    if not explained or (choice.how is How.MARK and not choice.witness.strip()):
        raise NotExplained
    return _change(by, resident, once, PressFile(choices=(msgspec.structs.replace(choice, by=by.user),)))


def note_appearance(*, by: Actor, resident: Person, said: Appearance, once: uuid.UUID | None = None) -> Press:
    """What was said and where it appeared. From now on every card of this resident carries the raised risk."""
    require(by, Act.NOTE_HARM, resident.subject)
    said = msgspec.structs.replace(said, noted_on=clock.today(), by=by.user)
    return _change(by, resident, once, PressFile(appearances=(said,)))


def lower(*, by: Actor, resident: Person, appearance: uuid.UUID, why: str) -> Press:
    """A person writes why it raises the risk no more; nothing else ever lowers it. `Stale` if that was done before."""
    require(by, Act.NOTE_HARM, resident.subject)
    with transaction.atomic():
        held = Press.objects.select_for_update(of=("self",)).select_related("record").get(resident=resident)
        content = open_record(held.record, PressFile, by=by, reason=Reason.FOLLOW_UP)
        if appearance not in {one.id for one in content.raising}:
            raise Stale
        lowered = {"lowered_on": clock.today(), "lowered_by": by.user, "lowered_why": why}
        rows = tuple(
            msgspec.structs.replace(one, **lowered) if one.id == appearance else one for one in content.appearances
        )
        return _write(held, msgspec.structs.replace(content, appearances=rows), by)
