"""Forms on paper: numbers with a check digit, printed in batches, each typed in once from the paper's own day."""

import io
import os
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Role
from posada.accounts.permissions import Actor, Refused
from posada.ground import clock, ids
from posada.people.models import Identity, PaperNumber, PaperState, Person
from posada.people.models.doubles import Pair
from posada.people.services import numbered
from posada.people.tests.shared import typed

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]


def _english(browse: Browse, role: Role = Role.DESK) -> Client:
    client = browse(role)
    client.cookies["posada_language"] = "en"
    return client


def _form(number: int, **words: Any) -> dict[str, Any]:
    day = clock.today()
    return typed(given_names="Wilmer", written_on=f"{day.day}/{day.month}/{day.year}", **words)


@pytest.fixture
def paper(desk: Actor) -> PaperNumber:
    (number,) = numbered.print_numbers(by=desk, count=1)
    PaperNumber.objects.update(printed_on=clock.today() - timedelta(days=10))
    return PaperNumber.objects.get(number=number)


@pytest.mark.parametrize(("language", "word"), [("es", "Nombre"), ("en", "Name or call-name")])
def test_a_batch_is_a_tagged_pdf_with_every_number_and_leaves_nothing_behind(
    language: str, word: str, browse: Browse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    here = set(os.listdir())
    sent = {"count": "3", "language": language, "on_page": "2", "once": str(ids.new_id())}
    answer = browse(Role.SITE_MANAGER).post(reverse("people:paper_forms"), sent)
    assert answer["Content-Type"] == "application/pdf"
    assert b"StructTreeRoot" in answer.content
    pages = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    assert len(pages) == 2
    text = "\n".join(page.get_textpage().get_text_bounded() for page in pages)
    assert word in text
    numbers = list(PaperNumber.objects.values_list("number", flat=True))
    assert len(numbers) == 3
    assert all(str(number) in text and ids.is_sound_number(number) for number in numbers)
    assert not list(tmp_path.rglob("*"))
    assert set(os.listdir()) == here


def test_a_batch_asked_for_twice_by_one_press_is_one_batch(browse: Browse) -> None:
    client = browse(Role.DESK)
    sent = {"count": "2", "language": "es", "on_page": "1", "once": str(ids.new_id())}
    assert client.post(reverse("people:paper_forms"), sent).status_code == 200
    assert client.post(reverse("people:paper_forms"), sent).status_code == 302
    assert PaperNumber.objects.count() == 2
    for count in ("0", "101", "many", ""):
        answer = client.post(reverse("people:paper_forms"), {**sent, "count": count, "once": str(ids.new_id())})
        assert answer.status_code == 422
    assert PaperNumber.objects.count() == 2


def test_a_form_becomes_a_file_from_the_papers_own_day(paper: PaperNumber, browse: Browse, desk: Actor) -> None:
    day = clock.today() - timedelta(days=3)
    client = browse(Role.DESK)
    chosen = client.post(reverse("people:choose_form"), {"form_number": str(paper.number)})
    assert chosen["Location"] == reverse("people:type_in", args=[paper.number])
    assert client.get(chosen["Location"]).status_code == 200
    sent = typed(given_names="Wilmer", written_on=f"{day.day}/{day.month}/{day.year}")
    for _ in range(2):  # the page is sent twice
        assert client.post(chosen["Location"], sent).status_code == 302
    person = Person.objects.get()
    assert person.registered_on == day
    paper.refresh_from_db()
    assert (paper.state, paper.closed_on) == (PaperState.TYPED_IN, clock.today())


def test_a_number_is_typed_in_once_and_the_second_time_says_when_and_nobodys_name(
    paper: PaperNumber, browse: Browse
) -> None:
    client = _english(browse)
    address = reverse("people:type_in", args=[paper.number])
    assert client.post(address, _form(paper.number)).status_code == 302
    client.get(reverse("people:paper_forms"))  # what was told of the first one is read
    again = client.post(address, _form(paper.number, once=str(ids.new_id())))
    assert again.status_code == 422
    assert "typed in on" in again.content.decode()
    refused = client.post(reverse("people:choose_form"), {"form_number": str(paper.number)})
    assert refused.status_code == 422
    assert "typed in on" in refused.content.decode()
    assert "Wilmer" not in refused.content.decode()
    assert str(Person.objects.get().number) not in refused.content.decode()
    assert client.get(address).status_code == 302
    assert not {field.name for field in PaperNumber._meta.get_fields()} & {"person", "record"}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [("1234560", "7 digits"), ("12", "7 digits"), ("", "7 digits"), ("abc", "7 digits"), (None, "never printed")],
)
def test_a_number_that_was_typed_wrong_or_never_printed_is_refused(
    wrong: str | None, words: str, paper: PaperNumber, browse: Browse
) -> None:
    other = next(n for n in iter(lambda: ids.random_number(numbered.DIGITS), 0) if n != paper.number)
    answer = _english(browse).post(
        reverse("people:choose_form"), {"form_number": str(other) if wrong is None else wrong}
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()


@pytest.mark.parametrize("state", ["spoiled", "lost"])
def test_a_form_that_was_given_up_is_typed_in_by_nobody(state: str, paper: PaperNumber, browse: Browse) -> None:
    client = _english(browse)
    sent = {"form_number": str(paper.number), "state": state, "once": str(ids.new_id())}
    assert client.post(reverse("people:give_up_form"), sent).status_code == 302
    answer = client.post(reverse("people:type_in", args=[paper.number]), _form(paper.number))
    assert answer.status_code == 422
    assert f"marked as {state}" in answer.content.decode()
    assert not Person.objects.exists()


def test_a_day_before_the_form_was_printed_or_that_has_not_come_is_refused(paper: PaperNumber, browse: Browse) -> None:
    client = _english(browse)
    for days, word in ((11, "was not there before"), (-1, "has not come yet"), (None, "Write the day")):
        day = clock.today() - timedelta(days=days) if days is not None else None
        sent = _form(paper.number) | {"written_on": f"{day.day}/{day.month}/{day.year}" if day else ""}
        answer = client.post(reverse("people:type_in", args=[paper.number]), sent)
        assert answer.status_code == 422
        assert word in answer.content.decode()
        assert "Wilmer" in answer.content.decode(), "what was typed stays"
    assert not Person.objects.exists()
    assert PaperNumber.objects.get().state == PaperState.PRINTED


def test_two_desks_with_one_form_make_one_file(paper: PaperNumber, desk: Actor) -> None:
    numbered.register_from_paper(by=desk, form=paper, written_on=clock.today(), identity=Identity(given_names="Wilmer"))
    with pytest.raises(numbered.FormClosed):
        numbered.register_from_paper(
            by=desk, form=paper, written_on=clock.today(), identity=Identity(given_names="Wilmer")
        )
    assert Person.objects.count() == 1


def test_others_print_no_forms(actors: dict[Role, Actor]) -> None:
    for role in (Role.CASEWORKER, Role.LAWYER, Role.AUDITOR, Role.HELPER):
        with pytest.raises(Refused):
            numbered.print_numbers(by=actors[role], count=1)


def test_who_may_be_here_already_is_shown_while_a_form_is_typed_in(
    paper: PaperNumber, browse: Browse, desk: Actor, yulesi: Person
) -> None:
    client, address = _english(browse), reverse("people:type_in", args=[paper.number])
    assert f'hx-post="{address}"' in client.get(address).content.decode()
    alike = {"given_names": "Yulesy", "surnames": "Ramires Pena", "sex": "female", "birth": "1987"}
    asked = _form(paper.number) | alike | {"act": "look"}
    part = client.post(address, asked, headers={"HX-Request": "true"}).content.decode()
    whole = client.post(address, asked).content.decode()  # without scripts: the page, and nothing that was typed lost
    for page in (part, whole):
        assert "Y. C. R. P." in page
        assert str(yulesi.number) in page
        assert "Ramírez" not in page
    assert "<html" not in part
    assert 'value="Ramires Pena"' in whole
    assert Person.objects.count() == 1
    assert PaperNumber.objects.get().state == PaperState.PRINTED
    told = client.post(reverse("people:same", args=[yulesi.number]), asked, follow=True).content.decode()
    assert "form on paper still waits" in told
    sent = _form(paper.number) | alike | {"perhaps": str(yulesi.number)}
    assert client.post(address, sent).status_code == 302
    assert Pair.objects.filter(first__in=Person.objects.all()).count() == 1


@pytest.mark.parametrize(("language", "mark"), [("es", "Reimpreso"), ("en", "Printed again")])
def test_a_batch_is_printed_again_with_the_same_numbers_and_each_is_typed_in_once(
    language: str, mark: str, browse: Browse, desk: Actor
) -> None:
    numbers = numbered.print_numbers(by=desk, count=3)
    numbered.give_up(by=desk, number=numbers[0], state=PaperState.SPOILED)
    (batch,) = numbered.batches(desk)
    assert (batch.many, batch.waiting) == (3, 2)
    client = _english(browse)
    address = reverse("people:print_again", args=[batch.id])
    assert address in client.get(reverse("people:paper_forms")).content.decode()
    answer = client.post(address, {"language": language, "on_page": "2"})
    pages = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    text = "\n".join(page.get_textpage().get_text_bounded() for page in pages)
    assert mark in text
    assert [str(number) in text for number in numbers] == [False, True, True]
    assert PaperNumber.objects.count() == 3
    form = PaperNumber.objects.get(number=numbers[1])
    for again in (False, True):
        told = client.post(reverse("people:type_in", args=[form.number]), _form(form.number))
        assert told.status_code == (422 if again else 302)
    assert "Choose the language" in client.post(address, {"on_page": "9"}, follow=True).content.decode()
    numbered.give_up(by=desk, number=numbers[2], state=PaperState.LOST)
    for unknown in (batch.id, ids.new_id()):
        gone = client.post(
            reverse("people:print_again", args=[unknown]), {"language": "en", "on_page": "1"}, follow=True
        )
        assert "No form of this batch waits" in gone.content.decode()
