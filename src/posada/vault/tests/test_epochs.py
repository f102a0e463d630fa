"""A keyring from an earlier copy is noticed at unlock."""

import uuid

import pytest
from django.utils import translation

from posada.vault import epochs, keyring
from posada.vault.epochs import KeyringOlder
from posada.vault.keyring import Compartment
from posada.vault.models import KeyringEpoch, KeyringMark, WrappedKey

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def _check() -> None:
    epochs.check(lambda _done, _total: None)


def test_every_change_of_the_keyring_is_counted() -> None:
    before = epochs.epoch()
    who = uuid.uuid4()
    keyring.ensure_key(who, Compartment.KIN)
    after_adding = epochs.epoch()
    WrappedKey.objects.filter(subject=who).update(compartment=Compartment.LEGAL)
    after_changing = epochs.epoch()
    WrappedKey.objects.filter(subject=who).delete()
    assert before < after_adding < after_changing < epochs.epoch()


@pytest.mark.parametrize("change", ["added", "erased"])
def test_a_keyring_from_before_a_key_was_added_or_erased_does_not_open(change: str) -> None:
    who = uuid.uuid4()
    keyring.ensure_key(who, Compartment.IDENTITY)
    _check()
    earlier = epochs.epoch()
    if change == "added":
        keyring.ensure_key(uuid.uuid4(), Compartment.IDENTITY)
    else:
        WrappedKey.objects.filter(subject=who).delete()
    epochs.remember()
    _check()
    KeyringEpoch.objects.update(value=earlier)
    with pytest.raises(KeyringOlder):
        _check()
    with translation.override("en"):
        assert "restore both from one backup" in str(KeyringOlder())


def test_the_mark_never_goes_back_and_a_newer_keyring_opens() -> None:
    keyring.ensure_key(uuid.uuid4(), Compartment.IDENTITY)
    epochs.remember()
    marked = KeyringMark.objects.get().value
    KeyringEpoch.objects.update(value=marked - 1)
    epochs.remember()
    assert KeyringMark.objects.get().value == marked
    KeyringEpoch.objects.update(value=marked + 5)
    _check()
    assert KeyringMark.objects.get().value == marked + 5


def test_a_fresh_site_opens() -> None:
    WrappedKey.objects.all().delete()
    KeyringEpoch.objects.all().delete()
    _check()
