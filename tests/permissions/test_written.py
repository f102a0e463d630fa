"""Everything that is looked at is written down: opening a page leaves an entry of whoever opened it, and so does a
refusal. The pages that show nothing of the house stand in `settings.SHOW_NOTHING`, with the reason."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Role
from posada.accounts.http import SEEN_AT, SIGNED_IN_AT
from posada.accounts.models import Site, User
from posada.audit.models import AuditEntry
from posada.audit.services import Result
from posada.ground import clock
from tests import cast
from tests.permissions.matrix import ROWS, Row
from tests.permissions.test_matrix import LETTER
from tests.permissions.world import Case, build

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

SILENT = settings.SHOW_NOTHING


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    session = client.session
    session[SIGNED_IN_AT] = session[SEEN_AT] = clock.real_seconds()
    session.save()
    return client


def _allowed(row: Row) -> str:
    if row.get is None:
        return ""
    return row.get if isinstance(row.get, str) else row.get.get("assigned", "")


def _entries(user: User) -> Any:
    return AuditEntry.objects.filter(actor=user.pk)


@pytest.fixture
def cases(site: Site, staff: dict[Role, User]) -> dict[str, Case]:
    return build(site, cast.make_site(code="otra"), staff)


def _pages() -> list[str]:
    return sorted(name for name, row in ROWS.items() if not row.open and _allowed(row))


def test_looking_at_a_page_is_written_down(staff: dict[Role, User], cases: dict[str, Case]) -> None:
    forgotten = []
    for name in _pages():
        row = ROWS[name]
        role = next(role for role in Role if LETTER[role] in _allowed(row))
        before = _entries(staff[role]).count()
        answer = _client(staff[role]).get(reverse(name, kwargs=row.args(cases["assigned"])))
        assert answer.status_code < 500, name
        shown = answer.status_code == 200
        if shown and name not in SILENT and _entries(staff[role]).count() == before:
            forgotten.append(name)
    assert forgotten == []


def test_a_refusal_is_written_down(staff: dict[Role, User], cases: dict[str, Case]) -> None:
    forgotten, refused = [], 0
    for name in _pages():
        row = ROWS[name]
        role = next((role for role in Role if LETTER[role] not in _allowed(row)), None)
        if role is None:
            continue
        before = _entries(staff[role]).filter(result=Result.REFUSED).count()
        answer = _client(staff[role]).get(reverse(name, kwargs=row.args(cases["assigned"])))
        if answer.status_code == 403:
            refused += 1
            if _entries(staff[role]).filter(result=Result.REFUSED).count() == before:
                forgotten.append(name)
    assert forgotten == []
    assert refused > 20


def test_the_silent_pages_are_pages() -> None:
    assert set(SILENT) <= set(ROWS)
