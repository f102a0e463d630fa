"""Quarantine first, then a yes: all of it or nothing, and never twice."""

import os
import time
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import models
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests import cast

from posada.accounts.acts import Act, Role
from posada.accounts.permissions import Actor, Refused
from posada.audit.models import AuditEntry
from posada.family import matching as family_matching
from posada.family import services as family
from posada.family.models import Enquirer, ImportedNote, Proposal, Sought, TracingRequest
from posada.interop import services
from posada.interop.contents import Items
from posada.interop.items import RowProblem
from posada.interop.models import ExternalId, ImportFile, QuarantinePart
from posada.interop.queries import problems_of
from posada.interop.services import FileRefused, NotWaiting, Wanted, sealing
from posada.interop.services import deciding as deciding_module
from posada.interop.services.persons import PersonTaker
from posada.interop.tests.conftest import Bring
from posada.interop.tests.samples import person, pfif
from posada.interop.tests.shared import two_agree
from posada.people import services as people
from posada.people.models import ContactDetails, Identity, Person, Source
from posada.records import changes
from posada.records.door import Reason, open_record
from posada.records.models import Change, SealedRecord
from posada.records.once import AlreadySent
from posada.vault.models import WrappedKey

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

LIST = (
    "Nº;Apellidos;Nombres;Sexo;Fecha de nacimiento;Teléfono\n"
    "1;Zambrano Peña;Yusmary;F;14/03/1987;04245550101\n"
    "2;Ibáñez;Wilmer José;M;1990;\n"
    ";;;F;;\n"
    "4;Roa;Nerio;M;31/02/1991;\n"
).encode()
FEBRL = (
    "rec_id, given_name, surname, street_number, address_1, suburb, postcode, state, date_of_birth, soc_sec_id\n"
    + "".join(
        f"rec-{number}-org, given{chr(97 + number)}, family{chr(97 + number)}, {number}, main street, suburb, 4000, "
        f"nsw, 194003{number + 10:02}, 53{number:05}\n"
        for number in range(20)
    )
).encode()
NOTE = (
    "<note><note_record_id>a.org/n</note_record_id><person_record_id>a.org/1</person_record_id><author_name>X"
    "</author_name><source_date>2018-01-01T00:00:00Z</source_date><text>vista</text></note>"
)
Known = Callable[[], list[Identity]]


def _read(by: Actor, content: bytes, **wanted: Any) -> ImportFile:
    return services.quarantine(by=by, source=content, wanted=Wanted(list_name="Lista", **wanted))


def test_nobody_enters_the_register_by_reading(manager: Actor) -> None:
    file = _read(manager, LIST)
    assert file.state == ImportFile.State.WAITING
    assert (file.persons, file.rejected, file.known) == (2, 2, 0)
    assert not Person.objects.exists()
    assert not ExternalId.objects.exists()


def test_a_yes_brings_everybody_in_and_erases_the_file(bring: Bring, identities: Known) -> None:
    file = bring(LIST, list_name="Coliseo")
    assert (file.state, file.added, file.rejected) == (ImportFile.State.CONFIRMED, 2, 2)
    wilmer, yusmary = identities()
    assert (wilmer.given_names, wilmer.birth, wilmer.list_name) == ("Wilmer José", "1990", "Coliseo")
    assert (yusmary.surnames, yusmary.birth) == ("Zambrano Peña", "1987-03-14")
    assert set(Person.objects.values_list("source", flat=True)) == {Source.LIST}
    assert not SealedRecord.objects.filter(subject=file.pk).exists()
    assert not WrappedKey.objects.filter(subject=file.pk).exists()
    assert [problem.line for problem in problems_of(file)] == [4, 5]


def test_the_phone_is_sealed_as_a_contact(bring: Bring, manager: Actor) -> None:
    bring(LIST)
    (one,) = Person.objects.filter(contact__isnull=False)
    assert one.contact is not None
    house = Actor(user=None, site=manager.site, roles=frozenset())
    assert open_record(one.contact, ContactDetails, by=house, reason=Reason.SYSTEM).phone == "04245550101"


