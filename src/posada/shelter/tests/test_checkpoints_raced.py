"""Two press at the same moment for one meal, or for the last of the post."""

from collections.abc import Callable

import pytest

from posada.accounts.acts import Role
from posada.accounts.permissions import Actor
from posada.family.tests.at_once import at_once
from posada.people.models import Person
from posada.shelter.models import CheckCount, CheckKind, CheckOff, CheckRule
from posada.shelter.services import checkpoints

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "keyring"]),
    pytest.mark.usefixtures("audit_may_be_emptied"),
]
Press = Callable[[], object]


def test_one_of_two_at_the_same_moment_has_it(actors: dict[Role, Actor], person: Person) -> None:
    manager, helper = actors[Role.SITE_MANAGER], actors[Role.HELPER]
    place = checkpoints.keep(by=manager, name="Comedor", kind=CheckKind.MEALS, rule=CheckRule.DAY)

    def press() -> object:
        return checkpoints.check_off(by=helper, checkpoint=place, person=person)

    assert at_once(press, press) == ["HadIt", "done"]
    assert CheckOff.objects.count() == 1


def test_two_counts_at_the_same_moment_are_two(actors: dict[Role, Actor]) -> None:
    manager, helper = actors[Role.SITE_MANAGER], actors[Role.HELPER]
    place = checkpoints.keep(by=manager, name="Duchas", kind=CheckKind.SHOWERS, rule=CheckRule.COUNTED)

    def press() -> object:
        return checkpoints.count(by=helper, checkpoint=place)

    assert at_once(press, press) == ["done", "done"]
    assert CheckCount.objects.get().count == 2
