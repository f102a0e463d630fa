"""A row of a session can be read in a copy of a PostgreSQL server: no name of staff stands in one."""

import json
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from tests import cast

from posada.accounts import services
from posada.accounts.acts import Role
from posada.accounts.models import User

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def _said() -> str:
    return " ".join(json.dumps(row.get_decoded(), ensure_ascii=False) for row in Session.objects.all())


def test_who_comes_with_a_slip_is_not_named(staff: dict[Role, User]) -> None:
    name, slip = cast.STAFF[Role.DESK], services.issue_slip(staff[Role.DESK])
    answer = Client().post(reverse("accounts:enrol"), {"name": name, "code": slip.code})
    assert answer.status_code == 302
    assert "enrolling" in _said()
    assert name not in _said()


def test_whose_access_was_reviewed_is_not_named(browse: Callable[[Role], Client], staff: dict[Role, User]) -> None:
    browse(Role.AUDITOR).post(reverse("oversight:reviewed", args=[staff[Role.DESK].pk]))
    assert "_messages" in _said()
    assert cast.STAFF[Role.DESK] not in _said()
