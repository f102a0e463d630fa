"""The project's files, as the structure tests see them."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
POSADA = SRC / "posada"


def python_files() -> list[Path]:
    """Every Python file of the two packages but migrations."""
    return [path for path in sorted(SRC.rglob("*.py")) if "migrations" not in path.parts]


def pages() -> list[Path]:
    """Every template."""
    return sorted(POSADA.rglob("templates/**/*.html"))


def styles_and_scripts() -> list[Path]:
    """Every stylesheet, script and picture that is served."""
    return sorted(path for path in POSADA.rglob("static/**/*") if path.suffix in {".css", ".js", ".svg"})


def name(path: Path) -> str:
    """A path as it reads in a message."""
    return str(path.relative_to(ROOT))
