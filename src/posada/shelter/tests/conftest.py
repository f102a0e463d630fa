"""A room of three beds, and people to put in them."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

import pytest
from tests import cast

from posada.accounts.acts import Act
from posada.accounts.models import Site
from posada.accounts.permissions import system_actor
from posada.audit.models import AuditEntry
from posada.ground import clock, ids
from posada.people.models import Identity, Person, Source
from posada.records import services as records
from posada.shelter import services
from posada.shelter.models import Bed, Room


class MakePerson(Protocol):
    """Registers an invented person."""

    def __call__(
        self, at: Site | None = None, source: Source = Source.HOUSE, registered_on: date | None = None
    ) -> Person: ...


@pytest.fixture
def make_person(site: Site) -> MakePerson:
    def made(at: Site | None = None, source: Source = Source.HOUSE, registered_on: date | None = None) -> Person:
        home, subject = at or site, ids.new_id()
        identity = Identity(given_names="Inventada", surnames="Prueba")
        record = records.seal_new(identity, subject=subject, by=system_actor(home.pk), act=Act.REGISTER)
        return Person.objects.create(
            id=subject,
            site=home,
            number=cast.free_number(Person),
            source=source,
            registered_on=registered_on or clock.today(),
            identity=record,
        )

    return made


@pytest.fixture
def person(make_person: MakePerson) -> Person:
    return make_person()


@pytest.fixture
def room(site: Site) -> Room:
    return services.make_room(by=system_actor(site.pk), name="Cuarto 1", beds=3)


@pytest.fixture
def beds(room: Room) -> list[Bed]:
    return list(room.beds.select_related("room").order_by("number"))


@pytest.fixture
def elsewhere(db: None) -> Site:
    return cast.make_site(code="otra")


@pytest.fixture
def their_bed(elsewhere: Site) -> Bed:
    made = services.make_room(by=system_actor(elsewhere.pk), name="Cuarto 9", beds=9)
    return made.beds.select_related("room").get(number=9)


@pytest.fixture
def audited(site: Site) -> Callable[[], list[tuple[str, str, str, str]]]:
    """What the audit says of this room, oldest first: act, role, reason, result."""

    def rows() -> list[tuple[str, str, str, str]]:
        entries = AuditEntry.objects.filter(site=site.pk, act__startswith="shelter.").order_by("sequence")
        return [(entry.act, entry.role, entry.reason, entry.result) for entry in entries]

    return rows
