"""After a match: contact becomes a card of *my people* with its watch; a request ends only by the word of who asked."""

import uuid
from datetime import datetime, timedelta

import msgspec
from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require, system_actor
from posada.family import matching
from posada.family.models import (
    ContactKind,
    ContactNote,
    Enquirer,
    EnquirerWord,
    FoundChoice,
    InContact,
    Proposal,
    Relative,
    Release,
    ReleaseState,
    RequestState,
    Share,
    Sought,
    TracingRequest,
    WatchCard,
)
from posada.family.queries.found import decision_of
from posada.family.queries.releasing import told_as_it_stands
from posada.family.rules.choices import CONTACT, Choice
from posada.family.rules.kinship import RELATION_LABELS, other_way
from posada.family.rules.releasing import DAYS_UNTIL_CALL, DAYS_UNTIL_WORD
from posada.family.services.entrusting import entrust_cards
from posada.family.services.relatives import add_relative, record_contact, told
from posada.ground import clock
from posada.people.models import Person
from posada.records import changes
from posada.records import once as sent
from posada.records import services as records
from posada.records.door import Reason, open_record
from posada.records.models import Change


class NothingToldYet(Exception):
    """Contact is noted once something was told, or when the found person says that they already talk."""


class AlreadyInContact(Exception):
    """Contact was noted before."""


class NotInContact(Exception):
    """Who asked is asked about it only after contact."""


def note_contact(*, by: Actor, proposal: Proposal, once: uuid.UUID | None = None) -> InContact:
    """The two are in contact, as one of them says. The request stays open; for each resident it becomes a card.

    Raises `NothingToldYet`, or `AlreadyInContact`. The cards are written by the house itself, for whoever accompanies
    the resident: who notes the contact need not read them.
    """
    decision = decision_of(proposal)
    if decision is None or proposal.person is None:
        raise NothingToldYet
    require(by, Act.RELEASE, proposal.person.subject)
    with transaction.atomic():
        sent.claim(once, proposal.pk)
        request = TracingRequest.objects.select_for_update(of=("self",)).get(pk=proposal.request_id)
        if InContact.objects.filter(request=request).exists():
            raise AlreadyInContact
        house = system_actor(request.site_id)
        content = open_record(decision.record, FoundChoice, by=house, reason=Reason.SYSTEM)
        was_told = Release.objects.filter(decision=decision, state=ReleaseState.TOLD).exists()
        if not was_told and (content.choice is not Choice.ALREADY_TALK or content.withdrawn):
            raise NothingToldYet
        records.note(by, Act.RELEASE, proposal.person.subject, reason="contact")
        note = ContactNote(at=clock.now(), by=by.user)
        made = InContact.objects.create(
            request=request,
            decision=decision,
            since=clock.today(),
            ask_on=clock.today() + timedelta(days=DAYS_UNTIL_WORD),
            record=records.seal_new(note, subject=request.sought.subject, by=house, act=Act.RELEASE),
        )
        if request.state != RequestState.CLOSED:
            request.state = RequestState.IN_CONTACT
            request.save(update_fields=["state"])
        # What was told of an earlier choice says nothing of the one that stands now: nobody agreed to that.
        by_two = content.choice in CONTACT and told_as_it_stands(decision)
        _make_cards(house, request, proposal.person, by_two=by_two, was_told=was_told)
    return made


def _make_cards(house: Actor, request: TracingRequest, found: Person, *, by_two: bool, was_told: bool) -> None:
    """The cards of both, as far as they live here. Of who asked only if something was told to them: what one person
    writes alone ("they already talk") never tells those on the other side that anybody was found.
    """
    enquirer = open_record(request.enquirer, Enquirer, by=house, reason=Reason.SYSTEM)
    if not found.is_listed:
        add_relative(by=house, person=found, content=_card_of_enquirer(enquirer, by_two=by_two))
        entrust_cards(found)
    if was_told and request.resident is not None and not request.resident.is_listed:
        _card_for_enquirer(house, request, request.resident, enquirer)


def _card_of_enquirer(enquirer: Enquirer, *, by_two: bool) -> Relative:
    """Who asked, as the found person's relative: with a name only if they allowed it, and their own safe hours.

    How to reach them and what was agreed with them stand on it only where two agreed to the contact (`by_two`): one
    who writes "we already talk" alone learns neither. The resident says it for the card then.
    """
    named = enquirer.share_with is Share.NAME and enquirer.name
    plain = Relative(
        who=enquirer.name if named else str(RELATION_LABELS[enquirer.relationship]),
        relation=enquirer.relationship,
        last_heard_at=clock.now(),
        interval_hours=DAYS_UNTIL_CALL * 24,
        next_call_at=_next_call(enquirer),
        safe_hours=enquirer.safe_hours,
        hours=enquirer.hours,
    )
    if not by_two:
        return plain
    return msgspec.structs.replace(
        plain,
        agreed_words=enquirer.safe_words,
        duress_words=enquirer.alarm_words,
        contact=enquirer.safe_channel if named else "",
    )


def _next_call(enquirer: Enquirer) -> datetime:
    """In a week, inside the hours that were agreed."""
    at = clock.now() + timedelta(days=DAYS_UNTIL_CALL)
    return (enquirer.hours.next_from(at) if enquirer.hours else at) or at


def _card_for_enquirer(house: Actor, request: TracingRequest, resident: Person, enquirer: Enquirer) -> None:
    """The found person, as the relative of the resident who asked: on the card behind the request, or a new one."""
    for card in WatchCard.objects.filter(resident=resident).select_related("record", "resident"):
        content = open_record(card.record, Relative, by=house, reason=Reason.SYSTEM)
        if content.request == request.pk:
            record_contact(by=house, card=card, event=told(ContactKind.HEARD))
            return
    sought = open_record(request.sought, Sought, by=house, reason=Reason.SYSTEM)
    relation = other_way(enquirer.relationship)
    at = clock.now() + timedelta(days=DAYS_UNTIL_CALL)
    content = Relative(
        who=sought.shown_name or str(RELATION_LABELS[relation]),
        relation=relation,
        last_heard_at=clock.now(),
        interval_hours=DAYS_UNTIL_CALL * 24,
        next_call_at=at,
        request=request.pk,
    )
    add_relative(by=house, person=resident, content=content)
    entrust_cards(resident)


def take_word(
    *, by: Actor, request: TracingRequest, word: EnquirerWord, once: uuid.UUID | None = None
) -> TracingRequest:
    """What the one who asked says after contact. Only this ends the request, and only if it says so."""
    with transaction.atomic():
        sent.claim(once, request.pk)
        records.note(by, Act.UPDATE_REQUEST, request.sought_subject, reason="word")
        held = TracingRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        made = InContact.objects.select_related("record").filter(request=held).first()
        if made is None or held.state != RequestState.IN_CONTACT:
            raise NotInContact
        content = open_record(made.record, ContactNote, by=by, reason=Reason.FOLLOW_UP)
        said = msgspec.structs.replace(content, word=word, said_at=clock.now(), by=by.user)
        records.revise(made.record, said, by=by, act=Act.UPDATE_REQUEST)
        made.ask_on = clock.today() + timedelta(days=DAYS_UNTIL_WORD)
        made.save(update_fields=["ask_on"])
        if word in {EnquirerWord.REUNITED, EnquirerWord.NO_LONGER}:
            held.state = RequestState.CLOSED
            held.save(update_fields=["state"])
            changes.append(held.sought, Change.What.WRITTEN)  # the readers let go of it
            transaction.on_commit(lambda: matching.let_go(held))
    return held
