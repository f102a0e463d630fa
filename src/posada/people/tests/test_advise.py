"""Advice while registering: it helps, never blocks, and is no search box."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client, override_settings
from msgspec import structs

from posada.accounts.acts import Act, Role
from posada.accounts.permissions import Actor, Refused
from posada.ground import clock
from posada.people import matching, services
from posada.people.models import Identity, Person, Sex
from posada.people.services import searching
from posada.people.tests.shared import DATABASES, audited, stranger, typed
from posada.records.quotas import QuotaReached

pytestmark = pytest.mark.django_db(databases=DATABASES)
ADDRESS = "/people/register/"
Browse = Callable[[Role], Client]
STORED = ("Yulesi", "Carolina", "Ramírez", "Peña", "Colón", "Carmen", "1987-03")
ALIKE = {"given_names": "Yulesy", "surnames": "Ramires Pena", "sex": "female", "birth": "1987"}


def look(client: Client, **words: str) -> str:
    """Ask for advice as the page's script does."""
    answer = client.post(ADDRESS, typed(**words) | {"act": "look"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_shows_a_masked_card_with_a_chance_and_why(browse: Browse, yulesi: Person) -> None:
    page = look(browse(Role.DESK), **ALIKE)
    assert "Y. C. R. P." in page
    assert "99 %" in page
    assert "Ramires Pena" in page
    assert str(yulesi.number) in page


def test_it_never_quotes_what_is_stored(browse: Browse, yulesi: Person) -> None:
    page = look(browse(Role.DESK), **ALIKE, mother="Karmen Pena", origin="San Juan")
    assert "Y. C. R. P." in page
    assert not [word for word in STORED if word in page]
    control = look(browse(Role.DESK), **{**ALIKE, "surnames": "Ramírez Peña"})
    assert "Ramírez" in control  # the same scan finds what was typed


def test_it_wants_a_surname_and_two_facts_more(browse: Browse, yulesi: Person) -> None:
    client = browse(Role.DESK)
    for words in (
        {"given_names": "Yulesi", "sex": "female", "birth": "1987"},
        {"surnames": "Ramírez Peña"},
        {"surnames": "Ramírez Peña", "given_names": "Yulesi"},
        {"surnames": "R", "given_names": "Yulesi", "sex": "female", "birth": "1987"},
        {"origin": "San Juan de Colón", "birth": "1987", "sex": "female"},
    ):
        assert "Y. C. R. P." not in look(client, **words)
    assert not audited(Act.SEARCH)


def test_it_never_blocks(browse: Browse, yulesi: Person) -> None:
    client = browse(Role.DESK)
    same = typed(given_names="Yulesi Carolina", surnames="Ramírez Peña", sex="female", birth="3/1987")
    assert client.post(ADDRESS, same).status_code == 302
    assert Person.objects.count() == 2


def test_it_works_without_scripts_and_loses_nothing(browse: Browse, yulesi: Person) -> None:
    answer = browse(Role.DESK).post(ADDRESS, typed(**ALIKE, mother="Karmen") | {"act": "look"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Y. C. R. P." in page
    assert 'value="Karmen"' in page
    assert "<html" in page
    assert Person.objects.count() == 1


def test_somebody_else_is_not_shown_again_on_this_form(browse: Browse, yulesi: Person) -> None:
    client = browse(Role.DESK)
    page = look(client, **ALIKE, not_same=str(yulesi.number))
    assert "Y. C. R. P." not in page
    assert f'name="dismissed" value="{yulesi.number}"' in page
    assert "Y. C. R. P." not in look(client, **ALIKE, dismissed=str(yulesi.number))
    assert "Y. C. R. P." in look(client, **ALIKE)


def test_family_is_hinted_at_without_telling_the_stored_sex(desk: Actor, yulesi: Person, english: None) -> None:
    typed_sister = Identity(given_names="Marleny", surnames="Ramírez Peña", sex=Sex.FEMALE, birth="1991")
    (hit,) = matching.advise(desk, typed_sister)
    assert hit.hint == "Same surnames, another first name: could be family"
    assert hit.percent < 50


def test_it_is_written_down_once_for_a_form(browse: Browse, yulesi: Person) -> None:
    client = browse(Role.DESK)
    once = str(uuid.uuid4())
    for birth in ("1987", "1988", "3/1987"):
        look(client, **{**ALIKE, "birth": birth, "once": once})
    (row,) = audited(Act.SEARCH)
    assert (row.reason, row.result, row.subject) == ("advice", "done", "")


def test_it_is_written_down_also_when_nobody_is_found(browse: Browse) -> None:
    look(browse(Role.DESK), **ALIKE)
    (row,) = audited(Act.SEARCH)
    assert (row.reason, row.result, row.count) == ("advice", "nothing", 0)


def test_a_form_left_open_is_no_search_box(browse: Browse, yulesi: Person) -> None:
    client = browse(Role.DESK)
    once = str(uuid.uuid4())
    for surnames in ("Ramírez", "Contreras", "Mora"):
        look(client, **{**ALIKE, "surnames": surnames, "once": once})
    assert len(audited(Act.SEARCH)) == 3


@override_settings(SEARCHES_AN_HOUR=2)
def test_forms_opened_and_not_saved_use_up_the_searches(browse: Browse, desk: Actor, yulesi: Person) -> None:
    client = browse(Role.DESK)
    assert "Y. C. R. P." in look(client, **ALIKE)
    assert "Y. C. R. P." in look(client, **ALIKE)
    assert "Y. C. R. P." not in look(client, **ALIKE)
    with pytest.raises(QuotaReached):
        services.find(by=desk, typed=matching.read_line("Ramírez"))
    assert client.post(ADDRESS, typed(**ALIKE)).status_code == 302  # registering goes on


def test_other_fields_are_not_tried_out_on_an_open_form(browse: Browse, yulesi: Person) -> None:
    client = browse(Role.DESK)
    once = str(uuid.uuid4())
    for birth in range(1960, 1960 + 1 + searching.FREE_LOOKS):
        look(client, **{**ALIKE, "birth": str(birth), "once": once})
    assert len(audited(Act.SEARCH)) == 1
    for mother in ("Ana", "Rosa", "Carmen"):
        look(client, **ALIKE, mother=mother, once=once)
    assert len(audited(Act.SEARCH)) == 4


@override_settings(SEARCHES_AN_HOUR=3)
def test_harvesting_by_one_form_comes_to_an_end(browse: Browse, yulesi: Person) -> None:
    client = browse(Role.DESK)
    once = str(uuid.uuid4())
    pages = [look(client, **ALIKE, origin=f"San {number}", once=once) for number in range(20)]
    shown = ["Y. C. R. P." in page for page in pages]
    assert shown == [True] * (3 + searching.FREE_LOOKS) + [False] * (17 - searching.FREE_LOOKS)
    assert len(audited(Act.SEARCH, result="done")) == 3


def test_a_surname_that_does_not_agree_finds_nobody(browse: Browse, desk: Actor, yulesi: Person) -> None:
    right = Identity(given_names="Yulesi Carolina", surnames="Ramires", birth="1987-03", origin="San Juan de Colón")
    assert matching.advise(desk, right)
    assert not matching.advise(desk, structs.replace(right, surnames="zz"))
    assert "Y. C. R. P." not in look(browse(Role.DESK), **{**ALIKE, "surnames": "zz"})


@pytest.mark.usefixtures("english")
def test_reasons_confirm_names_and_year_and_nothing_else(desk: Actor, yulesi: Person) -> None:
    words = Identity(given_names="Yulesi", surnames="Ramírez Peña", birth="1987-03", sex=Sex.FEMALE)
    (bare,) = matching.advise(desk, words)
    (told,) = matching.advise(desk, structs.replace(words, origin="San Juan de Colón", mother="Carmen Peña"))
    assert told.why == bare.why
    assert "1987" in told.why
    assert "03" not in told.why
    assert "month" not in told.why


@pytest.mark.parametrize(
    "more",
    [
        {"mother": "Carmen Peña"},
        {"mother": "Zoila Blanco"},
        {"origin": "San Juan de Colón"},
        {"origin": "Maracaibo"},
        {"birth": "1987-03"},
        {"birth": "1987-11-02"},
        {"sex": Sex.FEMALE},
        {"sex": Sex.MALE},
        {"document": "V-1"},
        {"call_name": "Yuli"},
    ],
    ids=str,
)
@pytest.mark.parametrize("bare", [{"given_names": "Yulesi"}, {"given_names": "Julia"}], ids=str)
def test_the_chance_confirms_nothing_that_the_reasons_would_not(
    bare: dict[str, str], more: dict[str, str], desk: Actor, yulesi: Person
) -> None:
    plain = Identity(surnames="Ramírez Peña", birth="1987", sex=Sex.FEMALE, mother="Rosa")
    words = structs.replace(plain, **bare)
    told = [
        [(hit.known.number, hit.percent, hit.hint) for hit in matching.advise(desk, one)]
        for one in (words, structs.replace(words, **more))
    ]
    assert told[0] == told[1]
    assert told[0]


def test_the_chance_still_weighs_names_and_year(desk: Actor, yulesi: Person) -> None:
    words = Identity(given_names="Yulesi", surnames="Ramírez Peña", birth="1987", sex=Sex.FEMALE)
    (right,) = matching.advise(desk, words)
    found = matching.advise(desk, structs.replace(words, birth="1961"))
    assert right.percent > max((hit.percent for hit in found), default=0)


def test_nobody_moves_up_in_the_place_of_somebody_else(desk: Actor, register: Callable[..., Person]) -> None:
    for _ in range(8):
        register(given_names="Yulesi", surnames="Ramírez Peña", sex=Sex.FEMALE, birth="1987")
    typed_words = Identity(given_names="Yulesi", surnames="Ramírez Peña", birth="1987")
    numbers = [hit.known.number for hit in matching.advise(desk, typed_words)]
    left = [hit.known.number for hit in matching.advise(desk, typed_words, without=numbers[:2])]
    assert left == numbers[2:]


def test_people_of_another_house_are_never_advised(browse: Browse) -> None:
    stranger()
    assert "Y. C. R. P." not in look(browse(Role.DESK), **ALIKE)


def test_at_most_five_are_shown(browse: Browse, register: Callable[..., Person]) -> None:
    for _ in range(8):
        register(given_names="Yulesi", surnames="Ramírez Peña", sex=Sex.FEMALE, birth="1987")
    assert look(browse(Role.DESK), **ALIKE).count("<article") == 5


def test_it_does_not_ask_by_address(browse: Browse, yulesi: Person) -> None:
    page = browse(Role.DESK).get(ADDRESS, {**ALIKE, "act": "look"}).content.decode()
    assert "Y. C. R. P." not in page


def test_only_those_who_register_are_advised(actors: dict[Role, Actor], yulesi: Person) -> None:
    typed_words = Identity(surnames="Ramírez", given_names="Yulesi", sex=Sex.FEMALE)
    for role in set(Role) - {Role.DESK}:
        with pytest.raises(Refused):
            services.look_whether_here(by=actors[role], typed=typed_words, form=uuid.uuid4())


def test_it_is_the_same_person_leads_to_the_file_and_is_written_down(browse: Browse, yulesi: Person) -> None:
    client = browse(Role.DESK)
    answer = client.post(f"/people/{yulesi.number}/same/", typed(**ALIKE))
    assert answer.headers["Location"] == f"/person/{yulesi.number}/"
    (row,) = audited(Act.SEARCH)
    assert row.reason == "same_person"
    assert row.subject
    assert Person.objects.count() == 1


def test_the_same_person_of_another_house_is_a_404(browse: Browse) -> None:
    assert browse(Role.DESK).post(f"/people/{stranger().number}/same/").status_code == 404


def test_only_the_desk_says_that_it_is_the_same_person(browse: Browse, yulesi: Person) -> None:
    for role in set(Role) - {Role.DESK}:
        assert browse(role).post(f"/people/{yulesi.number}/same/").status_code == 403
    assert browse(Role.DESK).get(f"/people/{yulesi.number}/same/").status_code == 405


def test_who_was_registered_a_moment_ago_is_known_at_once(browse: Browse) -> None:
    client = browse(Role.DESK)
    client.post(ADDRESS, typed(given_names="Wilmer", surnames="Duarte Mora", sex="male", birth="1990"))
    again = {"given_names": "Wilmer", "surnames": "Duarte Mora", "sex": "male", "birth": "1990"}
    assert "W. D. M." in look(client, **again)


def test_a_form_that_is_never_saved_is_written_down_as_abandoned(
    desk: Actor, yulesi: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Identity(given_names="Marleny", surnames="Ramírez", birth="1991")
    left, saved = uuid.uuid4(), uuid.uuid4()
    for form in (left, saved):
        services.look_whether_here(by=desk, typed=told, form=form)
    services.register_person(by=desk, identity=told, once=saved)
    monkeypatch.setattr(clock, "_shift", clock._shift + timedelta(minutes=61))
    assert not audited(Act.REGISTER, result="nothing")
    services.look_whether_here(by=desk, typed=told, form=uuid.uuid4())
    (row,) = audited(Act.REGISTER, result="nothing")
    assert (row.reason, row.count, row.actor) == ("abandoned", 1, desk.user)
