"""What changed between two versions, field by field, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format

from posada.people.rules.birth import birth_in_words
from posada.people.rules.contents import ConsentPurpose, Consents, ContactDetails, Identity
from posada.people.rules.words import ANSWER_WORDS, FIELD_LABELS, PURPOSE_WORDS, RELATION_WORDS, SEX_WORDS

_TEXTS = (
    "given_names",
    "surnames",
    "full_name",
    "other_names",
    "call_name",
    "origin",
    "mother",
    "father",
    "nationalities",
    "languages",
    "description",
    "arrival_place",
    "document",
    "list_name",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that changed: its name, what it is called, what it said, what it says."""

    field: str
    label: str
    before: str
    after: str


def _as_words(identity: Identity) -> Iterator[tuple[str, str]]:
    for name in _TEXTS:
        yield name, getattr(identity, name)
    yield "sex", str(SEX_WORDS[identity.sex])
    yield "birth", birth_in_words(identity)
    yield "arrived_on", date_format(identity.arrived_on, "DATE_FORMAT") if identity.arrived_on else ""
    yield "household_relation", str(RELATION_WORDS[identity.household_relation])


def _compare(before: dict[str, str], after: dict[str, str], labels: dict[str, Any]) -> tuple[Difference, ...]:
    order = list(labels)
    names = sorted((name for name in after if before[name] != after[name]), key=order.index)
    return tuple(Difference(name, str(labels[name]), before[name], after[name]) for name in names)


def identity_differences(before: Identity, after: Identity) -> tuple[Difference, ...]:
    """The fields of an identity that changed, in the order of the screens."""
    return _compare(dict(_as_words(before)), dict(_as_words(after)), FIELD_LABELS)


def contact_differences(before: ContactDetails, after: ContactDetails) -> tuple[Difference, ...]:
    """The ways to reach somebody that changed."""
    old, new = ({"phone": one.phone, "other": one.other} for one in (before, after))
    return _compare(old, new, FIELD_LABELS)


def consent_differences(before: Consents, after: Consents) -> tuple[Difference, ...]:
    """The answers that changed."""
    old, new = (
        {purpose.value: str(ANSWER_WORDS[one.answer_to(purpose).answer]) for purpose in ConsentPurpose}
        for one in (before, after)
    )
    return _compare(old, new, {purpose.value: words for purpose, words in PURPOSE_WORDS.items()})
