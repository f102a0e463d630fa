"""On PostgreSQL several processes write at once: no reader misses a change that comes into view late."""

import threading
import time
import uuid
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, transaction
from pytest_django import Settings
from tests import cast

from posada.accounts.models import Site
from posada.audit import services as audit
from posada.audit.models import AuditEntry
from posada.ground import clock
from posada.records import changes
from posada.records.models import Change, ReaderPosition, SealedRecord

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "keyring"]),
    pytest.mark.usefixtures("audit_may_be_emptied"),
    pytest.mark.postgresql("SQLCipher has one writer at a time"),
]

SEEN: list[tuple[str, int]] = []
LASTING = changes.Reader("lasting", lambda rows: SEEN.extend(("lasting", row.sequence) for row in rows), lasting=True)
FLEETING = changes.Reader(
    "fleeting", lambda rows: SEEN.extend(("fleeting", row.sequence) for row in rows), lasting=False
)
WRITERS, TURNS = 4, 25


@pytest.fixture(autouse=True)
def _readers(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CHANGE_READERS = [f"{__name__}.LASTING", f"{__name__}.FLEETING"]
    monkeypatch.setattr(changes, "PATIENCE_SECONDS", 0.2)
    SEEN.clear()
    changes.start_at("fleeting", 0)


@pytest.fixture
def house() -> Site:
    return cast.make_site()


def _append(house: Site) -> None:
    record = SealedRecord(
        id=uuid.uuid4(), subject=uuid.uuid4(), site=house, kind="x", registered_on=clock.today(), body=b""
    )
    changes.append(record, Change.What.WRITTEN)


def _seen(name: str) -> list[int]:
    return [sequence for reader, sequence in SEEN if reader == name]


def _in_thread(work: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.fixture
def late(house: Site) -> Iterator[Callable[[], None]]:
    """A change is written and not yet committed; calling this commits it."""
    written, go = threading.Event(), threading.Event()

    def work() -> None:
        with transaction.atomic():
            _append(house)
            written.set()
            assert go.wait(30)

    thread = _in_thread(work)
    assert written.wait(30)

    def commit() -> None:
        go.set()
        thread.join(30)

    yield commit
    commit()


def test_a_change_that_comes_into_view_late_is_not_missed(house: Site, late: Callable[[], None]) -> None:
    _append(house)
    changes.catch_up()
    newer = Change.objects.get().sequence
    # What is in view is in memory at once; the place that all processes share waits for the lower one.
    assert (_seen("fleeting"), _seen("lasting")) == ([newer], [])
    changes.catch_up()
    late()
    changes.catch_up()
    assert _seen("fleeting") == [newer, newer - 1]
    assert _seen("lasting") == [newer - 1, newer]
    changes.catch_up()
    assert len(SEEN) == 4
    assert ReaderPosition.objects.get().sequence == changes.place_of("fleeting") == newer


def test_reading_by_number_alone_would_miss_it(house: Site, late: Callable[[], None]) -> None:
    """The control: without knowing who writes, the place passes the lower sequence, and it is never read."""
    _append(house)
    place = Change.objects.latest("sequence").sequence
    late()
    assert not Change.objects.filter(sequence__gt=place).exists()
    assert Change.objects.filter(sequence__lt=place).count() == 1


def test_the_head_waits_for_who_is_writing(
    house: Site, late: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    _append(house)
    monkeypatch.setattr(changes, "SETTLING_SECONDS", 0.2)
    assert changes.head() == 0
    late()
    assert changes.head() == Change.objects.latest("sequence").sequence


def test_two_processes_raise_each_change_once(house: Site) -> None:
    for _ in range(20):
        _append(house)
    # Each reading has a turn of its own, as in two processes; only the database stands between them.
    start = threading.Barrier(2)

    def read() -> None:
        start.wait()
        while changes._step_lasting(LASTING) or ReaderPosition.objects.get().sequence < 1:
            time.sleep(0.001)

    threads = [_in_thread(read) for _ in range(2)]
    for thread in threads:
        thread.join(60)
    assert sorted(_seen("lasting")) == sorted(Change.objects.values_list("sequence", flat=True))


def test_under_four_writers_every_reader_sees_each_change_once(house: Site, capsys: pytest.CaptureFixture[str]) -> None:
    began, over = time.monotonic(), threading.Event()

    def write() -> None:
        for turn in range(TURNS):
            with transaction.atomic():
                audit.write(audit.Event(act="people.register", count=turn), audit.Event(act="people.search"))
                _append(house)
                time.sleep(0.001 * (turn % 5))

    def read() -> None:
        while not over.is_set():
            changes.catch_up()

    reader = _in_thread(read)
    writers = [_in_thread(write) for _ in range(WRITERS)]
    for thread in writers:
        thread.join(60)
    over.set()
    reader.join(60)
    changes.catch_up()
    written = list(Change.objects.order_by("sequence").values_list("sequence", flat=True))
    found = audit.verify()
    chains = AuditEntry.objects.values("chain").distinct().count()
    with capsys.disabled():
        took = time.monotonic() - began
        print(
            f"\n{WRITERS} writers: {len(written)} changes, {found.entries} audit entries, {chains} chains, {took:.1f} s"
        )
    assert len(written) == WRITERS * TURNS
    assert _seen("lasting") == written
    assert sorted(_seen("fleeting")) == written
    assert (found.entries, found.broken_at) == (2 * WRITERS * TURNS, None)
    assert 1 < chains <= WRITERS
