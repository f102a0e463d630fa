"""Declarations: who somebody is, where papers are missing; and why something was not done in time."""

import uuid
from typing import Final

from django.utils.translation import gettext_lazy as _

from posada.asylum.papers.blocks import Block, Field, Heading, Paper, Sign, Space, Words, both, day, joined, same, told
from posada.asylum.papers.given import Given
from posada.asylum.papers.sources import holding, not_handed_in, short_source
from posada.asylum.queries.counted import Counted
from posada.asylum.rules.deadline_words import state_in_words, why
from posada.asylum.rules.guide import Text
from posada.asylum.rules.part_words import EVENT_WORDS
from posada.people.models import Identity

_OF_IDENTITY: Final = ("DOC-",)
_OF_LATENESS: Final = ("ASY-LATE", "DEF-SURPLACE")
_SIGN: Final = _("Signature or mark")
_WITNESS: Final = _("Who signs at their request, or a witness")


def foot(given: Given) -> Text:
    """What stands at the foot of a paper of a case."""
    return both(_("Case %(number)s"), number=given.number)


def hand(written: str) -> Text | None:
    """What is known, or nothing: then it is written by hand."""
    return same(written) if written else None


def identity(given: Given) -> Paper:
    """The sworn declaration of identity: what the house knows, and lines for what it does not."""
    person = _person(given)
    held = given.people.get(person, Identity()) if not given.typed.names_by_hand else Identity()
    blocks: list[Block] = [
        Field(both(_("Place and day"))),
        Words(both(_(
            "I declare under oath, of my own will, that I am the person described here, and that I have no paper with"
            " me that proves it."
        ))),
        Field(both(_("Full name")), hand(given.name(person))),
        Field(both(_("Born on")), told(held.birth)),
        Field(both(_("Born in"))),
        Field(both(_("Nationality"))),
        Field(both(_("Mother's name")), hand(held.mother)),
        Field(both(_("Father's name")), hand(held.father)),
        Field(both(_("Number of a paper that I had, if I remember it"))),
        Heading(both(_("What became of my papers"))),
        Space(4),
        Words(both(_("What I say here is true, as far as I know."))),
        Sign((both(_SIGN), both(_WITNESS))),
    ]  # fmt: skip
    blocks += not_handed_in(given.guide, holding(given.guide, _OF_IDENTITY, given.today), given.today, late=frozenset())
    return Paper(title=both(_("Sworn declaration of identity")), blocks=tuple(blocks), foot=foot(given))


def _person(given: Given) -> uuid.UUID:
    """Whose declaration it is: the one who was chosen among those of this claim, or whoever asks."""
    return next((one for one in (given.person, *given.included) if str(one) == given.typed.about), given.person)


def late(given: Given) -> Paper:
    """Why something is late, or may be: late never means that somebody cannot ask."""
    chosen = given.chosen_deadline
    blocks: list[Block] = [
        Field(both(_("Place and day"))),
        Field(both(_("Name")), hand(given.name(given.person))),
        Words(both(_("I ask that what I hand in be studied although its day may have passed. These are my reasons."))),
    ]
    if chosen is not None:
        blocks += _of_time(given, chosen)
    blocks += [
        Heading(both(_("What prevented me, and since when"))),
        Words(same(given.typed.reasons)) if given.typed.reasons else Space(10),
        Heading(both(_("What shows it, as far as I have anything"))),
        Words(same(given.typed.evidence)) if given.typed.evidence else Space(4),
        Words(both(_("Whoever has no proof says so, and tells it all the same."))),
        Sign((both(_SIGN), both(_WITNESS))),
    ]
    rules = [chosen.rule] if chosen else [one.rule for one in given.asked_of_person]
    beside = [*rules, *holding(given.guide, _OF_LATENESS, given.today)]
    blocks += not_handed_in(given.guide, beside, given.today, late=frozenset(rule.id for rule in rules))
    if chosen is not None:
        blocks += reckoned(chosen)
    return Paper(title=both(_("Reasons for being late")), blocks=tuple(blocks), foot=foot(given))


def _of_time(given: Given, chosen: Counted) -> list[Block]:
    """Which time it is, and where it is written, and the day from which it ran as it was told."""
    event = next((one for one in given.file.dates if one.event == chosen.anchor), None)
    found: list[Block] = [
        Field(both(_("The time that I mean")), joined(chosen.rule.title, short_source(chosen.rule), by=": "))
    ]
    if chosen.anchor in EVENT_WORDS:
        when = told(event.on, about=event.about, hour=event.hour) if event else _from_decision(chosen)
        found.append(Field(both(EVENT_WORDS[chosen.anchor]), when))
    return found


def _from_decision(chosen: Counted) -> Text | None:
    """The day on which it began, where a decision and not a date of the case says it."""
    begun = chosen.deadline.anchor
    return day(begun.first) if begun.is_known and begun.is_exact else None


def reckoned(chosen: Counted) -> list[Block]:
    """How a day was counted, with everything that says why: for whoever prepares the paper."""
    anchor = EVENT_WORDS.get(chosen.anchor, chosen.anchor)
    lines = joined(
        both(lambda: state_in_words(chosen.deadline)),
        both(lambda: " ".join(why(chosen.deadline, str(anchor)))),
        by=" ",
    )
    return [Heading(both(_("How the day was counted"))), Words(lines)]
