"""The door to kinmatch: who here may be the person whose words were typed.

One index a site, in memory, of everybody registered here or named on a list. It is built at unlock and kept
current by the change log; what of a person is shown before they are opened (the mask) is held beside it.
"""

import re
import threading
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import msgspec
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

import kinmatch
from posada.accounts.permissions import Actor
from posada.ground import clock, ids
from posada.people.models import Identity, Person, Sex, Source
from posada.people.rules import Mask, ReadBirth, clean_text, mask, read_birth
from posada.people.rules.birth import WrongBirth
from posada.people.rules.naming import TEXT_LENGTH, TooLong
from posada.records import changes
from posada.records.changes import Reader
from posada.records.models import Change
from posada.records.scanning import Purpose, scan
from posada.ui.parts import MaskedCard

NAME = "people"
REPORT_EVERY = 500
REASONS = 3
LEAST_ADVICE = 0.1
MOST_KIN = 2
GENERATION = 15
LEAST_HIT = 0.01
FACTS_FOR_ADVICE = 2
NAME_FIELDS = frozenset({"given_names", "surnames"})
YEAR_LEVELS = frozenset({"same", "swapped", "month_fits", "year_fits", "month", "year"})
AGE_LEVELS = frozenset({"near_year", "age_fits", "age_near"})
Language = Literal["es", "en"]


@dataclass(frozen=True, slots=True)
class Known:
    """What is held of a person for showing before opening."""

    person: uuid.UUID
    number: int
    site: int
    source: Source
    mask: Mask


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


@dataclass(slots=True)
class _Held:
    lock: threading.RLock = field(default_factory=threading.RLock)
    indexes: dict[int, kinmatch.Index] = field(default_factory=dict)
    known: dict[uuid.UUID, Known] = field(default_factory=dict)


_held = _Held()


def to_kinmatch_record(identity: Identity, phone: str = "", record_id: str = "") -> kinmatch.Record:
    """An identity as the engine reads it."""
    return kinmatch.Record(
        record_id=record_id,
        given_names=identity.given_names,
        surnames=identity.surnames,
        full_name=identity.full_name or identity.other_names,
        nickname=identity.call_name,
        sex="" if identity.sex is Sex.OTHER else identity.sex.value,
        birth_date=identity.birth,
        age=identity.age,
        age_on=identity.age_on.isoformat() if identity.age_on else "",
        birth_place=identity.origin,
        mother=identity.mother,
        father=identity.father,
        phone=phone,
        document=identity.document,
    )


def build(report: Callable[[int, int], None]) -> None:
    """Boot step: read everybody's identity into the index, with progress."""
    start = changes.head()
    rows = {person.pk: person for person in Person.objects.only("id", "number", "site_id", "source")}
    with _held.lock:
        _held.indexes.clear()
        _held.known.clear()
        done = 0
        for done, opened in enumerate(scan(Identity, Purpose.INDEX), start=1):
            person = rows.get(opened.subject)
            if person is not None:
                _put(person, opened.content)
            if done % REPORT_EVERY == 0:
                report(done, len(rows))
        report(done, max(done, len(rows)))
    changes.start_at(NAME, start)


def _put(person: Person, identity: Identity) -> None:
    """Hold a person's identity in the place of what was held before. The lock is held."""
    index = _held.indexes.setdefault(person.site_id, kinmatch.Index())
    index.replace(to_kinmatch_record(identity, record_id=person.pk.hex))
    _held.known[person.pk] = Known(person.pk, person.number, person.site_id, Source(person.source), mask(identity))


def remove(person_id: uuid.UUID) -> None:
    """Take somebody out; nothing of them stays in memory. Nothing happens for somebody who is not held."""
    with _held.lock:
        known = _held.known.pop(person_id, None)
        if known is not None:
            _held.indexes[known.site].remove(person_id.hex)


def _react(rows: Sequence[Change]) -> None:
    written: dict[uuid.UUID, uuid.UUID] = {}
    for row in rows:
        if row.kind != Identity.KIND:
            continue
        if row.what == Change.What.REMOVED:
            written.pop(row.subject, None)
            remove(row.subject)
        else:
            written[row.subject] = row.record
    if not written:
        return
    persons = Person.objects.in_bulk(list(written))
    wanted = [record for subject, record in written.items() if subject in persons]
    for opened in scan(Identity, Purpose.INDEX, records=wanted):
        with _held.lock:
            _put(persons[opened.subject], opened.content)


READER = Reader(name=NAME, react=_react, lasting=False)


def known_of(person_id: uuid.UUID) -> Known | None:
    """What may be shown of a person before opening them."""
    changes.catch_up(NAME)
    return _held.known.get(person_id)


