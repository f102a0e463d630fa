"""The pages of a list that comes in: look at it masked, name its columns, decide; every bad file has its sentence."""

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.utils import translation
from tests import cast

from posada.accounts.acts import Role
from posada.accounts.http import SEEN_AT, SIGNED_IN_AT
from posada.accounts.permissions import Actor
from posada.audit.models import AuditEntry
from posada.ground import clock
from posada.interop import jobs, services
from posada.interop.demonstration import SAMPLES, is_sample
from posada.interop.items import FileProblem
from posada.interop.masking import initials, mask_cell
from posada.interop.models import ImportFile, SavedMapping
from posada.interop.services import FileRefused, Wanted
from posada.interop.tests.conftest import upload
from posada.interop.tests.samples import workbook, zip_of
from posada.interop.tests.shared import two_agree
from posada.interop.uploads import InMemoryHandler, was_too_large
from posada.interop.views import deciding, files
from posada.people.models import Identity, Person

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

LIST = "Nombres;Apellidos;Fecha de nacimiento\nYusmary;Zambrano Peña;14/03/1987\nNerio;Roa;31/02/1991\n".encode()
ODD = b"alfa;beta;gamma\nYusmary;Zambrano;1987\nWilmer;Roa;1990\n"
DATA = Path(__file__).resolve().parents[4] / "tools" / "demo" / "data"


def _file() -> ImportFile:
    return ImportFile.objects.get()


