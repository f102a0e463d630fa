"""Relations: what one person is to another, the other way round, and how many generations lie between."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Relation(StrEnum):
    """What somebody is to the person a page is about."""

    MOTHER = "mother"
    FATHER = "father"
    PARENT = "parent"
    SISTER = "sister"
    BROTHER = "brother"
    SIBLING = "sibling"
    PARTNER = "partner"
    DAUGHTER = "daughter"
    SON = "son"
    CHILD = "child"
    GRANDMOTHER = "grandmother"
    GRANDFATHER = "grandfather"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    AUNT = "aunt"
    UNCLE = "uncle"
    AUNT_OR_UNCLE = "aunt_or_uncle"
    NEPHEW = "nephew"
    COUSIN = "cousin"
    OTHER = "other"
    FRIEND = "friend"


RELATION_LABELS = {
    Relation.MOTHER: _("Mother"),
    Relation.FATHER: _("Father"),
    Relation.PARENT: _("Mother or father"),
    Relation.SISTER: _("Sister"),
    Relation.BROTHER: _("Brother"),
    Relation.SIBLING: _("Sister or brother"),
    Relation.PARTNER: _("Partner"),
    Relation.DAUGHTER: _("Daughter"),
    Relation.SON: _("Son"),
    Relation.CHILD: _("Daughter or son"),
    Relation.GRANDMOTHER: _("Grandmother"),
    Relation.GRANDFATHER: _("Grandfather"),
    Relation.GRANDPARENT: _("Grandmother or grandfather"),
    Relation.GRANDCHILD: _("Grandchild"),
    Relation.AUNT: _("Aunt"),
    Relation.UNCLE: _("Uncle"),
    Relation.AUNT_OR_UNCLE: _("Aunt or uncle"),
    Relation.NEPHEW: _("Niece or nephew"),
    Relation.COUSIN: _("Cousin"),
    Relation.OTHER: _("Another relative"),
    Relation.FRIEND: _("Somebody who is like family"),
}

RELATION_CHOICES = [("", _("Choose")), *((one.value, words) for one, words in RELATION_LABELS.items())]

_OTHER_WAY = {
    Relation.MOTHER: Relation.CHILD,
    Relation.FATHER: Relation.CHILD,
    Relation.PARENT: Relation.CHILD,
    Relation.SISTER: Relation.SIBLING,
    Relation.BROTHER: Relation.SIBLING,
    Relation.DAUGHTER: Relation.PARENT,
    Relation.SON: Relation.PARENT,
    Relation.CHILD: Relation.PARENT,
    Relation.GRANDMOTHER: Relation.GRANDCHILD,
    Relation.GRANDFATHER: Relation.GRANDCHILD,
    Relation.GRANDPARENT: Relation.GRANDCHILD,
    Relation.GRANDCHILD: Relation.GRANDPARENT,
    Relation.AUNT: Relation.NEPHEW,
    Relation.UNCLE: Relation.NEPHEW,
    Relation.AUNT_OR_UNCLE: Relation.NEPHEW,
    Relation.NEPHEW: Relation.AUNT_OR_UNCLE,
}

# Rows of the drawn family; the resident stands in row 2, the eldest in row 0.
OWN_GENERATION = 2
_GENERATION = {
    Relation.GRANDMOTHER: 0,
    Relation.GRANDFATHER: 0,
    Relation.GRANDPARENT: 0,
    Relation.MOTHER: 1,
    Relation.FATHER: 1,
    Relation.PARENT: 1,
    Relation.AUNT: 1,
    Relation.UNCLE: 1,
    Relation.AUNT_OR_UNCLE: 1,
    Relation.DAUGHTER: 3,
    Relation.SON: 3,
    Relation.CHILD: 3,
    Relation.NEPHEW: 3,
    Relation.GRANDCHILD: 4,
}

PARENTS = frozenset({Relation.MOTHER, Relation.FATHER, Relation.PARENT})
CHILDREN = frozenset({Relation.DAUGHTER, Relation.SON, Relation.CHILD})
SIBLINGS = frozenset({Relation.SISTER, Relation.BROTHER, Relation.SIBLING})
WOMEN = frozenset({Relation.MOTHER, Relation.SISTER, Relation.DAUGHTER, Relation.GRANDMOTHER, Relation.AUNT})
MEN = frozenset({Relation.FATHER, Relation.BROTHER, Relation.SON, Relation.GRANDFATHER, Relation.UNCLE})


def other_way(relation: Relation) -> Relation:
    """If she is my mother, I am her child: what the first is to the second."""
    return _OTHER_WAY.get(relation, relation)


def generation_of(relation: Relation) -> int:
    """The row of the drawing in which this relative of the resident stands."""
    return _GENERATION.get(relation, OWN_GENERATION)


def sex_of(relation: Relation) -> str:
    """The sex that a relation implies, as records write it; empty where it implies none."""
    if relation in WOMEN:
        return "female"
    return "male" if relation in MEN else ""


class Step(StrEnum):
    """How somebody is bound to the one beside whom they are drawn."""

    PARENT = "parent"
    PARTNER = "partner"
    SIBLING = "sibling"
    CHILD = "child"


STEP_LABELS = {
    Step.PARENT: _("Mother or father"),
    Step.PARTNER: _("Partner"),
    Step.SIBLING: _("Sister or brother"),
    Step.CHILD: _("Daughter or son"),
}

_OWN = {
    Step.PARENT: Relation.PARENT,
    Step.PARTNER: Relation.PARTNER,
    Step.SIBLING: Relation.SIBLING,
    Step.CHILD: Relation.CHILD,
}
_AUNTS = frozenset({Relation.AUNT, Relation.UNCLE, Relation.AUNT_OR_UNCLE})
_GRANDPARENTS = frozenset({Relation.GRANDMOTHER, Relation.GRANDFATHER, Relation.GRANDPARENT})


def through(relation: Relation | None, step: Step) -> Relation:
    """What somebody is to the resident who is bound so to this relative; without one, to the resident themself.

    A sister's child is a niece or nephew. Where no word follows for certain it is another relative.
    """
    if relation is None:
        return _OWN[step]
    rows = {
        PARENTS: {
            Step.PARENT: Relation.GRANDPARENT,
            Step.PARTNER: Relation.PARENT,
            Step.SIBLING: Relation.AUNT_OR_UNCLE,
        },
        SIBLINGS: {Step.PARENT: Relation.PARENT, Step.SIBLING: Relation.SIBLING, Step.CHILD: Relation.NEPHEW},
        CHILDREN: {Step.SIBLING: Relation.CHILD, Step.CHILD: Relation.GRANDCHILD},
        _AUNTS: {Step.CHILD: Relation.COUSIN, Step.PARENT: Relation.GRANDPARENT, Step.PARTNER: Relation.AUNT_OR_UNCLE},
        _GRANDPARENTS: {Step.PARTNER: Relation.GRANDPARENT, Step.CHILD: Relation.AUNT_OR_UNCLE},
        frozenset({Relation.PARTNER}): {Step.CHILD: Relation.CHILD},
    }
    return next((row.get(step, Relation.OTHER) for kin, row in rows.items() if relation in kin), Relation.OTHER)


STEP_ROWS = {Step.PARENT: -1, Step.PARTNER: 0, Step.SIBLING: 0, Step.CHILD: 1}
