"""Keys that seal nothing are swept at the start; every other stays, and nothing is swept where it is not certain."""

from datetime import timedelta

import pytest

from posada.accounts.acts import Act
from posada.accounts.models import Site
from posada.accounts.permissions import system_actor
from posada.audit.models import AuditEntry
from posada.ground import clock, ids
from posada.people.matching import saving
from posada.people.matching.held import NAME
from posada.people.models import Identity
from posada.records import door, orphans, services
from posada.records.models import SealedRecord
from posada.vault import epochs, keyring, saved, stores
from posada.vault.folder import Store
from posada.vault.keyring import NEXT, Compartment
from posada.vault.models import KeyringMark, WrappedKey

pytestmark = [
    pytest.mark.django_db(databases=["default", "keyring"]),
    pytest.mark.sqlcipher("on a server other processes write, and nothing is swept"),
]


def _held() -> set[tuple[object, str]]:
    return set(WrappedKey.objects.values_list("subject", "compartment"))


def _boot() -> None:
    epochs.check(lambda _done, _total: None)
    saving.sweep_keys(lambda _done, _total: None)


def _entries() -> list[int]:
    return list(AuditEntry.objects.filter(act=orphans.SWEPT).values_list("count", flat=True))


@pytest.fixture
def record(site: Site) -> SealedRecord:
    by = system_actor(site.pk)
    return services.seal_new(Identity(given_names="Canario"), subject=ids.new_id(), by=by, act=Act.REGISTER)


def test_keys_that_seal_nothing_go_and_every_other_stays(record: SealedRecord, site: Site) -> None:
    assert saving.save()
    never, changing = ids.new_id(), ids.new_id()
    before = _held()
    keyring.ensure_key(never, Compartment.IDENTITY)
    keyring.ensure_key(record.subject, Compartment.KIN)
    keyring.ensure_key(changing, Compartment.FAMILY)
    WrappedKey.objects.create(subject=changing, compartment=f"{Compartment.FAMILY}{NEXT}", wrapped=b"x")
    epochs.remember()
    _boot()
    swept = {(never, Compartment.IDENTITY.value), (record.subject, Compartment.KIN.value)}
    assert not swept & _held()
    assert _held() == before | {(changing, "family"), (changing, f"family{NEXT}")}
    assert _entries() == [2]
    assert door.open_record(record, Identity, by=system_actor(site.pk), reason=door.Reason.SYSTEM).given_names
    assert saved.read(NAME) is not None, "the saved index still opens"


def test_it_is_done_once_a_week(record: SealedRecord, monkeypatch: pytest.MonkeyPatch) -> None:
    for days, entries in ((0, 1), (1, 1), (8, 2)):
        monkeypatch.setattr(clock, "_shift", timedelta(days=days))
        keyring.ensure_key(ids.new_id(), Compartment.KIN)
        epochs.remember()
        _boot()
        assert len(_entries()) == entries


def test_data_from_an_earlier_copy_takes_no_keys_from_the_days_since(record: SealedRecord) -> None:
    """The keyring has seen more than the data: the records that use those keys may lie in the right copy."""
    epochs.remember()
    keyring.ensure_key(ids.new_id(), Compartment.IDENTITY)
    assert epochs.epoch() > KeyringMark.objects.get().value
    held = _held()
    _boot()
    assert (_held(), _entries()) == (held, [])
    _boot()
    assert (len(held - _held()), _entries()) == (1, [1]), "at the start after, they have been seen together"


def test_nothing_is_swept_on_a_server(record: SealedRecord, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.ensure_key(ids.new_id(), Compartment.IDENTITY)
    epochs.remember()
    monkeypatch.setattr(stores, "present", lambda: Store.POSTGRESQL)
    held = _held()
    _boot()
    assert (_held(), _entries()) == (held, [])
