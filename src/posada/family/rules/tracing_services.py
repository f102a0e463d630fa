"""The tracing services to which a request may be handed over, as data with its source."""

from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec
from django.utils.translation import get_language

_FILE: Final = Path(__file__).resolve().parent / "tracing_services.toml"
_VERIFIED: Final = frozenset("AB")


class Words(msgspec.Struct, frozen=True):
    """The same in both languages."""

    es: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "es").startswith("en") else self.es


class Service(msgspec.Struct, frozen=True):
    """One service. `confidence` is A to D; what is C or D is shown as not verified."""

    code: str
    name: Words
    what: Words
    source: str
    confidence: str

    @property
    def is_verified(self) -> bool:
        """Whether somebody read a text that confirms it."""
        return self.confidence in _VERIFIED


class _Directory(msgspec.Struct, frozen=True):
    service: tuple[Service, ...]


@lru_cache(maxsize=1)
def services() -> tuple[Service, ...]:
    """All of them, in the order of the file."""
    return msgspec.toml.decode(_FILE.read_bytes(), type=_Directory).service


def service(code: str) -> Service:
    """One of them; `KeyError` if there is none."""
    found = next((one for one in services() if one.code == code), None)
    if found is None:
        raise KeyError(code)
    return found
