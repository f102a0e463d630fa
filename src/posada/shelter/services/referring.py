"""A referral with its consent, its answer, its follow-up day, and the way back."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

import msgspec
from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.models import Assignment
from posada.accounts.permissions import Actor, require
from posada.ground import clock, ids
from posada.people import queries as people
from posada.people.models import Answer, ConsentPurpose, Person
from posada.people.rules.referring import OPEN, How, Stands, may_answer
from posada.people.services import require_here
from posada.records import door
from posada.records import once as sent
from posada.records import services as records
from posada.records.door import Reason
from posada.records.models import EarlierVersion
from posada.records.services import Stale
from posada.shelter.models.referring import NeedReferral, ReferralForNeed
from posada.shelter.rules.directory import OrganisationKind
from posada.shelter.services import directory


class NoConsent(Exception):
    """The person has not said yes to referrals, or not to these words and this organisation."""


@dataclass(frozen=True, slots=True)
class NeedYes:
    """What the person said yes to this time: to whom, and the very words."""

    organisation: str
    told: tuple[str, ...]
    how: How = How.SPOKEN
    language: str = ""
    witness: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it names somebody and says what, and a mark has its witness."""
        said = bool(self.organisation.strip()) and bool(self.told) and all(line.strip() for line in self.told)
        return said and (self.how is not How.MARK or bool(self.witness.strip()))


def has_agreed(*, by: Actor, person: Person) -> bool:
    """Whether the person said yes to being referred at all."""
    answers = people.consents_of(person, by=by)
    return answers.answer_to(ConsentPurpose.REFERRAL).answer is Answer.YES


def begin_medical(*, by: Actor, person: Person, once: uuid.UUID | None = None) -> NeedReferral:
    """Somebody is hurt or ill at the door: a referral to health is begun. Nothing is told before their yes.

    Begun again, the one that waits stays as it is.
    """
    require(by, Act.WRITE_EMERGENCY, person.subject)
    require_here(person, Act.WRITE_EMERGENCY)
    with transaction.atomic():
        sent.claim(once, person.pk)
        records.note(by, Act.OPEN_DOOR, person.subject, reason="medical")
        held = NeedReferral.objects.visible_to(by).begun().filter(person=person).first()
        if held is not None:
            return held
        today = clock.today()
        content = ReferralForNeed(organisation="", told=(), on=today, kind=OrganisationKind.HEALTH)
        record = records.seal_new(content, subject=person.pk, by=by, act=Act.OPEN_DOOR)
        return NeedReferral.objects.create(
            number=_free_number(),
            site_id=person.site_id,
            person=person,
            record=record,
            asked_on=today,
            follow_up_on=today,
            is_begun=True,
        )


def refer_for_need(
    *,
    by: Actor,
    person: Person,
    yes: NeedYes,
    days: int,
    begun: NeedReferral | None = None,
    once: uuid.UUID | None = None,
) -> NeedReferral:
    """Refer somebody, to be asked about again after so many days; `begun` at the door, under its number.

    `NoConsent`, or `Stale` if what was begun is not so any more; nothing is kept then.
    """
    require(by, Act.REFER, person.subject)
    require_here(person, Act.REFER)
    if not yes.is_whole or not has_agreed(by=by, person=person):
        raise NoConsent
    today = clock.today()
    content = ReferralForNeed(
        organisation=yes.organisation, told=yes.told, how=yes.how, language=yes.language, witness=yes.witness, on=today
    )
    with transaction.atomic():
        if begun is not None:
            return _told_at_last(by, begun, content, days, once)
        row = ids.new_id()
        sent.claim(once, row)
        content = _with_place(by, content)
        record = records.seal_new(content, subject=person.pk, by=by, act=Act.REFER)
        return NeedReferral.objects.create(
            id=row,
            number=_free_number(),
            site_id=person.site_id,
            person=person,
            record=record,
            asked_on=today,
            follow_up_on=today + timedelta(days=days),
        )


def _with_place(by: Actor, content: ReferralForNeed) -> ReferralForNeed:
    return msgspec.structs.replace(content, place=directory.take_place(by=by, name=content.organisation))


def _told_at_last(
    by: Actor, begun: NeedReferral, content: ReferralForNeed, days: int, once: uuid.UUID | None
) -> NeedReferral:
    sent.claim(once, begun.pk)
    held = _locked(begun)
    if not held.is_begun:
        raise Stale
    kind = door.open_record(held.record, ReferralForNeed, by=by, reason=Reason.WRITE).kind
    content = _with_place(by, content)
    records.revise(held.record, msgspec.structs.replace(content, kind=kind), by=by, act=Act.REFER)
    held.is_begun, held.asked_on = False, content.on
    held.follow_up_on = content.on + timedelta(days=days)
    held.save()
    return held


