"""Two desks press at the same moment for one bed."""

import threading

import pytest
from django.db import connection

from posada.accounts.acts import Role
from posada.accounts.permissions import Actor
from posada.people.models import Person
from posada.shelter import services
from posada.shelter.models import Bed, Stay
from posada.shelter.services import AlreadyLodged, BedTaken
from posada.shelter.tests.conftest import MakePerson

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "keyring"]),
    pytest.mark.usefixtures("audit_may_be_emptied"),
]


def _press(by: Actor, pairs: list[tuple[Person, Bed]]) -> list[str]:
    """Press for all pairs at once, each in a thread and a connection of its own; what came of each."""
    start, ended = threading.Barrier(len(pairs)), []

    def one(person: Person, bed: Bed) -> None:
        start.wait()
        try:
            services.assign_bed(by=by, person=person, bed=bed)
        except (BedTaken, AlreadyLodged) as error:
            ended.append(type(error).__name__)
        else:
            ended.append("given")
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(ended)


def test_one_of_two_desks_gets_the_bed(actors: dict[Role, Actor], make_person: MakePerson, beds: list[Bed]) -> None:
    pairs = [(make_person(), beds[0]), (make_person(), beds[0])]
    assert _press(actors[Role.DESK], pairs) == ["BedTaken", "given"]
    assert Stay.objects.open().count() == 1


def test_one_person_gets_one_of_two_beds(actors: dict[Role, Actor], person: Person, beds: list[Bed]) -> None:
    assert _press(actors[Role.DESK], [(person, beds[0]), (person, beds[1])]) == ["AlreadyLodged", "given"]
    assert Stay.objects.open().count() == 1
