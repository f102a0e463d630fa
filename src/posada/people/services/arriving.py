"""Those who come together, registered in one act; a child born in the house; and who was just registered elsewhere."""

import uuid
from collections.abc import Iterable, Sequence

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.models import Assignment
from posada.accounts.permissions import Actor, Subject, require
from posada.accounts.services import assign
from posada.ground import clock, ids
from posada.people import matching
from posada.people.models import Household, Person
from posada.people.queries import may, members_of, registered_today
from posada.people.rules.birth_here import Newborn, relation_of_child
from posada.people.rules.contents import HouseholdRelation, Identity
from posada.people.services.households import name_members
from posada.people.services.presence import require_here
from posada.people.services.registering import close_form, write_person
from posada.records import door, services
from posada.records import once as sent_forms
from posada.records.door import Reason

LIKELY = 50  # percent: from here on somebody registered today may be the same one, come to two desks
MOST_LOOKED = 12  # of a large household


class NobodyInIt(ValueError):
    """A household without anybody."""


def register_household(*, by: Actor, identities: Sequence[Identity], once: uuid.UUID | None = None) -> list[Person]:
    """Register everybody of a household in one transaction: all of them or nobody.

    One alone stands alone. `AlreadySent` carries the first one's id if the form was sent before.
    """
    if not identities:
        raise NobodyInIt
    person_ids = [ids.new_id() for _one in identities]
    require(by, Act.REGISTER, Subject(person_ids[0], by.site, clock.today()))
    with transaction.atomic():
        sent_forms.claim(once, person_ids[0])
        close_form(once)
        household = Household.objects.create(site_id=by.site) if len(identities) > 1 else None
        persons = [
            write_person(person_id, identity, by=by, household=household)
            for person_id, identity in zip(person_ids, identities, strict=True)
        ]
        if household is not None:
            name_members(by, Act.REGISTER, persons)
    return persons


def register_birth(*, by: Actor, mother: Person, child: Newborn, once: uuid.UUID | None = None) -> Person:
    """A child born here today: registered into the mother's household, which is made if she stood alone.

    What the mother's file says (her name, what she is to the head) goes along only for who may read it. Whoever
    accompanies the mother accompanies the child.
    """
    require(by, Act.NOTE_BIRTH, mother.subject)
    require_here(mother, Act.NOTE_BIRTH)
    person_id = ids.new_id()
    with transaction.atomic():
        sent_forms.claim(once, person_id)
        held = Person.objects.select_for_update().get(pk=mother.pk)
        was_alone = held.household_id is None
        household = held.household or Household.objects.create(site_id=by.site)
        if was_alone:
            Person.objects.filter(pk=held.pk).update(household=household)
            mother.household = household
        identity = _born_today(child, *_told_of(by, held, was_alone=was_alone))
        born = write_person(person_id, identity, by=by, household=household, act=Act.NOTE_BIRTH)
        services.note(by, Act.NOTE_BIRTH, born.subject, reason="birth")
        name_members(by, Act.NOTE_BIRTH, [one for one in members_of(household) if one.pk != born.pk])
        for row in Assignment.objects.filter(subject=mother.pk, until=None):
            assign(user_id=row.user_id, site_id=row.site_id, subject=born.pk, why=Assignment.Why(row.why))
    return born


def _told_of(by: Actor, mother: Person, *, was_alone: bool) -> tuple[str, HouseholdRelation]:
    """The mother's name, and what her child is to the one who speaks for the household."""
    if not may(by, Act.READ_IDENTITY, mother):
        return "", HouseholdRelation.CHILD if was_alone else HouseholdRelation.OTHER
    known = door.open_record(mother.identity, Identity, by=by, reason=Reason.WRITE)
    relation = HouseholdRelation.HEAD if was_alone else known.household_relation
    return known.shown_name, relation_of_child(relation)


def _born_today(child: Newborn, mother: str, relation: HouseholdRelation) -> Identity:
    return Identity(
        given_names=child.given_names,
        surnames=child.surnames,
        sex=child.sex,
        birth=clock.today().isoformat(),
        mother=mother,
        arrived_on=clock.today(),
        household_relation=relation,
    )


def just_registered_too(*, by: Actor, persons: Iterable[tuple[Person, Identity]]) -> list[int]:
    """The numbers of others registered today who may be one of these: two desks may have had the same person.

    It looks after its own registration is committed, so that of two desks at the same moment at least the later one
    is told. Both stand. Only whom this actor may read is named; each is written down.
    """
    asked = list(persons)[:MOST_LOOKED]
    own = {person.pk for person, _identity in asked}
    likely = {
        hit.known.person
        for _person, identity in asked
        for hit in matching.advise(by, identity)
        if hit.percent >= LIKELY and hit.known.person not in own
    }
    others = [one for one in registered_today(by).filter(pk__in=likely) if may(by, Act.READ_IDENTITY, one)]
    with transaction.atomic():
        for one in others:
            services.note(by, Act.REGISTER, one.subject, reason="perhaps_twice")
    return [one.number for one in others]
