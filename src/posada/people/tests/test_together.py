"""A household on one page: a line each, one save, all or nobody."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client

from posada.accounts.acts import Act, Role
from posada.accounts.permissions import Actor
from posada.people import queries, services
from posada.people.models import Household, HouseholdRelation, Identity, Person, RegisterDraft
from posada.people.services import registering
from posada.people.tests.shared import DATABASES, audited
from posada.records.models import SealedRecord, SentForm

pytestmark = pytest.mark.django_db(databases=DATABASES)
ADDRESS = "/people/register/household/"
Browse = Callable[[Role], Client]


def lines(*rows: dict[str, str], empty: int = 0) -> dict[str, str]:
    """The page as a browser sends it."""
    total = len(rows) + empty
    sent = {"once": str(uuid.uuid4()), "arrived_on": "", "line-TOTAL_FORMS": str(total), "line-INITIAL_FORMS": "0"}
    for at in range(total):
        row = rows[at] if at < len(rows) else {}
        for name in ("given_names", "surnames", "sex", "birth", "relation"):
            sent[f"line-{at}-{name}"] = row.get(name, "")
    return sent


FOUR = (
    {"given_names": "Gladys", "surnames": "Mora Vivas", "sex": "female", "birth": "34"},
    {"given_names": "Ramón", "surnames": "Chacón", "sex": "male", "birth": "36", "relation": "partner"},
    {"given_names": "Dani", "birth": "9", "relation": "child"},
    {"given_names": "Luz", "sex": "female", "birth": "3", "relation": "child"},
)


def test_four_are_registered_by_one_save(browse: Browse, desk: Actor) -> None:
    answer = browse(Role.DESK).post(ADDRESS, lines(*FOUR, empty=2), follow=True)
    persons = list(Person.objects.all())
    assert len(persons) == 4
    assert len({one.number for one in persons}) == 4
    assert len({one.household_id for one in persons} - {None}) == 1
    told = {queries.identity_of(one, by=desk).given_names: queries.identity_of(one, by=desk) for one in persons}
    assert told["Gladys"].household_relation is HouseholdRelation.HEAD
    assert (told["Luz"].household_relation, told["Luz"].age) == (HouseholdRelation.CHILD, 3)
    head = next(one for one in persons if queries.identity_of(one, by=desk).given_names == "Gladys")
    page = answer.content.decode()
    assert str(head.number) in page
    assert f"/people/{head.number}/card/?whole=1" in page


def test_sixty_are_registered_by_one_save(browse: Browse, django_assert_max_num_queries: Callable[..., object]) -> None:
    rows = [{"given_names": f"Persona {at}", "birth": str(at % 90)} for at in range(60)]
    answer = browse(Role.DESK).post(ADDRESS, lines(*rows))
    assert answer.status_code == 302
    assert Person.objects.count() == 60
    assert Household.objects.count() == 1
    assert len(audited(Act.REGISTER, reason="household_member")) == 60, "one entry each, not one for each pair"


def test_lines_are_added_and_nothing_typed_is_lost(browse: Browse) -> None:
    page = browse(Role.DESK).post(ADDRESS, lines(*FOUR) | {"act": "more"}).content.decode()
    assert 'name="line-TOTAL_FORMS" value="12"' in page
    assert 'value="Gladys"' in page
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"given_names": "Ana", "birth": "joven"}, "could not be read"),
        ({"given_names": "Ana", "birth": "1/1/2999"}, "has not come yet"),
        ({"birth": "40"}, "Write a name or a call-name on this line"),
    ],
)
def test_one_wrong_line_saves_nobody_and_is_named(browse: Browse, row: dict[str, str], sentence: str) -> None:
    client = browse(Role.DESK)
    client.cookies["posada_language"] = "en"
    answer = client.post(ADDRESS, lines(*FOUR, row))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Line 5" in page
    assert 'value="Gladys"' in page
    assert not Person.objects.exists()
    assert not Household.objects.exists()


def test_an_empty_page_and_a_torn_one_are_refused_in_words(browse: Browse) -> None:
    client = browse(Role.DESK)
    client.cookies["posada_language"] = "en"
    assert "Begin with the first line" in client.post(ADDRESS, lines(empty=4)).content.decode()
    torn = client.post(ADDRESS, {"once": str(uuid.uuid4())})
    assert torn.status_code == 422
    assert "did not come through whole" in torn.content.decode()
    huge = client.post(ADDRESS, lines(FOUR[0]) | {"line-TOTAL_FORMS": "9999999999"})
    assert huge.status_code in {302, 422}
    assert Person.objects.count() <= 1


def test_a_fault_in_the_middle_leaves_nothing(desk: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    write, once, turns = registering.write_person, uuid.uuid4(), iter(range(10))

    def third_fails(*args: object, **words: object) -> Person:
        if next(turns) == 2:
            raise RuntimeError
        return write(*args, **words)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(services.arriving, "write_person", third_fails)
    with pytest.raises(RuntimeError):
        services.register_household(by=desk, identities=[Identity(given_names=name) for name in "ABCD"], once=once)
    assert not Person.objects.exists()
    assert not Household.objects.exists()
    assert not SealedRecord.objects.filter(kind=Identity.KIND).exists()
    assert not SentForm.objects.filter(key=once).exists()


def test_a_page_sent_twice_registers_once(browse: Browse) -> None:
    client, sent = browse(Role.DESK), lines(*FOUR)
    assert client.post(ADDRESS, sent).status_code == 302
    assert client.post(ADDRESS, sent).status_code == 302
    assert Person.objects.count() == 4
    assert Household.objects.count() == 1


def test_one_alone_on_the_page_stands_alone(browse: Browse) -> None:
    browse(Role.DESK).post(ADDRESS, lines(FOUR[0], empty=3))
    assert Person.objects.get().household is None


def test_a_household_that_was_begun_comes_back_line_by_line(browse: Browse) -> None:
    sent = lines(*FOUR, empty=6)
    browse(Role.DESK).post("/people/register/draft/", sent, headers={"HX-Request": "true"})
    again = browse(Role.DESK)
    assert f"?draft={sent['once']}" in again.get(ADDRESS).content.decode()
    page = again.get(ADDRESS, {"draft": sent["once"]}).content.decode()
    assert all(f'value="{row["given_names"]}"' in page for row in FOUR)
    assert 'name="line-TOTAL_FORMS" value="10"' in page
    again.post(ADDRESS, sent)
    assert not RegisterDraft.objects.exists()
