"""A resident's file is handed back by who holds it, or handed over by the manager, who knows only its number."""

from django.db import transaction

from posada.accounts import services as accounts
from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, granted_role, require
from posada.people.models import Person
from posada.people.queries.files import subjects_of
from posada.people.services.presence import require_here


def hand_back(*, by: Actor, person: Person) -> bool:
    """End one's own accompanying: the file is closed to them from the next press on. False if they did not hold it."""
    require(by, Act.HAND_BACK, person.subject)
    with transaction.atomic():
        held = [one for one in subjects_of(person) if granted_role(by, Act.HAND_BACK, one) is not None]
        ended = [accounts.hand_back(by=by, subject=one) for one in held]
    return any(ended)


def hand_over(*, by: Actor, person: Person, to: int, ends_others: bool) -> None:
    """Entrust a resident's file to a caseworker or a lawyer; with `ends_others` nobody else holds it any more."""
    require(by, Act.ENTRUST, person.subject)
    require_here(person, Act.ENTRUST)
    with transaction.atomic():
        for one in subjects_of(person):
            accounts.hand_over(by=by, subject=one, to=to, ends_others=ends_others)
