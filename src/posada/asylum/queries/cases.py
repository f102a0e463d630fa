"""Which cases there are for whom, and one of them as it may be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest

from posada.accounts.acts import Act
from posada.accounts.http import actor_of
from posada.accounts.permissions import Actor, require
from posada.accounts.queries import assigned_subjects
from posada.asylum.models import Case, CaseState, InCase
from posada.asylum.rules.casefile import CaseFile
from posada.people.models import Person, Source
from posada.people.queries.files import files_of as same_person
from posada.records import door
from posada.records.door import Reason, Version


@dataclass(frozen=True, slots=True)
class Told:
    """How a case stands, for whoever accompanies the person: the state and the next day, and not a word more."""

    number: int
    state: CaseState
    next_on: date | None


def case_for(who: HttpRequest | Actor, number: int, act: Act = Act.READ_LEGAL) -> Case:
    """The case with this number, for a lawyer to whom it is entrusted; a 404 for everybody else."""
    actor = actor_of(who) if isinstance(who, HttpRequest) else who
    rows = Case.objects.visible_to(actor).select_related("record", "person")
    found = rows.filter(number=number).first()
    if found is None:
        raise Http404
    require(actor, act, found.subject)
    return found


def file_of(case: Case, by: Actor, reason: Reason = Reason.VIEW) -> CaseFile:
    """What a case says: checked, written down and only then unsealed."""
    return door.open_record(case.record, CaseFile, by=by, reason=reason)


def files_of(cases: Sequence[Case], by: Actor, reason: Reason = Reason.VIEW) -> list[CaseFile]:
    """What several cases say, in their order."""
    return [one.content for one in door.open_records([case.record for case in cases], CaseFile, by=by, reason=reason)]


def history_of(case: Case, by: Actor) -> list[Version[CaseFile]]:
    """Every version of a case, the oldest first."""
    return door.open_history(case.record, CaseFile, by=by)


def my_cases(actor: Actor) -> list[Case]:
    """The cases entrusted to this lawyer that are not closed, what is due first at the top. Nothing is opened."""
    rows = Case.objects.visible_to(actor).exclude(state=CaseState.CLOSED).select_related("person")
    return sorted(rows, key=lambda one: one.place)


def my_closed_cases(actor: Actor) -> list[Case]:
    """Those that are closed, the newest first."""
    rows = Case.objects.visible_to(actor).filter(state=CaseState.CLOSED).select_related("person")
    return list(rows.order_by("-opened_on", "number"))


def cases_of(actor: Actor, person: Person) -> list[Case]:
    """The cases of one person that are entrusted to this lawyer: another lawyer's cannot be seen from here."""
    rows = Case.objects.visible_to(actor).filter(person__in=same_person(person.pk)).select_related("person")
    return list(rows.order_by("opened_on", "number"))


def my_persons(actor: Actor) -> list[int]:
    """The numbers of the persons who are entrusted to this lawyer: a case is opened from their page."""
    rows = Person.objects.visible_to(actor).filter(pk__in=assigned_subjects(actor), source=Source.HOUSE)
    return list(rows.order_by("number").values_list("number", flat=True))


def told_of(person: Person) -> list[Told]:
    """The cases of which this person lets whoever accompanies them see the state and the next day."""
    rows = InCase.objects.told_of(same_person(person.pk))
    return [Told(one.case.number, CaseState(one.case.state), one.case.next_on) for one in rows]
