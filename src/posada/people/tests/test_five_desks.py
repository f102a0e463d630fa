"""Five desks on the local network: the same person at two of them within a second, and five at once."""

import threading
from collections.abc import Sequence

import pytest
from django.db import connection

from posada.accounts.acts import Role
from posada.accounts.permissions import Actor
from posada.people import services
from posada.people.models import Household, Identity, Person, Sex

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "keyring"]),
    pytest.mark.usefixtures("audit_may_be_emptied"),
]
SAME = Identity(given_names="Yulesi Carolina", surnames="Ramírez Peña", sex=Sex.FEMALE, birth="1987", origin="Rubio")
AS_HEARD = Identity(given_names="Yulesi", surnames="Ramires Peña", sex=Sex.FEMALE, birth="1987", origin="Rubio")


def _press(by: Actor, groups: Sequence[Sequence[Identity]]) -> list[tuple[Person, list[int]]]:
    """All desks save at once, each in a thread and a connection of its own: whom, and of whom they are warned."""
    start = threading.Barrier(len(groups))
    ended: list[tuple[Person, list[int]]] = []

    def one(identities: Sequence[Identity]) -> None:
        start.wait()
        try:
            persons = services.register_household(by=by, identities=identities)
            warned = services.just_registered_too(by=by, persons=list(zip(persons, identities, strict=True)))
            ended.append((persons[0], warned))
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[group]) for group in groups]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return ended


def test_the_same_person_at_two_desks_stands_twice_and_one_desk_is_warned(actors: dict[Role, Actor]) -> None:
    ended = _press(actors[Role.DESK], [[SAME], [AS_HEARD]])
    assert len(ended) == 2, "both stand"
    (first, of_first), (second, of_second) = ended
    assert second.number in of_first or first.number in of_second
    assert set(of_first) <= {second.number}
    assert set(of_second) <= {first.number}


def test_two_strangers_at_two_desks_warn_nobody(actors: dict[Role, Actor]) -> None:
    other = Identity(given_names="Wilmer", surnames="Chacón Useche", sex=Sex.MALE, birth="1961", origin="Ureña")
    assert [warned for _person, warned in _press(actors[Role.DESK], [[SAME], [other]])] == [[], []]


def test_five_desks_at_once_lose_nobody_and_give_no_number_twice(actors: dict[Role, Actor]) -> None:
    groups = [[Identity(given_names=f"Persona {desk}{one}") for one in range(3)] for desk in range(5)]
    assert len(_press(actors[Role.DESK], groups)) == 5
    assert Person.objects.count() == 15
    assert Person.objects.values("number").distinct().count() == 15
    assert Household.objects.count() == 5
