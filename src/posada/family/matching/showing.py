"""The engine's evidence as the rest of this room reads it, without knowing the engine."""

import uuid
from dataclasses import dataclass
from typing import Literal

import kinmatch
from kinmatch.kin.family import FIELD, NOTHING, Family
from posada.family.matching.describing import enquirer_record, sought_record
from posada.family.matching.scoring import Side, compare
from posada.family.models import Against, Enquirer, Proposal, Sought
from posada.family.rules.levels import Sign
from posada.people import matching as people
from posada.people.models import Identity

Language = Literal["es", "en"]
# What weighs and has no two sides: what brothers and sisters have in common anyway, and the families around both.
WITHOUT_SIDES = frozenset({"family", FIELD})


@dataclass(frozen=True, slots=True)
class Line:
    """One field's part: its words on both sides, how they agree, and what that weighs in bits."""

    field: str
    label: str
    level: str
    sign: Sign
    weight: float
    left: str
    right: str

    @property
    def is_shown(self) -> bool:
        """Whether the field has two sides to show."""
        return self.field not in WITHOUT_SIDES


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison, ready to be shown. `picture` is an SVG that quotes neither side, `steps` are its lines as a table:
    words, weight, sum so far."""

    lines: tuple[Line, ...]
    probability: float
    sentences: tuple[str, ...]
    picture: str
    steps: tuple[tuple[str, str, str], ...]
    shared: float = 0.0
    family: Family = NOTHING


def compare_contents(
    proposal: Proposal, sought: Sought, other: Identity | Sought | Enquirer, *, language: Language
) -> Compared:
    """Compare what two opened records say, by the same measure that raised the proposal."""
    side = Side(_record(other), _requests_of(proposal), proposal.person)
    found = compare(sought_record(sought), side, request=proposal.request)
    return Compared(
        lines=tuple(_line(one, language) for one in found.explanation.evidence),
        probability=found.probability,
        sentences=tuple(_sentences(found.explanation.evidence, language)),
        picture=kinmatch.waterfall_svg(found.explanation, language),
        steps=tuple(kinmatch.waterfall_rows(found.explanation, language)),
        shared=found.shared,
        family=found.family,
    )


def compare_places(left: str, right: str) -> Sign:
    """How two places agree, as the engine reads them."""
    found = kinmatch.explain(kinmatch.Record(record_id="", place=left), kinmatch.Record(record_id="", place=right))
    return next((one.sign for one in found.evidence if one.field == "place"), "blank")


def _record(other: Identity | Sought | Enquirer) -> kinmatch.Record:
    if isinstance(other, Identity):
        return people.to_kinmatch_record(other)
    return sought_record(other) if isinstance(other, Sought) else enquirer_record(other)


def _requests_of(proposal: Proposal) -> tuple[uuid.UUID, ...]:
    """The requests that the other side made."""
    if proposal.person is not None:
        return tuple(proposal.person.requests_made.values_list("pk", flat=True))
    if proposal.against == Against.ENQUIRER and proposal.other_request_id is not None:
        return (proposal.other_request_id,)
    return ()


def _line(one: kinmatch.Evidence, language: Language) -> Line:
    return Line(one.field, one.label(language), one.level, one.sign, one.weight, one.left, one.right)


def _sentences(evidence: tuple[kinmatch.Evidence, ...], language: Language) -> list[str]:
    """What speaks, the weightiest first."""
    speaking = sorted((one for one in evidence if one.sign != "blank"), key=lambda one: -abs(one.weight))
    return [sentence for one in speaking if (sentence := one.sentence(language))]
