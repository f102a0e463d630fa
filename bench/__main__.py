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
    answer = subprocess.run(
        [str(Path(sys.executable).with_name("kinmatch")), "bench"], check=True, capture_output=True, text=True
    )
    sys.stdout.write(answer.stdout)
    (RESULTS / "kinmatch-latest.txt").write_text(answer.stdout, encoding="utf-8")


if __name__ == "__main__":
    main()
