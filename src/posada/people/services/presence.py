"""Who only stands on a list is not here: has no household, no caseworker, and is asked nothing."""

from posada.accounts.acts import Act
from posada.accounts.permissions import Refused
from posada.people.models import Person


def require_here(person: Person, act: Act) -> None:
    """`Refused` for an act that is only done to somebody who was registered here."""
    if person.is_listed:
        raise Refused(act, person.subject)
