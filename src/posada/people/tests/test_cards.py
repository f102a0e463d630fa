"""The ticket and card; a card that was lost; a number typed wrong; a birth in the house."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from posada.accounts.acts import Act, Role
from posada.accounts.permissions import Actor, Refused
from posada.ground import clock, ids
from posada.people import queries, services
from posada.people.models import HouseholdRelation, Identity, Person
from posada.people.rules.birth_here import Newborn
from posada.people.tests.shared import DATABASES, audited, stranger, typed
from posada.ui.pictures.codes import square_code

pytestmark = pytest.mark.django_db(databases=DATABASES)
Browse = Callable[[Role], Client]


def test_the_card_says_the_number_and_nothing_else(browse: Browse, yulesi: Person) -> None:
    page = browse(Role.DESK).get(f"/people/{yulesi.number}/card/").content.decode()
    drawn = re.search(r'<path[^>]*class="square-code[^>]*>|<svg[^>]*square-code.*?</svg>', page, re.DOTALL)
    assert drawn
    path = re.search(r'd="[^"]+"', square_code(str(yulesi.number)))
    assert path
    assert path[0] in page, "the square code is that of the number alone"
    assert ids.is_sound_number(yulesi.number)
    assert not any(word in page for word in ("Yulesi", "Ram", "1987", "Colón"))
    assert [row.reason for row in audited(Act.REGISTER)][-1] == "card_printed"


def test_a_lost_card_is_printed_again_with_the_same_number_and_written_down(browse: Browse, yulesi: Person) -> None:
    client = browse(Role.DESK)
    key = re.search(r'name="once" value="([^"]+)"', client.get(f"/people/{yulesi.number}/card/").content.decode())
    assert key
    for _twice in range(2):
        answer = client.post(f"/people/{yulesi.number}/card/lost/", {"once": key[1]}, follow=True)
        assert answer.status_code == 200
        assert str(yulesi.number) in answer.content.decode()
    assert len(audited(Act.REGISTER, reason="card_lost")) == 1
    yulesi.refresh_from_db()


def test_the_cards_of_a_household_come_together_and_of_strangers_never(browse: Browse, desk: Actor) -> None:
    first, second = services.register_household(
        by=desk, identities=[Identity(given_names="Ana"), Identity(given_names="Luz")]
    )
    alone = services.register_person(by=desk, identity=Identity(given_names="Rosa"))
    client = browse(Role.DESK)
    page = client.get(f"/people/{first.number}/card/", {"whole": "1"}).content.decode()
    assert page.count('class="ticket"') == 2
    assert str(second.number) in page
    assert str(alone.number) not in page
    assert client.get(f"/people/{stranger().number}/card/").status_code == 404


@pytest.mark.parametrize("slip", ["digit", "swap"])
def test_a_number_typed_wrong_gets_its_sentence(browse: Browse, yulesi: Person, slip: str) -> None:
    digits = str(yulesi.number)
    if slip == "digit":
        wrong = digits[:2] + str((int(digits[2]) + 1) % 10) + digits[3:]
    else:
        at = next(at for at in range(len(digits) - 1) if digits[at] != digits[at + 1])
        wrong = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    client = browse(Role.DESK)
    client.cookies["posada_language"] = "en"
    answer = client.post("/people/register/", typed(given_names="Rosa", company="member", member=wrong))
    assert answer.status_code == 422
    assert "one of its digits is wrong" in answer.content.decode()
    assert Person.objects.count() == 1


def test_a_birth_is_one_press_on_the_mothers_page(browse: Browse, desk: Actor, yulesi: Person) -> None:
    client = browse(Role.DESK)
    assert f"/people/{yulesi.number}/birth/" in client.get(f"/person/{yulesi.number}/", follow=True).content.decode()
    assert client.post(f"/people/{yulesi.number}/birth/", {"sex": "female"}).status_code == 302
    yulesi.refresh_from_db()
    child = Person.objects.exclude(pk=yulesi.pk).get()
    assert child.household is not None
    assert child.household == yulesi.household
    held = queries.identity_of(child, by=desk)
    assert held.birth == clock.today().isoformat()
    assert held.household_relation is HouseholdRelation.CHILD
    assert held.mother == "Yulesi Carolina Ramírez Peña"
    assert len(audited(Act.NOTE_BIRTH, reason="birth")) == 1


def test_a_birth_sent_twice_is_one_child(browse: Browse, yulesi: Person) -> None:
    client = browse(Role.DESK)
    sent = {"once": str(ids.new_id()), "given_names": "Luz"}
    for _twice in range(2):
        assert client.post(f"/people/{yulesi.number}/birth/", sent).status_code == 302
    assert Person.objects.count() == 2


def test_a_daughters_child_is_the_heads_grandchild(desk: Actor) -> None:
    identities = [Identity(given_names="Ana"), Identity(given_names="Luz", household_relation=HouseholdRelation.CHILD)]
    _head, daughter = services.register_household(by=desk, identities=identities)
    child = services.register_birth(by=desk, mother=daughter, child=Newborn())
    assert queries.identity_of(child, by=desk).household_relation is HouseholdRelation.GRANDCHILD


def test_only_the_desk_prints_cards_and_a_caseworker_notes_births_too(
    actors: dict[Role, Actor], yulesi: Person
) -> None:
    for role in set(Role) - {Role.DESK}:
        with pytest.raises(Refused):
            services.show_cards(by=actors[role], person=yulesi)
    for role in set(Role) - {Role.DESK, Role.CASEWORKER}:
        with pytest.raises(Refused):
            services.register_birth(by=actors[role], mother=yulesi, child=Newborn())
    assert Person.objects.count() == 1


@pytest.mark.parametrize("field", ["birth", "arrived_on"])
def test_a_day_in_the_future_is_refused_in_words(browse: Browse, field: str) -> None:
    client = browse(Role.DESK)
    client.cookies["posada_language"] = "en"
    answer = client.post("/people/register/", typed(given_names="Rosa", **{field: "1/1/2999"}))
    assert answer.status_code == 422
    assert "has not come yet" in answer.content.decode()
    assert ("clock is wrong" in answer.content.decode()) == (field == "arrived_on")
    assert not Person.objects.exists()


def test_who_refuses_every_optional_question_takes_the_same_steps(browse: Browse) -> None:
    everything = typed(
        given_names="Gladys",
        surnames="Mora",
        sex="female",
        birth="34",
        origin="Rubio",
        mother="Ana Vivas",
        be_found="yes",
        referral="no",
    )
    nothing = typed(call_name="La señora del pañuelo")
    steps = []
    for form in (everything, nothing):
        client = browse(Role.DESK)
        chain = client.post("/people/register/", form, follow=True).redirect_chain
        number = client.session["people_last_registered"]
        bed = client.get(f"/house/assign/{number}/")
        steps.append((chain, bed.status_code, bed.headers.get("Location")))
    assert steps[0] == steps[1]
    assert steps[0][1] == 200
