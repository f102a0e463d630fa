"""What a case's parts ask of its guide: which events, papers and steps, and which statements stand beside each part."""

from typing import Final

from posada.asylum.rules.casefile import NATIONALITY, CaseFile
from posada.asylum.rules.guide import Anchor, Guide, Kind, Line, Referral, Rule
from posada.asylum.rules.part_words import EVENT_WORDS
from posada.asylum.rules.terms import Unit

# Asked whatever the guide counts. A decision, being told of it and an appeal are written where decisions are.
_ALWAYS: Final = (
    Anchor.ENTRY.value,
    Anchor.FILING.value,
    Anchor.ADMISSION.value,
    "withdrawal",
    Anchor.RECOGNITION.value,
)
_ELSEWHERE: Final = frozenset({"birth", "decision", "notification", "appeal"})
# The State's steps before the procedure, by the beginning of their ids. The house takes none of them.
_STATE: Final = "EXM-"


def asked_events(guide: Guide | None, file: CaseFile) -> tuple[tuple[str, bool], ...]:
    """The events whose dates are asked, in the order in which things happen, and whether one is counted in hours."""
    durations = [rule.duration for rule in (guide.rule if guide else ()) if rule.duration]
    counted = {one.anchor.value for one in durations} | {one.done_by.value for one in durations if one.done_by}
    hours = {one.anchor.value for one in durations if one.unit is Unit.HOUR}
    wanted = {*_ALWAYS, *counted, *(one.event for one in file.dates)} - _ELSEWHERE
    return tuple((event, event in hours) for event in EVENT_WORDS if event in wanted)


def asked_papers(guide: Guide | None) -> tuple[tuple[Rule, Line], ...]:
    """Every line that the guide lists for a claim, with the rule that lists it."""
    return tuple((rule, line) for rule in (guide.rule if guide else ()) for line in rule.contents)


def state_steps(guide: Guide | None) -> tuple[Rule, ...]:
    """The steps that only the State takes, where the guide knows of any."""
    return tuple(rule for rule in _of_kind(guide, Kind.STEP) if rule.id.startswith(_STATE))


def case_steps(guide: Guide | None) -> tuple[Rule, ...]:
    """The steps and times of a claim, as they stand in the guide; without what only the State does."""
    return tuple(
        rule
        for rule in _of_kind(guide, Kind.STEP, Kind.DEADLINE)
        if not rule.id.startswith(_STATE) and not rule.superseded_by
    )


def legal_aid(guide: Guide | None) -> tuple[Rule, ...]:
    """Who helps with the law, by the guide."""
    return tuple(rule for rule in (guide.rule if guide else ()) if rule.referral is Referral.LEGAL)


def _of_kind(guide: Guide | None, *kinds: Kind) -> tuple[Rule, ...]:
    return tuple(rule for rule in (guide.rule if guide else ()) if rule.kind in kinds)


def rules_beside(guide: Guide | None, part: str) -> tuple[Rule, ...]:
    """The statements of the guide that are read beside a part of a case; none where it has none."""
    if guide is None:
        return ()
    if part == "nationality":
        return tuple(rule for rule in guide.of_kind(Kind.OPTION) if _asks_nationality(rule))
    anchors, begins = _ANCHORS.get(part, frozenset()), _BEGIN.get(part, ())
    named = [rule for begin in begins for rule in guide.rule if rule.id.partition("-")[2].startswith(begin)]
    counted = [rule for rule in guide.rule if rule.duration and rule.duration.anchor in anchors]
    return tuple({rule.id: rule for rule in (*named, *counted)}.values())


def _asks_nationality(rule: Rule) -> bool:
    """Whether a tie opens it; not those that only ask that there is none."""
    return any(one.fact in NATIONALITY and one.is_ for way in rule.ways for one in way.conditions)


_BEGIN: Final[dict[str, tuple[str, ...]]] = {
    "members": ("FAM-",),
    "meetings": ("ASY-050", "ASY-051", "ASY-052"),
    "offers": ("RISK-SIGN", "WDR-", "CONFLICT-"),
    "signed": ("RISK-SIGN", "5"),
    "safety": ("REF-PATH", "4-FAMILY", "4-CHILD", "RISK-SIGN", "AGREEMENT"),
}
_ANCHORS: Final[dict[str, frozenset[Anchor]]] = {
    "decisions": frozenset({Anchor.NOTIFICATION, Anchor.ARCHIVED, Anchor.FINAL_REFUSAL}),
    "appeals": frozenset({Anchor.NOTIFICATION, Anchor.ARCHIVED}),
    "permits": frozenset({Anchor.STAY_PERMIT, Anchor.PERMIT_ISSUED, Anchor.PERMIT_FILING}),
    "meetings": frozenset({Anchor.INTERVIEW}),
}
