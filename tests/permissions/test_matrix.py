"""The permission matrix: every address of the resolver x method x role x relation. An address without a row fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from posada.accounts.acts import Role
from posada.accounts.http import SEEN_AT, SIGNED_IN_AT
from posada.accounts.models import Site, User
from posada.family import matching as family_matching
from posada.ground import clock
from posada.people import matching as people_matching
from posada.vault.router import KEYRING
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
    Role.HELPER: "H",
}
REFUSED = {403, 404}
FEWEST_CELLS = 3_000


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
    user.refresh_from_db()  # signing out everywhere, a cell before, ended what this user held
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
    text = answer.content.decode(errors="replace") if not answer.streaming else ""
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


@contextmanager
def _taken_back() -> Iterator[list[int]]:
    """What one address changes is not there for the next: the world is made once for all of them.

    Yields a list for the status of every answer that may have changed something: only after such a one are the
    readers in memory built anew.
    """
    changing: list[int] = []
    with transaction.atomic(), transaction.atomic(using=KEYRING):
        yield changing
        for alias in ("default", KEYRING):
            transaction.set_rollback(True, using=alias)
    if changing:
        people_matching.build(_quietly)
        family_matching.build(_quietly)


def _quietly(_done: int, _total: int) -> None:
    return


@pytest.mark.parametrize("role", list(Role))
def test_every_address_answers_whom_the_table_names_and_nobody_else(
    role: Role, staff: dict[Role, User], cases: dict[str, Case], capsys: pytest.CaptureFixture[str]
) -> None:
    cells, wrong = 0, []
    held = _signed_in(staff[role]).cookies.output(header="", sep=";")
    for name in sorted(ROWS):
        row, client, asked = ROWS[name], Client(), set()
        client.cookies.load(held)
        with _taken_back() as changing:
            for relation in RELATIONS:
                address = reverse(name, kwargs=row.args(cases[relation]))
                if address in asked:
                    continue  # it is about nobody: the relation changes nothing
                asked.add(address)
                for method in ("get", "post"):
                    answer = client.get(address) if method == "get" else client.post(address, dict(row.data))
                    cells += 1
                    if method == "post" and answer.status_code < min(REFUSED):
                        changing.append(answer.status_code)
                        client = _signed_in(staff[role])  # it may have ended what this user held
                    try:
                        _check(row, method, relation, LETTER[role], answer, name)
                    except AssertionError as error:
                        wrong.append(str(error).splitlines()[0])
    with capsys.disabled():
        print(f"\npermission matrix, {role}: {cells} cells, {len(wrong)} wrong")
    assert not wrong
    assert cells >= FEWEST_CELLS / len(Role)


def test_nobody_unknown_gets_in(cases: dict[str, Case], capsys: pytest.CaptureFixture[str]) -> None:
    cells = 0
    for name in sorted(ROWS):
        row = ROWS[name]
        address = reverse(name, kwargs=row.args(cases["assigned"]))
        with _taken_back():
            for answer in (Client().get(address), Client().post(address, dict(row.data))):
                cells += 1
                assert CANARY not in answer.content.decode(errors="replace"), name
                if not row.open:
                    assert answer.status_code == 302, name
                    assert answer["Location"].startswith(reverse("accounts:sign_in")), name
    with capsys.disabled():
        print(f"\npermission matrix, nobody: {cells} cells")


def test_no_other_method_answers_anybody(staff: dict[Role, User], cases: dict[str, Case]) -> None:
    roles, counted = list(Role), 0
    for place, name in enumerate(sorted(ROWS)):
        client = _signed_in(staff[roles[place % len(roles)]])
        address = reverse(name, kwargs=ROWS[name].args(cases["assigned"]))
        for method in ("head", "put", "patch", "delete", "options"):
            answer = getattr(client, method)(address)
            counted += answer.status_code == 405
            assert answer.status_code in {302, 405, *REFUSED} or not answer.content, (name, method, answer.status_code)
            assert CANARY not in answer.content.decode(), (name, method)
    assert counted > 4 * len(ROWS)


def test_the_words_that_no_refusal_may_carry_do_stand_on_the_pages_that_answer(
    staff: dict[Role, User], cases: dict[str, Case]
) -> None:
    """The control: whoever accompanies the person reads the very words that `_check` looks for."""
    client, seen = _signed_in(staff[Role.CASEWORKER]), set()
    for name, row in ROWS.items():
        if _allowed(row, "get", "assigned", "C"):
            answer = client.get(reverse(name, kwargs=row.args(cases["assigned"])))
            if not answer.streaming and CANARY in answer.content.decode(errors="replace"):
                seen.add(name)
    assert {"desk:person", "people:correct", "family:relatives", "family:card", "family:request"} <= seen
