"""The schedule of backups: it tries when one is due, and a stick that is not there stops nothing."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from posada.config import keeping
from posada.records import safekeeping
from posada.vault.backup.errors import NoTarget


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
