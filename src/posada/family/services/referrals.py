"""A referral with consent: to a lawyer of this house, or to a body outside on paper. Without a yes there is none.

The lawyer is entrusted with what was consented, sealed apart, and with nothing else: not the card, not the resident.
"""

import uuid
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Q

from posada.accounts import services as accounts
from posada.accounts.acts import Act, Role
from posada.accounts.models import Assignment, Membership
from posada.accounts.permissions import Actor, Refused, require
from posada.accounts.services.entrusting import end_assignments
from posada.family.models import HarmEvent, HarmNote, Referral, ReferralConsent, ReferralTold, Relative
from posada.family.rules.harm import OPEN, Part, Stands, Yes, may_answer
from posada.ground import clock, ids
from posada.records import changes, resealing
from posada.records import once as sent
from posada.records import services as records
from posada.records.door import Reason, open_record, open_records
from posada.records.models import Change, EarlierVersion, KeyDue, SealedRecord
from posada.records.services import Stale


class NoConsent(Exception):
    """Nothing was allowed to be told, nobody was named, or a mark was seen by nobody."""


class AlreadyReferred(Exception):
    """The same was referred to the same before, and waits or is accepted."""


class NotALawyer(Exception):
    """Who was chosen is no lawyer of this house (any more)."""


def told_of(event: HarmEvent, name: str, parts: frozenset[Part]) -> ReferralTold:
    """The parts of an event that were consented to, and nothing of the others."""
    held: dict[Part, dict[str, Any]] = {
        Part.WHAT: {"harm": event.harm},
        Part.WHEN: {"on": event.on},
        Part.WHERE: {"place": event.place},
        Part.FORCE: {"by_whom": event.by_whom},
        Part.LAST_SEEN: {"seen_on": event.seen_on, "seen_where": event.seen_where, "seen_by": event.seen_by},
        Part.WHO_KNOWS: {"who_knows": event.who_knows},
        Part.SAID: {"said": event.said},
        Part.DOCUMENTS: {"documents": event.documents},
        Part.SOURCE: {"source": event.source, "sure": event.sure},
        Part.NAME: {"name": name},
    }
    told = ReferralTold(parts=tuple(part for part in Part if part in parts))
    for part in told.parts:
        told = msgspec.structs.replace(told, **held[part])
    return told


def refer(*, by: Actor, harm: HarmNote, yes: Yes, once: uuid.UUID | None = None) -> Referral:
    """Refer one event. `NoConsent`, `NotALawyer` or `AlreadyReferred` if that cannot be; nothing is kept then."""
    require(by, Act.NOTE_HARM, harm.card.subject)
    if not yes.is_whole:
        raise NoConsent
    if yes.to is not None and not is_lawyer(yes.to, by.site):
        raise NotALawyer
    with transaction.atomic():
        subject = ids.new_id()
        sent.claim(once, subject)
        rows = HarmNote.objects.select_for_update(of=("self",)).select_related("record", "card__record")
        held = rows.get(pk=harm.pk)
        _not_twice(held, yes, by)
        event = open_record(held.record, HarmEvent, by=by, reason=Reason.FOLLOW_UP)
        name = open_record(held.card.record, Relative, by=by, reason=Reason.FOLLOW_UP).who
        _entrust_new(held, subject, by, yes.to)
        consent = ReferralConsent(
            body=yes.body,
            parts=tuple(part for part in Part if part in yes.parts),
            how=yes.how,
            language=yes.language,
            witness=yes.witness,
            on=clock.today(),
        )
        told = told_of(event, name, yes.parts)
        referral = Referral(
            id=subject,
            number=_free_number(),
            site_id=held.site_id,
            harm=held,
            to_id=yes.to,
            consent=records.seal_new(consent, subject=held.card_id, by=by, act=Act.NOTE_HARM),
            told=records.seal_new(told, subject=subject, by=by, act=Act.NOTE_HARM),
            asked_on=clock.today(),
        )
        referral.save(force_insert=True)
        records.note(by, Act.NOTE_HARM, held.card.subject, reason="referred")
    return referral


def is_lawyer(user: int, site: int) -> bool:
    """Whether somebody is a lawyer of this house, here and now."""
    rows = Membership.objects.filter(user_id=user, site_id=site, role=Role.LAWYER.value)
    return rows.filter(user__is_active=True).exists()


def _free_number() -> int:
    return ids.free_number(lambda number: Referral.objects.filter(number=number).exists(), 4)


def _not_twice(harm: HarmNote, yes: Yes, by: Actor) -> None:
    rows = Referral.objects.filter(harm=harm, state__in=OPEN).select_related("consent")
    if yes.to is not None:
        if rows.filter(to=yes.to).exists():
            raise AlreadyReferred
        return
    outside = [row.consent for row in rows.filter(to=None)]
    held = open_records(outside, ReferralConsent, by=by, reason=Reason.FOLLOW_UP)
    if yes.body.strip().casefold() in {one.content.body.strip().casefold() for one in held}:
        raise AlreadyReferred


