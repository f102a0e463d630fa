"""Where the shared reading material lies, when it is there."""

import os
from pathlib import Path

import pytest

_REPOSITORY = Path(__file__).resolve().parents[4]
SHARED = Path(os.environ.get("POSADA_SHARED", _REPOSITORY.parent / "shared"))
PFIF = SHARED / "data" / "pfif"

needs_shared = pytest.mark.skipif(
    not PFIF.is_dir(),
    reason="the shared PFIF files are not here (set POSADA_SHARED to the folder that holds data/)",
)
