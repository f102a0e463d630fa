"""Asks pip-audit for known faults of the locked packages, and counts those that it could not look at as not checked."""

import json
import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Exit code 1 for a fault; what was not looked at is said, and is never called sound."""
    file = Path(sys.argv[1])
    locked = sum("==" in line and line[0].isalnum() for line in file.read_text(encoding="utf-8").splitlines() if line)
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "-f", "json", "-r", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        rows = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(f"  0 of {locked} packages checked: the list of known faults could not be asked")
        return 0
    skipped = [row["name"] for row in rows if "skip_reason" in row]
    checked = [row for row in rows if "skip_reason" not in row]
    faulty = [f"{row['name']} {row['version']}: {one['id']}" for row in checked for one in row["vulns"]]
    print(f"  {len(checked)} of {locked} packages checked, {locked - len(checked)} not checked {skipped or ''}")
    for line in faulty:
        print(f"  {line}")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