def _page(client: Client, file: ImportFile) -> str:
    answer = client.get(f"/files/{file.pk}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_file_waits_then_comes_in_by_a_press(client: Client) -> None:
    with translation.override("en"):
        assert upload(client, LIST).status_code == 302
    file = _file()
    assert "A list waits" in _page(client, file) or "Una lista espera" in _page(client, file)
    assert not Person.objects.exists()
    two_agree(file)
    answer = client.post(f"/files/{file.pk}/confirm/", {"once": str(uuid.uuid4())})
    assert answer["Location"] == f"/files/{file.pk}/"
    assert Person.objects.count() == 1
    assert client.get("/files/").status_code == 200
    assert "31/02" not in _page(client, file)


def test_the_preview_shows_initials_and_shape_only(client: Client) -> None:
    upload(client, LIST)
    page = _page(client, _file())
    for word in ("Yusmary", "Zambrano", "Peña", "Nerio", "14/03", "1991"):
        assert word not in page
    assert "Y. Z. P." in page
    assert "99/99/9999" in page
    assert "Apellidos" in page
    assert AuditEntry.objects.filter(reason="preview").count() == 1


def test_masks_keep_initials_and_shape() -> None:
    assert mask_cell("Ana María  Pérez") == "A… M… P…"
    assert mask_cell("V-12.345.678") == "V-99.999.999"
    assert mask_cell("ana@correo.org") == "a…@c….o…"
    assert mask_cell("Jose\u0301") == "J…"
    assert mask_cell("علي") == "ع…"
    assert initials("ana maría") == "A. M."
    assert initials("14") == ""


def test_columns_nobody_knows_are_named_by_hand_and_kept(
    client: Client, identities: Callable[[], list[Identity]]
) -> None:
    upload(client, ODD)
    file = _file()
    assert file.persons == 0
    assert client.post(f"/files/{file.pk}/confirm/").status_code == 302
    assert not Person.objects.exists()
    ImportFile.objects.all().update(state=ImportFile.State.DISMISSED)
    upload(client, ODD)
    file = ImportFile.objects.get(state=ImportFile.State.WAITING)
    chosen = {"column_0": "given_names", "column_1": "surnames", "column_2": "birth"}
    options = {"day_first": "1", "m_is_female": "0", "header_row": "1", "keep": "on", "once": str(uuid.uuid4())}
    answer = client.post(f"/files/{file.pk}/mapping/", {**chosen, **options})
    assert answer.status_code == 302
    file.refresh_from_db()
    assert (file.state, file.persons) == ("waiting", 2)
    two_agree(file)
    client.post(f"/files/{file.pk}/confirm/")
    assert [(one.given_names, one.surnames, one.birth) for one in identities()] == [
        ("Wilmer", "Roa", "1990"),
        ("Yusmary", "Zambrano", "1987"),
    ]
    assert SavedMapping.objects.count() == 1
    upload(client, ODD)
    again = ImportFile.objects.get(state=ImportFile.State.WAITING)
    assert (again.persons, again.known) == (2, 2)


def test_a_mapping_without_any_column_is_said_and_changes_nothing(client: Client) -> None:
    upload(client, LIST)
    file = _file()
    empty = {f"column_{number}": "" for number in range(3)}
    answer = client.post(
        f"/files/{file.pk}/mapping/", {**empty, "day_first": "1", "m_is_female": "0", "header_row": "1"}
    )
    assert answer.status_code == 422
    file.refresh_from_db()
    assert (file.state, file.persons) == ("waiting", 1)


def test_another_sheet_of_a_workbook_can_be_chosen(client: Client) -> None:
    book = workbook([["Nombres", "Apellidos"], ["Ana", "Rujano"]], title="Uno")
    upload(client, book, "lista.xlsx")
    file = _file()
    assert file.persons == 1
    answer = client.post(
        f"/files/{file.pk}/mapping/",
        {"column_0": "surnames", "column_1": "given_names", "day_first": "1", "m_is_female": "0", "header_row": "1"},
    )
    assert answer.status_code == 302
    two_agree(file)
    client.post(f"/files/{file.pk}/confirm/")
    assert Person.objects.count() == 1


def test_a_no_erases_it(client: Client) -> None:
    upload(client, LIST)
    file = _file()
    assert client.post(f"/files/{file.pk}/dismiss/").status_code == 302
    file.refresh_from_db()
    assert file.state == "dismissed"
    assert client.get(f"/files/{file.pk}/").status_code == 200
    assert client.post(f"/files/{file.pk}/confirm/").status_code == 302
    assert not Person.objects.exists()


def test_the_report_names_lines_and_reasons_and_no_cells(client: Client) -> None:
    upload(client, LIST)
    page = client.get(f"/files/{_file().pk}/report/").content.decode()
    table = client.get(f"/files/{_file().pk}/report/?as=csv")
    assert table["Cache-Control"] == "no-store, private"
    assert table["Content-Disposition"].startswith("attachment")
    for text in (page, table.content.decode()):
        assert "Fecha de nacimiento" in text
        assert "Nerio" not in text
        assert "31/02" not in text


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SITE_MANAGER])
def test_other_roles_are_refused(role: Role, browse: Callable[[Role], Client], manager: Actor) -> None:
    file = services.quarantine(by=manager, source=LIST, wanted=Wanted())
    client = browse(role)
    assert client.get("/files/").status_code == 403
    assert upload(client, LIST).status_code == 403
    assert client.get(f"/files/{file.pk}/").status_code == 403
    assert client.post(f"/files/{file.pk}/confirm/").status_code == 403


def test_a_form_sent_twice_reads_once(client: Client) -> None:
    key = str(uuid.uuid4())
    first, second = upload(client, LIST, once=key), upload(client, LIST, once=key)
    assert ImportFile.objects.count() == 1
    assert first["Location"] == second["Location"]


