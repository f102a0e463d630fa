"""What a desk sees of whom it registered last: the number, the card, and whether another desk just had the same one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from posada.accounts.permissions import Actor
from posada.people import matching, queries, services
from posada.people.matching.held import Known
from posada.people.models import Person
from posada.people.rules.contents import Identity

LAST = "people_last_registered"
TWINS = "people_perhaps_twice"


@dataclass(frozen=True, slots=True)
class Last:
    """Whom this desk registered last, today, and who registered today may be the same one."""

    person: Person
    known: Known | None
    perhaps: tuple[Known, ...]


def remember(request: HttpRequest, actor: Actor, registered: Sequence[tuple[Person, Identity]]) -> None:
    """The next page shows the first of those registered; and, looked up now, who may be the same person."""
    if not registered:
        return
    request.session[LAST] = registered[0][0].number
    request.session[TWINS] = services.just_registered_too(by=actor, persons=registered)


def last_person(request: HttpRequest, actor: Actor) -> Person | None:
    """Whom this desk registered last, today."""
    number = request.session.get(LAST)
    if not isinstance(number, int):
        return None
    return queries.registered_today(actor).filter(number=number).first()


def last_shown(request: HttpRequest, actor: Actor, person: Person | None) -> Last | None:
    """The same as the page shows it."""
    if person is None:
        return None
    numbers = request.session.get(TWINS, [])
    others = queries.registered_today(actor).filter(number__in=numbers) if numbers else []
    perhaps = [matching.known_of(one.pk) for one in others]
    return Last(person, matching.known_of(person.pk), tuple(one for one in perhaps if one is not None))
