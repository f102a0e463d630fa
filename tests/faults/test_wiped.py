"""A request that ended and was not renewed: nothing of it is left in the live files. The scan finds those who go on."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections

from posada.accounts.permissions import Actor, system_actor
from posada.family import services as family
from posada.family.models import Enquirer, Placeholder, Separation, Sought, TracingRequest
from posada.ground import clock
from posada.people import matching
from posada.records.models import KeyDue, SealedRecord
from posada.vault.models import WrappedKey
from tests import cast
from tests.faults.pages import carved

pytestmark = [
    pytest.mark.django_db(databases=["default", "keyring"], transaction=True),
    pytest.mark.usefixtures("audit_may_be_emptied"),
]

WIPED = 100 if os.environ.get("POSADA_LONG") == "1" else 10
KEPT = 5


def _file(alias: str) -> Path:
    with connections[alias].cursor() as cursor:
        cursor.execute("PRAGMA database_list")
        return Path(cursor.fetchall()[0][2])


def _open(by: Actor, count: int) -> list[TracingRequest]:
    return [
        family.open_request(
            by=by,
            enquirer=Enquirer(name=f"Hermana {number}"),
            sought=Sought(given_names=f"Buscada {number}", surnames="Ninguna"),
            separation=Separation(place="Puente"),
        )
        for number in range(count)
    ]


def _traces(requests: list[TracingRequest]) -> tuple[list[bytes], list[bytes]]:
    """Their wrapped keys, and the beginnings of their sealed words."""
    subjects = [one for row in requests for one in (row.enquirer.subject, row.sought.subject)]
    keys = [bytes(row.wrapped) for row in WrappedKey.objects.filter(subject__in=subjects)]
    return keys, [bytes(row.body)[:40] for row in SealedRecord.objects.filter(subject__in=subjects)]


def _found(traces: tuple[list[bytes], list[bytes]]) -> tuple[int, int]:
    keyring, main = carved(_file("keyring"), "keyring.db"), carved(_file("default"), "main.db")
    keys = sum(key in keyring or key in main for key in traces[0])
    return keys, sum(body in main for body in traces[1])


@pytest.mark.skipif("postgres" in os.environ.get("DATABASE_URL", ""), reason="PostgreSQL's files are not ours to read")
def test_expired_and_wiped_its_words_and_keys_are_gone_from_the_files(capsys: pytest.CaptureFixture[str]) -> None:
    began = time.monotonic()
    by = system_actor(cast.make_site().pk)
    matching.build(lambda _done, _total: None)
    gone, stay = _open(by, WIPED), _open(by, KEPT)
    theirs, others = _traces(gone), _traces(stay)
    before = _found(theirs)
    assert before == (len(theirs[0]), len(theirs[1])) != (0, 0), "the control: the scan finds what is there"
    ended = clock.today() - timedelta(days=31)
    TracingRequest.objects.filter(pk__in=[row.pk for row in gone]).update(expires_on=ended)
    wiped = family.wipe_expired(by.site)
    after, control = _found(theirs), _found(others)
    with capsys.disabled():
        print(
            f"\nwiped: {wiped} requests: {before[0]} keys, {before[1]} blobs before, {after[0]} and {after[1]} after; "
            f"control of {KEPT} that go on: {control[0]} of {len(others[0])} keys; {time.monotonic() - began:.1f} s"
        )
    assert after == (0, 0)
    assert control == (len(others[0]), len(others[1]))
    assert set(Placeholder.objects.values_list("number", flat=True)) == {row.number for row in gone}
    assert not KeyDue.objects.exists()
