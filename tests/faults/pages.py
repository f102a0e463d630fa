"""The pages of an encrypted database and of its log, decrypted: what somebody who has the key can carve from a disk.

SQLCipher 4: pages of 4,096 bytes, AES-256-CBC; the last 80 bytes of a page are its vector and its seal. Rows that were
deleted and pages that are free are read like all others.
"""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from posada.vault import state

PAGE, RESERVED, VECTOR, SALT = 4_096, 80, 16, 16
LOG_HEADER, FRAME_HEADER = 32, 24


def _open(page: bytes, key: bytes, *, first: bool) -> bytes:
    start = SALT if first else 0
    sealed = page[start : PAGE - RESERVED]
    vector = page[PAGE - RESERVED : PAGE - RESERVED + VECTOR]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return decryptor.update(sealed) + decryptor.finalize()


def carved(file: Path, purpose: str) -> bytes:
    """All that stands in the file and in its log, in clear."""
    key = state.key_for(purpose)
    raw = file.read_bytes()
    found = [_open(raw[at : at + PAGE], key, first=at == 0) for at in range(0, len(raw) - PAGE + 1, PAGE)]
    log = file.with_name(f"{file.name}-wal")
    raw = log.read_bytes() if log.exists() else b""
    for at in range(LOG_HEADER, len(raw) - PAGE - FRAME_HEADER + 1, PAGE + FRAME_HEADER):
        first = raw[at : at + 4] == b"\x00\x00\x00\x01"
        page = raw[at + FRAME_HEADER : at + FRAME_HEADER + PAGE]
        found.append(_open(page, key, first=first))
    return b"".join(found)
