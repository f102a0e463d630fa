"""A caseworker takes a person on; before, the person is shown masked."""

from collections.abc import Callable

import pytest
from django.test import Client, override_settings

from posada.accounts.acts import Act, Role
from posada.people.models import Person
from posada.people.tests.shared import DATABASES, audited, stranger
from posada.vault import keyring

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


def test_looking_at_the_mask_counts_as_a_search_of_this_person(browse: Browse, yulesi: Person) -> None:
    browse(Role.CASEWORKER).get(f"/people/{yulesi.number}/take-on/")
    (row,) = audited(Act.SEARCH)
    assert (row.role, row.reason, row.result) == ("caseworker", "card", "done")
    assert row.subject == keyring.pseudonym(yulesi.pk)


@override_settings(SEARCHES_AN_HOUR=2)
def test_masks_are_not_looked_through_one_by_one(browse: Browse, yulesi: Person) -> None:
    client = browse(Role.CASEWORKER)
    address = f"/people/{yulesi.number}/take-on/"
    assert [client.get(address).status_code for _ in range(3)] == [200, 200, 429]
    assert "Y. C. R. P." not in client.get(address).content.decode()


@override_settings(SEARCHES_AN_HOUR=2)
def test_numbers_are_not_tried_out_one_by_one(browse: Browse, yulesi: Person) -> None:
    client = browse(Role.CASEWORKER)
    codes = [client.get(f"/people/{number}/take-on/").status_code for number in (1, 2, 3)]
    assert codes == [404, 404, 429]
    assert [(row.reason, row.count) for row in audited(Act.SEARCH, result="nothing")] == [("number", 0)] * 2
    assert client.get(f"/people/{yulesi.number}/take-on/").status_code == 429
