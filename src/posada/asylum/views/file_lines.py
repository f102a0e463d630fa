"""What a case says, part by part, in lines: read on its page, and compared from version to version."""

import uuid
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from posada.asylum.rules import part_words
from posada.asylum.rules.casefile import CaseFile, Manner, PaperState, Stands
from posada.asylum.rules.dates_in_words import told_in_words
from posada.asylum.rules.facts import Fact
from posada.asylum.rules.guide import Guide
from posada.asylum.rules.offers import StepStands
from posada.asylum.views.parts_shown import LISTS

_TITLES: Final = {
    "nationality": gettext_lazy("Nationality"),
    "dates": gettext_lazy("Entry and dates"),
    "members": gettext_lazy("Who is in it"),
    "steps": gettext_lazy("What was done"),
    "documents": gettext_lazy("Papers for the claim"),
    "safety": gettext_lazy("What is done, and the State's steps"),
    "kept": gettext_lazy("Who may know of it"),
}
Lines = Mapping[str, tuple[str, ...]]


def title_of(part: str) -> str:
    """What a part is called."""
    return str(LISTS[part].title if part in LISTS else _TITLES[part])


def lines_of(file: CaseFile, guide: Guide | None, numbers: Mapping[uuid.UUID, int]) -> Lines:
    """Every part of a case in lines, in the order in which it is read. Persons stand by their number."""
    return {
        "nationality": _nationality(file, guide),
        "dates": _dates(file),
        "members": tuple(_member(one, numbers) for one in file.members),
        "steps": tuple(f"{_rule(guide, one.rule)}: {told_in_words(one.on)}" for one in file.steps),
        "documents": tuple(
            f"{_line(guide, one.line)}: {part_words.PAPER_WORDS[one.state][0]}"
            for one in file.papers
            if one.state is not PaperState.NOT_ASKED
        ),
        **{name: tuple(_shown(file, name, one) for one in getattr(file, name)) for name in LISTS},
        "safety": _safety(file, guide),
        "kept": (_("Kept from everybody of the household"),) if file.alone else (),
    }


def _language() -> str:
    return get_language() or "es"


def _joined(*parts: Any) -> str:
    return " · ".join(str(part) for part in parts if part)


def _nationality(file: CaseFile, guide: Guide | None) -> tuple[str, ...]:
    country = {"country": guide.name.in_language(_language()) if guide else ""}
    ties = tuple(
        _joined(_about(tie.about, country), part_words.STANDS_WORDS[tie.stands], tie.known, _verify(tie.to_verify))
        for tie in file.ties
        if tie.stands is not Stands.NOT_ASKED
    )
    held = _("Nationalities: %(codes)s") % {"codes": ", ".join(file.nationalities)}
    return ((held,) if file.nationalities else ()) + ties


def _about(fact: Fact, country: Mapping[str, str]) -> str:
    words = str(part_words.TIE_WORDS[fact])
    return words % country if "%(country)s" in words else words


def _verify(words: str) -> str:
    return _("to verify: %(words)s") % {"words": words} if words else ""


def _dates(file: CaseFile) -> tuple[str, ...]:
    found = tuple(
        f"{part_words.EVENT_WORDS.get(one.event, one.event)}: "
        + (told_in_words(one.on, about=one.about, hour=one.hour) or _("not known when"))
        for one in file.dates
    )
    manner = part_words.MANNER_WORDS[file.entry_manner] if file.entry_manner is not Manner.NOT_SAID else ""
    where = _joined(manner, file.entry_place)
    return (*found, where) if where else found


def _member(one: Any, numbers: Mapping[uuid.UUID, int]) -> str:
    number = numbers.get(one.person)
    who = _("Number %(number)s") % {"number": number} if number else _("Somebody who is not shown")
    return f"{who}: {_joined(part_words.PART_WORDS[one.part], one.why)}"


def _rule(guide: Guide | None, rule_id: str) -> str:
    rule = guide.find(rule_id) if guide else None
    return f"{rule.title.in_language(_language())} ({rule_id})" if rule else rule_id


def _line(guide: Guide | None, line_id: str) -> str:
    held = (line for rule in (guide.rule if guide else ()) for line in rule.contents if line.id == line_id)
    line = next(held, None)
    return f"{line.title.in_language(_language())} ({line_id})" if line else line_id


def _shown(file: CaseFile, name: str, one: Any) -> str:
    shown = LISTS[name].shown(file, one)
    return _joined(shown.title, shown.line, shown.badge.text if shown.badge else "", shown.words)


def _safety(file: CaseFile, guide: Guide | None) -> tuple[str, ...]:
    safety = file.safety
    found = [str(part_words.MEASURE_WORDS[one]) for one in safety.measures]
    found += [
        f"{_rule(guide, one.rule)}: "
        + _joined(part_words.STEP_STANDS_WORDS[one.stands][0], told_in_words(one.on), one.authority)
        for one in safety.steps
        if one.stands is not StepStands.NOT_ASKED
    ]
    return tuple(found)
