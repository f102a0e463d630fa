"""What the person keeps: the slip of an appointment, and the sheet of their own next steps in plain words."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from posada.asylum.papers.blocks import Block, Field, Heading, Paper, Words, both, day, same
from posada.asylum.papers.given import LATE, WAITS, Given
from posada.asylum.papers.sources import advice, holding, not_handed_in
from posada.asylum.queries.counted import Counted
from posada.asylum.queries.parts import asked_papers
from posada.asylum.rules.casefile import CaseFile, Interpreter, Meeting, PaperState, Went
from posada.asylum.rules.deadline_words import state_in_words
from posada.asylum.rules.guide import Rule, Text
from posada.asylum.rules.part_words import INTERPRETER_WORDS, MEETING_WORDS

_AT_A_MEETING: Final = ("ASY-050", "ASY-051", "ASY-052")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do or to know: what, when, and the rules that say it, if a guide does."""

    what: Text
    when: Text
    rules: tuple[Rule, ...] = ()
    is_late: bool = False


def appointment(given: Given) -> Paper:
    """A slip that says where and when, and nothing of why; what to know of it is on a page that stays at home."""
    meeting = given.meeting
    blocks: list[Block] = [
        Field(both(_("Day")), day(meeting.on) if meeting else None),
        Field(both(_("Hour")), _hand(meeting.hour if meeting else "")),
        Field(both(_("Place")), _hand(meeting.place if meeting else "")),
        Field(both(_("Language")), _hand(meeting.language if meeting else "")),
    ]
    if meeting is not None and meeting.interpreter is not Interpreter.NONE:
        blocks.append(Field(both(_("Interpreter")), both(INTERPRETER_WORDS[meeting.interpreter])))
    blocks.append(Words(both(_("Bring this slip, and the papers that you were asked for."))))
    blocks.append(Words(both(_("If something keeps you from going, say so before that day to whoever helps you."))))
    rules = holding(given.guide, _AT_A_MEETING, given.today)
    blocks += not_handed_in(given.guide, rules, given.today, late=frozenset())
    foot = same(str(given.number))
    return Paper(title=both(_("Appointment")), blocks=tuple(blocks), foot=foot, size="a5", letters=13)


def _hand(written: str) -> Text | None:
    return same(written) if written else None


def next_steps(given: Given) -> list[Step]:
    """What the person does next, what is waited for, and by when: the earliest day first."""
    waiting = [one for one in given.counted if one.deadline.state in WAITS]
    dated = [(one.deadline.act_on or date.max, _of_time(one)) for one in waiting]
    dated += [(one.on, _of_meeting(given, one)) for one in given.file.meetings if _is_ahead(one, given.today)]
    dated += [(one[0], one[1]) for one in _of_permits(given.file)]
    found = [step for _day, step in sorted(dated, key=lambda one: one[0])]
    return [*found, *_of_papers(given)]


def _of_time(one: Counted) -> Step:
    when = both(lambda: state_in_words(one.deadline))
    return Step(one.rule.title, when, (one.rule,), one.deadline.state in LATE)


def _is_ahead(one: Meeting, today: date) -> bool:
    return one.went is Went.PLANNED and one.on >= today


def _of_meeting(given: Given, one: Meeting) -> Step:
    parts = [day(one.on), *(same(part) for part in (one.hour, one.place) if part)]
    when = Text(es=", ".join(part.es for part in parts) + ".", en=", ".join(part.en for part in parts) + ".")
    return Step(both(MEETING_WORDS[one.kind]), when, tuple(holding(given.guide, _AT_A_MEETING, given.today)))


def _of_permits(file: CaseFile) -> list[tuple[date, Step]]:
    """A permit that runs out, and was not renewed."""
    renewed = {one.renews for one in file.permits}
    return [
        (one.until, Step(
            both(_("Your paper: %(name)s"), name=one.name),
            both(_("It is good until %(day)s. Ask about a renewal before that day; also if it has passed."),
                 day=day(one.until)),
        ))
        for one in file.permits
        if one.until and one.id not in renewed
    ]  # fmt: skip


def _of_papers(given: Given) -> list[Step]:
    """Papers that are missing: none of them stops anybody from asking."""
    missing = {one.line for one in given.file.papers if one.state is PaperState.MISSING}
    rules: dict[str, Rule] = {}
    titles: list[Text] = []
    for rule, line in asked_papers(given.guide):
        if line.id in missing:
            rules[rule.id] = rule
            titles.append(Text(es=f"{line.title.es} ({line.id})", en=f"{line.title.en} ({line.id})"))
    if not titles:
        return []
    listed = Text(es="; ".join(one.es for one in titles), en="; ".join(one.en for one in titles))
    when = both(_("Still missing: %(papers)s. You can ask without them: say that you do not have them."), papers=listed)
    return [Step(both(_("Papers")), when, tuple(rules.values()))]


def steps(given: Given) -> Paper:
    """The sheet of the person's own next steps: large letters, short sentences, no name."""
    found = next_steps(given)
    blocks: list[Block] = []
    if not found:
        blocks.append(Words(both(NOTHING_NEXT)))
    for place, step in enumerate(found, 1):
        blocks.append(Heading(Text(es=f"{place}. {step.what.es}", en=f"{place}. {step.what.en}"), _id_of(step)))
        blocks.append(Words(step.when, strong=True))
    rules: dict[str, Rule] = {rule.id: rule for step in found for rule in step.rules}
    late = frozenset(rule.id for step in found if step.is_late for rule in step.rules)
    blocks.append(Heading(both(_("What the guide says, and where"))))
    blocks += advice(given.guide, rules.values(), given.today, late=late)
    return Paper(
        title=both(_("My next steps")), blocks=tuple(blocks), foot=same(str(given.number)), letters=13.5
    )  # fmt: skip


def _id_of(step: Step) -> str:
    return step.rules[0].id if len(step.rules) == 1 else ""


NOTHING_NEXT: Final = _("No day is known by which you must do something. Ask again when you get a paper or a call.")
