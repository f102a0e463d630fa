"""The evacuation list: rooms, beds, numbers and call-names; one press, no quota, written down and told."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from posada.accounts.acts import Act, Role
from posada.accounts.models import Notice, Site
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.audit.models import AuditEntry
from posada.people import services as people
from posada.people.models import Identity
from posada.records import erasing
from posada.records.models.erasing import What, Why
from posada.shelter import queries, services
from posada.shelter.models import Bed

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def house(site: Site) -> Actor:
    by = system_actor(site.pk)
    services.make_room(by=by, name="Cuarto 1", beds=2)
    for place, call_name in enumerate(("Yuli", "")):
        identity = Identity(given_names="Yulesi", surnames="Ramírez", call_name=call_name)
        person = people.register_person(by=by, identity=identity)
        services.assign_bed(by=by, person=person, bed=Bed.objects.order_by("number")[place])
    people.register_person(by=by, identity=Identity(given_names="Wilmer", call_name="Wil"))
    return by


def test_it_says_room_bed_number_and_call_name(house: Actor, actors: dict[Role, Actor]) -> None:
    room, without = queries.evacuation_list(actors[Role.DESK])
    assert (room.name, [one.call_name for one in room.sleepers]) == ("Cuarto 1", ["Yuli", ""])
    assert [(one.bed, one.call_name) for one in without.sleepers] == [(None, "Wil")]


def test_it_is_written_down_once_with_its_count_told_and_stopped_by_no_quota(
    house: Actor, browse: Callable[[Role], Client], settings: Settings
) -> None:
    settings.QUOTAS = {"desk": (0, 0)}
    page = browse(Role.DESK).get(reverse("shelter:evacuation"))
    assert page.status_code == 200
    assert "Yuli" in page.content.decode()
    assert "Ramírez" not in page.content.decode()
    entry = AuditEntry.objects.get(act=Act.SCAN, reason__startswith="evacuation")
    assert (entry.count, entry.role) == (3, "desk")
    assert Notice.objects.filter(kind=Notice.Kind.EVACUATION).count() == 1


@pytest.mark.parametrize("role", [Role.LAWYER, Role.AUDITOR])
def test_others_do_not_make_it(house: Actor, role: Role, actors: dict[Role, Actor]) -> None:
    with pytest.raises(Refused):
        queries.evacuation_list(actors[role])


def test_who_is_hidden_stands_on_no_list(house: Actor, actors: dict[Role, Actor]) -> None:
    stay = queries.stay_in(Bed.objects.order_by("number")[0])
    assert stay is not None
    erasing.hide(by=actors[Role.TRACING_OFFICER], subject=stay.person.subject, what=What.PERSON, why=Why.DANGER)
    room, _without = queries.evacuation_list(actors[Role.DESK])
    assert [one.call_name for one in room.sleepers] == [""]
