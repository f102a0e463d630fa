"""An information session: held on a day, for whoever comes; who was there by number, for ninety days, then a count."""

import uuid
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, Refused, require
from posada.asylum.models import Session, WasThere
from posada.asylum.rules.topics import SPOKEN, Topic
from posada.ground import clock, ids
from posada.people.models import Person
from posada.people.services import require_here
from posada.records import once as sent
from posada.records.erasing import Gone
from posada.records.services import note

KEPT = timedelta(days=90)  # our proposal: long enough to ask who has not heard it yet
MOST_OTHERS = 500


class NotYet(ValueError):
    """The day has not come yet."""


class WasCounted(Exception):
    """This number was written down before, or the time in which numbers are kept is over."""


def hold_session(
    *, by: Actor, on: date, topic: Topic, language: str, others: int = 0, once: uuid.UUID | None = None
) -> Session:
    """A session that was held, with how many came without a number. `NotYet` for a day that has not come."""
    if language not in SPOKEN or not 0 <= others <= MOST_OTHERS:
        raise ValueError("no such language, or too many")
    if on > clock.today():
        raise NotYet
    with transaction.atomic():
        row = ids.new_id()
        sent.claim(once, row)
        note(by, Act.HOLD_SESSION, None)
        return Session.objects.create(
            id=row, site_id=by.site, on=on, topic=topic.value, language=language, others=others
        )


def was_there(*, by: Actor, session: Session, person: Person, once: uuid.UUID | None = None) -> None:
    """Somebody was there. `WasCounted` if that stands already, or numbers of this session are kept no more."""
    _require_own(by, session)
    require_here(person, Act.HOLD_SESSION)
    with transaction.atomic():
        sent.claim(once, session.pk)
        note(by, Act.HOLD_SESSION, person.subject)
        if session.on < clock.today() - KEPT:
            raise WasCounted
        _row, fresh = WasThere.objects.get_or_create(session=session, person=person)
        if not fresh:
            raise WasCounted


def was_not_there(*, by: Actor, session: Session, person: Person) -> None:
    """It was a slip: take the number off again. Nothing happens if it is not there."""
    _require_own(by, session)
    with transaction.atomic():
        note(by, Act.HOLD_SESSION, person.subject)
        WasThere.objects.filter(session=session, person=person).delete()


def count_only(site: int) -> None:
    """Numbers whose time is over become counts. Called whenever sessions are looked at."""
    old = WasThere.objects.filter(session__site_id=site, session__on__lt=clock.today() - KEPT)
    _to_counts(old.values_list("pk", flat=True))


def forget(gone: Gone) -> None:
    """That an erased person was there stays as a count of nobody."""
    _to_counts(WasThere.objects.filter(person__in=gone.subjects).values_list("pk", flat=True))


def _to_counts(keys: "object") -> None:
    with transaction.atomic():
        for row in WasThere.objects.filter(pk__in=keys).select_for_update():
            Session.objects.filter(pk=row.session_id).update(others=F("others") + 1)
            row.delete()


def _require_own(by: Actor, session: Session) -> None:
    require(by, Act.HOLD_SESSION)
    if session.site_id != by.site:
        raise Refused(Act.HOLD_SESSION)
