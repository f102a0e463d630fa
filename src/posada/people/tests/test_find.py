"""Finding somebody: at most ten, masked, nothing listed before, and each search written down."""

from collections.abc import Callable

import pytest
from django.test import Client, override_settings

from posada.accounts.acts import Act, Role
from posada.accounts.permissions import Actor, Refused
from posada.people import matching, services
from posada.people.models import Identity, Person, Sex
from posada.people.tests.shared import DATABASES, audited, stranger
from posada.records.models import Change, SealedRecord

pytestmark = pytest.mark.django_db(databases=DATABASES)
ADDRESS = "/people/find/"
Browse = Callable[[Role], Client]


def find(client: Client, line: str, status: int = 200) -> str:
    """The page after a search."""
    answer = client.post(ADDRESS, {"line": line})
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize(
    "line",
    [
        "Yulesi Ramires",
        "ramirez peña yulesi",
        "Ramírez Peña, San Juan de Colón",
        "Yulesi Ramirez 1987",
        "YULESI RAMIRES 31/3/1987",
    ],
)
def test_it_finds_somebody_although_the_name_is_wrong(browse: Browse, yulesi: Person, line: str) -> None:
    page = find(browse(Role.DESK), line)
    assert "Y. C. R. P." in page
    assert f"/person/{yulesi.number}/" in page


def test_hits_are_masked(browse: Browse, yulesi: Person) -> None:
    page = find(browse(Role.DESK), "Yulesi Ramires")
    assert not [word for word in ("Carolina", "Ramírez", "Peña", "Colón", "Carmen") if word in page]


def test_nothing_is_listed_before_a_search(browse: Browse, yulesi: Person) -> None:
    page = browse(Role.DESK).get(ADDRESS).content.decode()
    assert "Y. C." not in page
    assert "Y. C." not in browse(Role.DESK).get(ADDRESS, {"line": "Yulesi Ramírez"}).content.decode()


@pytest.mark.parametrize(
    "line",
    [
        "San Juan de Colón",
        ", San Juan de Colón",
        "1987, San Juan de Colón",
        "1987",
        "*",
        "%",
        "Ram*",
        "_",
        "Y",
        "Y R",
        "?",
        "31",
        "3/1987",
        ",",
        "'",
        "...",
    ],
)
def test_without_a_name_or_number_nothing_is_found(browse: Browse, yulesi: Person, line: str) -> None:
    assert "Y. C. R. P." not in find(browse(Role.DESK), line)


@pytest.mark.parametrize("line", ["Юлия", "محمد", "🌺", "x" * 119, "\x00\x01 Ra", "' OR 1=1 --", "<script>"])
def test_whatever_is_typed_it_answers_calmly(browse: Browse, yulesi: Person, line: str) -> None:
    page = browse(Role.DESK).post(ADDRESS, {"line": line}).content.decode()
    assert "<script>" not in page.replace("<script src", "")


def test_500_letters_are_refused_with_a_sentence(browse: Browse) -> None:
    assert "500" in find(browse(Role.DESK), "x" * 500)


def test_names_in_another_alphabet_are_found(browse: Browse, register: Callable[..., Person]) -> None:
    register(given_names="Юлия", surnames="Петрова")
    assert "Ю. П." in find(browse(Role.DESK), "Юлия Петрова")


def test_a_number_goes_straight_to_its_card(browse: Browse, yulesi: Person, register: Callable[..., Person]) -> None:
    register(given_names="Otra", surnames="Persona")
    page = find(browse(Role.DESK), str(yulesi.number))
    assert page.count("<article") == 1
    assert "Y. C. R. P." in page


def test_a_number_with_a_wrong_digit_is_told_from_one_that_nobody_has(browse: Browse, yulesi: Person) -> None:
    client = browse(Role.DESK)
    client.cookies["posada_language"] = "en"
    wrong = yulesi.number + (1 if yulesi.number % 10 < 9 else -1)
    assert "One digit of this number is wrong" in find(client, str(wrong))
    yulesi.number = 572 * 10**6
    assert "<article" not in find(client, "5724000004")


def test_at_most_ten_are_shown(browse: Browse, register: Callable[..., Person]) -> None:
    for number in range(14):
        register(given_names="Luz Marina", surnames="Duarte", birth=str(1970 + number))
    assert find(browse(Role.DESK), "Luz Marina Duarte").count("<article") == 10


def test_people_of_another_house_are_never_found(browse: Browse) -> None:
    other = stranger()
    assert "<article" not in find(browse(Role.DESK), "Yulesi Ramírez Peña")
    assert "<article" not in find(browse(Role.DESK), str(other.number))


def test_it_is_written_down_also_when_nothing_was_found(browse: Browse, yulesi: Person) -> None:
    client = browse(Role.DESK)
    find(client, "Yulesi Ramírez")
    find(client, "Wilmer Duarte")
    find(client, str(yulesi.number))
    assert [(row.reason, row.result, row.count) for row in audited(Act.SEARCH)] == [
        ("name", "done", 1),
        ("name", "nothing", 0),
        ("number", "done", 1),
    ]


@override_settings(SEARCHES_AN_HOUR=2)
def test_searches_have_a_number_an_hour(browse: Browse, yulesi: Person) -> None:
    client = browse(Role.DESK)
    find(client, "Yulesi Ramírez")
    find(client, "Yulesi Ramírez")
    assert "Y. C. R. P." not in find(client, "Yulesi Ramírez", status=429)
    assert len(audited(Act.SEARCH, result="done")) == 2


@pytest.mark.parametrize("role", [Role.LAWYER, Role.SITE_MANAGER, Role.AUDITOR])
def test_roles_without_the_act_do_not_search(browse: Browse, actors: dict[Role, Actor], role: Role) -> None:
    assert browse(role).get(ADDRESS).status_code == 403
    assert browse(role).post(ADDRESS, {"line": "Yulesi"}).status_code == 403
    with pytest.raises(Refused):
        services.find(by=actors[role], typed=matching.read_line("Yulesi"))


def test_the_index_follows_corrections_and_removals(desk: Actor, caseworker: Actor, yulesi: Person) -> None:
    services.take_on(by=caseworker, person=yulesi)
    renamed = Identity(given_names="Gladys", surnames="Ochoa")
    services.correct_person(by=caseworker, person=yulesi, identity=renamed, expected_version=1)
    assert matching.search(desk, matching.read_line("Gladys Ochoa"))
    assert not matching.search(desk, matching.read_line("Yulesi Ramírez"))
    matching.remove(yulesi.pk)
    assert not matching.search(desk, matching.read_line("Gladys Ochoa"))
    assert matching.masked(desk, yulesi.pk).line == ""


def test_a_removal_in_the_change_log_takes_somebody_out(desk: Actor, yulesi: Person) -> None:
    record = SealedRecord.objects.get(pk=yulesi.identity_id)
    assert matching.search(desk, matching.read_line("Yulesi Ramírez"))
    Change.objects.create(record=record.pk, subject=yulesi.pk, kind=record.kind, what=Change.What.REMOVED)
    assert not matching.search(desk, matching.read_line("Yulesi Ramírez"))


def test_candidates_are_given_with_evidence_for_their_house_only(desk: Actor, yulesi: Person) -> None:
    stranger()
    sought = Identity(given_names="Yulesi", surnames="Ramires Peña", sex=Sex.FEMALE, birth="1987")
    ((person_id, probability, evidence),) = matching.candidates_for(
        matching.to_kinmatch_record(sought), site=desk.site, limit=5, minimum=0.5
    )
    assert person_id == yulesi.pk
    assert probability > 0.9
    assert evidence