def _entrust_new(harm: HarmNote, subject: uuid.UUID, by: Actor, lawyer: int | None) -> None:
    """Who writes it holds it, as do the caseworkers of the resident; of the lawyers only the one who is asked."""
    for user in {*_caseworkers(harm.card.resident_id, harm.site_id), *([by.user] if by.user else [])}:
        _follow(user, harm, subject)
    if lawyer is not None:
        accounts.assign(user_id=lawyer, site_id=harm.site_id, subject=subject)


def _caseworkers(resident: uuid.UUID, site: int) -> set[int]:
    held = Assignment.objects.filter(subject=resident).values_list("user_id", flat=True)
    rows = Membership.objects.filter(site_id=site, role=Role.CASEWORKER.value, user_id__in=set(held))
    return set(rows.values_list("user_id", flat=True))


def _follow(user: int, harm: HarmNote, subject: uuid.UUID) -> None:
    resident = harm.card.resident_id
    why = Assignment.Why.FOLLOWS
    accounts.assign(user_id=user, site_id=harm.site_id, subject=subject, why=why, follows=resident)


def entrust_referral(referral: Referral) -> None:
    """A caseworker who took the resident on later reads what was referred, too; a lawyer of the resident does not."""
    held = set(Assignment.objects.filter(subject=referral.pk).values_list("user_id", flat=True))
    for user in _caseworkers(referral.harm.card.resident_id, referral.site_id) - held:
        _follow(user, referral.harm, referral.pk)


def _locked(referral: Referral, seen: int | None) -> Referral:
    rows = Referral.objects.select_for_update(of=("self",)).select_related("told", "consent", "harm__card__resident")
    held = rows.get(pk=referral.pk)
    if held.stands is Stands.WITHDRAWN or (seen is not None and held.sequence != seen):
        raise Stale
    return held


def answer(
    *, by: Actor, referral: Referral, stands: Stands, words: str = "", seen: int | None = None, once: uuid.UUID | None
) -> Referral:
    """Accepted, refused or done. The lawyer of the house says it themselves; for a body outside the caseworker does.

    `Stale` if it was answered or withdrawn meanwhile.
    """
    require(by, Act.ANSWER_REFERRAL, referral.subject)
    if by.user is not None and referral.to_id is not None and by.user != referral.to_id:
        raise Refused(Act.ANSWER_REFERRAL, referral.subject)
    with transaction.atomic():
        sent.claim(once, referral.pk)
        held = _locked(referral, seen)
        if not may_answer(held.stands, stands) or held.told is None:
            raise Stale
        told = open_record(held.told, ReferralTold, by=by, reason=Reason.FOLLOW_UP)
        said = "\n".join(part for part in (told.answer, words) if part)
        told = msgspec.structs.replace(told, answer=said)
        held.told = records.revise(held.told, told, by=by, act=Act.ANSWER_REFERRAL)
        held.state, held.answered_on = stands.value, held.answered_on or clock.today()
        held.ended_on = clock.today() if stands is not Stands.ACCEPTED else None
        held.sequence += 1
        held.save()
    return held


def withdraw(*, by: Actor, referral: Referral, seen: int | None = None, once: uuid.UUID | None = None) -> Referral:
    """The resident takes the consent back: the lawyer reads nothing more, and what was sealed for them is wiped.

    It cannot call back what was told before. `Stale` if it was withdrawn or answered meanwhile.
    """
    require(by, Act.NOTE_HARM, referral.harm.card.subject)
    with transaction.atomic():
        sent.claim(once, referral.pk)
        held = _locked(referral, seen)
        consent = open_record(held.consent, ReferralConsent, by=by, reason=Reason.FOLLOW_UP)
        consent = msgspec.structs.replace(consent, withdrawn_on=clock.today())
        held.consent = records.revise(held.consent, consent, by=by, act=Act.NOTE_HARM)
        told, held.told = held.told, None
        held.state, held.ended_on = Stands.WITHDRAWN.value, clock.today()
        held.sequence += 1
        held.save()
        if told is not None:
            wipe([told])
        end_assignments(Q(), [held.pk], Assignment.End.HANDED_BACK)
        records.note(by, Act.NOTE_HARM, held.harm.card.subject, reason="withdrawn")
    return held


def wipe(rows: list[SealedRecord]) -> None:
    """Delete records that are alone under their subjects, with their keys, in the transaction at hand."""
    for record in rows:
        changes.append(record, Change.What.REMOVED)
    EarlierVersion.objects.filter(record__in=[record.pk for record in rows]).delete()
    SealedRecord.objects.filter(pk__in=[record.pk for record in rows]).delete()
    KeyDue.objects.bulk_create(KeyDue(subject=record.subject) for record in rows)
    transaction.on_commit(resealing.finish)
