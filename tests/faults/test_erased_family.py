"""S7 for a family: what this room seals of somebody is in the files before they are erased, and nowhere after it."""

import os

import pytest

from posada.accounts.permissions import system_actor
from posada.family import services as family
from posada.family.models import Enquirer, KinTies, Sought
from posada.people import services
from posada.people.models import Identity
from posada.records import changes, erasing
from posada.records.models import KeyDue, SealedRecord, What, Why
from posada.vault.models import WrappedKey
from tests import cast
from tests.faults import plant_family
from tests.faults.planting import Planted
from tests.faults.test_erased import Traces

pytestmark = [
    pytest.mark.django_db(databases=["default", "keyring"], transaction=True),
    pytest.mark.usefixtures("audit_may_be_emptied"),
]
KINDS = 18  # at least so many kinds of record hang on one person with their family


def _traces(records: list[SealedRecord]) -> Traces:
    keys = WrappedKey.objects.filter(subject__in={record.subject for record in records})
    return Traces([bytes(row.wrapped) for row in keys], [bytes(record.body)[:40] for record in records])


@pytest.mark.skipif("postgres" in os.environ.get("DATABASE_URL", ""), reason="PostgreSQL's files are not ours to read")
def test_nothing_of_a_family_is_left_in_the_files_once_somebody_is_erased(capsys: pytest.CaptureFixture[str]) -> None:
    by = system_actor(cast.make_site().pk)
    person = services.register_person(by=by, identity=Identity(given_names="N.", birth="1987"))
    asked = family.open_request(
        by=by, enquirer=Enquirer(name="N.", birth="1987"), sought=Sought(given_names="M."), resident=person
    )
    plant_family.of_person(by, person, asked, Planted(100), gone=False)
    changes.catch_up()
    # Of the resident of another household to whom they are tied, everything stays.
    stays = list(SealedRecord.objects.filter(kind=KinTies.KIND).exclude(subject=person.pk))
    goes = list(SealedRecord.objects.exclude(subject__in={record.subject for record in stays}))
    theirs, others, kinds = _traces(goes), _traces(stays), {record.kind for record in goes}
    before = theirs.found()

    erasing.erase(by=by, erasure=erasing.hide(by=by, subject=person.subject, what=What.PERSON, why=Why.ASKED))
    changes.catch_up()

    after = theirs.found()
    with capsys.disabled():
        print(f"\nerased with a family: {len(kinds)} kinds, {before} keys and bodies before, {after} after")
    assert len(kinds) >= KINDS
    assert before == (len(theirs.keys), len(theirs.bodies))
    assert after == (0, 0)
    assert others.found() == (len(others.keys), len(others.bodies))  # the control: the scan finds who stays
    assert not KeyDue.objects.exists()
