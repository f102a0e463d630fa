"""Advice while registering: who here may already be this person. It never blocks."""

from collections.abc import Iterable, Sequence

import msgspec
from django.conf import settings
from django.utils.translation import gettext as _

import kinmatch
from posada.accounts.permissions import Actor
from posada.people.matching.describing import to_kinmatch_record
from posada.people.matching.finding import NAME_FIELDS, Hit, percent, why
from posada.people.matching.held import search_index
from posada.people.models import Identity

LEAST_ADVICE = 0.1
MOST_KIN = 2
GENERATION = 15
FACTS_FOR_ADVICE = 2
YEAR_LEVELS = frozenset({"same", "swapped", "month_fits", "year_fits", "month", "year"})
AGE_LEVELS = frozenset({"near_year", "age_fits", "age_near"})


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
    for known, one in search_index(actor.site, to_kinmatch_record(_weighed(typed)), settings.ADVICE_LIMIT * 3, 0.0):
        if not _has_surname(one.evidence):
            continue
        hint = _kin_hint(typed, one.evidence) if kin < MOST_KIN else ""
        if one.probability >= LEAST_ADVICE or hint:
            kin += bool(hint)
            hits.append(Hit(known, percent(one.probability), why(_names_and_year(one.evidence)), hint))
    return [hit for hit in hits[: settings.ADVICE_LIMIT] if hit.known.number not in left_out]


def _weighed(typed: Identity) -> Identity:
    """What of a form is compared: the names and the year or age. Anything else would be confirmed by the chance alone.

    A chance that rises with a mother's name, a month or a sex says that it is the stored one, as plainly as a word.
    """
    return Identity(
        given_names=typed.given_names,
        surnames=typed.surnames,
        full_name=typed.full_name,
        birth=typed.birth[:4],
        age=typed.age,
        age_on=typed.age_on,
    )


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


def _kin_hint(typed: Identity, evidence: Sequence[kinmatch.Evidence]) -> str:
    """Words for somebody with the same two surnames and another first name. A sister would tell the stored sex."""
    signs = {one.field: one.sign for one in evidence}
    two_surnames = len(typed.surnames.split()) > 1
    if not two_surnames or signs.get("given_names") != "different" or signs.get("surnames") not in {"same", "near"}:
        return ""
    return _("Same surnames, another first name: could be family")
