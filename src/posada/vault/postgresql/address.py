"""The address of a PostgreSQL database, read strictly: a closed list of words, and TLS to any other machine."""

import ipaddress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from psycopg import ProgrammingError, conninfo

_KEPT_APART = frozenset({"host", "port", "user", "password", "dbname"})
_UNDERSTOOD = _KEPT_APART | {"sslmode", "sslrootcert", "sslcert", "sslkey", "passfile"}
_WITH_TLS = frozenset({"require", "verify-ca", "verify-full"})
_SCHEMES = ("postgresql://", "postgres://")
_PORT = "5432"
_CONNECT_SECONDS = 10
# Read back on every connection (base.py). A lock is waited for as long as on SQLCipher.
_SETTINGS = "-c synchronous_commit=on -c lock_timeout=20s"


class Problem(StrEnum):
    """What is wrong with an address."""

    NOT_AN_ADDRESS = "not an address"
    INCOMPLETE = "incomplete"
    UNKNOWN_WORD = "unknown word"
    NO_TLS = "no tls"


class BadAddress(Exception):
    """The address cannot be used. Carries no part of it: a password may stand anywhere in it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Address:
    """One database; the password is left out of whatever prints this."""

    host: str
    port: str
    database: str
    user: str
    password: str = field(repr=False)
    tls: dict[str, str] = field(repr=False)

    def is_same_database(self, other: "Address") -> bool:
        """Whether both addresses lead to one database, as far as can be told from them."""
        return (_machine(self.host), self.port, self.database) == (_machine(other.host), other.port, other.database)

    def as_django(self) -> dict[str, Any]:
        """The entry of `DATABASES`."""
        return {
            "ENGINE": "posada.vault.postgresql",
            "HOST": self.host,
            "PORT": self.port,
            "NAME": self.database,
            "USER": self.user,
            "PASSWORD": self.password,
            "CONN_MAX_AGE": 300,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {**self.tls, "options": _SETTINGS, "connect_timeout": _CONNECT_SECONDS},
        }


def is_this_machine(host: str) -> bool:
    """A socket of this machine, or an address that never leaves it."""
    if host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _machine(host: str) -> str:
    return "this machine" if is_this_machine(host) else host.lower().rstrip(".")


def read(url: str) -> Address:
    """The address in a URL; `BadAddress` if it is none, names too little, or would cross a network in clear."""
    if not url.startswith(_SCHEMES):
        raise BadAddress(Problem.NOT_AN_ADDRESS)
    try:
        parts = {name: str(value) for name, value in conninfo.conninfo_to_dict(url).items() if value is not None}
    except ProgrammingError:
        # Its text quotes the address, password and all.
        raise BadAddress(Problem.NOT_AN_ADDRESS) from None
    if not parts.keys() <= _UNDERSTOOD:
        raise BadAddress(Problem.UNKNOWN_WORD)
    if not all(parts.get(name) for name in ("host", "user", "dbname")) or "," in parts["host"]:
        raise BadAddress(Problem.INCOMPLETE)
    if not is_this_machine(parts["host"]) and parts.get("sslmode") not in _WITH_TLS:
        raise BadAddress(Problem.NO_TLS)
    return Address(
        host=parts["host"],
        port=parts.get("port", _PORT),
        database=parts["dbname"],
        user=parts["user"],
        password=parts.get("password", ""),
        tls={name: value for name, value in parts.items() if name not in _KEPT_APART},
    )
