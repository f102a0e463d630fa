"""The schedule of backups: it tries when one is due, and a stick that is not there stops nothing."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from posada.config import keeping
from posada.records import safekeeping
from posada.vault.backup import writing
from posada.vault.backup.errors import NoTarget
from posada.vault.folder import SiteFolder


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Where backups were made to; making one does nothing else here."""
    found: list[Path] = []
    chosen = SimpleNamespace(backup_folder="/stick", backup_hours=24)
    monkeypatch.setattr("posada.vault.site.current_settings", lambda: chosen)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    monkeypatch.setattr(safekeeping, "back_up", lambda by, to: found.append(to))
    return found


@pytest.mark.parametrize("due", [True, False])
def test_it_makes_one_when_it_is_due_and_only_then(
    tried: list[Path], monkeypatch: pytest.MonkeyPatch, *, due: bool
) -> None:
    monkeypatch.setattr(safekeeping, "is_due", lambda: due)
    assert keeping.look(1) is due
    assert tried == [Path("/stick")] * due


def test_a_stick_that_is_not_there_stops_nothing(tried: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(**_words: object) -> None:
        raise NoTarget("/stick")

    monkeypatch.setattr(safekeeping, "is_due", lambda: True)
    monkeypatch.setattr(safekeeping, "back_up", gone)
    assert keeping.look(1) is False
    assert tried == []


def test_what_a_sealed_backup_left_goes_at_the_next_start_unless_one_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sealing ends the process at once, in the middle of a backup, too: its copy of the keyring must not stay."""
    folder = SiteFolder(tmp_path)
    monkeypatch.setattr("posada.vault.site.current_folder", lambda: folder)
    monkeypatch.setattr("posada.records.examining.look_before_opening", lambda _folder: [])
    left = tmp_path / "backup-passing-abc"
    left.mkdir()
    (left / "keyring.db").write_bytes(b"keys")
    with writing.alone(folder):
        keeping.look_at_files(lambda _done, _total: None)
        assert left.exists(), "a backup runs: it is its own"
    keeping.look_at_files(lambda _done, _total: None)
    assert not left.exists()
