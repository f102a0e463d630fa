"""The permission matrix: every address of the resolver x method x role x relation. An address without a row fails."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from posada.accounts.acts import Role
from posada.accounts.http import SEEN_AT, SIGNED_IN_AT
from posada.accounts.models import Site, User
from posada.ground import clock
from tests import cast
from tests.permissions.matrix import ROWS, Row
from tests.permissions.world import CANARY, RELATIONS, Case, build

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

LETTER = {
    Role.DESK: "D",
    Role.CASEWORKER: "C",
    Role.TRACING_OFFICER: "T",
    Role.LAWYER: "L",
    Role.SITE_MANAGER: "M",
    Role.AUDITOR: "A",
}
REFUSED = {403, 404}


def addresses(patterns: Any = None, space: str = "") -> Iterator[str]:
    """The name of every address."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert set(addresses()) == set(ROWS)


@pytest.fixture
def cases(site: Site, staff: dict[Role, User]) -> dict[str, Case]:
    return build(site, cast.make_site(code="otra"), staff)


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    session = client.session
    session[SIGNED_IN_AT] = session[SEEN_AT] = clock.real_seconds()
    session.save()
    return client


def _allowed(row: Row, method: str, relation: str, letter: str) -> bool | None:
    allowed = row.get if method == "get" else row.post
    if allowed is None:
        return None
    return letter in (allowed if isinstance(allowed, str) else allowed.get(relation, ""))


def _check(row: Row, method: str, relation: str, letter: str, answer: Any, address: str) -> None:
    where = f"{method} {address} {letter} {relation}: {answer.status_code}"
    may = _allowed(row, method, relation, letter)
    text = answer.content.decode() if not answer.streaming else ""
    if may is None:
        assert answer.status_code in {405, *REFUSED}, where
    elif may:
        assert answer.status_code < 500, where
        assert answer.status_code not in {*REFUSED, 405}, where
    else:
        assert answer.status_code in REFUSED, where
    if not may:
        assert CANARY not in text, where
        if relation == "other_site" and not isinstance(row.get or row.post, str):
            assert answer.status_code in {403, 404, 405}, where


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", sorted(ROWS))
def test_it_answers_whom_the_table_names_and_nobody_else(
    name: str, role: Role, staff: dict[Role, User], cases: dict[str, Case]
) -> None:
    row = ROWS[name]
    for relation in RELATIONS:
        address = reverse(name, kwargs=row.args(cases[relation]))
        for method in ("get", "post"):
            client = _signed_in(staff[role])
            answer = client.get(address) if method == "get" else client.post(address, dict(row.data))
            _check(row, method, relation, LETTER[role], answer, name)


@pytest.mark.parametrize("name", sorted(ROWS))
def test_nobody_unknown_gets_in(name: str, cases: dict[str, Case]) -> None:
    row = ROWS[name]
    address = reverse(name, kwargs=row.args(cases["assigned"]))
    for answer in (Client().get(address), Client().post(address, dict(row.data))):
        assert CANARY not in answer.content.decode()
        if not row.open:
            assert answer.status_code == 302
            assert answer["Location"].startswith(reverse("accounts:sign_in"))


def test_it_counts_its_cells(capsys: pytest.CaptureFixture[str]) -> None:
    cells = len(ROWS) * 2 * (len(Role) * len(RELATIONS) + 1)
    with capsys.disabled():
        print(f"\npermission matrix: {len(ROWS)} addresses, {cells} cells")
    assert cells >= 3_000
