"""Who stands in a case, as its lawyer may know them."""

import uuid
from dataclasses import dataclass

from django.db.models import Q

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.asylum.models import Case
from posada.asylum.rules.casefile import CaseFile, CaseMember
from posada.people import queries as people
from posada.people.models import Identity, Person
from posada.records import door
from posada.records.door import Reason


@dataclass(frozen=True, slots=True)
class MemberShown:
    """Somebody in a case: their name where it may be read, and other cases in which they stand, by number."""

    member: CaseMember
    person: Person
    name: str
    is_main: bool
    elsewhere: tuple[int, ...]


def members_shown(actor: Actor, case: Case, file: CaseFile) -> list[MemberShown]:
    """Everybody in a case, whose case it is first.

    Of other cases only those are told that this lawyer holds, and never one that is kept from the household: not even
    its lawyer is shown it on another's page, which others may see over their shoulder.
    """
    persons = people.persons_by_id(actor, [one.person for one in file.members])
    names = _names(actor, list(persons.values()))
    elsewhere = _elsewhere(actor, case, set(persons))
    shown = [
        MemberShown(
            member=one,
            person=persons[one.person],
            name=names.get(one.person, ""),
            is_main=one.person == case.person_id,
            elsewhere=tuple(sorted(elsewhere.get(one.person, ()))),
        )
        for one in file.members
        if one.person in persons
    ]
    return sorted(shown, key=lambda one: not one.is_main)


def _names(actor: Actor, persons: list[Person]) -> dict[uuid.UUID, str]:
    """The names of those whose file this lawyer holds, opened in one go."""
    mine = [one for one in persons if people.may(actor, Act.READ_IDENTITY, one)]
    if not mine:
        return {}
    opened = door.open_records([one.identity for one in mine], Identity, by=actor, reason=Reason.VIEW)
    return {one.subject: one.content.shown_name for one in opened}


def _elsewhere(actor: Actor, case: Case, persons: set[uuid.UUID]) -> dict[uuid.UUID, set[int]]:
    about = Q(person__in=persons) | Q(rows__person__in=persons)
    others = list(Case.objects.visible_to(actor).filter(about).exclude(pk=case.pk).select_related("record").distinct())
    if not others:
        return {}
    opened = door.open_records([one.record for one in others], CaseFile, by=actor, reason=Reason.COMPARE)
    files = {one.subject: one.content for one in opened}
    found: dict[uuid.UUID, set[int]] = {}
    for one in others:
        file = files[one.pk]
        for member in () if file.alone else file.members:
            if member.person in persons:
                found.setdefault(member.person, set()).add(one.number)
    return found
