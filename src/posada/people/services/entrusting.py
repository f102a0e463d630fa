"""A resident's file is handed back by who holds it, or handed over by the manager, who knows only its number."""

from posada.accounts import services as accounts
from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require
from posada.people.models import Person
from posada.people.services.presence import require_here


def hand_back(*, by: Actor, person: Person) -> bool:
    """End one's own accompanying: the file is closed to them from the next press on. False if they did not hold it."""
    require(by, Act.HAND_BACK, person.subject)
    return accounts.hand_back(by=by, subject=person.subject)


def hand_over(*, by: Actor, person: Person, to: int, ends_others: bool) -> None:
    """Entrust a resident's file to a caseworker or a lawyer; with `ends_others` nobody else holds it any more."""
    require(by, Act.ENTRUST, person.subject)
    require_here(person, Act.ENTRUST)
    accounts.hand_over(by=by, subject=person.subject, to=to, ends_others=ends_others)
