"""The memory of this room is emptied before each test."""

import pytest

from posada.family import matching
from posada.people import matching as people
from posada.records import changes


@pytest.fixture(autouse=True)
def _empty_memory(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("django_db") is None:
        return
    request.getfixturevalue("db")
    people.build(lambda _done, _total: None)
    matching.build(lambda _done, _total: None)
    changes.start_at("people", changes.head())
