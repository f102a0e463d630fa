"""Months in a house, rehearsed: `python -m bench.rehearsal watch` and `tracing` (see --help).

It works through the services that the screens use, with a simulated clock, and writes its section of
results/rehearsal.txt; the other sections there are kept.
"""

import argparse
import os
import platform
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

import django

RESULTS = Path(__file__).parent / "results" / "rehearsal.txt"


def main() -> int:
    """Run one part, print it and keep its section; 1 if anything was found that must be nought."""
    asked = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["POSADA_SITE"] = str(Path(folder) / "site")
        os.environ["DJANGO_SETTINGS_MODULE"] = "posada.config.settings"
        django.setup()
        began = time.perf_counter()
        part = import_module(f"bench.rehearsed_{asked.part}")
        lines, faults = part.run(Path(folder) / "site", asked)
    took = time.perf_counter() - began
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    head = f"{asked.part.capitalize()}: seed {asked.seed}, {took:.0f} s on {machine}"
    text = "\n".join([head, *(f"  {line}" for line in lines)]) + "\n"
    sys.stdout.write(text)
    if not asked.dry:
        RESULTS.write_text(_with(text), encoding="utf-8")
    return 1 if faults else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.rehearsal", description=__doc__)
    parser.add_argument("part", choices=["watch", "tracing"])
    parser.add_argument("--days", type=int, default=90)
    parser.add_argument("--residents", type=int, default=50)
    parser.add_argument("--relatives", type=int, default=200)
    parser.add_argument("--separations", type=int, default=200)
    parser.add_argument("--impostors", type=int, default=100, help="strangers, kin of somebody else, forced kin")
    parser.add_argument("--background", type=int, default=1_500, help="other persons in the register")
    parser.add_argument("--weeks", type=int, default=6)
    parser.add_argument("--officers", type=int, default=4)
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--dry", action="store_true", help="print only")
    return parser.parse_args()


def _with(text: str) -> str:
    """The file with this section in its place."""
    name = text.partition(":")[0]
    held = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    sections = [one for one in held.split("\n\n") if one.strip() and one.partition(":")[0] != name]
    return "\n\n".join(one.rstrip("\n") for one in [*sections, text]) + "\n"


if __name__ == "__main__":
    sys.exit(main())