def test_the_same_file_again_adds_nobody(bring: Bring, manager: Actor) -> None:
    bring(LIST)
    before = list(SealedRecord.objects.values_list("pk", "version"))
    assert _read(manager, LIST).known == 2
    again = bring(LIST, list_name="another name of the same list", file_name="lista (1).csv")
    assert (again.added, again.updated, again.unchanged, again.rejected) == (0, 0, 2, 2)
    assert Person.objects.count() == 2
    identities = SealedRecord.objects.filter(kind=Identity.KIND).values_list("pk", "version")
    assert set(identities) <= set(before)


def test_a_correction_made_here_outlives_the_same_file(bring: Bring, manager: Actor, identities: Known) -> None:
    bring(LIST)
    house = Actor(user=None, site=manager.site, roles=frozenset())
    for one in Person.objects.all():
        people.update_listed(by=house, person=one, identity=Identity(given_names="Corregida", list_name="Lista"))
    assert bring(LIST).unchanged == 2
    assert [one.given_names for one in identities()] == ["Corregida", "Corregida"]


def test_a_list_raises_proposals_for_open_requests_by_itself(bring: Bring, manager: Actor) -> None:
    family_matching.build(lambda _done, _total: None)
    house = Actor(user=None, site=manager.site, roles=frozenset())
    sought = Sought(given_names="Yusmari", surnames="Zambrano Pena", birth="1987-03-14")
    asked = family.open_request(by=house, enquirer=Enquirer(name="Hermana"), sought=sought)
    changes.catch_up()
    assert not Proposal.objects.exists()
    bring(LIST)
    changes.catch_up()
    assert Proposal.objects.get().request_id == asked.pk


def test_a_corrected_row_updates_whom_it_brought(bring: Bring, identities: Known) -> None:
    bring(LIST)
    again = bring(LIST.replace(b"Yusmary", b"Yusmari").replace(b"1990", b"1991"))
    assert (again.added, again.updated, again.unchanged) == (0, 2, 0)
    assert [one.given_names for one in identities()] == ["Wilmer José", "Yusmari"]


def test_a_row_number_that_another_list_uses_again_overwrites_nobody(bring: Bring, identities: Known) -> None:
    bring(LIST)
    other = "Nº;Apellidos;Nombres;Sexo;Fecha de nacimiento;Teléfono\n1;Chirinos;Abelardo;M;1950;\n".encode()
    assert bring(other).added == 1
    assert bring(other).unchanged == 1
    assert [one.given_names for one in identities()] == ["Abelardo", "Wilmer José", "Yusmary"]
    assert bring(LIST).unchanged == 2


def test_a_row_without_a_number_is_known_by_its_words(bring: Bring) -> None:
    plain = b"Nombres;Apellidos;Edad\nAna;Rujano;31\nAna;Rujano;31\nEva;Rujano;7\n"
    first = bring(plain)
    assert (first.added, first.rejected) == (2, 1)
    assert (bring(plain).added, bring(plain).unchanged) == (0, 2)


def test_whom_a_list_brings_stands_in_the_change_log(bring: Bring) -> None:
    bring(LIST)
    assert Change.objects.filter(kind=Identity.KIND).count() == 2


def test_what_breaks_in_the_middle_leaves_nobody(manager: Actor, monkeypatch: pytest.MonkeyPatch, bring: Bring) -> None:
    file = _read(manager, FEBRL)
    take, count = PersonTaker._take, iter(range(100))

    def breaks(self: PersonTaker, *args: object) -> None:
        if next(count) == 11:
            raise OSError("the connection is lost")
        take(self, *args)  # type: ignore[arg-type]  # passed on

    two_agree(file)
    monkeypatch.setattr(PersonTaker, "_take", breaks)
    keys = WrappedKey.objects.count()
    with pytest.raises(OSError, match="lost"):
        services.confirm(by=manager, file=file)
    monkeypatch.undo()
    assert not Person.objects.exists()
    assert not ExternalId.objects.exists()
    assert WrappedKey.objects.count() == keys
    file.refresh_from_db()
    assert file.is_waiting
    assert services.confirm(by=manager, file=file).added == 20


