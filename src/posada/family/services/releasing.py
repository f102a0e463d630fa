"""What a found person allowed is told by a person, after two agreed. Everything is looked at again at each step.

Asked by whoever holds the found person's file or a tracing officer, agreed to by a tracing officer or the site manager,
told by somebody who may read who asks. The program itself tells nobody anything.
"""

import uuid
from dataclasses import dataclass, field

import msgspec
from django.db import transaction

from posada.accounts import approvals
from posada.accounts.acts import Act
from posada.accounts.approvals import Kind
from posada.accounts.models import Approval
from posada.accounts.permissions import Actor, require, system_actor
from posada.audit import services as audit
from posada.family.models import (
    Channel,
    Enquirer,
    FoundChoice,
    FoundWords,
    Proposal,
    Release,
    ReleaseState,
    Telling,
    Try,
)
from posada.family.queries.found import decision_of
from posada.family.queries.releasing import in_the_way, release_of, release_question, to_ask_again
from posada.family.rules.calling import Reach, may_reach
from posada.family.rules.choices import Choice
from posada.family.rules.kinship import Relation
from posada.family.rules.protecting import Flag, Protection, protections
from posada.family.rules.releasing import OBSTACLE_LABELS, Obstacle
from posada.family.rules.silence import Watch
from posada.ground import clock, ids
from posada.people.models import Person
from posada.records import letting_go
from posada.records import once as sent
from posada.records import services as records
from posada.records.door import Reason, open_record
from posada.vault import keyring


