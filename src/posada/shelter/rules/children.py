"""A child alone: who must be told, and by when. What no source says is shown as not confirmed, never filled in."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

HOUSE_DAYS = 1  # this house's own rule, not the law: told before the second night
MOST_EXCEPTION_DAYS = 7  # this house's own rule: a child among unrelated adults is decided anew each week


@dataclass(frozen=True, slots=True)
class Authority:
    """The body of a country that is told of a child alone; `days` is the term of the law, or none that is confirmed."""

    name: str
    duty_es: str
    duty_en: str
    source: str
    seen_on: date
    confidence: str
    days: int | None = None

    def duty(self, language: str) -> str:
        """What it does, in a language."""
        return self.duty_es if language.startswith("es") else self.duty_en


@cache
def authorities() -> dict[str, Authority]:
    """By the two letters of the country."""
    text = files("posada.shelter.rules").joinpath("authorities.toml").read_text(encoding="utf-8")
    return {country: Authority(**held) for country, held in tomllib.loads(text).items()}


def authority_of(country: str) -> Authority | None:
    """Who is told in a country; none where no source names one."""
    return authorities().get(country.upper())


def tell_by(since: date, authority: Authority | None) -> date:
    """The day on which the authority is told at the latest: the law's where it is confirmed, else this house's own."""
    days = authority.days if authority is not None and authority.days is not None else HOUSE_DAYS
    return since + timedelta(days=days)
