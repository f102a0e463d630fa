"""A server's dump that was sealed to the shares by hand opens with two of them, whole or not at all."""

import io
from pathlib import Path

import pytest

from posada.config import dumps
from posada.vault import recovery
from posada.vault.errors import BackupDamaged, TooFewShares, VaultError, WrongSharesForBackup

SECRET = bytes(range(32))
DUMP = b"PGDMP" + bytes(300_000)


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """As `pg_dump | age -r RECIPIENT` makes it."""
    made = io.BytesIO()
    recovery.seal_to(recovery.recipient(SECRET), io.BytesIO(DUMP), made)
    path = tmp_path / "data.age"
    path.write_bytes(made.getvalue())
    return path


def test_two_shares_open_it_for_this_user_alone(sealed: Path, tmp_path: Path) -> None:
    target = tmp_path / "data.dump"
    dumps.open_sealed(sealed=sealed, target=target, shares=recovery.shares(SECRET)[1:])
    assert target.read_bytes() == DUMP
    assert target.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("fault", ["cut", "turned", "other shares", "one share"])
def test_what_does_not_open_whole_leaves_nothing(sealed: Path, tmp_path: Path, fault: str) -> None:
    shares = list(recovery.shares(SECRET if fault != "other shares" else SECRET[::-1])[:2])
    raw = bytearray(sealed.read_bytes())
    if fault == "turned":
        raw[-9] ^= 1
    sealed.write_bytes(raw[:-70_000] if fault == "cut" else raw)
    expected: type[VaultError] = {"other shares": WrongSharesForBackup, "one share": TooFewShares}.get(
        fault, BackupDamaged
    )
    target = tmp_path / "data.dump"
    with pytest.raises(expected):
        dumps.open_sealed(sealed=sealed, target=target, shares=shares[:1] if fault == "one share" else shares)
    assert not target.exists()


def test_it_is_never_written_over_a_file(sealed: Path, tmp_path: Path) -> None:
    target = tmp_path / "data.dump"
    target.write_text("mine")
    with pytest.raises(dumps.FileIsThere):
        dumps.open_sealed(sealed=sealed, target=target, shares=recovery.shares(SECRET)[:2])
    assert target.read_text() == "mine"
