"""What goes to the authority: a record of the house with two present, sealed, linked to nobody."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Role
from posada.accounts.models import User
from posada.accounts.permissions import Actor, Refused
from posada.ground import clock, ids
from posada.people.models import Person
from posada.shelter.models import HandedIn, HandedInWords, ObjectKind
from posada.shelter.services import handing_in
from posada.shelter.services.handing_in import BagTaken, NotPresent, NotYet

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]


@pytest.fixture
def browse(browse: Browse) -> Browse:
    """In English."""

    def signed_in(role: Role) -> Client:
        client = browse(role)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    return signed_in


def _words(first: User, second: User, days: int = 0) -> HandedInWords:
    on = clock.today() + timedelta(days=days)
    return HandedInWords(kind=ObjectKind.CUTS, on=on, authority="Oficina Inventada", present=(first.pk, second.pk))


def test_it_is_linked_to_no_person_and_no_day_or_word_of_it_stands_in_clear(
    actors: dict[Role, Actor], staff: dict[Role, User], person: Person
) -> None:
    words = _words(staff[Role.DESK], staff[Role.CASEWORKER])
    row = handing_in.hand_in(by=actors[Role.DESK], tag=17, words=words)
    assert {field.name for field in HandedIn._meta.get_fields()} == {"id", "site", "tag", "words"}
    assert row.words.subject == row.pk != person.pk
    assert row.words.registered_on is None
    assert b"Inventada" not in bytes(row.words.body)
    assert handing_in.read(by=actors[Role.SITE_MANAGER], row=row) == words
    for role in (Role.CASEWORKER, Role.LAWYER, Role.AUDITOR, Role.HELPER):
        with pytest.raises(Refused):
            handing_in.read(by=actors[role], row=row)


def test_two_are_present_the_tag_is_new_and_the_day_has_come(
    actors: dict[Role, Actor], staff: dict[Role, User]
) -> None:
    desk, first, second = actors[Role.DESK], staff[Role.DESK], staff[Role.CASEWORKER]
    for words, error in (
        (_words(first, first), NotPresent),
        (_words(second, first), NotPresent),
        (_words(first, second, days=1), NotYet),
    ):
        with pytest.raises(error):
            handing_in.hand_in(by=desk, tag=17, words=words)
    handing_in.hand_in(by=desk, tag=17, words=_words(first, second))
    with pytest.raises(BagTaken):
        handing_in.hand_in(by=desk, tag=17, words=_words(first, second))
    assert HandedIn.objects.count() == 1


def test_the_form_leads_to_a_receipt_that_can_be_printed(browse: Browse, staff: dict[Role, User]) -> None:
    said = {
        "once": str(ids.new_id()),
        "tag": "1234",
        "kind": "rounds",
        "on": clock.today().isoformat(),
        "authority": "Oficina Inventada",
        "receipt": "R-77",
        "second": str(staff[Role.SITE_MANAGER].pk),
    }
    desk = browse(Role.DESK)
    shown = desk.post(reverse("shelter:hand_in"), said, follow=True).content.decode()
    assert all(word in shown for word in ("bag 1234", "Cartridges", "Oficina Inventada", "R-77", "Amaru", "Elías"))
    wrong = desk.post(reverse("shelter:hand_in"), {**said, "once": str(ids.new_id()), "second": ""}).content.decode()
    assert "there are always two" in wrong
