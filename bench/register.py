"""P1 and P2 of the threat model: unlock to the first search, and opening persons over HTTP, in a large register.

`python -m bench.register [PERSONS ...]`: for each size the site is made, opened cold, saved, opened again in a new
process; at the first size eight people then open persons at once through the real server.
"""

import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django

SIZES = (100_000, 1_000_000)
USERS, SECONDS = 8, 20


def in_process(act: str, root: Path, *words: str) -> dict[str, object]:
    """Carry out one act of `bench.registering` in a process of its own; what it found."""
    code = "import sys; from bench.register import set_up; set_up(sys.argv[1], sys.argv[2], sys.argv[3:])"
    done = subprocess.run(
        [sys.executable, "-c", code, act, str(root), *words], check=True, capture_output=True, text=True
    )
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def set_up(act: str, root: str, words: list[str]) -> None:
    """In the child: load Django for the site, act, print what was found."""
    os.environ["POSADA_SITE"] = root
    os.environ["DJANGO_SETTINGS_MODULE"] = "posada.config.settings"
    django.setup()
    print(json.dumps(getattr(import_module("bench.registering"), act)(Path(root), *words)))


def measure(root: Path, persons: int, *, over_http: bool) -> list[str]:
    """Every figure of one size as a line."""
    made = in_process("make", root, str(persons))
    phrase = str(made["phrase"])
    lines = [f"{persons:,} persons, written in bulk in {made['seconds']} s, {made['megabytes']} MB"]
    for name in ("cold", "saved"):
        found = in_process("unlock", root, phrase)
        lines.append(
            f"P1 {name}: phrase to first search {found['seconds']} s, of it the phrase {found['phrase_seconds']} s; "
            f"{found['megabytes']} MB in memory; found {found['found']}"
        )
        if name == "cold":
            kept = in_process("keep", root, phrase)
            lines.append(f"  the index saved: {kept['seconds']} s, {kept['megabytes']} MB")
    if over_http:
        lines += _http(root, phrase, made)
    return lines


def _http(root: Path, phrase: str, made: dict[str, object]) -> list[str]:
    loading = import_module("bench.loading")
    found = loading.open_persons(root, phrase, json.dumps(made["users"]), users=USERS, seconds=SECONDS)
    speed = f"{found.rate:.0f} a second, p50 {found.p50 * 1000:.0f} ms, p99 {found.p99 * 1000:.0f} ms"
    return [f"P2 {USERS} users opening persons over HTTP for {SECONDS} s: {speed}, {found.errors} errors"]


def main() -> None:
    """Print, and write bench/results/register.txt."""
    sizes = [int(re.sub(r"\D", "", word)) for word in sys.argv[1:]] or list(SIZES)
    lines = [f"Posada on {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"]
    for place, persons in enumerate(sizes):
        with tempfile.TemporaryDirectory() as folder:
            lines += measure(Path(folder) / "site", persons, over_http=place == 0)
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    (Path(__file__).parent / "results" / "register.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
