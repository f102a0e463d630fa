"""Documents that people carry, that the house keeps for them, or that were lost: sealed, and gone with their person."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts import services as accounts
from posada.accounts.acts import Role
from posada.accounts.models import User
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.desk import waiting
from posada.ground import clock, ids
from posada.people.models import CarriedDocument, Person
from posada.people.rules.documents import DocumentKind, DocumentWords, HeldBy, last_day, replacing
from posada.people.services import documents
from posada.records import erasing
from posada.records.models import Erasure, SealedRecord, What
from posada.records.models.erasing import Why

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]
NUMBER = "QX0987654"


def _sent(**words: str) -> dict[str, Any]:
    plain = {"kind": "passport", "held_by": "person", "seen": "original", "number": NUMBER, "issuer": "SAIME"}
    return {**plain, "country": "Venezuela", "once": str(ids.new_id()), **words}


@pytest.fixture
def entrusted(yulesi: Person, staff: dict[Role, User]) -> Person:
    for role in (Role.CASEWORKER, Role.LAWYER):
        accounts.assign(user_id=staff[role].pk, site_id=yulesi.site_id, subject=yulesi.pk)
    return yulesi


def test_a_document_is_sealed_and_keeps_how_exactly_its_end_is_known(entrusted: Person, browse: Browse) -> None:
    client, address = browse(Role.CASEWORKER), reverse("people:documents", args=[entrusted.number])
    for until, kept in (("2031", "2031"), ("3/2031", "2031-03"), ("14/3/2031", "2031-03-14")):
        answer = client.post(reverse("people:add_document", args=[entrusted.number]), _sent(valid_until=until))
        assert answer.status_code == 302
        assert kept in client.get(address).content.decode()
    assert NUMBER in browse(Role.LAWYER).get(address).content.decode()
    for row in CarriedDocument.objects.all():
        assert NUMBER.encode() not in bytes(SealedRecord.objects.get(pk=row.record_id).body)
        assert row.look_on is not None
        assert row.look_on.day == 1, "no exact day of it stands in clear"


@pytest.mark.parametrize("role", [Role.DESK, Role.TRACING_OFFICER, Role.SITE_MANAGER, Role.AUDITOR])
def test_others_see_no_document(role: Role, entrusted: Person, browse: Browse, actors: dict[Role, Actor]) -> None:
    assert browse(role).get(reverse("people:documents", args=[entrusted.number])).status_code in {403, 404}
    with pytest.raises(Refused):
        documents.write_document(by=actors[role], person=entrusted, words=DocumentWords(kind=DocumentKind.OTHER))


def test_what_the_house_keeps_is_warned_of_and_gets_a_receipt_without_a_name(entrusted: Person, browse: Browse) -> None:
    client = browse(Role.CASEWORKER)
    client.cookies["posada_language"] = "en"
    adding = reverse("people:add_document", args=[entrusted.number])
    client.post(adding, _sent())
    held = CarriedDocument.objects.get()
    taking = reverse("people:document_receipt", args=[entrusted.number, held.pk])
    listed = reverse("people:documents", args=[entrusted.number])
    assert client.get(taking).status_code == 404, "nothing is kept, so there is no receipt"
    assert "keep no original" not in client.get(listed).content.decode()
    changed = reverse("people:document", args=[entrusted.number, held.pk])
    assert NUMBER in client.get(changed).content.decode()
    assert client.post(changed, _sent(held_by="house")).status_code == 302
    assert "keep no original" in client.get(listed).content.decode()
    pages = pypdfium2.PdfDocument(io.BytesIO(client.get(taking).content))
    text = pages[0].get_textpage().get_text_bounded()
    assert str(entrusted.number) in text
    for word in ("Yulesi", NUMBER):
        assert word not in text


def test_a_lost_one_says_what_stands_in_for_it_with_its_source(entrusted: Person, browse: Browse) -> None:
    client = browse(Role.CASEWORKER)
    client.cookies["posada_language"] = "en"
    sent = _sent(held_by="lost", seen="nothing", lost_when="2/2019", lost_where="La Parada")
    assert client.post(reverse("people:add_document", args=[entrusted.number]), sent).status_code == 302
    page = client.get(reverse("people:documents", args=[entrusted.number])).content.decode()
    for word in ("La Parada", "2019-02", "2.2.3.1.6.2", "confidence A", "to be confirmed with the authority"):
        assert word in page


def test_every_fact_has_a_source_a_day_and_a_confidence_and_none_is_made_up() -> None:
    facts = replacing("CO")
    assert facts
    assert all(fact.source and fact.read_on <= date(2026, 11, 22) and fact.confidence in "ABC" for fact in facts)
    assert all(fact.es and fact.en for fact in facts)
    assert replacing("XX") == ()
    assert replacing("../co") == ()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"kind": ""}, "Choose one of them"),
        ({"valid_until": "31"}, "Write a year (2027)"),
        ({"valid_until": "31/2/2027"}, "Write a year (2027)"),
        ({"lost_when": "2090", "held_by": "lost"}, "that has come"),
        ({"lost_where": "La Parada"}, "Choose “lost”"),
    ],
)
def test_a_wrong_word_gets_a_sentence_and_nothing_is_kept(
    wrong: dict[str, str], words: str, entrusted: Person, browse: Browse
) -> None:
    client = browse(Role.CASEWORKER)
    client.cookies["posada_language"] = "en"
    answer = client.post(reverse("people:add_document", args=[entrusted.number]), _sent(**wrong))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert NUMBER in answer.content.decode(), "what was typed stays"
    assert not CarriedDocument.objects.exists()


def test_what_ends_soon_is_told_to_the_caseworker_by_number_alone(
    entrusted: Person, actors: dict[Role, Actor], staff: dict[Role, User]
) -> None:
    by, caseworker = system_actor(entrusted.site_id), actors[Role.CASEWORKER]
    soon = (clock.today() + timedelta(days=20)).isoformat()
    later = (clock.today() + timedelta(days=400)).isoformat()
    held = documents.write_document(
        by=by, person=entrusted, words=DocumentWords(kind=DocumentKind.PERMIT, valid_until=later)
    )
    assert documents.ending(caseworker) == []
    words = DocumentWords(kind=DocumentKind.PERMIT, valid_until=soon, number=NUMBER)
    documents.correct_document(by=by, document=held, words=words)
    assert documents.ending(caseworker) == [entrusted.number]
    assert documents.ending(actors[Role.DESK]) == []
    told = [task for task in waiting.tasks_for(caseworker) if str(entrusted.number) in task.title]
    assert told
    assert not any(word in f"{task.title}{task.line}" for task in told for word in ("Yulesi", NUMBER))
    erasing.hide(by=caseworker, subject=entrusted.subject, what=What.PERSON, why=Why.DANGER)
    assert documents.ending(caseworker) == []


def test_one_is_erased_alone_and_all_go_with_their_person(entrusted: Person, browse: Browse) -> None:
    by = system_actor(entrusted.site_id)
    first, other = (
        documents.write_document(
            by=by, person=entrusted, words=DocumentWords(kind=DocumentKind.OTHER, held_by=HeldBy.HOUSE)
        )
        for _ in range(2)
    )
    asking = reverse("people:erase_document", args=[entrusted.number, first.pk])
    assert browse(Role.CASEWORKER).post(asking, {"why": "danger", "once": ids.new_id()}).status_code == 302
    erasing.erase(by=by, erasure=Erasure.objects.get())
    assert list(CarriedDocument.objects.all()) == [other]
    assert not SealedRecord.objects.filter(pk=first.record_id).exists()
    Erasure.objects.all().delete()
    erasure = erasing.hide(by=by, subject=entrusted.subject, what=What.PERSON, why=Why.ASKED)
    erasing.erase(by=by, erasure=erasure)
    assert not CarriedDocument.objects.exists()
    assert not SealedRecord.objects.filter(pk=other.record_id).exists()


def test_the_last_day_of_what_is_known_only_roughly() -> None:
    assert [last_day(text) for text in ("2028", "2028-02", "2028-02-03")] == [
        date(2028, 12, 31),
        date(2028, 2, 29),
        date(2028, 2, 3),
    ]
