"""Who came together: households are made, joined and left."""

from django.db import transaction
from msgspec import structs

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, Refused, granted_role, require
from posada.people.models import Household, Person
from posada.people.rules.contents import HouseholdRelation, Identity
from posada.records import door, services
from posada.records.door import Reason


def new_household(*, by: Actor) -> Household:
    """A household without members yet."""
    require(by, Act.REGISTER)
    return Household.objects.create(site_id=by.site)


def household_of(*, by: Actor, member: Person) -> Household:
    """The household of a member, made if they stood alone; the member then speaks for it."""
    if member.site_id != by.site or not (by.may(Act.REGISTER) or by.may(Act.CORRECT)):
        raise Refused(Act.REGISTER)
    if member.household is not None:
        return member.household
    with transaction.atomic():
        member.household = Household.objects.create(site_id=by.site)
        member.save(update_fields=["household"])
        role_act = Act.REGISTER if by.may(Act.REGISTER) else Act.CORRECT
        services.note(by, role_act, None, reason="household")
    return member.household


def join_household(
    *, by: Actor, person: Person, household: Household, relation: HouseholdRelation | None = None
) -> None:
    """Let somebody join a household; `relation` is what they are to the one who speaks for it."""
    act = changing_act(by, person)
    if household.site_id != person.site_id:
        raise Refused(act)
    with transaction.atomic():
        person.household = household
        person.save(update_fields=["household"])
        if not _write_relation(person, relation, by=by, act=act):
            services.note(by, act, person.subject, reason="household")


def leave_household(*, by: Actor, person: Person) -> None:
    """Let somebody leave their household; one that nobody belongs to any more is removed."""
    act = changing_act(by, person)
    household = person.household
    with transaction.atomic():
        person.household = None
        person.save(update_fields=["household"])
        if household is not None and not household.members.exists():
            household.delete()
        if not _write_relation(person, HouseholdRelation.HEAD, by=by, act=act):
            services.note(by, act, person.subject, reason="household")


def changing_act(by: Actor, person: Person) -> Act:
    """The act under which this actor may change the person's household; `Refused` if there is none.

    A caseworker corrects; the desk, while the person is one of today's, still registers.
    """
    if by.user is None or granted_role(by, Act.CORRECT, person.subject):
        return Act.CORRECT
    if granted_role(by, Act.REGISTER, person.subject) and granted_role(by, Act.READ_IDENTITY, person.subject):
        return Act.REGISTER
    raise Refused(Act.CORRECT)


def _write_relation(person: Person, relation: HouseholdRelation | None, *, by: Actor, act: Act) -> bool:
    if relation is None:
        return False
    held = door.open_record(person.identity, Identity, by=by, reason=Reason.WRITE)
    if held.household_relation is relation:
        return False
    changed = structs.replace(held, household_relation=relation)
    person.identity = services.revise(person.identity, changed, by=by, act=act)
    return True
