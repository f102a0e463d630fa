"""Settings of the tests: a site of its own in a temporary folder, opened with a fixed key."""

import os
import tempfile
from pathlib import Path

_root = Path(tempfile.mkdtemp(prefix="posada-test-"))
os.environ["POSADA_SITE"] = str(_root)

from posada.config.settings import *  # noqa: E402, F403 - settings are built on settings
from posada.config.settings import DATABASES, STORAGES  # noqa: E402
from posada.vault import state  # noqa: E402

state.open_with(bytes(range(32)))

for _alias, _database in DATABASES.items():
    _database["TEST"] = {"NAME": str(_root / f"test_{_alias}.db")}

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TESTING = True