def masked(actor: Actor, person_id: uuid.UUID) -> MaskedCard:
    """The card of a person of the actor's site as it is shown before opening; without words if nothing is held."""
    known = known_of(person_id)
    if known is None or known.site != actor.site:
        return MaskedCard(_("No name"))
    return MaskedCard(known.mask.title, known.mask.line)


def _search(
    site: int, query: kinmatch.Record | kinmatch.Query, limit: int, minimum: float
) -> list[tuple[Known, kinmatch.Candidate]]:
    changes.catch_up(NAME)
    with _held.lock:
        index = _held.indexes.get(site)
        if index is None:
            return []
        found = index.search(query, limit=limit, minimum=minimum)
        known = [(_held.known.get(uuid.UUID(hex=one.record_id)), one) for one in found]
    return [(row, one) for row, one in known if row is not None]


def candidates_for(
    record: kinmatch.Record | kinmatch.Query, *, site: int, limit: int = 20, minimum: float = 0.02
) -> list[tuple[uuid.UUID, float, tuple[kinmatch.Evidence, ...]]]:
    """Who of a site may be a sought person: id, absolute probability, evidence (it quotes both sides)."""
    found = _search(site, record, limit, minimum)
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
        with _held.lock:
            return [
                Hit(known, 100, _("this number"))
                for known in _held.known.values()
                if known.number == typed.number and known.site == actor.site
            ]
    if typed.query is None:
        return []
    found = _search(actor.site, typed.query, settings.SEARCH_LIMIT, LEAST_HIT)
    return [Hit(known, _percent(one.probability), _why(one.evidence, whole_name=True)) for known, one in found]


def is_enough_for_advice(typed: Identity) -> bool:
    """Advice wants a surname and two facts more: a given name, the sex, a birth or age, a place."""
    facts = (
        typed.given_names,
        typed.sex,
        typed.birth or typed.age is not None,
        typed.origin,
        typed.mother or typed.father,
    )
    has_surname = sum(sign.isalpha() for sign in typed.surnames) > 1
    return has_surname and sum(map(bool, facts)) >= FACTS_FOR_ADVICE


def advise(actor: Actor, typed: Identity, *, without: Iterable[int] = ()) -> list[Hit]:
    """Who here may already be the person being registered: at most five, the likeliest first; never blocks.

    Only persons whose surname agrees with the typed one. `without` are the numbers that were said to be somebody
    else: they are left out, and nobody moves up in their place.
    """
    if not is_enough_for_advice(typed):
        return []
    left_out = frozenset(without)
    hits = []
    kin = 0
    for known, one in _search(actor.site, to_kinmatch_record(typed), settings.ADVICE_LIMIT * 3, 0.0):
        if not _has_surname(one.evidence):
            continue
        hint = _kin_hint(typed, known, one.evidence) if kin < MOST_KIN else ""
        if one.probability >= LEAST_ADVICE or hint:
            kin += bool(hint)
            hits.append(Hit(known, _percent(one.probability), _why(_names_and_year(one.evidence)), hint))
    return [hit for hit in hits[: settings.ADVICE_LIMIT] if hit.known.number not in left_out]


def _has_surname(evidence: Sequence[kinmatch.Evidence]) -> bool:
    return any(one.field == "surnames" and one.sign in {"same", "near"} for one in evidence)


def _names_and_year(evidence: Sequence[kinmatch.Evidence]) -> list[kinmatch.Evidence]:
    """What advice may say: the names and the year or age. A place, a parent or a month is never confirmed."""
    said = [one for one in evidence if one.field in NAME_FIELDS]
    for one in evidence:
        if one.field == "birth_date" and one.level in YEAR_LEVELS:
            said.append(msgspec.structs.replace(one, level="year_fits", left=one.left[:4]))
        elif one.field == "birth_date" and one.level in AGE_LEVELS:
            said.append(msgspec.structs.replace(one, left=one.left.split("-")[0]))
    return said


def _percent(probability: float) -> int:
    return min(99, round(100 * probability))


def _why(evidence: Sequence[kinmatch.Evidence], *, whole_name: bool = False) -> str:
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


def _kin_hint(typed: Identity, known: Known, evidence: Sequence[kinmatch.Evidence]) -> str:
    """Words for somebody with the same two surnames and another first name."""
    signs = {one.field: one.sign for one in evidence}
    two_surnames = len(typed.surnames.split()) > 1
    if not two_surnames or signs.get("given_names") != "different" or signs.get("surnames") not in {"same", "near"}:
        return ""
    typed_year = mask(typed).year
    if typed_year and known.mask.year and abs(typed_year - known.mask.year) > GENERATION:
        return _("Same surnames, another first name: could be family")
    return {
        Sex.FEMALE: _("Same surnames, another first name: could be a sister"),
        Sex.MALE: _("Same surnames, another first name: could be a brother"),
    }.get(known.mask.sex, _("Same surnames, another first name: could be family"))