def _free_number() -> int:
    return ids.free_number(lambda number: NeedReferral.objects.filter(number=number).exists(), 6)


def _locked(referral: NeedReferral) -> NeedReferral:
    rows = NeedReferral.objects.select_for_update(of=("self",)).select_related("record", "person")
    return rows.get(pk=referral.pk)


def answer_for_need(
    *,
    by: Actor,
    referral: NeedReferral,
    stands: Stands,
    words: str = "",
    days: int = 7,
    once: uuid.UUID | None = None,
) -> NeedReferral:
    """Accepted, refused or done; what is accepted is asked about again after so many days. `Stale` if it moved on."""
    require(by, Act.ANSWER_FOR_NEED, referral.person.subject)
    with transaction.atomic():
        sent.claim(once, referral.pk)
        held = _locked(referral)
        if held.is_begun or not may_answer(held.stands, stands):
            raise Stale
        content = door.open_record(held.record, ReferralForNeed, by=by, reason=Reason.FOLLOW_UP)
        said = "\n".join(part for part in (content.answer, words) if part)
        answered = msgspec.structs.replace(content, answer=said)
        if stands not in OPEN:
            directory.give_place_back(site=held.site_id, entry=content.place, taken_on=held.asked_on)
            answered = msgspec.structs.replace(answered, place=None)
        records.revise(held.record, answered, by=by, act=Act.ANSWER_FOR_NEED)
        held.state, held.answered_on = stands.value, clock.today()
        held.follow_up_on = clock.today() + timedelta(days=days) if stands in OPEN else None
        held.save()
    return held


def withdraw_for_need(*, by: Actor, referral: NeedReferral, once: uuid.UUID | None = None) -> NeedReferral:
    """The person takes the yes back: the words go, with their earlier versions. `Stale` if that was done before."""
    require(by, Act.REFER, referral.person.subject)
    with transaction.atomic():
        sent.claim(once, referral.pk)
        held = _locked(referral)
        if held.stands is Stands.WITHDRAWN:
            raise Stale
        content = door.open_record(held.record, ReferralForNeed, by=by, reason=Reason.FOLLOW_UP)
        directory.give_place_back(site=held.site_id, entry=content.place, taken_on=held.asked_on)
        gone = msgspec.structs.replace(content, told=(), answer="", withdrawn_on=clock.today(), place=None)
        records.revise(held.record, gone, by=by, act=Act.REFER)
        EarlierVersion.objects.filter(record=held.record).delete()
        held.state, held.follow_up_on, held.is_begun = Stands.WITHDRAWN.value, None, False
        held.save()
    return held


def referral_for_need(actor: Actor, number: int) -> NeedReferral | None:
    """The referral of this number, of a person of the site."""
    rows = NeedReferral.objects.visible_to(actor).select_related("record", "person")
    return rows.filter(number=number).first()


def referrals_of(*, by: Actor, person: Person) -> list[tuple[NeedReferral, ReferralForNeed]]:
    """Every referral of somebody, the newest first, with what was told."""
    require(by, Act.REFER, person.subject)
    rows = {
        row.record_id: row for row in NeedReferral.objects.visible_to(by).filter(person=person).select_related("record")
    }
    opened = door.open_records([row.record for row in rows.values()], ReferralForNeed, by=by, reason=Reason.VIEW)
    found = [(rows[one.record], one.content) for one in opened]
    return sorted(found, key=lambda one: one[0].asked_on, reverse=True)


def to_follow_up(actor: Actor) -> list[NeedReferral]:
    """Referrals of those entrusted to this user whose day has come. No words are opened."""
    if actor.user is None:
        return []
    mine = Assignment.objects.filter(user_id=actor.user).values("subject")
    rows = NeedReferral.objects.visible_to(actor).filter(person_id__in=mine, state__in=[one.value for one in OPEN])
    return list(rows.filter(follow_up_on__lte=clock.today(), is_begun=False).order_by("follow_up_on"))


def begun_referrals(actor: Actor) -> list[NeedReferral]:
    """Referrals begun at the door, which wait for the person's yes: the longest first. No words are opened."""
    rows = NeedReferral.objects.visible_to(actor).begun().select_related("person")
    return list(rows.order_by("asked_on", "number"))
