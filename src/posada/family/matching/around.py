"""Who stands around both sides of a proposal, from what is held in memory: nobody's file is opened for it.

Only households, requests in force and what they say are read. Relatives of *my people* are never among them.
"""

import uuid

from kinmatch.kin.around import Asking, Beside
from posada.family.matching import held
from posada.family.models import TracingRequest, TracingRequestQuerySet
from posada.family.queries.requests import together_with
from posada.ground import clock
from posada.people import matching as people
from posada.people.models import Person


def around_request(request: TracingRequest) -> Asking:
    """Around a sought person: who asks, with whom they came if they are here, whom else they seek."""
    resident = request.resident
    beside = people.records_of(request.site_id, _members_beside(resident)) if resident is not None else {}
    others = [one.pk for one in together_with(request)]  # of those, only what is in force is held in memory
    return Asking(
        enquirer=held.asking_of(request.pk),
        relation=held.relation_of(request.pk),
        beside=tuple(beside.values()),
        also_sought=tuple(record for one in others if (record := held.sought_of(one)) is not None),
    )


def around_person(person: Person, request: TracingRequest) -> Beside:
    """Around a candidate: with whom they came, and whom those seek. Who asks is not looked at as their own relative:
    in one household with the candidate, the two would find themselves in each other."""
    resident = request.resident
    if resident is not None and resident.household_id is not None and resident.household_id == person.household_id:
        return Beside()
    members = _members_beside(person)
    wanted = _in_force(members).exclude(pk=request.pk).values_list("pk", flat=True)
    return Beside(
        members=tuple(people.records_of(person.site_id, members).values()),
        wanted=tuple(record for one in wanted if (record := held.sought_of(one)) is not None),
    )


def _members_beside(person: Person) -> list[uuid.UUID]:
    if person.household_id is None:
        return []
    rows = Person.objects.filter(household_id=person.household_id).shown().exclude(pk=person.pk)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _in_force(residents: list[uuid.UUID]) -> TracingRequestQuerySet:
    return TracingRequest.objects.in_force(clock.today()).filter(resident__in=residents).order_by("number")