BAD: dict[str, bytes] = {
    "empty": b"",
    "blank": b"\n\n  \n",
    "pdf": b"%PDF-1.4 x",
    "picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
    "program": b"MZ\x90\x00" + b"\0" * 64,
    "nul": b"Nombres;Apellidos\nAna;\0\n",
    "open quotation": b'Nombres;Apellidos\nAna;"Ruj\nEva;Roa\n',
    "json": b'[{"name": "x"}]',
    "web page": b"<!doctype html><html></html>",
    "xml": b"<?xml version='1.0'?><a/>",
    "pfif without version": b"<?xml version='1.0'?><pfif/>",
    "entities": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><pfif xmlns="http://zesty.ca/pfif/1.4">&a;</pfif>',
    "cut off": b'<?xml version="1.0"?><pfif xmlns="http://zesty.ca/pfif/1.4"><person><person_record_id>a.org/1',
    "archive": zip_of({"lista.csv": b"Nombres\nAna\n"}),
    "damaged workbook": workbook([["Nombres"], ["Ana"]])[:900],
    "utf-16 cut": "Nombres;Apellidos\nAna;Rujano\n".encode("utf-16")[:-1],
    "wide": b";".join(b"c%d" % number for number in range(400)) + b"\n",
    "noise": bytes(range(256)) * 20,
}
ODD_BUT_READ: dict[str, bytes] = {
    "latin-1": "Nombres;Apellidos\nÁngela;Ibáñez\n".encode("latin-1"),
    "utf-16": "Nombres;Apellidos\nAna;Rujano\n".encode("utf-16"),
    "formulas": workbook([["Nombres", "Apellidos"], ["=cmd|' /C calc'!A0", "Rujano"]]),
    "age of 300": b"Nombres;Edad\nAna;300\nEva;7\n",
    "future birth": b"Nombres;Fecha de nacimiento\nAna;01/01/2190\nEva;01/01/1990\n",
    "one letter": b"Nombres;Apellidos\nA;R\n",
    "500 letters": b"Nombres;Apellidos\n" + b"A" * 500 + b";R\n",
    "other scripts": "Nombres;Apellidos\nИрина;Петрова\nعلي;حسن\n".encode(),
    "emoji": "Nombres;Apellidos\nAna 🙂;Rujano\n🙂;\n".encode(),
}


@pytest.mark.parametrize("name", BAD)
def test_each_bad_file_gets_a_sentence_and_leaves_nothing(name: str, client: Client) -> None:
    for language in ("es", "en"):
        answer = client.post(
            "/files/",
            {"file": SimpleUploadedFile("lista.csv", BAD[name]), "kind": "people"},
            headers={"accept-language": language},
        )
        text = answer.content.decode()
        assert answer.status_code == 422
        assert 'class="error-summary"' in text or "aria-invalid" in text
        assert "Traceback" not in text
    assert not Person.objects.exists()
    assert not ImportFile.objects.exists()


@pytest.mark.parametrize("name", ODD_BUT_READ)
def test_each_odd_file_is_read_shown_and_brought_in(name: str, client: Client) -> None:
    assert upload(client, ODD_BUT_READ[name]).status_code == 302
    file = _file()
    assert file.persons + file.rejected >= 1
    _page(client, file)
    assert client.get(f"/files/{file.pk}/report/").status_code == 200
    two_agree(file)
    assert client.post(f"/files/{file.pk}/confirm/").status_code == 302
    assert client.get(f"/files/{file.pk}/").status_code == 200
    assert Person.objects.count() == file.persons


def test_no_file_at_all_is_said(client: Client) -> None:
    assert client.post("/files/", {"kind": "people"}).status_code == 422
    assert client.post("/files/", {}).status_code == 422
    assert client.post("/files/", {"sample": "coliseum"}).status_code == 404


