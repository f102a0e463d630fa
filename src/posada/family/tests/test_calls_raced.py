"""Two desks press at the same moment: for one tag, for one slot, for one ticket."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from posada.accounts.acts import Role
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, system_actor
from posada.family.models import CallSlot, ChargingTicket, HousePhone, PhoneLoan, ThingKind
from posada.family.services import phones
from posada.family.services.slots import give_slot
from posada.family.tests.at_once import at_once
from posada.family.tests.people_here import make_person
from posada.ground import clock

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "keyring"]),
    pytest.mark.usefixtures("audit_may_be_emptied"),
]


@pytest.fixture
def phone(site: Site) -> HousePhone:
    return phones.add_thing(by=system_actor(site.pk), tag=3, kind=ThingKind.PHONE)


def test_one_tag_is_lent_once(site: Site, phone: HousePhone, actors: dict[Role, Actor]) -> None:
    two = [make_person(site), make_person(site)]

    def press(place: int) -> Callable[[], object]:
        return lambda: phones.lend(by=actors[Role.DESK], thing=phone, person=two[place])

    assert at_once(press(0), press(1)) == ["NotToLend", "done"]
    assert PhoneLoan.objects.count() == 1


def test_one_slot_is_given_once(site: Site, phone: HousePhone, actors: dict[Role, Actor]) -> None:
    two, day = [make_person(site), make_person(site)], clock.today() + timedelta(days=1)

    def press(place: int) -> Callable[[], object]:
        return lambda: give_slot(by=actors[Role.DESK], person=two[place], thing=phone, day=day, quarter=76)

    assert at_once(press(0), press(1)) == ["SlotTaken", "done"]
    assert CallSlot.objects.count() == 1


def test_two_phones_never_lie_under_one_ticket(site: Site, actors: dict[Role, Actor]) -> None:
    two = [make_person(site), make_person(site)]

    def press(place: int) -> Callable[[], object]:
        return lambda: phones.take_to_charge(by=actors[Role.DESK], person=two[place])

    assert at_once(press(0), press(1)) == ["done", "done"]
    assert sorted(ChargingTicket.objects.values_list("ticket", flat=True)) == [1, 2]


def test_the_control_two_tags_at_once_are_both_lent(site: Site, phone: HousePhone, actors: dict[Role, Actor]) -> None:
    other = phones.add_thing(by=system_actor(site.pk), tag=4, kind=ThingKind.PHONE)
    two = [make_person(site), make_person(site)]
    assert at_once(
        lambda: phones.lend(by=actors[Role.DESK], thing=phone, person=two[0]),
        lambda: phones.lend(by=actors[Role.DESK], thing=other, person=two[1]),
    ) == ["done", "done"]
