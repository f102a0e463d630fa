"""Sessions that were held, and who of the house was there, by number."""

import uuid
from dataclasses import dataclass

from django.db.models import Count

from posada.accounts.permissions import Actor
from posada.asylum.models import Session, WasThere
from posada.people.models import Person
from posada.records.models import Hidden

SHOWN = 60


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session, and how many were there in all."""

    session: Session
    count: int


def sessions(actor: Actor) -> list[SessionLine]:
    """The newest first."""
    rows = Session.objects.visible_to(actor).annotate(here=Count("rows")).order_by("-on", "topic")[:SHOWN]
    return [SessionLine(row, getattr(row, "here", 0) + row.others) for row in rows]


def session_by_id(actor: Actor, session: uuid.UUID) -> Session | None:
    """The session, if it is of this house."""
    return Session.objects.visible_to(actor).filter(pk=session).first()


def numbers_at(session: Session) -> list[Person]:
    """Who was there, by number; without those who are hidden."""
    rows = WasThere.objects.filter(session=session).exclude(person__in=Hidden.all()).select_related("person")
    return sorted((row.person for row in rows), key=lambda person: person.number)
