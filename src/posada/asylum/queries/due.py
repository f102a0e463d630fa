"""What is due: a lawyer's own cases opened and counted; a site's by number and day alone, with nothing opened."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from posada.accounts.acts import Role
from posada.accounts.models import Assignment, Membership
from posada.accounts.naming import name_of
from posada.accounts.permissions import Actor
from posada.asylum.guides.reading import guide
from posada.asylum.models import Case, CaseState, Statement
from posada.asylum.queries.cases import files_of, my_cases
from posada.asylum.queries.counted import Counted, counted
from posada.asylum.rules.calendar_file import Entry, entries_of
from posada.asylum.rules.casefile import CaseFile, Meeting, Went
from posada.asylum.rules.deadlines import Law, Place
from posada.asylum.rules.guide import Guide
from posada.asylum.rules.kinds import kind_of
from posada.asylum.rules.reminders import Due, Followed, Kind, Urgency, due_within
from posada.ground import clock, working_days
from posada.records.door import Reason

AHEAD = 10  # working days that a list looks ahead; a choice of this program, no rule of any law
REMINDED = 5  # and that a reminder does
_JUST_NOW = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DueLine:
    """One deadline on a lawyer's list: the group it stands in, its case, what was counted, and its kind."""

    urgency: Urgency
    case: Case
    counted: Counted
    kind: Kind


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """An interview, a hearing or an appointment that is still to come, or that nobody has said the end of."""

    case: Case
    meeting: Meeting
    days_left: int


@dataclass(frozen=True, slots=True)
class DueList:
    """What is due of a lawyer's cases. `without_guide` are the cases whose country has none: nothing is counted.

    `guides` are those by which the others were counted, by country.
    """

    lines: tuple[DueLine, ...]
    meetings: tuple[MeetingLine, ...]
    without_guide: tuple[Case, ...]
    running: tuple[DueLine, ...]
    guides: Mapping[str, Guide]


@dataclass(frozen=True, slots=True)
class SiteLine:
    """One case on a site's list: its number, the day by which something must be done, and who holds it."""

    number: int
    next_on: date | None
    days_left: int | None
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LawyerLine:
    """A lawyer of the house: how many open cases they hold, and how many of these have a day soon."""

    pk: int
    name: str
    cases: int
    soon: int


def due_of(actor: Actor, now: datetime, ahead: int = AHEAD) -> DueList:
    """What is due of the cases that this lawyer holds: opened, and counted under the law of their dates."""
    cases = my_cases(actor)
    files = files_of(cases, actor, Reason.FOLLOW_UP)
    held_guides = {country: held for country in {case.country for case in cases} if (held := guide(country))}
    followed: dict[int, list[tuple[Followed, Counted]]] = {}
    without = []
    for case, file in zip(cases, files, strict=True):
        held = held_guides.get(case.country)
        if held is None:
            without.append(case)
        for one in counted(case, file, held, now, law=Law.OF_ITS_DATES):
            said = Followed(case.number, kind_of(one.rule), one.deadline, str(actor.user or ""), str(case.site_id))
            followed.setdefault(case.number, []).append((said, one))
    by_number = {case.number: case for case in cases}
    all_of_them = {id(said): (said, one) for held in followed.values() for said, one in held}
    dues = due_within([said for said, _one in all_of_them.values()], ahead)
    lines = tuple(_line(due, by_number, all_of_them[id(due.followed)][1]) for due in dues)
    listed = {id(due.followed) for due in dues}
    running = tuple(
        DueLine(Urgency.SOON, by_number[said.number], one, said.kind)
        for said, one in sorted(all_of_them.values(), key=lambda pair: pair[0].deadline.act_on or date.max)
        if id(said) not in listed and one.deadline.act_on is not None and one.deadline.act_on >= one.deadline.today
    )
    return DueList(lines, _meetings(cases, files), tuple(without), running, held_guides)


def _line(due: Due, cases: dict[int, Case], one: Counted) -> DueLine:
    return DueLine(due.urgency, cases[due.followed.number], one, due.followed.kind)


def _meetings(cases: Sequence[Case], files: Sequence[CaseFile]) -> tuple[MeetingLine, ...]:
    today = clock.today()
    found = [
        MeetingLine(case, one, (one.on - today).days)
        for case, file in zip(cases, files, strict=True)
        for one in file.meetings
        if one.went is Went.PLANNED
    ]
    return tuple(sorted(found, key=lambda line: (line.meeting.on, line.meeting.hour, line.case.number)))


