"""A room is added to the house."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse, reverse_lazy

from posada.accounts.acts import Role
from posada.accounts.permissions import Actor, Refused
from posada.shelter import queries, services
from posada.shelter.models import Bed, Room
from posada.shelter.services import RoomNameTaken

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

Browse = Callable[[Role], Client]
Audited = Callable[[], list[tuple[str, str, str, str]]]
ADD = reverse_lazy("shelter:add_room")


def sent(name: str = "Cuarto 2", beds: object = 4) -> dict[str, str]:
    return {"once": str(uuid.uuid4()), "name": name, "beds": str(beds)}


def test_the_site_manager_adds_a_room_whose_numbers_go_on(
    browse: Browse, room: Room, audited: Audited, actors: dict[Role, Actor]
) -> None:
    answer = browse(Role.SITE_MANAGER).post(ADD, sent("  Cuarto   2 "))
    assert answer["Location"] == reverse("shelter:board")
    made = Room.objects.get(name="Cuarto 2")
    assert made.position == room.position + 1
    assert [bed.number for bed in made.beds.order_by("number")] == [4, 5, 6, 7]
    assert audited()[-1] == ("shelter.make_room", "site_manager", "", "done")
    assert [box.name for box in queries.board(actors[Role.DESK])] == ["Cuarto 1", "Cuarto 2"]


def test_the_system_makes_rooms_when_a_site_is_made(room: Room, audited: Audited) -> None:
    assert room.beds.count() == 3
    assert audited() == [("shelter.make_room", "system", "", "done")]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SITE_MANAGER])
def test_nobody_else_adds_rooms(role: Role, browse: Browse, actors: dict[Role, Actor]) -> None:
    assert browse(role).get(ADD).status_code == 403
    assert browse(role).post(ADD, sent()).status_code == 403
    with pytest.raises(Refused):
        services.make_room(by=actors[role], name="Cuarto 2", beds=4)
    assert not Room.objects.exists()


def test_only_the_site_manager_is_shown_the_way(browse: Browse, room: Room) -> None:
    board = reverse("shelter:board")
    assert str(ADD) in browse(Role.SITE_MANAGER).get(board).content.decode()
    assert str(ADD) not in browse(Role.DESK).get(board).content.decode()


@pytest.mark.parametrize(
    ("name", "beds", "said"),
    [
        ("", "4", "Póngale un nombre"),
        ("   ", "4", "Póngale un nombre"),
        ("x" * 25, "4", "24 letras"),
        ("Cuarto 2", "", "de 1 a 60"),
        ("Cuarto 2", "0", "de 1 a 60"),
        ("Cuarto 2", "61", "de 1 a 60"),
        ("Cuarto 2", "cuatro", "de 1 a 60"),
        ("cuarto  1", "4", "ya tiene un cuarto con este nombre"),
    ],
)
def test_wrong_input_is_explained(name: str, beds: str, said: str, browse: Browse, room: Room) -> None:
    answer = browse(Role.SITE_MANAGER).post(ADD, sent(name, beds))
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert Room.objects.count() == 1


def test_a_service_refuses_a_name_twice_and_an_impossible_count(actors: dict[Role, Actor], room: Room) -> None:
    with pytest.raises(RoomNameTaken):
        services.make_room(by=actors[Role.SITE_MANAGER], name="CUARTO 1", beds=2)
    with pytest.raises(ValueError, match="one bed"):
        services.make_room(by=actors[Role.SITE_MANAGER], name="Cuarto 2", beds=0)


def test_the_same_name_and_numbers_may_stand_in_another_house(their_bed: Bed, room: Room) -> None:
    assert list(room.beds.order_by("number").values_list("number", flat=True)) == [1, 2, 3]


def test_a_page_sent_twice_adds_one_room(browse: Browse) -> None:
    client, form = browse(Role.SITE_MANAGER), sent()
    for _ in range(2):
        assert client.post(ADD, form)["Location"] == reverse("shelter:board")
    assert Room.objects.count() == 1
