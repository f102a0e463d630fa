"""A guide as a page shows it: what held on a day, by what it is about, and what is known of it in figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from posada.accounts.permissions import Actor
from posada.asylum.guides import reading
from posada.asylum.models import GuideChange
from posada.asylum.rules.guide import Condition, Guide, Kind, Rule, Way
from posada.asylum.rules.guide_faults import old_sources
from posada.asylum.rules.guide_words import KIND_WORDS, time_in_words, validity_in_words


@dataclass(frozen=True, slots=True)
class GuideLine:
    """A guide in a list: in figures, and whether its file has a mistake."""

    code: str
    name: str
    checked: date | None
    rules: int
    to_confirm: int
    old: int
    is_faulty: bool


@dataclass(frozen=True, slots=True)
class RuleShown:
    """One rule on a page: its time and since when it holds, in words."""

    rule: Rule
    time: str
    validity: str

    @classmethod
    def of(cls, rule: Rule) -> "RuleShown":
        """The rule, in the language in use."""
        return cls(rule, time_in_words(rule), validity_in_words(rule))


@dataclass(frozen=True, slots=True)
class WayShown:
    """A way into an option, the rule that says it, and each of its conditions with the rule that says that."""

    way: Way
    rule: Rule
    conditions: tuple[tuple[Condition, Rule], ...]


def ways_of(guide: Guide, option: Rule) -> tuple[WayShown, ...]:
    """The ways into an option, each with what it rests on."""
    found = []
    for way in option.ways:
        rule = guide.find(way.rests_on) or option
        conditions = tuple((one, guide.find(one.rests_on) or rule) for one in way.conditions)
        found.append(WayShown(way, rule, conditions))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Group:
    """The rules about one thing: those that can have held on the day, and those that did not."""

    kind: Kind
    words: str
    rules: tuple[RuleShown, ...]


def guide_lines(today: date) -> list[GuideLine]:
    """Every country of which there is a guide, by name."""
    language = get_language() or "es"
    found = []
    for code in reading.countries():
        held = reading.in_use(code)
        if held.guide is None:
            found.append(GuideLine(code, code, None, 0, 0, 0, is_faulty=True))
            continue
        guide = held.guide
        found.append(
            GuideLine(
                code, guide.name.in_language(language), guide.checked, len(guide.rule),
                sum(rule.is_to_confirm for rule in guide.rule), len(old_sources(guide, today)),
                is_faulty=bool(held.faults),
            )
        )  # fmt: skip
    return sorted(found, key=lambda line: line.name)


def groups_on(guide: Guide, day: date) -> tuple[Group, ...]:
    """What can have held on a day, in the order in which somebody needs it."""
    held = ((kind, _shown(guide.of_kind(kind), day)) for kind in KIND_WORDS)
    return tuple(Group(kind, str(KIND_WORDS[kind]), rules) for kind, rules in held if rules)


def others_on(guide: Guide, day: date) -> tuple[RuleShown, ...]:
    """What did not hold on a day: earlier or later law, and drafts."""
    return tuple(RuleShown.of(rule) for rule in guide.rule if not rule.holds_on(day))


def _shown(rules: Sequence[Rule], day: date) -> tuple[RuleShown, ...]:
    return tuple(RuleShown.of(rule) for rule in rules if rule.holds_on(day))


def change_lines() -> list[GuideChange]:
    """Every change of a guide that waits for the manager, and then the others, the newest first."""
    rows = GuideChange.objects.order_by("-pk")
    return sorted(rows, key=lambda row: row.state != GuideChange.State.PROPOSED)


def waiting_for(actor: Actor) -> list[GuideChange]:
    """The proposals on which this actor may decide: not their own. The oldest first."""
    rows = GuideChange.objects.filter(state=GuideChange.State.PROPOSED).exclude(proposed_by_id=actor.user)
    return list(rows.order_by("pk"))
