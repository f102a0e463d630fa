"""Who came together: households are made, joined and left."""

from collections.abc import Sequence
from contextlib import suppress

from django.db import transaction
from msgspec import structs

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, Refused, granted_role, require
from posada.audit import services as audit
from posada.people.models import Household, Person
from posada.people.queries import members_of
from posada.people.rules.contents import HouseholdRelation, Identity
from posada.people.services.presence import require_here
from posada.people.services.searching import count_look, look_for_number
from posada.records import changes, door, services
from posada.records.door import Reason
from posada.records.models import Change
from posada.vault import keyring


def new_household(*, by: Actor) -> Household:
    """A household without members yet."""
    require(by, Act.REGISTER)
    return Household.objects.create(site_id=by.site)


def member_to_join(*, by: Actor, number: int) -> Person:
    """The person with this number, whose household this actor may let somebody join.

    A number that is nobody's, and one of a household that is not theirs to change, count as a search. Raises
    `Person.DoesNotExist`, `Refused` or `QuotaReached`.
    """
    member = look_for_number(by, number)
    try:
        _reaching_act(by, members_of(member.household) or [member])
    except Refused:
        count_look(by, member, reason="number")
        raise
    return member


def household_of(*, by: Actor, member: Person) -> Household:
    """The household of a member, made if they stood alone; the member then speaks for it.

    Only through somebody in it whom this actor may change: one of today's for the desk, entrusted for a caseworker.
    """
    act = _reaching_act(by, members_of(member.household) or [member])
    if member.household is not None:
        return member.household
    with transaction.atomic():
        member.household = Household.objects.create(site_id=by.site)
        member.save(update_fields=["household"])
        services.note(by, act, member.subject, reason="household")
    return member.household


def join_household(
    *, by: Actor, person: Person, household: Household, relation: HouseholdRelation | None = None
) -> None:
    """Let somebody join a household; `relation` is what they are to the one who speaks for it."""
    act = changing_act(by, person)
    others = members_to_join(by, household, act, person)
    with transaction.atomic():
        person.household = household
        person.save(update_fields=["household"])
        if not _write_relation(person, relation, by=by, act=act):
            services.note(by, act, person.subject, reason="household")
            changes.append(person.identity, Change.What.WRITTEN)
        name_members(by, act, others)


def members_to_join(by: Actor, household: Household, act: Act, person: Person) -> list[Person]:
    """Those whom the person would join; `Refused` unless this actor may change one of them, or nobody is in it yet."""
    if household.site_id != person.site_id:
        raise Refused(act)
    others = [one for one in members_of(household) if one.pk != person.pk]
    if others:
        _reaching_act(by, others)
    return others


def name_members(by: Actor, act: Act, members: Sequence[Person]) -> None:
    """Write down with whom somebody was put together: an entry under each of them."""
    role = require(by, act)
    audit.write(
        *(
            audit.Event(
                act=act,
                actor=by.user,
                role=role,
                site=by.site,
                subject=keyring.pseudonym(one.pk),
                reason="household_member",
            )
            for one in members
        )
    )


def leave_household(*, by: Actor, person: Person) -> None:
    """Let somebody leave their household; one that nobody belongs to any more is removed."""
    act = changing_act(by, person)
    household = person.household
    with transaction.atomic():
        person.household = None
        person.save(update_fields=["household"])
        staying = members_of(household)
        if household is not None and not staying and not household.members.exists():
            household.delete()
        if not _write_relation(person, HouseholdRelation.HEAD, by=by, act=act):
            services.note(by, act, person.subject, reason="household")
            changes.append(person.identity, Change.What.WRITTEN)
        for stays in staying:
            changes.append(stays.identity, Change.What.WRITTEN)  # who is beside them is something that others compare


def changing_act(by: Actor, person: Person) -> Act:
    """The act under which this actor may change the person's household; `Refused` if there is none.

    A caseworker corrects; the desk, while the person is one of today's, still registers. Who only stands on a list
    has no household.
    """
    require_here(person, Act.CORRECT)
    if by.user is None or granted_role(by, Act.CORRECT, person.subject):
        return Act.CORRECT
    if granted_role(by, Act.REGISTER, person.subject) and granted_role(by, Act.READ_IDENTITY, person.subject):
        return Act.REGISTER
    raise Refused(Act.CORRECT)


def _reaching_act(by: Actor, members: Sequence[Person]) -> Act:
    """The act under which the actor may change one of these members; `Refused` if it is none of them."""
    for one in members:
        with suppress(Refused):
            return changing_act(by, one)
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
