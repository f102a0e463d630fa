"""Houses made once for a run of the tests, and copies of them to do with as one likes."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.faults import launch

PERSONS = 5


@pytest.fixture(scope="session")
def new_house(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], dict[str, Any]]:
    """Put a house of five persons, with logs that are full, into a folder that is not there; gives what opens it.

    Its slots cost a guess next to nothing, so that its commands are quick. `posada run` refuses such slots, rightly:
    for a server there is `initialised`.
    """
    original = tmp_path_factory.mktemp("house") / "site"
    told: dict[str, Any] = json.loads(launch.run("tests.faults.house", original, str(original), str(PERSONS)).stdout)

    def put(folder: Path) -> dict[str, Any]:
        shutil.copytree(original, folder)
        return told

    return put


@pytest.fixture(scope="session")
def initialised(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder made by `posada init`, and what the command printed. Copy it before you change it."""
    folder = tmp_path_factory.mktemp("initialised") / "site"
    kept = {name: value for name, value in os.environ.items() if name not in {"POSADA_SITE", "DJANGO_SETTINGS_MODULE"}}
    answer = subprocess.run(
        [sys.executable, "-m", "posada", "init", str(folder), "--manager", "elena"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=kept | {"LANG": "en_US.UTF-8"},
    )
    assert answer.returncode == 0, answer.stderr
    return folder, answer.stdout
