"""Sealing and opening: what is bound to what."""

import hashlib
import hmac
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posada.vault import ciphers, keyring, unsealing
from posada.vault.errors import Unreadable
from posada.vault.keyring import Compartment
from posada.vault.models import WrappedKey

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@given(plain=st.binary(max_size=2_000), associated=st.binary(max_size=50))
@settings(max_examples=60, deadline=None)
def test_what_is_sealed_opens_again(plain: bytes, associated: bytes) -> None:
    key = ciphers.new_key()
    assert ciphers.decrypt(key, ciphers.encrypt(key, plain, associated), associated) == plain


@given(flip=st.integers(min_value=0, max_value=28 * 8 + 31))
@settings(max_examples=100, deadline=None)
def test_one_flipped_bit_never_opens(flip: int) -> None:
    key = bytes(32)
    blob = bytearray(ciphers.encrypt(key, b"word", b"whose"))
    blob[(flip // 8) % len(blob)] ^= 1 << (flip % 8)
    with pytest.raises(Unreadable):
        ciphers.decrypt(key, bytes(blob), b"whose")


def test_a_blob_of_another_person_compartment_or_version_does_not_open() -> None:
    one, other = uuid.uuid4(), uuid.uuid4()
    key = keyring.ensure_key(one, Compartment.KIN)
    data = keyring.sealing_data(one, Compartment.KIN, "x/1", 1)
    blob = keyring.seal(key, b"word", data)
    assert unsealing.unseal(key, blob, data) == b"word"
    for wrong in (
        keyring.sealing_data(other, Compartment.KIN, "x/1", 1),
        keyring.sealing_data(one, Compartment.FAMILY, "x/1", 1),
        keyring.sealing_data(one, Compartment.KIN, "x/2", 1),
        keyring.sealing_data(one, Compartment.KIN, "x/1", 2),
    ):
        with pytest.raises(Unreadable):
            unsealing.unseal(key, blob, wrong)


def test_each_person_and_compartment_has_a_key_of_its_own() -> None:
    one, other = uuid.uuid4(), uuid.uuid4()
    keys = {keyring.ensure_key(who, part) for who in (one, other) for part in Compartment}
    assert len(keys) == 2 * len(Compartment)
    assert keyring.ensure_key(one, Compartment.KIN) in keys


def test_without_its_wrapped_key_nothing_opens() -> None:
    who = uuid.uuid4()
    keyring.ensure_key(who, Compartment.IDENTITY)
    WrappedKey.objects.filter(subject=who).delete()
    with pytest.raises(Unreadable):
        unsealing.existing_key(who, Compartment.IDENTITY)


def test_a_wrapped_key_moved_to_another_person_does_not_open() -> None:
    one, other = uuid.uuid4(), uuid.uuid4()
    keyring.ensure_key(one, Compartment.IDENTITY)
    WrappedKey.objects.filter(subject=one).update(subject=other)
    with pytest.raises(Unreadable):
        unsealing.existing_key(other, Compartment.IDENTITY)


def test_fingerprints_are_equal_for_equal_words_of_one_kind_only() -> None:
    assert keyring.fingerprint("a", "x") == keyring.fingerprint("a", "x") != keyring.fingerprint("b", "x")
    assert len(keyring.pseudonym(uuid.uuid4())) == 16


def test_every_purpose_has_a_key_of_its_own_from_the_master_key() -> None:
    """HKDF-SHA-256 (RFC 5869) with the label posada/1/<purpose>; a changed label would make a house unreadable."""
    master = bytes(range(32))
    purposes = [f"compartment/{part}" for part in Compartment]
    purposes += ["main.db", "keyring.db", "pseudonym", "fingerprint/a", "site.keys", "recovery/slot", "recovery/age"]
    keys = {purpose: ciphers.derive(master, purpose) for purpose in purposes}
    assert len({master, *keys.values()}) == 1 + len(purposes)
    assert {len(key) for key in keys.values()} == {32}
    extracted = hmac.new(bytes(32), master, hashlib.sha256).digest()
    for purpose, key in keys.items():
        assert key == hmac.new(extracted, f"posada/1/{purpose}".encode() + b"\x01", hashlib.sha256).digest()


def test_a_wrapped_key_of_one_compartment_does_not_open_as_another() -> None:
    who = uuid.uuid4()
    for part in Compartment:
        keyring.ensure_key(who, part)
    for part in Compartment:
        held = WrappedKey.objects.get(subject=who, compartment=part)
        assert held.wrapped[0] == ciphers.AES_256_GCM
        assert len(held.wrapped) == 61  # algorithm 1, nonce 12, key 32, tag 16
        for other in set(Compartment) - {part}:
            held.compartment = other
            with pytest.raises(Unreadable):
                keyring.unwrap(held)
