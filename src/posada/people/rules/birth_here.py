"""A child born in the house."""

from dataclasses import dataclass

from posada.people.rules.contents import HouseholdRelation, Sex

_OF_HER_CHILD = {
    HouseholdRelation.HEAD: HouseholdRelation.CHILD,
    HouseholdRelation.PARTNER: HouseholdRelation.CHILD,
    HouseholdRelation.CHILD: HouseholdRelation.GRANDCHILD,
}


@dataclass(frozen=True, slots=True)
class Newborn:
    """What is said of a child at its birth; a name can wait."""

    given_names: str = ""
    surnames: str = ""
    sex: Sex = Sex.UNKNOWN


def relation_of_child(mother: HouseholdRelation) -> HouseholdRelation:
    """What a child is to the one who speaks for the household, from what its mother is."""
    return _OF_HER_CHILD.get(mother, HouseholdRelation.OTHER)
