"""The found person decides what may be told, changes it, takes it back. Nothing leaves by itself."""

import uuid
from datetime import date, timedelta

import msgspec
from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, Subject, require
from posada.family.models import (
    FoundChoice,
    FoundDecision,
    FoundWords,
    Proposal,
    ProposalState,
    Release,
    ReleaseState,
)
from posada.family.queries.found import chosen, decision_of
from posada.family.rules.choices import Choice
from posada.family.services.entrusting import entrust
from posada.ground import clock, ids
from posada.people.models import Identity, Person
from posada.people.rules import treated_as_minor
from posada.records import letting_go
from posada.records import once as sent
from posada.records import services as records
from posada.records.door import Reason, open_record
from posada.records.models import SealedRecord
from posada.records.services import Stale


class NotTheirs(Exception):
    """Nobody is asked before somebody decided that it is the same person."""


class NotAlone(Exception):
    """A child, or somebody whose age is not known, decides with somebody who represents them."""


class NotOfAChild(Exception):
    """Where a child is, or somebody whose age is not known, is told to nobody."""


def _person_of(proposal: Proposal) -> Person:
    if proposal.person is None or proposal.state != ProposalState.SAME:
        raise NotTheirs
    return proposal.person


def _locked(proposal: Proposal) -> Proposal:
    """The proposal's row, nobody else's turn until the transaction ends; `NotTheirs` if it is no longer theirs."""
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("request", "person__identity")
    held = rows.get(pk=proposal.pk)
    _person_of(held)
    return held


def _protect(by: Actor, person: Person, content: FoundChoice) -> None:
    identity = open_record(person.identity, Identity, by=by, reason=Reason.WRITE)
    if not treated_as_minor(identity, clock.today()):
        return
    if content.choice is Choice.GIVE_CONTACT:
        raise NotOfAChild
    if not content.represented_by:
        raise NotAlone


def record_found_decision(
    *,
    by: Actor,
    proposal: Proposal,
    content: FoundChoice,
    words: str = "",
    seen: int | None = None,
    once: uuid.UUID | None = None,
) -> FoundDecision:
    """What the found person chose. It is stored and carried out by people later; nothing leaves by itself.

    `words` are what is to be passed on. `seen` is the version of their decision that was looked at, 0 for none.
    Raises `NotTheirs` unless it was decided that it is the same person, `Stale` if somebody else wrote another decision
    down meanwhile, `NotAlone` and `NotOfAChild` for a child.
    """
    require(by, Act.RECORD_DECISION, _person_of(proposal).subject)
    with transaction.atomic():
        sent.claim(once, proposal.pk)
        held = _locked(proposal)
        person = _person_of(held)
        before = decision_of(held)
        if seen is not None and seen != (before.record.version if before else 0):
            raise Stale
        _protect(by, person, content)
        return _keep(by, held, before, content, words)


def _keep(
    by: Actor, proposal: Proposal, before: FoundDecision | None, content: FoundChoice, words: str
) -> FoundDecision:
    """The decision as it is now said; what was to be passed on before is let go, what was to be told is stopped."""
    person = _person_of(proposal)
    sealed = _seal_words(by, person, words)
    due = _due_on(content)
    if before is None:
        # The subject's day of registration is the person's own, so permissions were asked above for that one.
        record = records.seal_new(content, subject=person.pk, by=by, act=Act.RECORD_DECISION)
        return FoundDecision.objects.create(
            id=ids.new_id(),
            proposal=proposal,
            person=person,
            record=record,
            words=sealed,
            asked_on=clock.today(),
            due_on=due,
        )
    _stop_releases(before)
    _take_back_carried(by, before)
    old = before.words
    records.revise(before.record, content, by=by, act=Act.RECORD_DECISION)
    before.words, before.asked_on, before.due_on, before.carried_from = sealed, clock.today(), due, None
    before.save(update_fields=["words", "asked_on", "due_on", "carried_from"])
    if old is not None:
        letting_go.let_go(old)
    before.record.refresh_from_db()
    return before


def _seal_words(by: Actor, person: Person, words: str) -> SealedRecord | None:
    if not words:
        return None
    subject = ids.new_id()
    entrust(person.pk, [subject], site=person.site_id)
    return records.seal_new(FoundWords(text=words), subject=subject, by=by, act=Act.RECORD_DECISION)


def _due_on(content: FoundChoice) -> date | None:
    """From when they may be asked again: when they said so, once it was checked, or when the choice ended."""
    if content.withdrawn or content.choice is Choice.NEVER_ASK:
        return None
    if content.choice is Choice.ASK_LATER:
        return content.ask_again_on
    if content.choice is Choice.CHECK_FIRST:
        return clock.today()
    return content.expires_on + timedelta(days=1) if content.expires_on else None


def _stop_releases(decision: FoundDecision) -> None:
    Release.objects.filter(decision=decision, state=ReleaseState.TO_TELL).update(state=ReleaseState.STOPPED)


def _take_back_carried(by: Actor, decision: FoundDecision) -> None:
    """What reached other enquirers by this decision ends with it."""
    for other in FoundDecision.objects.filter(carried_from=decision).select_related("record", "words", "proposal"):
        content = open_record(other.record, FoundChoice, by=by, reason=Reason.WRITE)
        _take_back(by, other, content)


def _take_back(by: Actor, decision: FoundDecision, content: FoundChoice) -> None:
    _stop_releases(decision)
    taken = msgspec.structs.replace(content, withdrawn=True, at=clock.now(), by=by.user)
    records.revise(decision.record, taken, by=by, act=Act.RECORD_DECISION)
    old, decision.words, decision.due_on = decision.words, None, None
    decision.save(update_fields=["words", "due_on"])
    if old is not None:
        letting_go.let_go(old)


def withdraw_found_decision(*, by: Actor, proposal: Proposal, once: uuid.UUID | None = None) -> FoundDecision:
    """The found person takes their choice back: from now on nothing is told by it. It never needs a second person.

    What waited to be told is stopped, what waited for a second is stale. What was told stays told. Nothing holds it
    up: it asks neither whether the page was old nor whether it was the same person at all.
    """
    decision = decision_of(proposal)
    if decision is None:
        raise NotTheirs
    subject = Subject(decision.person_id, proposal.request.site_id, decision.record.registered_on)
    require(by, Act.RECORD_DECISION, subject)
    with transaction.atomic():
        Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
        held = FoundDecision.objects.select_related("record", "words").get(pk=decision.pk)
        content = open_record(held.record, FoundChoice, by=by, reason=Reason.WRITE)
        if not content.withdrawn:
            _take_back_carried(by, held)
            _take_back(by, held, content)
    return held


def keep_to_it(*, by: Actor, proposal: Proposal, once: uuid.UUID | None = None) -> FoundDecision:
    """What a found person said of other relatives who ask reaches this one, too: kept to, without asking them again.

    Raises `NotTheirs` if nothing that they said reaches this enquirer. Taken back there, it ends here as well.
    """
    require(by, Act.RECORD_DECISION, _person_of(proposal).subject)
    with transaction.atomic():
        sent.claim(once, proposal.pk)
        held = _locked(proposal)
        said = chosen(by, held)
        if not said.may_carry or said.other is None:
            raise NotTheirs
        source = said.other.row
        words = open_record(source.words, FoundWords, by=by, reason=Reason.WRITE).text if source.words else ""
        _protect(by, _person_of(held), said.other.content)
        made = _keep(by, held, said.own.row if said.own else None, said.other.content, words)
        made.carried_from = source
        made.save(update_fields=["carried_from"])
    return made
