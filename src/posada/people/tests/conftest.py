"""Fixtures of reception's tests: an index built afresh, and a few invented people."""

from collections.abc import Callable, Iterator

import pytest
from django.utils import translation

from posada.accounts.acts import Role
from posada.accounts.permissions import Actor
from posada.people import matching, services
from posada.people.models import Identity, Person, Sex


@pytest.fixture(autouse=True)
def _fresh_index(request: pytest.FixtureRequest) -> None:
    """The index lives in memory: each test begins with the index of its own database."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        matching.build(lambda _done, _total: None)


@pytest.fixture
def desk(actors: dict[Role, Actor]) -> Actor:
    return actors[Role.DESK]


@pytest.fixture
def caseworker(actors: dict[Role, Actor]) -> Actor:
    return actors[Role.CASEWORKER]


@pytest.fixture
def register(desk: Actor) -> Callable[..., Person]:
    """Register somebody by the words given."""

    def one(**words: object) -> Person:
        return services.register_person(by=desk, identity=Identity(**words))  # type: ignore[arg-type]  # test words

    return one


@pytest.fixture
def yulesi(register: Callable[..., Person]) -> Person:
    """Somebody invented, known well."""
    return register(
        given_names="Yulesi Carolina",
        surnames="Ramírez Peña",
        sex=Sex.FEMALE,
        birth="1987-03",
        origin="San Juan de Colón",
        mother="Carmen Peña",
    )


@pytest.fixture
def english() -> Iterator[None]:
    """Sentences in English."""
    with translation.override("en"):
        yield
