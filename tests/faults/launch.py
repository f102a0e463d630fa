"""Start a Python process with Django set up for a site folder, and run a module of the tests in it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

START = """
import os, sys
from importlib import import_module
import django
django.setup()
import_module(sys.argv[1]).main(sys.argv[2:])
"""


def run(
    module: str,
    site: Path,
    *words: str,
    check: bool = True,
    seconds: float = 300,
    variables: Mapping[str, str] = MappingProxyType({}),
) -> subprocess.CompletedProcess[str]:
    """Run `main(words)` of a module for the site in this folder; `variables` lead to databases on a server."""
    environment = os.environ | {"POSADA_SITE": str(site), "DJANGO_SETTINGS_MODULE": "posada.config.settings"}
    return subprocess.run(
        [sys.executable, "-c", START, module, *words],
        env={**environment, **variables},
        check=check,
        capture_output=True,
        text=True,
        timeout=seconds,
    )
