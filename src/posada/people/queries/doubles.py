"""Reads: which two files may be one person's, which were put together, and what both say."""

import uuid
from collections.abc import Sequence

from django.db import models

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require
from posada.people.models import Identity, Person
from posada.people.models.doubles import Merge, Pair
from posada.people.queries.persons import may
from posada.records import door
from posada.records.door import Reason

MOST_SHOWN = 50


def pairs_waiting(actor: Actor) -> list[Pair]:
    """The pairs that nobody decided, those said by somebody and the most alike first."""
    require(actor, Act.SEE_DOUBLES)
    rows = Pair.objects.visible_to(actor).waiting().select_related("first", "second")
    order = {Pair.Band.SAID: 0, Pair.Band.LIKELY: 1, Pair.Band.POSSIBLE: 2}
    found = list(rows.order_by("-state", "found_on", "pk")[: MOST_SHOWN * 4])
    return sorted(found, key=lambda row: (row.state == Pair.State.LATER, order[Pair.Band(row.band)]))[:MOST_SHOWN]


def pair_of(actor: Actor, person: Person) -> Pair | None:
    """The most alike of those that wait with this person, for who may see doubles."""
    if not actor.may(Act.SEE_DOUBLES):
        return None
    rows = Pair.objects.visible_to(actor).waiting().filter(models.Q(first=person) | models.Q(second=person))
    return rows.select_related("first", "second").order_by("-state", "band", "found_on", "pk").first()


def pair_to_decide(actor: Actor, pair: uuid.UUID) -> Pair:
    """One pair that still waits. Raises `Pair.DoesNotExist`."""
    rows = Pair.objects.visible_to(actor).waiting().select_related("first__identity", "second__identity")
    return rows.get(pk=pair)


def may_decide(actor: Actor, *persons: Person) -> bool:
    """Whether the actor may put these two together."""
    return all(may(actor, Act.MERGE, one) for one in persons)


def both_identities(actor: Actor, persons: Sequence[Person]) -> list[Identity]:
    """What both files say, written down in one go."""
    for one in persons:
        require(actor, Act.MERGE, one.subject)
    opened = door.open_records([one.identity for one in persons], Identity, by=actor, reason=Reason.COMPARE)
    return [one.content for one in opened]


def merges_of(actor: Actor) -> list[Merge]:
    """The files that stand together and could be taken apart, the newest first."""
    require(actor, Act.SEE_DOUBLES)
    rows = Merge.objects.filter(site_id=actor.site, undone_on=None, leading__in=Person.objects.visible_to(actor))
    return list(rows.select_related("leading", "other").order_by("-pk")[:MOST_SHOWN])


def merge_by_id(actor: Actor, pk: int) -> Merge:
    """One merge of the actor's site that stands. Raises `Merge.DoesNotExist`."""
    rows = Merge.objects.filter(site_id=actor.site, undone_on=None, leading__in=Person.objects.filter().shown())
    return rows.select_related("leading", "other").get(pk=pk)
