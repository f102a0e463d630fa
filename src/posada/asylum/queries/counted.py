"""The deadlines of a case: what its guide gives, counted from its dates, under the law of those dates or today's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language

from posada.asylum.models import Case, CaseState
from posada.asylum.rules.as_of import resolved
from posada.asylum.rules.casefile import CaseFile, Went
from posada.asylum.rules.deadlines import Deadline, Law, Place, State
from posada.asylum.rules.guide import Anchor, Duration, Guide, Rule
from posada.asylum.rules.happened import events_of
from posada.asylum.rules.known import Known
from posada.asylum.rules.terms import OnWhom

# Everybody came in: these times run for everybody, also where the day is not known yet.
_ALWAYS = frozenset({Anchor.ENTRY, Anchor.LAST_ARRIVAL})
_WAITS = frozenset({State.OPEN, State.TODAY, State.PERHAPS_PAST, State.PAST})
_NOT_KNOWN = Known()


@dataclass(frozen=True, slots=True)
class Counted:
    """One deadline of a case: the rule that gives it (the version that holds), how it stands, what it is called."""

    rule: Rule
    deadline: Deadline
    label: str

    @property
    def anchor(self) -> str:
        """The event from which it runs."""
        return self.rule.duration.anchor.value if self.rule.duration else ""


def counted(
    case: Case, file: CaseFile, guide: Guide | None, now: datetime, law: Law = Law.OF_ITS_DATES
) -> tuple[Counted, ...]:
    """Every deadline that runs in a case, the earliest day first, those without a day last.

    What runs from an event that is not known to have been is none of its deadlines, but for those that run from
    coming in. A country without a guide gives none. Raises ValueError for another country's guide.
    """
    if guide is None:
        return ()
    if guide.country != case.country:
        raise ValueError("a case is counted by the guide of its own country")
    events = events_of(file)
    subjects = dict.fromkeys(rule.about for rule in guide.rule if rule.duration)
    found = (_one(guide, subject, file, events, now, law) for subject in subjects)
    return tuple(sorted((one for one in found if one), key=lambda one: one.deadline.act_on or date.max))


def _one(
    guide: Guide, subject: str, file: CaseFile, events: Mapping[str, Known], now: datetime, law: Law
) -> Counted | None:
    versions = [rule for rule in guide.versions(subject) if rule.duration]
    leading = next((rule for rule in versions if not rule.superseded_by), versions[0])
    duration = leading.duration
    if duration is None or (duration.anchor.value not in events and not _runs_for_all(duration)):
        return None
    deadline = resolved(
        guide.terms(subject), events.get(duration.anchor.value, _NOT_KNOWN), Place(guide.country, guide.zone), now,
        law=law, done=_done(file, versions, events),
    )  # fmt: skip
    rule = next((one for one in versions if deadline.term and one.id == deadline.term.rule), leading)
    return Counted(rule, deadline, rule.title.in_language(get_language() or "es"))


def _runs_for_all(duration: Duration) -> bool:
    return duration.anchor in _ALWAYS and duration.on_whom is OnWhom.APPLICANT


def _done(file: CaseFile, versions: Sequence[Rule], events: Mapping[str, Known]) -> Known | None:
    """When it was done: as a step that somebody wrote down, or else by the event that does it."""
    ids = {rule.id for rule in versions}
    steps = [Known.read(step.on) for step in file.steps if step.rule in ids]
    if steps:
        return steps[-1]
    ends = [rule.duration.done_by.value for rule in versions if rule.duration and rule.duration.done_by]
    return next((events[one] for one in ends if one in events), None)


def next_day(case: Case, file: CaseFile, found: Sequence[Counted], today: date) -> date | None:
    """The day by which somebody must do something next: a deadline, a meeting, a permit that runs out, a look.

    Of what is all late it is the latest day, so that a case with something late never seems to wait for nothing. What
    is on the authority waits for nobody here. A closed case has none.
    """
    if case.state == CaseState.CLOSED:
        return None
    open_ones = [one.deadline for one in found if one.deadline.state in _WAITS and not _is_on_authority(one.deadline)]
    days = [one.act_on for one in open_ones if one.act_on]
    days += [one.on for one in file.meetings if one.went is Went.PLANNED]
    renewed = {one.renews for one in file.permits}
    days += [one.until for one in file.permits if one.until and one.id not in renewed]
    days += [one.look_again_on for one in file.safety.steps if one.look_again_on]
    ahead = [day for day in days if day >= today]
    return min(ahead) if ahead else max(days, default=None)


def _is_on_authority(deadline: Deadline) -> bool:
    return deadline.term is not None and deadline.term.on_whom is OnWhom.AUTHORITY
