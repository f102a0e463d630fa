"""Needs: voluntary, seen only by those who must; the house learns what to do and not why."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Role
from posada.accounts.permissions import Actor, Refused
from posada.accounts.services import assign
from posada.ground import ids
from posada.people import services as people
from posada.people.forms.needs import NeedsForm
from posada.people.models import Identity, Person
from posada.people.rules.needs import APART, TABLE, Consequence, Need, NeedSaid, Said
from posada.people.services import needs
from posada.people.services.needs import AlreadyWritten, WrongPlace
from posada.records.models import SealedRecord
from posada.records.services import Stale

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

ILL = (NeedSaid(Need.ILLNESS, Said.YES),)
LOW = (Consequence.LOWER_BED,)


@pytest.fixture
def person(actors: dict[Role, Actor]) -> Person:
    made = people.register_person(by=actors[Role.DESK], identity=Identity(given_names="Inventada"), phone="")
    user = actors[Role.CASEWORKER].user
    assert user is not None
    assign(user_id=user, site_id=made.site_id, subject=made.pk)
    return made


def test_the_desk_writes_once_and_never_reads_back(actors: dict[Role, Actor], person: Person) -> None:
    desk = actors[Role.DESK]
    needs.write_needs(by=desk, person=person, answers=ILL, consequences=LOW, words="Qxasma")
    with pytest.raises(Refused):
        needs.read_needs(by=desk, person=person)
    with pytest.raises(AlreadyWritten):
        needs.write_needs(by=desk, person=person, answers=(), consequences=(), expected=1)
    held, version = needs.read_needs(by=actors[Role.CASEWORKER], person=person)
    assert held
    assert held.answers == ILL
    assert version == 1
    assert needs.consequences_for(by=actors[Role.DESK], person=person) == LOW


def test_whoever_gives_beds_reads_what_follows_and_no_reason(
    actors: dict[Role, Actor], person: Person, browse: Callable[[Role], Client]
) -> None:
    needs.write_needs(by=actors[Role.DESK], person=person, answers=ILL, consequences=(Consequence.SEPARATE,))
    found = needs.consequences_of(by=actors[Role.DESK], persons=[person])
    assert found == {person.pk: (Consequence.SEPARATE,)}
    for role in (Role.SITE_MANAGER, Role.LAWYER, Role.HELPER, Role.AUDITOR, Role.TRACING_OFFICER):
        with pytest.raises(Refused):
            needs.consequences_for(by=actors[role], person=person)
        with pytest.raises(Refused):
            needs.read_needs(by=actors[role], person=person)
    assert browse(Role.DESK).get(reverse("people:needs", args=[person.number])).status_code == 302


def test_what_is_most_dangerous_is_kept_in_a_record_of_its_own(actors: dict[Role, Actor], person: Person) -> None:
    worker, apart = actors[Role.CASEWORKER], (NeedSaid(Need.VIOLENCE, Said.PREFERS_NOT),)
    assert {TABLE.of(need).code for need in APART} == {"TR", "SV"}
    with pytest.raises(WrongPlace):
        needs.write_needs(by=worker, person=person, answers=apart, consequences=())
    with pytest.raises(Refused):
        needs.write_apart(by=actors[Role.DESK], person=person, answers=apart)
    needs.write_apart(by=worker, person=person, answers=apart)
    assert needs.read_needs(by=worker, person=person) == (None, 0)
    held, version = needs.read_apart(by=worker, person=person)
    assert held
    assert held.answers == apart
    assert version == 1
    with pytest.raises(Stale):
        needs.write_apart(by=worker, person=person, answers=apart, expected=0)


def test_nothing_is_ticked_before_and_nobody_must_answer(
    person: Person, browse: Callable[[Role], Client], actors: dict[Role, Actor]
) -> None:
    form = NeedsForm()
    assert all(not question.initial for question in form.questions)
    assert all(Said.PREFERS_NOT in dict(q.field.choices) for q in form.questions)  # type: ignore[attr-defined]
    client, page = browse(Role.DESK), reverse("people:needs", args=[person.number])
    body = client.get(page).content.decode()
    ticked = [part for part in body.split("<input")[1:] if " checked" in part.split(">")[0]]
    assert all('value=""' in part.split(">")[0] for part in ticked)
    assert not [part for part in body.split("<input")[1:] if "consequences" in part and " checked" in part[:200]]
    sent = client.post(page, {"once": str(ids.new_id()), "version": "0"})
    assert sent.status_code == 302
    held, _version = needs.read_needs(by=actors[Role.CASEWORKER], person=person)
    assert held
    assert held.answers == ()
    assert held.words == ""


def test_every_need_has_its_category_and_no_code_is_called_sure(
    person: Person, browse: Callable[[Role], Client], actors: dict[Role, Actor]
) -> None:
    assert {row.need for row in TABLE.rows} == set(Need)
    assert TABLE.code_confidence == "D"
    needs.write_needs(by=actors[Role.DESK], person=person, answers=ILL, consequences=())
    page = browse(Role.CASEWORKER).get(reverse("people:needs", args=[person.number]))
    assert "Serious medical condition" in page.content.decode()
    assert "código sin verificar" in page.content.decode() or "unverified code" in page.content.decode()


def test_an_answer_that_was_not_offered_changes_nothing(person: Person, browse: Callable[[Role], Client]) -> None:
    page = reverse("people:needs", args=[person.number])
    sent = browse(Role.DESK).post(page, {"once": str(ids.new_id()), "version": "0", Need.OLDER.value: "maybe"})
    assert sent.status_code == 422
    assert not SealedRecord.objects.filter(kind="person.needs").exists()
