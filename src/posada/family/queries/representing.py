"""Whether somebody here is a child, and whether a parent or another adult of their household is with them."""

from dataclasses import dataclass

from posada.accounts.permissions import system_actor
from posada.family.models import Enquirer
from posada.ground import clock
from posada.people.models import Identity, Person
from posada.people.queries import members_of
from posada.people.rules import Minor, is_minor
from posada.records.door import Reason, open_records


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody here stands: whether a child, as far as known, and whether with an adult of their household."""

    minor: Minor = Minor.UNKNOWN
    is_accompanied: bool = False

    @property
    def is_child(self) -> bool:
        """For certain."""
        return self.minor is Minor.YES


def standing_of(person: Person) -> Standing:
    """The house itself looks; nothing of what it opens is shown."""
    others = [one for one in members_of(person.household) if one.pk != person.pk]
    house = system_actor(person.site_id)
    opened = open_records(
        [person.identity, *(one.identity for one in others)], Identity, by=house, reason=Reason.SYSTEM
    )
    known = [is_minor(one.content, clock.today()) for one in opened]
    return Standing(known[0], Minor.NO in known[1:])


def minor_of(resident: Person | None, enquirer: Enquirer) -> Minor:
    """Whether who asks is a child: as told with the request, or else as the register knows a resident."""
    told = is_minor(enquirer.as_identity, clock.today())
    if told is not Minor.UNKNOWN or resident is None:
        return told
    return standing_of(resident).minor