def test_reading_that_breaks_keeps_nothing(manager: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_args: object, **_named: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(sealing, "keep_source", breaks)
    with pytest.raises(OSError, match="space"):
        _read(manager, LIST)
    assert not ImportFile.objects.exists()
    assert not QuarantinePart.objects.exists()


def test_a_yes_sent_twice_acts_once(manager: Actor) -> None:
    file, key = two_agree(_read(manager, LIST)), uuid.uuid4()
    services.confirm(by=manager, file=file, once=key)
    with pytest.raises(AlreadySent):
        services.confirm(by=manager, file=file, once=key)
    with pytest.raises(NotWaiting):
        services.confirm(by=manager, file=file, once=uuid.uuid4())
    with pytest.raises(NotWaiting):
        services.dismiss(by=manager, file=file)
    assert Person.objects.count() == 2


def test_a_no_erases_file_report_and_keys(
    manager: Actor, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    file = _read(manager, LIST)
    assert WrappedKey.objects.filter(subject__in=[file.pk, file.report_subject]).count() == 2
    with django_capture_on_commit_callbacks(execute=True):
        services.dismiss(by=manager, file=file)
    assert not SealedRecord.objects.filter(subject__in=[file.pk, file.report_subject]).exists()
    assert not WrappedKey.objects.filter(subject__in=[file.pk, file.report_subject]).exists()
    assert not Person.objects.exists()


def test_only_the_site_manager_brings_lists_in(actors: dict[Role, Actor], manager: Actor) -> None:
    file = _read(manager, LIST)
    for role, actor in actors.items():
        if role is not Role.SITE_MANAGER:
            with pytest.raises(Refused):
                _read(actor, LIST)
            for act in (services.confirm, services.dismiss, services.preview):
                with pytest.raises(Refused):
                    act(by=actor, file=file)
    assert not Person.objects.exists()


def test_every_act_is_written_down(manager: Actor) -> None:
    services.confirm(by=manager, file=two_agree(_read(manager, LIST)))
    services.dismiss(by=manager, file=_read(manager, LIST))
    with pytest.raises(FileRefused):
        _read(manager, b"%PDF-1.4")
    rows = AuditEntry.objects.filter(act=Act.IMPORT, subject="").order_by("sequence")
    assert [(row.actor, row.reason, row.count, row.result) for row in rows] == [
        (manager.user, "quarantine", 2, "done"),
        (manager.user, "confirm:agreed", 2, "done"),
        (manager.user, "quarantine", 2, "done"),
        (manager.user, "dismiss", 1, "done"),
        (manager.user, "file_pdf", 1, "refused"),
    ]


def test_no_column_holds_anything_of_the_file(manager: Actor) -> None:
    file = services.quarantine(
        by=manager, source=LIST, wanted=Wanted(list_name="Parroquia Canaria", file_name="canaria-yusmary.csv")
    )
    services.save_mapping(by=manager, mapping=sealing.reading_of(file).mapping)  # type: ignore[arg-type]  # a sheet
    services.confirm(by=manager, file=two_agree(_read(manager, LIST)))
    words = ("yusmary", "zambrano", "canaria", "apellidos", "04245550101", "wilmer")
    clear = []
    for model in (ImportFile, QuarantinePart, ExternalId, SealedRecord, Person):
        fields = [field.attname for field in model._meta.concrete_fields]
        for row in model._default_manager.values_list(*fields):
            clear += [value for value in row if isinstance(value, str | bytes)]
    text = b"|".join(value.encode() if isinstance(value, str) else value for value in clear).lower()
    assert not [word for word in words if word.encode() in text]


def test_a_large_file_is_sealed_in_pieces(manager: Actor, bring: Bring) -> None:
    rows = "".join(f"h{number};Nombre{number % 89};Apellido{number};{1950 + number % 60}\n" for number in range(20_000))
    file = _read(manager, ("id;nombres;apellidos;año de nacimiento\n" + rows).encode())
    assert file.persons == 20_000
    assert file.parts.filter(record__kind=Items.KIND).count() == 10
    assert sum(len(part.items) for part in sealing.opened(file, Items)) == 20_000


def test_hundreds_come_in_within_seconds_and_tell_how_far_they_are(manager: Actor) -> None:
    rows = "".join(f"h{number};Nombre{number % 89};Apellido{number}\n" for number in range(400))
    file = _read(manager, ("id;nombres;apellidos\n" + rows).encode())
    heard: list[tuple[int, int]] = []
    services.confirm(by=manager, file=two_agree(file), on_progress=lambda done, total: heard.append((done, total)))
    assert heard == [(done, 400) for done in range(50, 401, 50)]
    assert Person.objects.count() == 400


@pytest.mark.skipif("POSADA_LONG" not in os.environ, reason="takes more than a minute; make test-long runs it")
def test_five_thousand_come_in_within_two_minutes(manager: Actor) -> None:
    rows = "".join(f"h{number};Nombre{number % 89};Apellido{number}\n" for number in range(5_000))
    file = _read(manager, ("id;nombres;apellidos\n" + rows).encode())
    begun = time.monotonic()
    assert services.confirm(by=manager, file=two_agree(file)).added == 5_000
    assert time.monotonic() - begun < 120


def test_febrl_comes_in_through_the_guessed_mapping(bring: Bring, identities: Known) -> None:
    assert bring(FEBRL).added == 20
    assert identities()[0].birth == "1940-03-10"
    assert bring(FEBRL).unchanged == 20


def test_a_note_about_nobody_here_is_rejected_by_name(bring: Bring) -> None:
    file = bring(pfif(NOTE))
    assert (file.notes_taken, file.rejected) == (0, 1)
    assert list(problems_of(file)) == [RowProblem(code="note_person_unknown", line=3)]
    bring(pfif(person(person_record_id="a.org/1", source_date="2018-01-01T00:00:00Z", full_name="Ana Rujano")))
    assert bring(pfif(NOTE)).notes_taken == 1
    assert bring(pfif(NOTE)).notes_taken == 1
    assert ImportedNote.objects.count() == 1


def test_rows_come_in_as_requests(bring: Bring) -> None:
    sought = b"id;nombres;apellidos;reportado por\na1;Ana;Rujano;Eva Rujano\na2;Iris;Rujano;\n"
    first = bring(sought, kind="requests", list_name="Lista de búsquedas")
    assert first.added == 2
    again = bring(sought, kind="requests", list_name="Lista de búsquedas")
    assert (again.added, again.unchanged) == (0, 2)
    changed = bring(sought.replace(b"Iris", b"Irisa"), kind="requests", list_name="Lista de búsquedas")
    assert (changed.added, changed.updated, changed.unchanged) == (0, 1, 1)
    assert TracingRequest.objects.count() == 2
    assert not Person.objects.exists()


def test_a_demonstration_takes_its_samples_and_nothing_else() -> None:
    there = cast.make_site(code="demo", demonstration=True)
    by = cast.actor(cast.make_staff(there, Role.SITE_MANAGER))
    with pytest.raises(FileRefused) as refused:
        _read(by, LIST)
    assert refused.value.problem.code == "sample_only"
    house = Actor(user=None, site=there.pk, roles=frozenset())
    with pytest.raises(FileRefused):
        _read(house, LIST)


def test_a_stranger_cannot_reach_the_file_of_another_site(manager: Actor, client: Client) -> None:
    other = cast.make_site(code="otra")
    stranger = cast.actor(cast.make_staff(other, Role.SITE_MANAGER, name="Otra"))
    file = _read(stranger, LIST)
    for name in ("", "progress/", "report/"):
        assert client.get(f"/files/{file.pk}/{name}").status_code == 404
    for name in ("mapping/", "confirm/", "dismiss/"):
        assert client.post(f"/files/{file.pk}/{name}").status_code == 404
    assert ImportFile.objects.get(pk=file.pk).is_waiting


def test_the_counts_are_numbers_and_the_words_are_closed() -> None:
    for field in ImportFile._meta.concrete_fields:
        assert not isinstance(field, models.TextField)
        if isinstance(field, models.CharField):
            assert field.choices
    assert deciding_module.State.WAITING in ImportFile.State