class Held(Exception):
    """Something stands in the way. `str()` of it is the sentence for the page."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle)
        self.obstacle = obstacle

    def __str__(self) -> str:
        return str(OBSTACLE_LABELS[self.obstacle])


class NotNow(Exception):
    """The one who asks may not be reached at this hour; `reach` says why and from when."""

    def __init__(self, reach: Reach) -> None:
        super().__init__(reach.why)
        self.reach = reach


class AlreadyReleased(Exception):
    """This version of the decision was released, or told, before."""


class NotToTell(Exception):
    """It was told already, or stopped."""


class NotOpened(Exception):
    """Nobody was shown what is to be told, so nobody told it."""


class NoCalls(Exception):
    """The one who asks may not be telephoned, whatever the reason."""


_SIDES = (
    *("request__sought", "request__enquirer", "request__separation", "request__resident"),
    *("person__identity", "other_request__sought", "other_request__enquirer", "record"),
)


def _locked(proposal_id: uuid.UUID | None) -> Proposal:
    if proposal_id is None:
        raise Proposal.DoesNotExist
    rows = Proposal.objects.select_for_update(of=("self",)).select_related(*_SIDES)
    return rows.get(pk=proposal_id)


def _found(proposal: Proposal) -> Person:
    if proposal.person is None:
        raise Held(Obstacle.NOT_SAME)
    return proposal.person


def _must_be_free(proposal: Proposal) -> None:
    """Raise what stands in the way: the check on which every step of a release rests."""
    obstacle = in_the_way(proposal)
    if obstacle is not None:
        raise Held(obstacle)


def _must_be_new(proposal: Proposal) -> None:
    """Raise `AlreadyReleased` unless nobody agreed to this very choice, or something changed since they did."""
    decision = decision_of(proposal)
    release = release_of(decision) if decision is not None else None
    if release is not None and not to_ask_again(proposal, release):
        raise AlreadyReleased


def ask_release(*, by: Actor, proposal: Proposal, once: uuid.UUID | None = None) -> Approval:
    """Ask that what the found person chose is carried out. It waits for a second person, or for a day.

    `Held` if something stands in the way, `AlreadyReleased` if this very choice was agreed to or told before.
    """
    require(by, Act.RELEASE, _found(proposal).subject)
    with transaction.atomic():
        sent.claim(once, proposal.pk)
        held = _locked(proposal.pk)
        _must_be_free(held)
        _must_be_new(held)
        return approvals.ask(by=by, question=release_question(held))


def agree_release(*, by: Actor, approval: Approval) -> Release:
    """A second agrees, and with that it stands among what is to be told. Raises `NotAllowed`, stale or not."""
    with transaction.atomic():
        held = _locked(approval.subject)
        approvals.agree(by=by, approval=approval, digest=release_question(held).digest)
        return _released(by, held, approval)


def carry_out_release(*, by: Actor, approval: Approval) -> Release:
    """Put among what is to be told what was agreed to by a code, or waited for."""
    with transaction.atomic():
        return _released(by, _locked(approval.subject), approval)


def _released(by: Actor, held: Proposal, approval: Approval) -> Release:
    _must_be_new(held)
    digest = release_question(held).digest
    way = approvals.use(by=by, approval=approval, kind=Kind.RELEASE, digest=digest)
    _must_be_free(held)
    decision = decision_of(held)
    if decision is None:
        raise Held(Obstacle.NOT_ASKED)
    release, _made = Release.objects.update_or_create(
        decision=decision,
        version=decision.record.version,
        defaults={"agreed_on": clock.today()},
        create_defaults={"id": ids.new_id(), "site_id": held.request.site_id, "agreed_on": clock.today()},
    )
    _write_down(by, _found(held), f"{Kind.RELEASE}:{way}")
    return release


def _write_down(by: Actor, person: Person, reason: str) -> None:
    """The act of a second, who need not be allowed to tell."""
    role = require(by, Act.SEE_TODAY)
    subject = keyring.pseudonym(person.pk)
    audit.write(audit.Event(act=Act.RELEASE, actor=by.user, role=role, site=by.site, subject=subject, reason=reason))


@dataclass(frozen=True, slots=True)
class ToSay:
    """All that whoever tells needs, and nothing else: to whom, by which channel, the very words.

    `resident` is the number of who asks where they are a resident and no other safe way is known: told face to face.
    """

    choice: Choice
    to_found: bool
    text: str
    name: str
    relationship: Relation
    channel: str
    hours: str
    alarm_words: str
    safe_words: str
    languages: str
    protections: tuple[Protection, ...] = field(default_factory=tuple)
    resident: int | None = None


def _locked_release(release: Release) -> tuple[Release, Proposal]:
    proposal = _locked(release.decision.proposal_id)
    rows = Release.objects.select_for_update(of=("self",)).select_related(
        "record", "decision__record", "decision__words", "decision__person"
    )
    return rows.get(pk=release.pk), proposal


def may_reach_now(enquirer: Enquirer, choice: Choice) -> Reach:
    """Whether the one who asks may be reached at this hour; the found person is here at any."""
    hours = None if choice is Choice.RECEIVE_CONTACT else enquirer.hours
    return may_reach(state=Watch.WATCHED, hours=hours, frozen=False, now=clock.now())


def what_to_say(*, by: Actor, release: Release) -> ToSay:
    """Show the very words to somebody who goes and tells them now. From here on they count as perhaps told.

    Raises `NotToTell`, `Held`, or `NotNow` outside the safe hours; `Refused` for whoever may not read who asks.
    """
    require(by, Act.RELEASE, release.decision.person.subject)
    with transaction.atomic():
        held, proposal = _locked_release(release)
        if held.state != ReleaseState.TO_TELL or held.version != held.decision.record.version:
            raise NotToTell
        _must_be_free(proposal)
        if to_ask_again(proposal, held):
            raise Held(Obstacle.CHANGED)
        enquirer = open_record(proposal.request.enquirer, Enquirer, by=by, reason=Reason.FOLLOW_UP)
        content = open_record(held.decision.record, FoundChoice, by=by, reason=Reason.FOLLOW_UP)
        reach = may_reach_now(enquirer, content.choice)
        if not reach.may:
            raise NotNow(reach)
        words = held.decision.words
        text = open_record(words, FoundWords, by=by, reason=Reason.FOLLOW_UP).text if words else ""
        records.note(by, Act.RELEASE, held.decision.person.subject, reason="words")
        held.opened = True
        held.save(update_fields=["opened"])
    return _to_say(content.choice, text, enquirer, proposal.request.resident)


def _to_say(choice: Choice, text: str, enquirer: Enquirer, resident: Person | None) -> ToSay:
    return ToSay(
        choice=choice,
        to_found=choice is Choice.RECEIVE_CONTACT,
        text=text,
        name=enquirer.name,
        relationship=enquirer.relationship,
        channel=enquirer.safe_channel,
        hours=enquirer.safe_hours,
        alarm_words=enquirer.alarm_words,
        safe_words=enquirer.safe_words,
        languages=enquirer.languages,
        protections=protections(enquirer.flags),
        resident=resident.number if resident is not None and not enquirer.safe_channel else None,
    )


def note_try(
    *,
    by: Actor,
    release: Release,
    channel: Channel,
    reached: bool,
    note: str = "",
    once: uuid.UUID | None = None,
) -> Release:
    """One try to tell, as it went: reached and told, or not. A message or a contact that was told is deleted.

    What was said is noted also when it was stopped after the words were shown: it is the truth. Raises `NotOpened` for
    words that nobody was shown, `NotToTell` if it was told before, `NoCalls` where nobody may telephone.
    """
    require(by, Act.RELEASE, release.decision.person.subject)
    with transaction.atomic():
        sent.claim(once, release.pk)
        held, proposal = _locked_release(release)
        if not held.opened:
            raise NotOpened
        if held.state == ReleaseState.TOLD or (held.state == ReleaseState.STOPPED and not reached):
            raise NotToTell
        _no_forbidden_call(proposal, held, channel)
        _add_try(by, held, Try(at=clock.now(), channel=channel, reached=reached, note=note, by=by.user))
        if reached:
            held.state, held.told_on = ReleaseState.TOLD, clock.today()
        held.save()
        if reached:
            _let_words_go(held)
    return held


def _no_forbidden_call(proposal: Proposal, release: Release, channel: Channel) -> None:
    house = system_actor(proposal.request.site_id)
    enquirer = open_record(proposal.request.enquirer, Enquirer, by=house, reason=Reason.SYSTEM)
    content = open_record(release.decision.record, FoundChoice, by=house, reason=Reason.SYSTEM)
    to_enquirer = content.choice is not Choice.RECEIVE_CONTACT
    if to_enquirer and channel is Channel.VOICE and Flag.NEVER_TELEPHONE in enquirer.flags:
        raise NoCalls


def _add_try(by: Actor, release: Release, one: Try) -> None:
    release.tries += 1
    if release.record is None:
        subject = release.decision.person_id
        release.record = records.seal_new(Telling(tries=(one,)), subject=subject, by=by, act=Act.RELEASE)
        return
    content = open_record(release.record, Telling, by=by, reason=Reason.FOLLOW_UP)
    told = msgspec.structs.replace(content, tries=(*content.tries, one))
    release.record = records.revise(release.record, told, by=by, act=Act.RELEASE)


def _let_words_go(release: Release) -> None:
    """What was passed on is not kept; with its own key, so that no copy of it opens."""
    decision = release.decision
    words, decision.words = decision.words, None
    if words is not None:
        decision.save(update_fields=["words"])
        letting_go.let_go(words)
