"""The change log: each reader sees each change once, in order, and a page can wait for it."""

import threading
import uuid

import pytest
from django.db import transaction
from pytest_django import Settings

from posada.accounts.acts import Act
from posada.accounts.models import Site
from posada.accounts.permissions import system_actor
from posada.people.models import Identity
from posada.records import changes, once, services
from posada.records.models import ReaderPosition

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

SEEN: list[tuple[str, int]] = []
LASTING = changes.Reader("lasting", lambda rows: SEEN.extend(("lasting", row.sequence) for row in rows), lasting=True)
FLEETING = changes.Reader(
    "fleeting", lambda rows: SEEN.extend(("fleeting", row.sequence) for row in rows), lasting=False
)


@pytest.fixture(autouse=True)
def _readers(settings: Settings) -> None:
    settings.CHANGE_READERS = [f"{__name__}.LASTING", f"{__name__}.FLEETING"]
    SEEN.clear()
    changes.start_at("fleeting", 0)


def _write(site: Site, count: int) -> None:
    for _ in range(count):
        services.seal_new(Identity(), subject=uuid.uuid4(), by=system_actor(site.pk), act=Act.REGISTER)


def test_every_reader_sees_every_change_once_and_in_order(site: Site) -> None:
    changes.start_at("fleeting", changes.head())
    ReaderPosition.objects.create(reader="lasting", sequence=changes.head())
    _write(site, 3)
    changes.catch_up()
    changes.catch_up()
    for name in ("lasting", "fleeting"):
        rows = [sequence for reader, sequence in SEEN if reader == name]
        assert len(rows) == 3
        assert rows == sorted(rows)


def test_a_lasting_reader_that_fails_sees_the_change_again(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    ReaderPosition.objects.create(reader="lasting", sequence=changes.head())
    _write(site, 1)

    def fail(_rows: object) -> None:
        raise ValueError

    monkeypatch.setattr(f"{__name__}.LASTING", changes.Reader("lasting", fail, lasting=True))
    with pytest.raises(ValueError):  # noqa: PT011 - the reader's own
        changes.catch_up("lasting")
    monkeypatch.undo()


def test_inside_a_transaction_it_waits_for_nobody(site: Site) -> None:
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with changes._turns["lasting"]:
            held.set()
            done.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    with transaction.atomic():
        changes.catch_up()
    done.set()
    holder.join(10)
    assert not holder.is_alive()


def test_a_form_acts_once(site: Site) -> None:
    key, result = uuid.uuid4(), uuid.uuid4()
    once.claim(key, result)
    with pytest.raises(once.AlreadySent) as caught:
        once.claim(key, uuid.uuid4())
    assert caught.value.result == result
    once.claim(None)
