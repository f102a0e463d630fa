"""A caseworker takes a person on; before, the person is shown masked."""

from collections.abc import Callable

import pytest
from django.test import Client

from posada.accounts.acts import Act, Role
from posada.people.models import Person
from posada.people.tests.shared import DATABASES, audited, stranger

pytestmark = pytest.mark.django_db(databases=DATABASES)
Browse = Callable[[Role], Client]


def test_before_it_only_the_mask_is_shown(browse: Browse, yulesi: Person) -> None:
    page = browse(Role.CASEWORKER).get(f"/people/{yulesi.number}/take-on/").content.decode()
    assert "Y. C. R. P." in page
    assert "Carolina" not in page
    assert not audited(Act.READ_IDENTITY)


def test_from_then_on_the_file_is_open(browse: Browse, yulesi: Person) -> None:
    client = browse(Role.CASEWORKER)
    assert client.get(f"/people/{yulesi.number}/correct/").status_code == 403
    assert client.post(f"/people/{yulesi.number}/take-on/").status_code == 302
    assert client.get(f"/people/{yulesi.number}/correct/").status_code == 200
    (row,) = audited(Act.TAKE_ON)
    assert row.role == "caseworker"


def test_other_roles_and_other_houses_are_refused(browse: Browse, yulesi: Person) -> None:
    for role in set(Role) - {Role.CASEWORKER}:
        assert browse(role).post(f"/people/{yulesi.number}/take-on/").status_code == 403
    assert browse(Role.CASEWORKER).post(f"/people/{stranger().number}/take-on/").status_code == 404
