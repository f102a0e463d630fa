"""Everything that is looked at is written down: opening a page leaves an entry of whoever opened it, and so does a
refusal. The pages that show nothing of the house stand here by name, with the reason."""

from typing import Any

import pytest
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

# What shows nothing that is kept: an empty form, a confirmation, a wait, or only what the user typed or is.
SILENT = {
    "accounts:code": "one's own one-time code",
    "desk:seal": "a question before sealing; sealing itself is written down",
    "people:register": "an empty form; advice and saving are written down",
    "people:find": "an empty form; each search is written down",
    "shelter:assign": "free beds for a number that was typed; giving the bed is written down",
    "shelter:move": "free beds for a number that was typed; the move is written down",
    "shelter:leave": "a question; leaving is written down",
    "shelter:bed": "a free bed shows nobody; a taken one is written down",
    "shelter:add_room": "an empty form",
    "family:open_request": "an empty form",
    "family:close_request": "a question; closing is written down",
    "family:add_relative": "an empty form",
    "interop:progress": "how far the reading of a file is",
    "interop:quarantine": "while a file is still read only a wait is shown; the preview is written down",
    "ui:specimen": "invented examples",
}


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


@pytest.mark.parametrize("name", sorted(name for name, row in ROWS.items() if not row.open and _allowed(row)))
def test_looking_at_a_page_is_written_down(name: str, staff: dict[Role, User], cases: dict[str, Case]) -> None:
    row = ROWS[name]
    role = next(role for role in Role if LETTER[role] in _allowed(row))
    before = _entries(staff[role]).count()
    answer = _client(staff[role]).get(reverse(name, kwargs=row.args(cases["assigned"])))
    assert answer.status_code < 500
    if name not in SILENT:
        assert _entries(staff[role]).count() > before


@pytest.mark.parametrize("name", sorted(name for name, row in ROWS.items() if not row.open and _allowed(row)))
def test_a_refusal_is_written_down(name: str, staff: dict[Role, User], cases: dict[str, Case]) -> None:
    row = ROWS[name]
    for role in Role:
        if LETTER[role] not in _allowed(row):
            refused = _entries(staff[role]).filter(result=Result.REFUSED)
            before = refused.count()
            answer = _client(staff[role]).get(reverse(name, kwargs=row.args(cases["assigned"])))
            if answer.status_code == 403:
                assert refused.count() > before, role
            return


def test_the_silent_pages_are_pages() -> None:
    assert set(SILENT) <= set(ROWS)
