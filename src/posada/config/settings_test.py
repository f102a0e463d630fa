"""Settings of the tests: a site of its own in a temporary folder, opened with a fixed key.

POSADA_TEST_DATABASE=postgresql puts its databases on a server that the tests start and stop (tests/cluster.py).
"""

import atexit
import os
import shutil
import tempfile
from importlib import import_module
from pathlib import Path

# In memory where there is some: thousands of tests commit, and none of them is about this disk.
_memory, _enough = Path("/dev/shm"), 512 * 1024**2  # noqa: S108 - the folder in it is made by mkdtemp
_roomy = os.access(_memory, os.W_OK) and shutil.disk_usage(_memory).free > _enough
_root = Path(tempfile.mkdtemp(prefix="posada-test-", dir=_memory if _roomy else None))
os.environ["POSADA_SITE"] = str(_root)
_mine = os.getpid()


@atexit.register
def _leave_nothing() -> None:
    if os.getpid() == _mine:
        shutil.rmtree(_root, ignore_errors=True)


_on_server: dict[str, str] = {}
if os.environ.get("POSADA_TEST_DATABASE", "sqlcipher") == "postgresql":
    _on_server = import_module("tests.cluster").addresses()
os.environ.update(_on_server)

from posada.config.settings import *  # noqa: E402, F403 - settings are built on settings
from posada.config.settings import DATABASES, STORAGES  # noqa: E402
from posada.vault import state  # noqa: E402

state.open_with(bytes(range(32)))

# Sites that a test makes choose their own place.
for _variable in _on_server:
    del os.environ[_variable]
for _alias, _database in DATABASES.items():
    _database["TEST"] = {"NAME": f"test_{_alias}" if _on_server else str(_root / f"test_{_alias}.db")}

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
COUNTS_SECONDS = 0  # the users of one test are not those of the next
TESTING = True
# Both doors to strangers stand open in the tests; that they are off by default is tested for itself.
OPEN_OUTSIDE = frozenset({"page_outside", "page_outside_style", "ask_outside", "ask_outside_style"})
FLED_FROM = frozenset({"VE"})