def calendar_entries(found: DueList) -> tuple[Entry, ...]:
    """Each day of the list that can still be kept, and each meeting to come: by number and kind."""
    dues = [
        Due(one.urgency, Followed(one.case.number, one.kind, one.counted.deadline))
        for one in (*found.lines, *found.running)
        if not _waits_for_authority(one)
    ]
    meetings = tuple(
        Entry(line.case.number, Kind.APPOINTMENT, _moment_of(line, found.guides), str(line.meeting.id))
        for line in found.meetings
        if line.days_left >= 0
    )
    return entries_of(dues) + meetings


def _waits_for_authority(line: DueLine) -> bool:
    term = line.counted.deadline.term
    return term is not None and term.on_whom == "authority"


def _moment_of(line: MeetingLine, guides: Mapping[str, Guide]) -> date | datetime:
    held = guides.get(line.case.country)
    if not line.meeting.hour or held is None:
        return line.meeting.on
    place = Place(held.country, held.zone)
    return datetime.combine(line.meeting.on, time.fromisoformat(line.meeting.hour), place.clock)


def site_list(actor: Actor) -> list[SiteLine]:
    """Every open case of the site by its next day; then what is all late, then what has none. Nothing is opened."""
    rows = list(Case.objects.of_site(actor).exclude(state=CaseState.CLOSED))
    holders = _holders([row.pk for row in rows])
    today = clock.today()
    return [
        SiteLine(
            row.number, row.next_on, (row.next_on - today).days if row.next_on else None, tuple(holders.get(row.pk, ()))
        )
        for row in sorted(rows, key=lambda one: one.place)
    ]


def _holders(subjects: Sequence[object]) -> dict[object, list[str]]:
    found: dict[object, list[str]] = {}
    rows = list(Assignment.objects.filter(subject__in=subjects).values_list("subject", "user_id"))
    names = {user: name_of(user) for user in {user for _subject, user in rows}}
    for subject, user in rows:
        found.setdefault(subject, []).append(names[user])
    return {subject: sorted(held) for subject, held in found.items()}


def lawyers_here(actor: Actor) -> list[LawyerLine]:
    """The lawyers of the site who work here now, by name, each with what they hold."""
    rows = Membership.objects.filter(site_id=actor.site, role=Role.LAWYER.value, user__is_active=True)
    users = set(rows.values_list("user_id", flat=True))
    days = dict(Case.objects.of_site(actor).exclude(state=CaseState.CLOSED).values_list("pk", "next_on"))
    soon_until = _ahead(actor, AHEAD)
    held, soon = Counter[int](), Counter[int]()
    for user, subject in Assignment.objects.filter(subject__in=days).values_list("user_id", "subject"):
        held[user] += 1
        soon[user] += (days[subject] or date.max) <= soon_until
    lines = [LawyerLine(user, name_of(user), held[user], soon[user]) for user in users]
    return sorted(lines, key=lambda one: one.name.casefold())


def _ahead(actor: Actor, count: int) -> date:
    """The last of so many working days ahead, by the calendars of the countries of the site's cases: the latest."""
    today = clock.today()
    countries = set(Case.objects.of_site(actor).values_list("country", flat=True))
    return max((working_days.after(today, count, one) for one in countries), default=today + timedelta(days=count))


def to_remind(actor: Actor) -> list[Case]:
    """Cases of this lawyer whose next day has passed or is near: by the clear day alone, nothing is opened."""
    until = _ahead(actor, REMINDED)
    return [case for case in my_cases(actor) if case.next_on is not None and case.next_on <= until]


def handed_to(actor: Actor) -> list[Case]:
    """Cases that were handed to this lawyer within a week: to look at their days."""
    if actor.user is None:
        return []
    rows = Assignment.objects.filter(
        user_id=actor.user, why=Assignment.Why.HANDED_OVER, since__gte=clock.today() - _JUST_NOW
    )
    subjects = set(rows.values_list("subject", flat=True))
    return [case for case in my_cases(actor) if case.pk in subjects]


def accounts_held_by_nobody(actor: Actor) -> list[Statement]:
    """Accounts of no case that no lawyer holds."""
    rows = Statement.objects.of_site(actor).filter(case=None)
    return list(rows.exclude(pk__in=Assignment.objects.filter(subject__in=rows.values("pk")).values("subject")))


def held_by_nobody(actor: Actor) -> list[Case]:
    """Open cases of the site that no lawyer holds, by their next day."""
    rows = Case.objects.of_site(actor).exclude(state=CaseState.CLOSED)
    held = Assignment.objects.filter(subject__in=rows.values("pk")).values("subject")
    return sorted(rows.exclude(pk__in=held), key=lambda one: one.place)