def test_an_upload_beyond_the_limit_is_dropped_and_the_command_named(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("posada.interop.uploads.LARGEST_UPLOAD", 2_000)
    answer = upload(client, LIST * 100)
    assert answer.status_code == 422
    assert "posada import" in answer.content.decode()
    assert not ImportFile.objects.exists()


def test_an_upload_of_32_megabytes_stays_in_memory() -> None:
    request = RequestFactory().post("/files/", {"file": SimpleUploadedFile("a.csv", b"a" * 31_000_000)})
    request.upload_handlers = [InMemoryHandler(request)]
    held: Any = request.FILES["file"]
    assert held.size == 31_000_000
    assert not hasattr(held, "temporary_file_path")
    assert not was_too_large(request)


def test_a_long_file_is_read_in_a_thread_that_tells_how_far_it_is(
    client: Client, manager: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "READ_AT_ONCE", 10)
    monkeypatch.setattr(deciding, "AT_ONCE", 0)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    later: list[Callable[[], None]] = []

    def held_back(file_id: uuid.UUID, site: int, what: jobs.What, work: Callable[[jobs.Report], None]) -> None:
        job = jobs._jobs[file_id] = jobs.Job(what, site)
        later.append(lambda: jobs.run(job, work))

    monkeypatch.setattr(jobs, "start", held_back)
    answer = upload(client, LIST)
    file = _file()
    assert answer["Location"] == f"/files/{file.pk}/progress/"
    assert "progress" in client.get(answer["Location"]).content.decode()
    assert client.get(answer["Location"], headers={"hx-request": "true"}).status_code == 200
    assert client.get(f"/files/{file.pk}/")["Location"] == answer["Location"]
    later.pop()()
    assert client.get(answer["Location"], headers={"hx-request": "true"})["HX-Redirect"] == f"/files/{file.pk}/"
    two_agree(file)
    answer = client.post(f"/files/{file.pk}/confirm/")
    assert answer["Location"] == f"/files/{file.pk}/progress/"
    later.pop()()
    assert client.get(answer["Location"])["Location"] == f"/files/{file.pk}/"
    assert Person.objects.count() == 1


def test_busy_databases_are_said_calmly(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    upload(client, LIST)
    file = _file()

    def busy(**_named: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(services, "confirm", busy)
    answer = client.post(f"/files/{file.pk}/confirm/", follow=True)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert ImportFile.objects.get().is_waiting


def test_work_that_stops_is_said_calmly(
    client: Client, manager: Actor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)

    def refused(_report: jobs.Report) -> None:
        raise FileRefused(FileProblem(code="file_pdf"))

    def broken(_report: jobs.Report) -> None:
        raise ValueError("Yusmary Zambrano")

    for work in (refused, broken):
        key = uuid.uuid4()
        job = jobs.Job("read", manager.site)
        monkeypatch.setitem(jobs._jobs, key, job)
        jobs.run(job, work)
        answer = client.get(f"/files/{key}/progress/")
        assert answer.status_code == 200
        assert 'role="alert"' in answer.content.decode()
    assert "ValueError" in caplog.text
    assert "Yusmary" not in caplog.text
    assert client.get(f"/files/{uuid.uuid4()}/progress/").status_code == 404


@pytest.fixture
def demonstration() -> Iterator[Client]:
    """The site manager's browser in a demonstration, on its own day."""
    clock.start_at(datetime(2019, 2, 26, 14, tzinfo=UTC), since=clock.now())
    there = cast.make_site(code="demo", demonstration=True)
    user = cast.make_staff(there, Role.SITE_MANAGER)
    client = Client()
    client.force_login(user)
    session = client.session
    session[SIGNED_IN_AT] = session[SEEN_AT] = clock.real_seconds()
    session.save()
    yield client
    moment = clock.now()
    clock.start_at(moment, since=moment)


@pytest.mark.parametrize("key", SAMPLES)
def test_a_demonstration_offers_its_samples_by_a_press(key: str, demonstration: Client) -> None:
    assert f'value="{key}"' in demonstration.get("/files/").content.decode()
    answer = demonstration.post("/files/", {"sample": key, "once": str(uuid.uuid4())})
    assert answer.status_code == 302
    file = _file()
    assert file.persons >= 10
    two_agree(file)
    assert demonstration.post(f"/files/{file.pk}/confirm/").status_code == 302
    assert Person.objects.count() == file.persons


def test_a_demonstration_refuses_every_other_file(demonstration: Client) -> None:
    assert upload(demonstration, LIST).status_code == 422
    assert upload(demonstration, SAMPLES["coliseum"].content() + b"\n").status_code == 422
    assert demonstration.post("/files/", {"sample": "other"}).status_code == 404
    assert not ImportFile.objects.exists()


@pytest.mark.skipif(not DATA.is_dir(), reason="the demonstration's data is not part of an installation")
def test_the_samples_are_those_of_the_demonstration() -> None:
    for sample in SAMPLES.values():
        assert sample.content() == (DATA / sample.file_name).read_bytes()
        assert is_sample(sample.content())
