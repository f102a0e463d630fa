"""A change of a guide as data: the rules as they were, and what takes their place; put into a guide.

Either a rule is put right, under the id it has, or the law changed on a day: then the old rule ends the day before and
stays for earlier dates, and a new one with an id of its own begins.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import msgspec

from posada.asylum.rules.guide import Guide, Rule

_ONE_DAY = timedelta(days=1)


class DoesNotFit(ValueError):
    """The guide no longer says what it said when the change was proposed."""


@dataclass(frozen=True, slots=True)
class Change:
    """`was` are rules of the guide, `becomes` those in their place (same ids) and those that are added."""

    was: tuple[Rule, ...]
    becomes: tuple[Rule, ...]

    @property
    def leading(self) -> Rule:
        """The rule that is new or put right."""
        return self.becomes[-1]


def put_right(old: Rule, new: Rule) -> Change:
    """A rule that was written wrong: the new words stand under the same id, for every date."""
    return Change((old,), (new,))


def from_day(old: Rule, new: Rule, begins: date) -> Change:
    """A law that changed on a day. The old rule stays for dates before it. ValueError for a day too early."""
    last = begins - _ONE_DAY
    if old.valid_from and last < old.valid_from:
        raise ValueError("the old rule would end before it began")
    new_id = f"{old.id}-{begins:%Y%m%d}"
    ended = msgspec.structs.replace(old, valid_to=last, superseded_by=new_id, subject=old.about)
    lines = tuple(msgspec.structs.replace(one, id=_id_of(one.id, old, new_id)) for one in new.contents)
    ways = tuple(msgspec.structs.replace(one, id=_id_of(one.id, old, new_id)) for one in new.ways)
    begun = msgspec.structs.replace(
        new, id=new_id, subject=old.about, valid_from=begins, valid_to=None, not_before=None, superseded_by="",
        contents=lines, ways=ways,
    )  # fmt: skip
    return Change((old,), (ended, begun))


def _id_of(part: str, old: Rule, new_id: str) -> str:
    """A line's or a way's id beside the old one: ids are never used twice."""
    return part.replace(old.id, new_id) if old.id in part else f"{part}-{new_id[-8:]}"


def changed(guide: Guide, change: Change) -> Guide:
    """The guide with a change in it. Raises `DoesNotFit` where it does not say any more what it said then."""
    if any(guide.find(old.id) != old for old in change.was):
        raise DoesNotFit
    instead = {rule.id: rule for rule in change.becomes}
    kept = tuple(instead.pop(rule.id, rule) for rule in guide.rule)
    if any(one in {rule.id for rule in kept} for one in instead):
        raise DoesNotFit
    return msgspec.structs.replace(guide, rule=(*kept, *instead.values()))


def written(rules: Sequence[Rule]) -> str:
    """Rules as they are stored."""
    return msgspec.json.encode(tuple(rules)).decode()


def read(text: str) -> tuple[Rule, ...]:
    """Rules as they were stored. Raises `msgspec.MsgspecError` for anything else."""
    return msgspec.json.decode(text, type=tuple[Rule, ...])
