"""Looking for one person: what a typed line asks for, and at most ten masked hits."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

import kinmatch
from posada.accounts.permissions import Actor
from posada.ground import clock, ids
from posada.people.matching.held import NAME, Known, known_among, leading, search_index
from posada.people.models import Person
from posada.people.rules import ReadBirth, clean_text, read_birth
from posada.people.rules.birth import WrongBirth
from posada.people.rules.naming import TEXT_LENGTH, TooLong
from posada.records import changes
from posada.ui.parts import MaskedCard

REASONS = 3
LEAST_HIT = 0.01
NAME_FIELDS = frozenset({"given_names", "surnames"})
Language = Literal["es", "en"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A person who may be the one: masked, with a chance (0 is under one percent) and why, in the typed words only."""

    known: Known
    percent: int
    why: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """One line that was typed into the search: a number, or a name with what else is known."""

    number: int | None = None
    query: kinmatch.Query | None = None
    is_wrong_number: bool = False


def known_of(person_id: uuid.UUID) -> Known | None:
    """What may be shown of a person before opening them."""
    changes.catch_up(NAME)
    return known_among(Person.objects.filter(pk=person_id)).get(person_id)


def masked(actor: Actor, person_id: uuid.UUID) -> MaskedCard:
    """The card of a person of the actor's site as it is shown before opening; without words if nothing is held."""
    known = known_of(person_id)
    if known is None or known.site != actor.site:
        return MaskedCard(_("No name"))
    return MaskedCard(known.mask.title, known.mask.line)


def candidates_for(
    record: kinmatch.Record | kinmatch.Query, *, site: int, limit: int = 20, minimum: float = 0.02
) -> list[tuple[uuid.UUID, float, tuple[kinmatch.Evidence, ...]]]:
    """Who of a site may be a sought person: id, absolute probability, evidence (it quotes both sides)."""
    found = search_index(site, record, limit, minimum)
    return [(known.person, one.probability, one.evidence) for known, one in found]


def read_line(text: str) -> Typed:
    """What a line typed into the search asks for; nothing if it holds neither a number nor a name.

    "Yulesi Ramires 1987, San Juan de Colón": the name, a year, date or age, and after a comma the place.
    """
    try:
        line = clean_text(text, TEXT_LENGTH)
    except TooLong:
        return Typed()
    compact = re.sub(r"[\s.-]", "", line)
    if compact.isdecimal() and len(compact) > 4:
        number = int(compact) if len(compact) <= 10 else 0
        return Typed(number=number) if ids.is_sound_number(number) else Typed(is_wrong_number=True)
    if re.search(r"[*%?_]", line):
        return Typed()
    name, place, born = _parts(line)
    if not any(sum(sign.isalpha() for sign in word) > 1 for word in name.split()):
        return Typed()
    on = born.age_on.isoformat() if born.age_on else ""
    query = kinmatch.Query(full_name=name, birth_place=place, birth_date=born.birth, age=born.age, age_on=on)
    return Typed(query=query)


def _parts(line: str) -> tuple[str, str, ReadBirth]:
    """The name, the place and the birth in a typed line; words with digits are never part of a name."""
    first, _comma, rest = line.partition(",")
    parts = [part.strip() for part in rest.split(",")]
    name = " ".join(word for word in first.split() if not _has_digit(word))
    place = " ".join(part for part in parts if not _has_digit(part)).strip()
    births = [_born(part) for part in (*first.split(), *parts) if _has_digit(part)]
    return name, place, next((read for read in births if read != ReadBirth()), ReadBirth())


def _has_digit(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _born(text: str) -> ReadBirth:
    try:
        return read_birth(text, clock.today())
    except WrongBirth:
        return ReadBirth()


def search(actor: Actor, typed: Typed) -> list[Hit]:
    """At most ten masked hits of the actor's site. A place or a year alone finds nothing."""
    if typed.number is not None:
        changes.catch_up(NAME)
        rows = Person.objects.filter(number=typed.number, site_id=actor.site)
        known = known_among(leading(actor.site, rows.values_list("pk", flat=True)).values())
        return [Hit(one, 100, _("this number")) for one in known.values()]
    if typed.query is None:
        return []
    found = search_index(actor.site, typed.query, settings.SEARCH_LIMIT, LEAST_HIT)
    return [Hit(known, percent(one.probability), why(one.evidence, whole_name=True)) for known, one in found]


def percent(probability: float) -> int:
    return min(99, round(100 * probability))


def why(evidence: Sequence[kinmatch.Evidence], *, whole_name: bool = False) -> str:
    """The strongest reasons for it, quoting only what was typed."""
    language: Language = "en" if (get_language() or "es").startswith("en") else "es"
    speaking = sorted((one for one in evidence if one.weight > 0), key=lambda one: -one.weight)[:REASONS]
    return "; ".join(filter(None, (_plain(one, language, whole_name=whole_name).reason(language) for one in speaking)))


def _plain(one: kinmatch.Evidence, language: Language, *, whole_name: bool) -> kinmatch.Evidence:
    """The evidence in fewer words: an age without its day, a whole name called by the part that is meant."""
    quote = one.left.split(" (")[0]
    if one.field in NAME_FIELDS and whole_name:
        quote = one.label(language).lower()
    return msgspec.structs.replace(one, left=quote)
