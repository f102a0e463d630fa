"""Values from the environment; a bad one stops the start with a sentence."""

import gettext
import os
from pathlib import Path

from posada.vault.postgresql import address
from posada.vault.postgresql.address import Address, BadAddress, Problem


class BadEnvironment(SystemExit):
    """A variable holds something that cannot be used."""


def flag(name: str) -> bool:
    """A yes or no; not set is no."""
    value = os.environ.get(name, "0")
    if value not in {"0", "1"}:
        msg = f"{name} must be 0 or 1, not {value!r}."
        raise BadEnvironment(msg)
    return value == "1"


def folder(name: str, default: str) -> Path:
    """A folder's path."""
    return Path(os.environ.get(name, default)).expanduser().resolve()


def words(name: str, default: str) -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def shell_language() -> str:
    """Spanish unless the shell speaks English."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if spoken.startswith("en") else "es"


def _(sentence: str) -> str:
    """The sentence in the language of the shell: Django speaks none before it has its settings."""
    catalogue = Path(__file__).parent / "locale"
    return gettext.translation("django", catalogue, languages=[shell_language()], fallback=True).gettext(sentence)


def _problem(problem: Problem) -> str:
    return {
        Problem.NOT_AN_ADDRESS: _(
            "%(name)s is not the address of a PostgreSQL database. "
            "One looks like postgresql://posada@db.example.org/posada?sslmode=verify-full"
        ),
        Problem.INCOMPLETE: _(
            "%(name)s must name one machine (or the folder of its socket, as host=), the user and the database."
        ),
        Problem.UNKNOWN_WORD: _(
            "%(name)s holds a word that is not understood. After the question mark may stand: "
            "host, sslmode, sslrootcert, sslcert, sslkey, passfile."
        ),
        Problem.NO_TLS: _(
            "%(name)s leads to another machine without TLS: what is kept would cross the network in clear. "
            "Add sslmode=verify-full and sslrootcert, or at least sslmode=require."
        ),
    }[problem]


def _address(name: str) -> Address:
    try:
        return address.read(os.environ[name].strip())
    except BadAddress as bad:
        raise BadEnvironment(_problem(bad.problem) % {"name": name}) from None


def two_databases() -> tuple[Address, Address] | None:
    """The addresses of the data and of the keyring on PostgreSQL; none when neither is set (files, SQLCipher)."""
    given = [bool(os.environ.get(name, "").strip()) for name in ("DATABASE_URL", "KEYRING_URL")]
    if not any(given):
        return None
    if not all(given):
        raise BadEnvironment(_("DATABASE_URL and KEYRING_URL belong together. Set both, or neither."))
    data, keyring = _address("DATABASE_URL"), _address("KEYRING_URL")
    if data.is_same_database(keyring):
        raise BadEnvironment(
            _(
                "DATABASE_URL and KEYRING_URL name the same database. The keyring must lie in another, so that the two "
                "are never in one dump."
            )
        )
    return data, keyring
