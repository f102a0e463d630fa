"""Papers: drawn anew, sealed, seen by who accompanies the person, taken out as attachments."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from posada.accounts import services as accounts
from posada.accounts.acts import Act, Role
from posada.accounts.models import User
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.ground import ids
from posada.people.models import Paper, Person
from posada.people.rules.papers import PaperKind
from posada.people.services import papers
from posada.people.tests.shared import audited
from posada.records import erasing
from posada.records.models import Erasure, SealedRecord, What
from posada.vault.keyring import Compartment

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
WORD = "Pasaporte de Yulesi"
Browse = Callable[[Role], Client]


def _photograph() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = WORD
    out = io.BytesIO()
    Image.new("RGB", (90, 60), (10, 120, 10)).save(out, "JPEG", exif=exif.tobytes())
    return out.getvalue()


def _sent(content: bytes, **words: str) -> dict[str, Any]:
    file = SimpleUploadedFile("IMG_2019_Cucuta.jpg", content, content_type="image/jpeg")
    return {"file": file, "kind": "identity", "title": "cédula", **words}


@pytest.fixture
def entrusted(yulesi: Person, staff: dict[Role, User]) -> Person:
    for role in (Role.CASEWORKER, Role.LAWYER):
        accounts.assign(user_id=staff[role].pk, site_id=yulesi.site_id, subject=yulesi.pk)
    return yulesi


def test_a_photograph_is_kept_sealed_and_taken_out_without_its_metadata(entrusted: Person, browse: Browse) -> None:
    given = _photograph()
    assert WORD.encode() in given, "the control holds the word"
    client = browse(Role.CASEWORKER)
    address = f"/people/{entrusted.number}/papers/"
    assert client.post(address, _sent(given)).status_code == 302
    paper = Paper.objects.get()
    body = bytes(SealedRecord.objects.get(pk=paper.record_id).body)
    assert b"JFIF" not in body
    assert b"c\xc3\xa9dula" not in body
    page = client.get(address).content.decode()
    assert "cédula" in page
    assert "IMG_2019" not in page
    taken = browse(Role.LAWYER).get(f"{address}{paper.pk}/1/")
    assert taken["Content-Disposition"].startswith("attachment")
    assert taken["X-Content-Type-Options"] == "nosniff"
    assert "Yulesi" not in taken["Content-Disposition"]
    assert taken.content.startswith(b"\xff\xd8\xff")
    assert WORD.encode() not in taken.content
    assert audited(Act.ADD_PAPER)
    assert audited(Act.READ_PAPER)


def test_a_page_that_is_not_there_is_not_found(entrusted: Person, browse: Browse) -> None:
    client = browse(Role.CASEWORKER)
    client.post(f"/people/{entrusted.number}/papers/", _sent(_photograph()))
    paper = Paper.objects.get()
    for page in (0, 2, 99):
        assert client.get(f"/people/{entrusted.number}/papers/{paper.pk}/{page}/").status_code == 404


@pytest.mark.parametrize("role", [Role.DESK, Role.TRACING_OFFICER, Role.SITE_MANAGER, Role.AUDITOR])
def test_others_see_no_paper(role: Role, entrusted: Person, browse: Browse) -> None:
    assert browse(role).get(f"/people/{entrusted.number}/papers/").status_code in {403, 404}


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"MZ\x90\x00 a program", "JPEG"), (b"", "empty"), (b"%PDF-1.4 broken", "JPEG")],
)
def test_a_bad_file_gets_a_sentence_and_nothing_is_kept(
    content: bytes, word: str, entrusted: Person, browse: Browse
) -> None:
    client = browse(Role.CASEWORKER)
    client.cookies["posada_language"] = "en"
    answer = client.post(f"/people/{entrusted.number}/papers/", _sent(content))
    assert answer.status_code == 422
    assert word in answer.content.decode()
    assert "cédula" in answer.content.decode(), "what was typed stays"
    assert not Paper.objects.exists()


def test_a_page_sent_twice_keeps_one_paper(entrusted: Person, browse: Browse) -> None:
    client = browse(Role.CASEWORKER)
    form = client.get(f"/people/{entrusted.number}/papers/").context["form"]
    key = str(form["once"].value())
    for _ in range(2):
        client.post(f"/people/{entrusted.number}/papers/", _sent(_photograph(), once=key))
    assert Paper.objects.count() == 1


def test_it_goes_with_its_record(entrusted: Person, browse: Browse) -> None:
    browse(Role.CASEWORKER).post(f"/people/{entrusted.number}/papers/", _sent(_photograph()))
    SealedRecord.objects.filter(pk=Paper.objects.get().record_id).delete()
    assert not Paper.objects.exists()


def test_one_paper_is_hidden_by_a_press_erased_alone_and_the_others_stay(entrusted: Person, browse: Browse) -> None:
    client, address = browse(Role.CASEWORKER), reverse("people:papers", args=[entrusted.number])
    client.post(address, _sent(_photograph()))
    first = Paper.objects.get()
    client.post(address, _sent(_photograph(), title="carné"))
    other = Paper.objects.exclude(pk=first.pk).get()
    asking = reverse("people:erase_paper", args=[entrusted.number, first.pk])
    assert asking in client.get(address).content.decode(), "the way to it stands beside the paper"
    assert client.get(asking).status_code == 200
    assert client.post(asking, {"why": "danger", "once": ids.new_id()}).status_code == 302
    page = client.get(address).content.decode()
    assert "cédula" not in page
    assert "carné" in page
    for hidden in (asking, reverse("people:paper_page", args=[entrusted.number, first.pk, 1])):
        assert client.get(hidden).status_code == 404
    erasure = Erasure.objects.get()
    assert (erasure.what, erasing.number_of(erasure)) == (What.PAPER, entrusted.number)
    erasing.erase(by=system_actor(entrusted.site_id), erasure=erasure)
    assert list(Paper.objects.all()) == [other]
    assert not SealedRecord.objects.filter(pk=first.record_id).exists()
    assert client.get(reverse("people:paper_page", args=[entrusted.number, other.pk, 1])).status_code == 200


def test_a_paper_of_somebody_else_cannot_be_erased_through_a_file_of_ones_own(
    entrusted: Person, browse: Browse, register: Callable[..., Person]
) -> None:
    stranger = register(given_names="Otra", surnames="Persona")
    by, kind = system_actor(stranger.site_id), PaperKind.OTHER
    paper = papers.add_paper(by=by, person=stranger, content=_photograph(), kind=kind)
    address = reverse("people:erase_paper", args=[entrusted.number, paper.pk])
    client = browse(Role.CASEWORKER)
    assert client.get(address).status_code == 404
    assert client.post(address, {"why": "asked", "once": ids.new_id()}).status_code == 404
    assert not Erasure.objects.exists()


def test_papers_of_health_are_for_the_caseworker_and_are_not_there_for_the_lawyer(
    entrusted: Person, browse: Browse
) -> None:
    address = reverse("people:papers", args=[entrusted.number])
    caseworker, lawyer = browse(Role.CASEWORKER), browse(Role.LAWYER)
    assert caseworker.post(address, _sent(_photograph(), kind="health", title="epicrisis")).status_code == 302
    assert caseworker.post(address, _sent(_photograph())).status_code == 302
    health = Paper.objects.get(record__compartment=Compartment.PROTECTION)
    other = Paper.objects.exclude(pk=health.pk).get()
    assert other.record.compartment == Compartment.LEGAL
    page = lawyer.get(address)
    assert "cédula" in page.content.decode()
    for word in ("epicrisis", str(health.pk), 'value="health"'):
        assert word not in page.content.decode(), "the lawyer"
        assert word in caseworker.get(address).content.decode(), "the caseworker"
    ways = {of: reverse("people:paper_page", args=[entrusted.number, of.pk, 1]) for of in (health, other)}
    assert [lawyer.get(ways[of]).status_code for of in (health, other)] == [404, 200]
    assert [caseworker.get(ways[of]).status_code for of in (health, other)] == [200, 200]
    assert lawyer.get(reverse("people:erase_paper", args=[entrusted.number, health.pk])).status_code == 404
    assert audited(Act.READ_PROTECTION)


def test_who_may_not_read_papers_of_health_does_not_add_one(
    entrusted: Person, browse: Browse, staff: dict[Role, User]
) -> None:
    address = reverse("people:papers", args=[entrusted.number])
    assert browse(Role.LAWYER).post(address, _sent(_photograph(), kind="health")).status_code == 422
    by = Actor(staff[Role.LAWYER].pk, entrusted.site_id, frozenset({Role.LAWYER}))
    with pytest.raises(Refused):
        papers.add_paper(by=by, person=entrusted, content=_photograph(), kind=PaperKind.HEALTH)
    assert not Paper.objects.exists()
    papers.add_paper(by=by, person=entrusted, content=_photograph(), kind=PaperKind.OTHER)
    assert Paper.objects.count() == 1
