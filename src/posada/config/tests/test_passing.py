"""What a killed command left of an opened backup goes before the next, and before a journey without keys."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from posada.config import holding, passing


@pytest.fixture(autouse=True)
def _temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def _left(tmp_path: Path) -> Path:
    """The folder of a process that was killed inside it."""
    script = (
        "import os, signal, tempfile; from posada.config import passing; "
        f"tempfile.tempdir = {str(tmp_path)!r}; inside = passing.folder(); place = inside.__enter__(); "
        "place.mkdir(); (place / 'site.keys').write_text('slots'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", script], check=False, timeout=60)
    return next(tmp_path.glob("posada-verify-*/site/site.keys"))


def test_what_a_killed_command_left_goes_and_what_another_uses_stays(tmp_path: Path) -> None:
    left = _left(tmp_path)
    used = tmp_path / f"posada-verify-{os.getppid()}-abc"
    used.mkdir()
    with passing.folder() as place:
        assert not left.exists()
        assert used.exists()
        place.mkdir()
    assert list(tmp_path.glob("posada-verify-*")) == [used]


def test_no_copy_of_the_keys_stays_in_passing_when_they_travel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = _left(tmp_path)
    monkeypatch.setattr("posada.vault.travel.start", lambda *_words, **_more: None)
    holding.start_travel(targets=())
    assert not left.exists()
