"""Something happened to a relative: note it, correct it, tick its steps, write what the resident decided.

From then on the relative is never turned to by us first: their card holds every call until somebody writes that the
resident decided so after advice.
"""

import uuid
from collections.abc import Callable

import msgspec
from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require
from posada.family.models import Contact, ContactKind, HarmEvent, HarmNote, Relative, Ticked, WatchCard
from posada.family.rules.harm import STEPS, Harm, Step
from posada.family.rules.silence import Watch
from posada.family.services.entrusting import entrust_cards
from posada.family.services.holding import Change, follow
from posada.ground import clock, ids
from posada.records import once as sent
from posada.records import services as records
from posada.records.door import Reason, open_record
from posada.records.services import Stale


class NotAdvised(Exception):
    """Nobody turns to a relative before the resident was advised and said so in words."""


def note_harm(*, by: Actor, card: WatchCard, content: HarmEvent, once: uuid.UUID | None = None) -> HarmNote:
    """What happened, under the relative's own key. The card becomes worrying and holds every call of ours."""
    entrust_cards(card.resident)
    require(by, Act.READ_KIN, card.subject)
    with transaction.atomic():
        note = HarmNote(id=ids.new_id(), site_id=card.site_id, card=card, noted_on=clock.today())
        sent.claim(once, note.pk)
        note.record = records.seal_new(content, subject=card.pk, by=by, act=Act.NOTE_HARM)
        note.save(force_insert=True)
        follow(by=by, card=card, change=_held_back(content.harm, by), state=_state_after(content.harm))
    return note


def _held_back(harm: Harm, by: Actor) -> Change:
    """Every kind holds our calls back; that somebody was freed is no new worry."""

    def change(content: Relative) -> Relative:
        if harm is Harm.FREED:
            return msgspec.structs.replace(content, hold=True)
        event = Contact(at=clock.now(), kind=ContactKind.WORRYING, by=by.user)
        return msgspec.structs.replace(content, hold=True, history=(*content.history, event))

    return change


def _state_after(harm: Harm) -> Callable[[Watch], Watch]:
    """A card that was stopped stays stopped."""

    def state(now: Watch) -> Watch:
        return now if harm is Harm.FREED or now is Watch.STOPPED else Watch.WORRYING

    return state


def _locked(harm: HarmNote) -> HarmNote:
    rows = HarmNote.objects.select_for_update(of=("self",)).select_related("record", "card__resident")
    return rows.get(pk=harm.pk)


def _revise(harm: HarmNote, by: Actor, change: Callable[[HarmEvent], HarmEvent], expected: int | None) -> HarmNote:
    held = _locked(harm)
    if expected is not None and held.record.version != expected:
        raise Stale
    content = open_record(held.record, HarmEvent, by=by, reason=Reason.FOLLOW_UP)
    held.record = records.revise(held.record, change(content), by=by, act=Act.NOTE_HARM)
    return held


def correct_harm(
    *, by: Actor, harm: HarmNote, content: HarmEvent, expected: int, once: uuid.UUID | None = None
) -> HarmNote:
    """Correct or complete what was noted; steps and decision stay. `Stale` if it is no longer version `expected`."""
    require(by, Act.NOTE_HARM, harm.card.subject)
    with transaction.atomic():
        sent.claim(once, harm.pk)

        def change(held: HarmEvent) -> HarmEvent:
            kept = {"ticked": held.ticked, "decided": held.decided, "decided_on": held.decided_on}
            return msgspec.structs.replace(content, **kept)

        return _revise(harm, by, change, expected)


def tick(*, by: Actor, harm: HarmNote, step: Step, done: bool = True) -> HarmNote:
    """A step was done today, or it was ticked by mistake. Ticking twice keeps the first day."""
    require(by, Act.NOTE_HARM, harm.card.subject)
    with transaction.atomic():

        def change(held: HarmEvent) -> HarmEvent:
            others = tuple(one for one in held.ticked if one.step is not step)
            mine = next((one for one in held.ticked if one.step is step), Ticked(step, clock.today(), by.user))
            wanted = done and step in STEPS[held.harm]
            return msgspec.structs.replace(held, ticked=(*others, mine) if wanted else others)

        return _revise(harm, by, change, None)


def decide_contact(
    *, by: Actor, harm: HarmNote, may: bool, words: str, advised: bool, once: uuid.UUID | None = None
) -> HarmNote:
    """What the resident decided about turning to the relative. `NotAdvised` without advice, or without their words.

    Only a yes takes the hold from the card; what happens next to the relative puts it there again.
    """
    require(by, Act.NOTE_HARM, harm.card.subject)
    if not advised or not words.strip():
        raise NotAdvised
    with transaction.atomic():
        sent.claim(once, harm.pk)
        decided = {"decided": words, "decided_on": clock.today()}
        held = _revise(harm, by, lambda one: msgspec.structs.replace(one, **decided), None)
        follow(
            by=by,
            card=held.card,
            change=lambda content: msgspec.structs.replace(content, hold=not may),
            state=lambda now: now,
        )
    return held
