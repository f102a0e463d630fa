"""What is wrong with a guide: what makes it unfit for use, and what a reader of it should look at again."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from posada.asylum.rules.facts import Shape, shape_of
from posada.asylum.rules.guide import Condition, Guide, Kind, Outcome, Referral, Rule, Text
from posada.asylum.rules.terms import Confidence, Standing

MONTHS_UNTIL_OLD: Final = 12


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: in which rule (empty: in the whole), and what, in the language that asks."""

    where: str
    what: str | Promise

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" if self.where else str(self.what)


def is_old(rule: Rule, today: date) -> bool:
    """Whether what it rests on is older than twelve months: the source's own day, or else the day it was read.

    A clock that is behind makes nothing young: it is at least the day on which the source was read.
    """
    since, today = rule.source.dated or rule.source.read, max(today, rule.source.read)
    months = (today.year - since.year) * MONTHS_UNTIL_OLD + today.month - since.month
    return months - (today.day < since.day) >= MONTHS_UNTIL_OLD


def faults(guide: Guide, today: date, country: str) -> tuple[Fault, ...]:
    """Why a guide of a country must not be used; nothing for a sound one."""
    found = [*_of_the_whole(guide)]
    if guide.country != country:
        found.append(Fault("", _("it is the guide of another country: %(country)s") % {"country": guide.country}))
    known = {rule.id for rule in guide.rule}
    for rule in guide.rule:
        found += [Fault(rule.id, what) for what in (*_of_words(rule), *_of_days(rule, today), *_of_parts(rule))]
        found += [
            Fault(rule.id, _("it points to a rule that is not there: %(rule)s") % {"rule": one})
            for one in _pointed_to(rule)
            if one not in known
        ]
    return tuple(found)


def contradictions(guide: Guide) -> tuple[Fault, ...]:
    """Where a guide says two things at once."""
    found = [Fault(rule.id, what) for rule in guide.rule for what in _against_itself(rule, guide)]
    timed = [rule for rule in guide.rule if rule.duration and not rule.superseded_by]
    for one, other in combinations(timed, 2):
        if one.about == other.about and one.duration != other.duration and _both_hold(one, other):
            what = _("another version gives a different time for the same days: %(rule)s") % {"rule": other.id}
            found.append(Fault(one.id, what))
    return tuple(found)


def old_sources(guide: Guide, today: date) -> tuple[Rule, ...]:
    """The rules whose source is older than twelve months."""
    return tuple(rule for rule in guide.rule if is_old(rule, today))


def _both_hold(one: Rule, other: Rule) -> bool:
    if Standing.DRAFT in {one.state, other.state}:
        return False
    begin = max(one.valid_from or one.not_before or date.min, other.valid_from or other.not_before or date.min)
    return begin <= min(one.valid_to or date.max, other.valid_to or date.max)


def _of_the_whole(guide: Guide) -> Iterator[Fault]:
    try:
        ZoneInfo(guide.zone)
    except (ZoneInfoNotFoundError, ValueError):
        yield Fault("", _("the time zone is not known: %(zone)s") % {"zone": guide.zone})
    ids = Counter(_ids(guide))
    for one, times in ids.items():
        if times > 1:
            yield Fault(one, _("this id is used more than once"))
    for text in (guide.name, guide.note):
        if text and not _is_whole(text):
            yield Fault("", _("the name or the note is missing in Spanish or in English"))
    if not any(rule.referral is Referral.LEGAL for rule in guide.of_kind(Kind.CONTACT)):
        yield Fault("", _('legal aid is not named: a contact with referral = "legal" is needed'))


def _ids(guide: Guide) -> Iterator[str]:
    for rule in guide.rule:
        yield rule.id
        yield from (line.id for line in rule.contents)
        yield from (way.id for way in rule.ways)


def _is_whole(text: Text) -> bool:
    return bool(text.es.strip() and text.en.strip())


def _texts(rule: Rule) -> Iterator[Text | None]:
    yield from (rule.title, rule.text, rule.late, rule.who_receives, rule.costs, rule.forecloses)
    for line in rule.contents:
        yield from (line.title, line.note)
    for way in rule.ways:
        yield from (way.title, way.why, way.afterwards_why)
        yield from (condition.why for condition in way.conditions)


def _of_words(rule: Rule) -> Iterator[str | Promise]:
    if not all(_is_whole(text) for text in _texts(rule) if text is not None):
        yield _("a text is missing in Spanish or in English")
    if not rule.source.article.strip():
        yield _("its source names no article or page")
    if not rule.source.address and rule.confidence in {Confidence.A, Confidence.B}:
        yield _("confidence %(letter)s needs the address of the source") % {"letter": rule.confidence.value}


def _of_days(rule: Rule, today: date) -> Iterator[str | Promise]:
    if rule.valid_from and rule.valid_to and rule.valid_to < rule.valid_from:
        yield _("it ends before it begins")
    if rule.source.read > today:
        yield _("its source was read on a day that is still to come")
    if rule.source.dated and rule.source.dated > rule.source.read:
        yield _("its source is of a later day than it was read on")
    if any(way.opens and way.closes and way.closes < way.opens for way in rule.ways):
        yield _("a way into it closes before it opens")


def _of_parts(rule: Rule) -> Iterator[str | Promise]:
    if rule.kind is Kind.OPTION and not rule.ways:
        yield _("an option needs at least one way into it")
    for way in rule.ways:
        for condition in way.conditions:
            if not _is_one_test(condition):
                yield _("a condition needs exactly one test, of the shape of its fact: %(fact)s") % {
                    "fact": condition.fact.value
                }


def _is_one_test(condition: Condition) -> bool:
    given = {
        Shape.YES_NO: condition.is_ is not None,
        Shape.COUNTRIES: bool(condition.has) ^ bool(condition.has_only),
        Shape.DAY: (condition.before is None) != (condition.from_ is None),
        Shape.NUMBER: condition.at_most is not None,
    }
    return [shape for shape, is_given in given.items() if is_given] == [shape_of(condition.fact)]


def _pointed_to(rule: Rule) -> Iterator[str]:
    yield from (*rule.warnings, *rule.deadlines)
    for way in rule.ways:
        yield from (one for one in (way.rests_on, *(c.rests_on for c in way.conditions)) if one)
    if rule.superseded_by:
        yield rule.superseded_by


def _against_itself(rule: Rule, guide: Guide) -> Iterator[str | Promise]:
    newer = guide.find(rule.superseded_by) if rule.superseded_by else None
    if newer and rule.duration and newer.about != rule.about:
        yield _("it is replaced by a rule about something else: %(rule)s") % {"rule": newer.id}
    if newer and rule.state is Standing.IN_FORCE and rule.valid_to is None:
        yield _("it is said to be in force, and also to be replaced")
    if newer and newer.superseded_by == rule.id:
        yield _("two rules are each said to replace the other")
    opens = any(way.outcome is Outcome.OPEN for way in rule.ways)
    if opens and (rule.state is Standing.CLOSED or rule.is_unverified):
        yield _("one of its ways is open, though it is closed or unverified")
    shuts = any(way.outcome is Outcome.CLOSED for way in rule.ways)
    if shuts and rule.is_unverified:
        yield _("one of its ways is closed, though no source confirms it")


def in_words(error: Exception) -> str | Promise:
    """What a reader of files says, as a sentence."""
    if isinstance(error, msgspec.ValidationError):
        return _("something is missing, unknown or of the wrong kind (%(words)s)") % {"words": error}
    if isinstance(error, OSError):
        return _("the file cannot be read")
    return _("it is not written as a guide is: %(words)s") % {"words": error}
