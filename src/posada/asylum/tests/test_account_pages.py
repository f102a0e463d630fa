"""The pages of an account: begun from its case, read, told again, marked, erased from, printed for the claim."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, system_actor
from posada.asylum.forms.statement import LONGEST
from posada.asylum.models import Case, Statement
from posada.asylum.services import statement as services
from posada.asylum.tests.accounts_here import GOES, WORDS, begin, make_case, make_person, said_in, texts_in
from posada.asylum.views.account_paper import typeset_account
from posada.audit.models import AuditEntry
from posada.records.door import Reason

pytestmark = [
    pytest.mark.django_db(databases=["default", "keyring"], transaction=True),
    pytest.mark.usefixtures("audit_may_be_emptied"),
]
Browse = Callable[[Role], Client]
TYPED = {"text": WORDS, "on": "2/3/2026", "language": "Español", "present": "Counsel", "read_back": "no"}


@pytest.fixture
def case(site: Site, staff: dict[Role, User]) -> Case:
    return make_case(site, make_person(site), make_person(site, "Luz"), lawyer=staff[Role.LAWYER])


@pytest.fixture
def account(case: Case, actors: dict[Role, Actor]) -> Statement:
    return begin(actors[Role.LAWYER], case)


@pytest.fixture
def lawyer(browse: Browse) -> Client:
    client = browse(Role.LAWYER)
    client.cookies["posada_language"] = "en"
    return client


def _page(name: str, account: Statement) -> str:
    return reverse(f"asylum:{name}", args=[account.pk])


def test_it_is_begun_from_the_list_of_the_case_and_shows_no_word_there(case: Case, lawyer: Client) -> None:
    listed = reverse("asylum:case_accounts", args=[case.number])
    address = reverse("asylum:begin_account", args=[case.number, case.person.number])
    assert address in lawyer.get(listed).content.decode()
    answer = lawyer.post(address, TYPED)
    made = Statement.objects.get()
    assert answer["Location"] == _page("account", made)
    page = lawyer.get(answer["Location"]).content.decode()
    assert GOES in page
    assert "Not read back yet" in page
    for quiet in (listed, reverse("asylum:accounts")):
        said = lawyer.get(quiet).content.decode()
        assert _page("account", made) in said
        assert "Rubio" not in said
    assert lawyer.get(address)["Location"] == _page("account", made), "who is begun is not begun again"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"text": " \n "}, "Write at least one sentence"),
        ({"text": "a" * (LONGEST + 1)}, "at most 120000 fit in one account"),
        ({"on": ""}, "Write the day on which it was told"),
        ({"on": "2019"}, "Write a whole day here"),
        ({"on": "1/1/2999"}, "This day has not come yet"),
        ({"language": ""}, "in which language"),
        ({"read_back": ""}, "Say whether it was read back"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_lost(
    wrong: dict[str, str], words: str, case: Case, lawyer: Client
) -> None:
    address = reverse("asylum:begin_account", args=[case.number, case.person.number])
    answer = lawyer.post(address, {**TYPED, **wrong})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "text" in wrong or GOES in page, "what was typed stands there still"
    assert not Statement.objects.exists()


def test_what_cannot_be_kept_is_said_in_spanish_too(case: Case, lawyer: Client) -> None:
    lawyer.cookies["posada_language"] = "es"
    address = reverse("asylum:begin_account", args=[case.number, case.person.number])
    page = lawyer.post(address, {**TYPED, "text": "", "read_back": ""}).content.decode()
    assert "Escriba al menos una frase tal como la dice la persona." in page
    assert "Diga si se leyó tal como está aquí." in page


def test_a_page_sent_twice_begins_one(case: Case, lawyer: Client) -> None:
    address = reverse("asylum:begin_account", args=[case.number, case.person.number])
    key = str(lawyer.get(address).context["form"]["once"].value())
    first, second = (lawyer.post(address, {**TYPED, "once": key}) for _turn in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert Statement.objects.count() == 1


def test_somebody_who_has_no_part_in_the_case_tells_nothing_in_it(case: Case, lawyer: Client, site: Site) -> None:
    other = make_person(site, "Otra")
    address = reverse("asylum:begin_account", args=[case.number, other.number])
    assert lawyer.post(address, TYPED).status_code == 404
    assert not Statement.objects.exists()


def test_what_somebody_else_changed_meanwhile_is_not_written_over_unseen(
    account: Statement, lawyer: Client, actors: dict[Role, Actor]
) -> None:
    address = _page("tell_again", account)
    seen = lawyer.get(address).context["form"]["seen"].value()
    by = actors[Role.LAWYER]
    held = services.erasable(by=by, statement=account)
    services.erase_sentence(by=by, statement=account, chosen=next(one for one in held if GOES in one.wordings))
    typed = {**TYPED, "seen": seen, "text": f"{WORDS} Y algo más."}
    answer = lawyer.post(address, typed)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Nothing is kept yet" in page
    assert "Y algo más." in page, "their own words are not lost"
    assert GOES not in texts_in(account)[-1]
    again = {**typed, "text": WORDS.replace(GOES, ""), "seen": answer.context["form"]["seen"].value()}
    assert lawyer.post(address, again).status_code == 302


def test_whether_it_was_read_back_is_asked_anew(account: Statement, lawyer: Client) -> None:
    form = lawyer.get(_page("tell_again", account)).context["form"]
    assert form["read_back"].value() is None
    assert form["text"].value() == WORDS


def test_a_sentence_is_chosen_and_gone(account: Statement, lawyer: Client) -> None:
    address = _page("erase_account_sentence", account)
    choices = lawyer.get(address).context["form"].fields["sentence"].choices
    key = next(key for key, line in choices if GOES in line)
    assert lawyer.post(address, {}).status_code == 422
    assert lawyer.post(address, {"sentence": "made up"}).status_code == 422
    assert GOES in texts_in(account)[0]
    assert lawyer.post(address, {"sentence": key}).status_code == 302
    for name in ("account", "account_versions", "tell_again", "erase_account_sentence"):
        assert GOES not in lawyer.get(_page(name, account)).content.decode()


def test_a_name_is_shown_as_it_would_be_read_before_it_becomes_a_mark(account: Statement, lawyer: Client) -> None:
    address = _page("mark_names", account)
    typed = {"names": "pedro ruiz\npedro", "mark": ""}
    shown = lawyer.post(address, typed)
    assert shown.context["preview"] == [(GOES, "[A] vino de noche con otros.")]
    assert GOES in texts_in(account)[0], "nothing is replaced yet"
    assert lawyer.post(address, {**typed, "sure": "yes"}).status_code == 302
    assert "[A] vino de noche con otros." in texts_in(account)[0]
    page = lawyer.get(_page("account_versions", account)).content.decode()
    assert "Pedro" not in page


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ("", "Write the name that is to be replaced"),
        ("P", "Write at least two letters"),
        ("Gabriela", "None of these stands in the account"),
        ("\n".join(f"Nombre {chr(97 + number)}" for number in range(21)), "At most 20 lines fit here"),
    ],
)
def test_a_name_that_cannot_be_replaced_is_said(names: str, words: str, account: Statement, lawyer: Client) -> None:
    answer = lawyer.post(_page("mark_names", account), {"names": names, "sure": "yes"})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert GOES in texts_in(account)[0]


def test_it_is_printed_with_a_claim_only_and_that_is_written_down(
    account: Statement, case: Case, lawyer: Client
) -> None:
    address = _page("print_account", account)
    assert lawyer.get(address).status_code == 405
    answer = lawyer.post(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert answer.content.startswith(b"%PDF")
    assert AuditEntry.objects.filter(act="asylum.read_statement", reason=Reason.PRINT).count() == 1
    Statement.objects.update(case=None)
    assert lawyer.post(address).status_code == 404
    assert "erased" in lawyer.get(_page("account", account)).content.decode()


def test_the_paper_is_tagged_for_who_has_it_read_aloud(account: Statement) -> None:
    made = typeset_account(said_in(account)[0], 123)
    assert b"/MarkInfo" in made
    assert b"pdfuaid" in made


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.LAWYER])
def test_no_other_role_comes_to_any_of_it(role: Role, account: Statement, case: Case, browse: Browse) -> None:
    client = browse(role)
    names = ("account", "tell_again", "account_versions", "erase_account_sentence", "mark_names", "erase_account")
    addresses = [*(_page(name, account) for name in names), reverse("asylum:accounts")]
    for address in [*addresses, reverse("asylum:case_accounts", args=[case.number])]:
        answer = client.get(address)
        assert answer.status_code in {403, 404}
        assert "Rubio" not in answer.content.decode()


def test_it_can_be_asked_that_the_whole_of_it_be_erased(account: Statement, lawyer: Client, site: Site) -> None:
    address = _page("erase_account", account)
    assert address in lawyer.get(_page("account", account)).content.decode()
    assert lawyer.post(address, {"why": "asked", "once": str(uuid.uuid4())}).status_code == 302
    assert lawyer.get(_page("account", account)).status_code == 404
    assert Statement.objects.visible_to(system_actor(site.pk)).count() == 0
