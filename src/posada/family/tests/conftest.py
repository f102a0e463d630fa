"""The memory of this room is emptied before each test; a resident with a relative to whom something happened."""

import pytest

from posada.accounts.acts import Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor
from posada.family import matching
from posada.family.models import HarmNote, Relative, WatchCard
from posada.family.rules.kinship import Relation
from posada.family.services import harm as harms
from posada.family.tests.people_here import entrust, make_card, make_person
from posada.family.tests.what_happened import NAME, TAKEN
from posada.people import matching as people
from posada.people.models import Person
from posada.records import changes


@pytest.fixture(autouse=True)
def _empty_memory(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("django_db") is None:
        return
    request.getfixturevalue("db")
    people.build(lambda _done, _total: None)
    matching.build(lambda _done, _total: None)
    changes.start_at("people", changes.head())


@pytest.fixture
def person(site: Site) -> Person:
    return make_person(site)


@pytest.fixture
def card(site: Site, person: Person, staff: dict[Role, User]) -> WatchCard:
    made = make_card(site, person, Relative(who=NAME, relation=Relation.MOTHER, interval_hours=48))
    for subject in (person.pk, made.pk):
        entrust(staff[Role.CASEWORKER], subject, site)
    return made


@pytest.fixture
def worker(actors: dict[Role, Actor]) -> Actor:
    return actors[Role.CASEWORKER]


@pytest.fixture
def noted(card: WatchCard, worker: Actor) -> HarmNote:
    return harms.note_harm(by=worker, card=card, content=TAKEN)
