"""Lists on paper: by number alone, made in one press, and asked for in the morning until somebody says their end."""

import io
import os
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Act, Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.audit.models import AuditEntry
from posada.desk import waiting
from posada.ground import clock, ids
from posada.people import services as people
from posada.people.models import Identity, Person
from posada.records import erasing
from posada.records.models.erasing import What, Why
from posada.shelter import services
from posada.shelter.models import Bed, PrintedList
from posada.shelter.rules.lists import Fate, ListKind
from posada.shelter.services import lists

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]
NAME = "Qxplantadañ"


def words_of(content: bytes) -> str:
    """All the text of a PDF."""
    pages = pypdfium2.PdfDocument(io.BytesIO(content))
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages)


@pytest.fixture
def lodged(site: Site) -> list[Person]:
    by = system_actor(site.pk)
    services.make_room(by=by, name="Cuarto 1", beds=2)
    found = []
    for place, bed in enumerate(Bed.objects.order_by("number")):
        named = Identity(given_names=NAME, surnames=NAME, call_name="Yuli")
        found.append(people.register_person(by=by, identity=named))
        services.assign_bed(by=by, person=found[place], bed=bed)
    return found


@pytest.fixture
def printed(actors: dict[Role, Actor]) -> PrintedList:
    row = lists.note_printed(by=actors[Role.DESK], kind=ListKind.PRESENCE)
    assert row is not None
    return row


def test_presence_says_room_bed_and_number_and_meals_the_number_alone(lodged: list[Person], browse: Browse) -> None:
    desk = browse(Role.DESK)
    presence = desk.post(reverse("shelter:print_presence"))
    meals = desk.post(reverse("shelter:print_meals"))
    for answer in (presence, meals):
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].startswith("attachment")
        assert b"StructTreeRoot" in answer.content, "a reader that speaks finds the table"
        text = words_of(answer.content)
        assert all(str(one.number) in text for one in lodged)
        assert NAME not in text
        assert "Yuli" not in text
    assert "Cuarto 1" in words_of(presence.content)
    assert "Cuarto 1" not in words_of(meals.content)


def test_evacuation_is_a_pdf_in_one_press_with_call_names(lodged: list[Person], browse: Browse) -> None:
    text = words_of(browse(Role.DESK).post(reverse("shelter:print_evacuation")).content)
    assert "Yuli" in text
    assert NAME not in text
    assert PrintedList.objects.get().kind == ListKind.EVACUATION


def test_who_is_hidden_stands_on_no_list(lodged: list[Person], browse: Browse, actors: dict[Role, Actor]) -> None:
    hidden, other = lodged
    erasing.hide(by=actors[Role.TRACING_OFFICER], subject=hidden.subject, what=What.PERSON, why=Why.DANGER)
    for name in ("shelter:print_presence", "shelter:print_meals", "shelter:print_evacuation"):
        text = words_of(browse(Role.DESK).post(reverse(name)).content)
        assert str(hidden.number) not in text
        assert str(other.number) in text, "the control"


def test_nothing_of_a_list_is_left_in_a_temporary_file(
    lodged: list[Person], browse: Browse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    opened: list[str] = []
    real = os.open

    def watched(path: str, flags: int, *rest: int, **options: int) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR):
            opened.append(str(path))
        return real(path, flags, *rest, **options)

    before = set(Path.cwd().iterdir())
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", watched)
        content = browse(Role.DESK).post(reverse("shelter:print_evacuation")).content
    assert content.startswith(b"%PDF")
    assert not list(tmp_path.rglob("*"))
    assert set(Path.cwd().iterdir()) == before
    assert not [path for path in opened if "pdf" in path or path.startswith(str(tmp_path))]


def test_it_is_asked_for_in_the_morning_until_it_is_gone(
    printed: PrintedList, actors: dict[Role, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, manager, other = actors[Role.DESK], actors[Role.SITE_MANAGER], actors[Role.CASEWORKER]
    address = reverse("shelter:account", args=[printed.pk])

    def asked(by: Actor) -> bool:
        return any(task.act.url == address for task in waiting.tasks_for(by))

    assert not asked(desk), "not on the evening itself"
    _later(monkeypatch, 1)
    assert asked(desk)
    assert asked(manager)
    assert not asked(other)
    lists.account_for(by=desk, row=printed, fate=Fate.IN_USE, copies=2)
    assert not asked(desk)
    _later(monkeypatch, 1)
    assert asked(desk), "it is still kept, so it is asked for again"
    lists.account_for(by=manager, row=printed, fate=Fate.BURNT, copies=2, ticks=[31, 30])
    _later(monkeypatch, 1)
    assert not asked(desk)
    assert not asked(manager)
    held = PrintedList.objects.get()
    assert (held.ticks_first, held.ticks_second, held.ticks_third, held.copies) == (31, 30, None, 2)
    reasons = AuditEntry.objects.filter(act=Act.PRINT_LISTS).order_by("sequence").values_list("reason", flat=True)
    assert list(reasons) == ["print:presence", "print:in_use", "print:burnt"]


def _later(patch: pytest.MonkeyPatch, days: int) -> None:
    today = clock.today()
    patch.setattr(clock, "today", lambda: today + timedelta(days=days))


def test_made_again_on_the_same_day_it_is_asked_for_once(actors: dict[Role, Actor]) -> None:
    for _ in range(3):
        lists.note_printed(by=actors[Role.DESK], kind=ListKind.MEALS)
    assert PrintedList.objects.count() == 1


def test_a_wrong_answer_gets_a_sentence_and_changes_nothing(printed: PrintedList, browse: Browse) -> None:
    client = browse(Role.DESK)
    client.cookies["posada_language"] = "en"
    address = reverse("shelter:account", args=[printed.pk])
    sent = {"once": str(ids.new_id()), "fate": "burnt", "copies": "2"}
    for wrong, words in (
        ({"fate": ""}, "Say what became of it"),
        ({"copies": "-1"}, "from 0 to 50"),
        ({"copies": ""}, "from 0 to 50"),
        ({"ticks_0": "99999"}, "up to 9999"),
    ):
        answer = client.post(address, {**sent, **wrong})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert PrintedList.objects.get().gone_on is None
    for _ in range(2):
        client.post(address, {**sent, "ticks_0": "31"})
        sent["ticks_0"] = "7"
    assert PrintedList.objects.get().ticks_first == 31, "what was said stands once"


@pytest.mark.parametrize("role", [Role.TRACING_OFFICER, Role.LAWYER, Role.AUDITOR])
def test_others_print_no_presence_list(role: Role, actors: dict[Role, Actor]) -> None:
    with pytest.raises(Refused):
        lists.note_printed(by=actors[role], kind=ListKind.PRESENCE)


def test_a_colleagues_list_is_not_found(printed: PrintedList, browse: Browse, staff: dict[Role, User]) -> None:
    address = reverse("shelter:account", args=[printed.pk])
    assert browse(Role.CASEWORKER).get(address).status_code == 404
    assert browse(Role.SITE_MANAGER).get(address).status_code == 200
