"""Reading what is not one's own because somebody is in danger: told at once, ended by itself, looked at afterwards.

Break-glass opens one file for one caseworker and one hour, for reading alone. An emergency sheet is read with one
press. Neither ever waits for a second person.
"""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar, Final

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from posada.accounts.acts import Act
from posada.accounts.models import Notice, UrgentReach, UrgentReading, User
from posada.accounts.permissions import Actor, Refused, Subject, require, system_actor
from posada.audit import services as audit
from posada.ground import clock, ids
from posada.records import notices, quotas, services
from posada.records import once as sent
from posada.records.contents import Content
from posada.vault import keyring
from posada.vault.keyring import Compartment

LASTS: Final = timedelta(hours=1)
REVIEWED: Final = "alarms.reviewed"


class UrgentWords(Content, frozen=True):
    """Why somebody opened a file by urgency, in their words: sealed under the person's own key."""

    KIND: ClassVar[str] = "person.urgent"
    COMPARTMENT: ClassVar[Compartment] = Compartment.PROTECTION

    words: str


def _hanging_on(subject: uuid.UUID) -> set[uuid.UUID]:
    """The person, and what upper rooms keep under subjects of their own because of them: the cards of relatives."""
    found: set[uuid.UUID] = {subject}
    for name in settings.HANGING_ON:
        found |= set(import_string(name)(subject))
    return found


def standing_open(actor: Actor, subject: uuid.UUID) -> UrgentReading | None:
    """The break-glass by which this user may read this person now, if there is one."""
    if actor.user is None:
        return None
    rows = UrgentReading.objects.visible_to(actor).open_at(clock.now())
    return rows.filter(user_id=actor.user, subject=subject).first()


def break_glass(
    *, by: Actor, subject: Subject, why: UrgentReading.Why, words: str, once: uuid.UUID | None = None
) -> UrgentReading:
    """Open one person's file to one caseworker for an hour. Raises `QuotaReached`; counts like taking on."""
    role = require(by, Act.BREAK_GLASS, subject)
    if by.user is None:
        raise Refused(Act.BREAK_GLASS, subject)
    pseudonym = keyring.pseudonym(subject.id)
    with quotas.within(by, {pseudonym}, quotas.TAKING_ON):
        held = standing_open(by, subject.id)
        if held is not None:
            return held
        sent.claim(once)
        house = system_actor(by.site)
        record = services.seal_new(UrgentWords(words=words), subject=subject.id, by=house, act=Act.BREAK_GLASS)
        now = clock.now()
        reading = _write(by, subject, UrgentReading.Kind.BREAK_GLASS, why, words=record.pk, ends_at=now + LASTS)
        reach = [UrgentReach(reading=reading, subject=one) for one in _hanging_on(subject.id)]
        UrgentReach.objects.bulk_create(reach)
        audit.write(
            audit.Event(act=Act.BREAK_GLASS, actor=by.user, role=role, site=by.site, subject=pseudonym, reason=str(why))
        )
        notices.tell(Notice.Kind.BREAK_GLASS, user=by.user, site=by.site)
    return reading


def note_emergency(*, by: Actor, subject: Subject, why: UrgentReading.Why) -> UrgentReading | None:
    """Before an emergency sheet is read: what others look at next morning, and the alarm. No quota stops it."""
    require(by, Act.READ_EMERGENCY, subject)
    if by.user is None:
        return None
    with transaction.atomic():
        reading = _write(by, subject, UrgentReading.Kind.EMERGENCY, why, ends_at=clock.now())
        notices.tell(Notice.Kind.EMERGENCY, user=by.user, site=by.site)
    return reading


def _write(
    by: Actor,
    subject: Subject,
    kind: UrgentReading.Kind,
    why: UrgentReading.Why,
    *,
    ends_at: datetime,
    words: uuid.UUID | None = None,
) -> UrgentReading:
    return UrgentReading.objects.create(
        id=ids.new_id(),
        site_id=by.site,
        user=User.objects.get(pk=by.user or 0),
        subject=subject.id,
        kind=kind,
        why=why,
        words=words,
        began_at=clock.now(),
        ends_at=ends_at,
    )


def to_review(actor: Actor) -> list[UrgentReading]:
    """What was read urgently and nobody has looked at yet, oldest first; never one's own."""
    if not actor.may(Act.SEE_ALARMS) or actor.user is None:
        return []
    return list(UrgentReading.objects.to_review(actor).order_by("began_at", "pk"))


def reviewed(actor: Actor, most: int = 30) -> list[UrgentReading]:
    """What was looked at, newest first."""
    require(actor, Act.SEE_ALARMS)
    return list(UrgentReading.objects.visible_to(actor).exclude(verdict="").order_by("-reviewed_at")[:most])


def review(*, by: Actor, reading: UrgentReading, verdict: UrgentReading.Verdict) -> None:
    """Was it right: yes, or to be talked about. Once, by somebody else, without any content."""
    role = require(by, Act.SEE_ALARMS)
    if by.user is None or reading.user_id == by.user or reading.site_id != by.site:
        raise Refused(Act.SEE_ALARMS)
    with transaction.atomic():
        rows = UrgentReading.objects.filter(pk=reading.pk, verdict="")
        if not rows.update(verdict=verdict, reviewed_by_id=by.user, reviewed_at=clock.now()):
            return
        audit.write(
            audit.Event(
                act=REVIEWED,
                actor=by.user,
                role=role,
                site=by.site,
                subject=keyring.pseudonym(reading.subject),
                reason=str(verdict),
            )
        )
