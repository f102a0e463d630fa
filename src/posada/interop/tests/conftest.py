"""Fixtures of the tests with a database: who brings lists in, and presses."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from posada.accounts.acts import Role
from posada.accounts.permissions import Actor
from posada.interop import services
from posada.interop.models import ImportFile
from posada.interop.services import Wanted
from posada.interop.tests.shared import two_agree
from posada.people import matching as people
from posada.people.models import Identity, Person
from posada.records.door import Reason, open_record

Bring = Callable[..., ImportFile]


@pytest.fixture(autouse=True)
def _fresh_index(request: pytest.FixtureRequest) -> None:
    """The index lives in memory: each test begins with that of its own database."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        people.build(lambda _done, _total: None)


@pytest.fixture
def manager(actors: dict[Role, Actor]) -> Actor:
    """Who may bring lists in and write them out."""
    return actors[Role.SITE_MANAGER]


@pytest.fixture
def client(browse: Callable[[Role], Client]) -> Client:
    """The same person's browser."""
    return browse(Role.SITE_MANAGER)


@pytest.fixture
def bring(manager: Actor, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Bring:
    """Read a file and say yes to it."""

    def brought(content: bytes, **wanted: Any) -> ImportFile:
        with django_capture_on_commit_callbacks(execute=True):
            file = services.quarantine(by=manager, source=content, wanted=Wanted(**wanted))
            return services.confirm(by=manager, file=two_agree(file))

    return brought


@pytest.fixture
def identities(site: Any) -> Callable[[], list[Identity]]:
    """What the register holds, by number of the row."""

    def held() -> list[Identity]:
        rows = Person.objects.select_related("identity").order_by("registered_on", "number")
        house = services_system(site.pk)
        found = [open_record(row.identity, Identity, by=house, reason=Reason.SYSTEM) for row in rows]
        return sorted(found, key=lambda one: (one.given_names, one.surnames, one.full_name))

    return held


def services_system(site: int) -> Actor:
    """The house itself."""
    return Actor(user=None, site=site, roles=frozenset())


def upload(client: Client, content: bytes, name: str = "lista.csv", **fields: str) -> Any:
    """Send a file through the page."""
    data = {"file": SimpleUploadedFile(name, content), "kind": "people", "list_name": "Lista", **fields}
    return client.post("/files/", data)
