"""The primitives, named once: Argon2id, HKDF-SHA-256, AES-256-GCM, HMAC-SHA-256.

A sealed blob is `algorithm (1 byte) | nonce (12) | ciphertext and tag`; the first byte names the algorithm.
"""

import hashlib
import hmac
import secrets

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from posada.vault.errors import CannotOpenNow, UnknownAlgorithm, Unreadable

AES_256_GCM = 1
KEY_BYTES = 32
_NONCE_BYTES = 12


def stretch(phrase: str, *, salt: bytes, memory_kib: int, passes: int, lanes: int) -> bytes:
    """32 bytes from a phrase by Argon2id (RFC 9106); `CannotOpenNow` where the machine lacks the memory for it."""
    try:
        return hash_secret_raw(
            secret=phrase.encode(),
            salt=salt,
            time_cost=passes,
            memory_cost=memory_kib,
            parallelism=lanes,
            hash_len=KEY_BYTES,
            type=Type.ID,
        )
    except (HashingError, MemoryError) as error:
        raise CannotOpenNow from error


def derive(key: bytes, purpose: str) -> bytes:
    """32 bytes for one purpose from a key by HKDF-SHA-256 (RFC 5869)."""
    hkdf = HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=f"posada/1/{purpose}".encode())
    return hkdf.derive(key)


def encrypt(key: bytes, plain: bytes, associated: bytes) -> bytes:
    """AES-256-GCM with a random nonce; `associated` is bound, not hidden."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return bytes([AES_256_GCM]) + nonce + AESGCM(key).encrypt(nonce, plain, associated)


def decrypt(key: bytes, blob: bytes, associated: bytes) -> bytes:
    """The plain bytes; `Unreadable` when key, blob or `associated` is not the one it was sealed with.

    `UnknownAlgorithm`, which is an `Unreadable`, when the first byte names none that this version knows.
    """
    if not blob:
        raise Unreadable
    if blob[0] != AES_256_GCM:
        raise UnknownAlgorithm
    nonce, body = blob[1 : 1 + _NONCE_BYTES], blob[1 + _NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, body, associated)
    except (InvalidTag, ValueError) as error:
        raise Unreadable from error


def mac(key: bytes, message: bytes) -> bytes:
    """HMAC-SHA-256."""
    return hmac.new(key, message, hashlib.sha256).digest()


def new_key() -> bytes:
    """A random key of 32 bytes."""
    return secrets.token_bytes(KEY_BYTES)
