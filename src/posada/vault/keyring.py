"""A person's keys, and sealing with them."""

import uuid
from enum import StrEnum

from django.db import IntegrityError, transaction

from posada.vault import ciphers, state
from posada.vault.errors import Unreadable
from posada.vault.models import WrappedKey
from posada.vault.router import KEYRING

# Behind a compartment's word: the fresh key that is about to take the place of the one without it (vault.rekeying).
NEXT = "/next"
# Of a spoken word: the least that OWASP's password storage page asks of Argon2id (19 MiB, two passes, one lane).
_WORD_MEMORY_KIB, _WORD_PASSES = 19_456, 2


class Compartment(StrEnum):
    """The parts that a person's file is divided into; each has a key of its own."""

    IDENTITY = "identity"
    CONTACT = "contact"
    KIN = "kin"
    FAMILY = "family"
    PROTECTION = "protection"
    LEGAL = "legal"
    STAFF = "staff"


def _compartment_key(compartment: Compartment) -> bytes:
    return state.key_for(f"compartment/{compartment}")


def _wrap_data(subject: uuid.UUID, compartment: Compartment) -> bytes:
    return f"key|{subject.hex}|{compartment}".encode()


def ensure_key(subject: uuid.UUID, compartment: Compartment) -> bytes:
    """The person's key, made and committed to the keyring first if there is none yet."""
    rows = WrappedKey.objects.filter(subject=subject, compartment__in=[compartment.value, f"{compartment}{NEXT}"])
    held = rows.order_by("-compartment").first()  # a fresh key, if one is about to take over, before the old one
    if held is None:
        fresh = ciphers.new_key()
        wrapped = wrap(fresh, subject, compartment)
        try:
            with transaction.atomic(using=KEYRING):
                WrappedKey.objects.create(subject=subject, compartment=compartment, wrapped=wrapped)
        except IntegrityError:
            held = WrappedKey.objects.get(subject=subject, compartment=compartment)
        else:
            return fresh
    return unwrap(held)


def wrap(key: bytes, subject: uuid.UUID, compartment: Compartment) -> bytes:
    """A person's key under the compartment's key, as the keyring holds it."""
    return ciphers.encrypt(_compartment_key(compartment), key, _wrap_data(subject, compartment))


def unwrap(held: WrappedKey) -> bytes:
    """The key itself."""
    compartment = Compartment(held.compartment.removesuffix(NEXT))
    return ciphers.decrypt(_compartment_key(compartment), bytes(held.wrapped), _wrap_data(held.subject, compartment))


def opens() -> bool:
    """Whether the keyring is of this site: a key in it opens, or there is none yet."""
    held = WrappedKey.objects.first()
    try:
        return held is None or bool(unwrap(held))
    except Unreadable:
        return False


def sealing_data(subject: uuid.UUID, compartment: Compartment, schema: str, version: int) -> bytes:
    """The associated data of a record: whose, where, what and which version, so that none can be swapped."""
    return f"{subject.hex}|{compartment}|{schema}|{version}".encode()


def seal(key: bytes, plain: bytes, associated: bytes) -> bytes:
    """Seal one record's bytes."""
    return ciphers.encrypt(key, plain, associated)


def pseudonym(subject: uuid.UUID) -> str:
    """How the audit speaks of a person: 16 hex digits that only this site can make."""
    return ciphers.mac(state.key_for("pseudonym"), subject.bytes).hex()[:16]


def fingerprint(kind: str, text: str) -> str:
    """An HMAC of an external id or a sign-in name: equal for equal words, and telling nothing else."""
    return ciphers.mac(state.key_for(f"fingerprint/{kind}"), text.encode()).hex()


def slow_fingerprint(kind: str, text: str, *, beside: str) -> str:
    """An HMAC of a word's Argon2id: for a short spoken word, so that even whoever holds the keys guesses slowly.

    `beside` salts it: the same word beside another code is another fingerprint. Takes the same work for every word.
    """
    key = state.key_for(f"fingerprint/{kind}")
    salt = ciphers.mac(key, b"salt|" + beside.encode())[:16]
    slow = ciphers.stretch(text, salt=salt, memory_kib=_WORD_MEMORY_KIB, passes=_WORD_PASSES, lanes=1)
    return ciphers.mac(key, slow).hex()
