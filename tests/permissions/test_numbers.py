"""Numbers are not tried out one by one: at every address, one that is nobody's is refused or counts as a search."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Act, Role
from posada.accounts.http import SEEN_AT, SIGNED_IN_AT
from posada.accounts.models import Site, User
from posada.audit.models import AuditEntry
from posada.audit.services import Result
from posada.ground import clock, ids
from posada.people.models import Person
from tests import cast
from tests.permissions.matrix import ROWS
from tests.permissions.world import Case, build

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    session = client.session
    session[SIGNED_IN_AT] = session[SEEN_AT] = clock.real_seconds()
    session.save()
    return client


def _nobodys() -> int:
    while True:
        number = ids.random_number()
        if not Person.objects.filter(number=number).exists():
            return number


def _written(user: User) -> int:
    return AuditEntry.objects.filter(actor=user.pk, act=Act.SEARCH, result=Result.NOTHING, reason="number").count()


@pytest.fixture
def case(site: Site, staff: dict[Role, User]) -> Case:
    return build(site, cast.make_site(code="otra"), staff)["same_site"]


def _addresses(case: Case) -> list[tuple[str, str]]:
    """The addresses that carry a person's number, with one that nobody has in its place."""
    found = []
    for name, row in sorted(ROWS.items()):
        arguments = row.args(case)
        carried = [key for key, value in arguments.items() if value == case.person.number]
        if carried:
            found.append((name, reverse(name, kwargs=arguments | {carried[0]: _nobodys()})))
    return found


@pytest.mark.parametrize("role", list(Role))
def test_a_number_that_is_nobodys_is_a_search_or_a_refusal(
    role: Role, staff: dict[Role, User], case: Case, settings: Any
) -> None:
    settings.SEARCHES_AN_HOUR = 1_000  # so many addresses are there that the last would meet the limit
    addresses = _addresses(case)
    assert len(addresses) > 15
    client, silent = _client(staff[role]), []
    for name, address in addresses:
        before = _written(staff[role])
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code in {403, 404, 405}, (name, answer.status_code)
        if answer.status_code == 404 and _written(staff[role]) == before:
            silent.append(name)
    assert silent == []


def test_a_residents_number_on_a_tracing_request_is_not_tried_out(staff: dict[Role, User], case: Case) -> None:
    form = {"who_asks": "resident", "relationship": "mother", "given_names": "Ana", "surnames": "Mora Peña"}
    for sent in range(2):
        typed = form | {"once": str(uuid.uuid4()), "resident": str(_nobodys())}
        assert _client(staff[Role.DESK]).post(reverse("family:open_request"), typed).status_code == 200
        assert _written(staff[Role.DESK]) == sent + 1
