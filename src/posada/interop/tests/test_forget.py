"""What is held has its end: expired records are emptied, the erased stay erased, forgotten files go."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from posada.accounts.models import Site
from posada.accounts.permissions import Actor
from posada.family.models import ImportedNote
from posada.ground import clock
from posada.interop import services
from posada.interop.models import ExternalId, ImportFile, QuarantinePart
from posada.interop.queries import problems_of
from posada.interop.services import Wanted
from posada.interop.services.sweeping import KEPT, at_boot, wipe_expired
from posada.interop.tests.conftest import Bring
from posada.interop.tests.samples import person, pfif
from posada.people.models import Identity, Person
from posada.records.models import EarlierVersion
from posada.vault.models import WrappedKey

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

LIST = "Nº;Apellidos;Nombres\n1;Zambrano Peña;Yusmary\n2;Ibáñez;Wilmer José\n".encode()
NOTE = (
    "<note><note_record_id>a.org/n</note_record_id><person_record_id>a.org/1</person_record_id><author_name>X"
    "</author_name><source_date>2018-01-01T00:00:00Z</source_date><text>vista</text></note>"
)
Known = Callable[[], list[Identity]]


def _read(by: Actor, content: bytes) -> ImportFile:
    return services.quarantine(by=by, source=content, wanted=Wanted(list_name="Lista"))


def test_an_expired_record_empties_whom_it_brought(bring: Bring, identities: Known) -> None:
    alive = person(
        person_record_id="a.org/1", source_date="2018-01-01T00:00:00Z", full_name="Ana Rujano", description="Alta"
    )
    assert bring(pfif(alive + NOTE)).notes_taken == 1
    bring(pfif(alive.replace("Ana", "Anna")))
    wiped = person(
        person_record_id="a.org/1",
        source_date="2018-02-01T00:00:00Z",
        entry_date="2018-02-01T00:00:00Z",
        expiry_date="2018-02-01T00:00:00Z",
        full_name="",
    )
    file = bring(pfif(wiped), list_name="A")
    assert (file.emptied, file.added) == (1, 0)
    (one,) = identities()
    assert (one.given_names, one.surnames, one.full_name, one.description) == ("", "", "", "")
    assert not EarlierVersion.objects.exists()
    assert not ImportedNote.objects.exists()
    assert bring(pfif(wiped)).emptied == 0


def test_an_expired_record_of_nobody_brings_nobody(bring: Bring) -> None:
    wiped = person(person_record_id="a.org/9", source_date="2018-02-01T00:00:00Z", expiry_date="2018-02-01T00:00:00Z")
    assert bring(pfif(wiped)).added == 0
    assert not Person.objects.exists()


def test_a_record_is_wiped_on_the_day_its_list_named(bring: Bring, site: Site, identities: Known) -> None:
    day = clock.today() + timedelta(days=3)
    bring(
        pfif(
            person(
                person_record_id="a.org/1",
                source_date="2018-01-01T00:00:00Z",
                expiry_date=f"{day.isoformat()}T12:00:00Z",
                full_name="Ana Rujano",
            )
        )
    )
    assert wipe_expired(site.pk) == 0
    ExternalId.objects.update(expires_on=clock.today())
    assert wipe_expired(site.pk) == 1
    assert identities()[0].full_name == ""


def test_at_the_start_it_wipes_also_where_no_file_is_left(
    bring: Bring, identities: Known, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    day = clock.today() + timedelta(days=3)
    fields = {
        "person_record_id": "a.org/1",
        "source_date": "2018-01-01T00:00:00Z",
        "expiry_date": f"{day.isoformat()}T12:00:00Z",
        "full_name": "Ana Rujano",
    }
    bring(pfif(person(**fields)))
    ImportFile.objects.all().delete()
    ExternalId.objects.update(expires_on=clock.today())
    with django_capture_on_commit_callbacks(execute=True):
        at_boot(lambda _done, _total: None)
    assert identities()[0].full_name == ""


def test_who_was_erased_stays_erased(bring: Bring) -> None:
    bring(LIST)
    ExternalId.objects.update(person=None)
    again = bring(LIST)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 0)
    assert [problem.code for problem in problems_of(again)][-2:] == ["person_erased", "person_erased"]


def test_forgotten_files_and_old_reports_are_erased(
    manager: Actor,
    bring: Bring,
    site: Site,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    waiting, done = _read(manager, LIST), bring(LIST)
    broken = _read(manager, LIST)
    long_ago = clock.today() - KEPT - timedelta(days=1)
    ImportFile.objects.filter(pk=waiting.pk).update(created_on=long_ago)
    ImportFile.objects.filter(pk=done.pk).update(closed_on=long_ago)
    ImportFile.objects.filter(pk=broken.pk).update(state=ImportFile.State.READING, created_on=long_ago)
    with django_capture_on_commit_callbacks(execute=True):
        services.sweep(site.pk)
    assert not QuarantinePart.objects.exists()
    states = set(ImportFile.objects.values_list("pk", "state"))
    assert states == {(waiting.pk, "dismissed"), (broken.pk, "dismissed")}
    assert not WrappedKey.objects.filter(subject__in=[waiting.pk, done.pk, done.report_subject, broken.pk]).exists()
