"""A case as it is drawn: its row in a list, its deadlines with why, the line of days, what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posada.asylum.models import Case, CaseState
from posada.asylum.queries.counted import Counted
from posada.asylum.rules.casefile import CaseFile, Part, Stands, Went
from posada.asylum.rules.deadline_words import day_in_words, state_in_words, why
from posada.asylum.rules.deadlines import State
from posada.asylum.rules.guide import Anchor, Rule
from posada.asylum.rules.happened import events_of
from posada.asylum.rules.known import Known
from posada.asylum.rules.part_words import EVENT_WORDS, MEETING_WORDS
from posada.asylum.rules.terms import OnWhom
from posada.asylum.rules.timeline import Awaited, Happened, Timeline, left_in_words, timeline_of
from posada.ui.parts import Act, Badge
from posada.ui.pictures import timeline as pictures

_LATE = frozenset({State.PAST, State.PERHAPS_PAST})
_DONE = frozenset({State.DONE_IN_TIME, State.DONE_PERHAPS_LATE, State.DONE_LATE})
_ASKS = frozenset({State.ASK, State.NO_RULE, State.ANCHOR_AHEAD, State.OUT_OF_ORDER})


def state_badge(state: str) -> Badge:
    """How a case stands, as a word with its look."""
    return {
        CaseState.OPEN: Badge(_("Under way"), "neutral"),
        CaseState.DECIDED: Badge(_("Decided"), "note"),
        CaseState.CLOSED: Badge(_("Closed"), "neutral"),
    }[CaseState(state)]


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list: numbers and days alone. Nothing is opened for it."""

    number: int
    url: str
    person: int
    country: str
    state: Badge | None
    due: Badge
    line: str

    @classmethod
    def of(cls, case: Case, country: str, today: date) -> "CaseRow":
        """The row of a case; `country` in words."""
        opened = _("opened on %(day)s") % {"day": date_format(case.opened_on, "DATE_FORMAT")}
        return cls(
            number=case.number,
            url=reverse("asylum:case", args=[case.number]),
            person=case.person.number,
            country=country,
            state=state_badge(case.state) if case.state != CaseState.OPEN else None,
            due=due_badge(case.next_on, today),
            line=f"{country} · {opened}",
        )


def due_badge(next_on: date | None, today: date) -> Badge:
    """The next day of a case. A day that has passed is to be looked at; it ends nothing."""
    if next_on is None:
        return Badge(_("No day is counted"), "neutral")
    left = (next_on - today).days
    day = date_format(next_on, "DATE_FORMAT")
    if left < 0:
        return Badge(_("%(day)s: passed") % {"day": date_format(next_on, "SHORT_DATE_FORMAT")}, "danger")
    if left == 0:
        return Badge(_("Today"), "danger")
    words = ngettext("%(day)s, %(count)s day left", "%(day)s, %(count)s days left", left)
    return Badge(words % {"day": day, "count": left}, "wait")


@dataclass(frozen=True, slots=True)
class DueCard:
    """A deadline of a case: what, how long it still is, how it stands, and why, each with its source."""

    label: str
    badge: Badge
    day: str
    sentence: str
    why: tuple[str, ...]
    rule: Rule
    others: tuple[Rule, ...]
    is_late: bool
    is_done: bool
    on_authority: bool


def due_card(one: Counted, versions: Sequence[Rule]) -> DueCard:
    """The card of one deadline. `versions` are the rules of its other answers."""
    deadline = one.deadline
    on_authority = deadline.term is not None and deadline.term.on_whom is OnWhom.AUTHORITY
    is_late = deadline.state in _LATE and not on_authority
    return DueCard(
        label=one.label,
        badge=_badge(one, is_late=is_late),
        day=day_in_words(deadline.act_on) if deadline.act_on and deadline.state not in _DONE else "",
        sentence=state_in_words(deadline),
        why=why(deadline, str(EVENT_WORDS.get(one.anchor, one.anchor))),
        rule=one.rule,
        others=tuple(versions),
        is_late=is_late,
        is_done=deadline.state in _DONE,
        on_authority=on_authority,
    )


def _badge(one: Counted, *, is_late: bool) -> Badge:
    deadline = one.deadline
    if deadline.state in _DONE:
        return Badge(_("Done"), "good")
    if deadline.state in _ASKS:
        return Badge(_("To be asked"), "note")
    if is_late:
        return Badge(left_in_words(deadline), "danger")
    return Badge(left_in_words(deadline), "wait")


def line_of(file: CaseFile, found: Sequence[Counted], today: date) -> Timeline:
    """The case on a line of days: what was, what is due, what was arranged."""
    events = [Happened(str(EVENT_WORDS.get(event, event)), when) for event, when in events_of(file).items()]
    events += [
        Happened(str(MEETING_WORDS[one.kind]), Known.on(one.on)) for one in file.meetings if one.went is not Went.MOVED
    ]
    events += [
        Happened(_("Good until: %(paper)s") % {"paper": one.name}, Known.on(one.until))
        for one in file.permits
        if one.until
    ]
    awaited = [Awaited(one.label, one.deadline) for one in found if one.deadline.act_on]
    return timeline_of(events, awaited, today)


def drawn(line: Timeline) -> SafeString:
    """The drawing of it."""
    return pictures.timeline(
        line.strips, length=line.length, today=line.today, title=_("The case on a line of days"), today_word=_("Today")
    )


def next_steps(case: Case, file: CaseFile, found: Sequence[Counted]) -> list[Act]:
    """What to do next, the first first: what waits for a day, what is not asked yet, what is missing."""
    number = case.number
    is_asked = any(tie.stands is not Stands.NOT_ASKED for tie in file.ties)
    steps: list[tuple[bool, str, str]] = [
        (not is_asked, _("Ask about nationality first"), "nationality"),
        (_needs(file, Anchor.ENTRY), _("Ask for the day of entry"), "dates"),
    ]
    asks = {one.anchor for one in found if one.deadline.state in _ASKS} - {Anchor.ENTRY.value}
    steps.append((bool(asks), _("Ask for, or check, the dates from which a time runs"), "dates"))
    acts = [
        Act(label, reverse("asylum:part", args=[number, part]), look="plain") for wanted, label, part in steps if wanted
    ]
    if any(one.part is Part.TO_DECIDE for one in file.members):
        acts.append(Act(_("Decide who is included, and who asks alone"), reverse("asylum:members", args=[number])))
    if any(one.went is Went.PLANNED for one in file.meetings):
        url = reverse("asylum:part_list", args=[number, "meetings"])
        acts.append(Act(_("Prepare the next interview or appointment"), url))
    if not file.papers:
        acts.append(Act(_("Say which papers are here"), reverse("asylum:part", args=[number, "documents"])))
    return acts


def _needs(file: CaseFile, anchor: Anchor) -> bool:
    held = file.dated(anchor.value)
    return held is None or not held.known.is_known
