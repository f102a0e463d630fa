"""Compiles every django.po of the project beside itself; gettext's programs are not needed for it."""

from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent / "src" / "posada"


def compile_all(root: Path = ROOT) -> int:
    """Write each django.mo that is missing or not newer than its django.po; gives how many were written."""
    written = 0
    for source in sorted(root.glob("*/locale/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime <= source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            written += 1
    return written


if __name__ == "__main__":
    compile_all()
