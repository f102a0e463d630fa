"""`make bench`: every figure, each written as text under bench/results/."""

import subprocess
import sys
from pathlib import Path

RESULTS = Path(__file__).parent / "results"
NAMES = ("house", "rush", "rush_load", "oversight", "backup", "register", "kin")


def main() -> None:
    """Measure the site, a queue at its door and its load, audit, backups and a large register, then the engine."""
    for name in NAMES:
        subprocess.run([sys.executable, "-m", f"bench.{name}"], check=True)
    kinmatch = str(Path(sys.executable).with_name("kinmatch"))
    subprocess.run([kinmatch, "bench", "--size", "126000", "-o", str(RESULTS / "kinmatch-latest.txt")], check=True)


if __name__ == "__main__":
    main()
