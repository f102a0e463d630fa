"""A household as a picture and a table: only those names are shown that this actor may read."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.ground import clock
from posada.people.models import Person
from posada.people.queries.persons import may, members_of
from posada.people.rules import RELATION_WORDS, age_in_words, household_tree
from posada.people.rules.contents import HouseholdRelation, Identity
from posada.records import door
from posada.records.door import Reason
from posada.ui.pictures.family_tree import Member, Tie, family_tree


@dataclass(frozen=True, slots=True)
class Row:
    """One member of a household; without name, number or way on for those who may not read them."""

    number: int | None
    name: str
    relation: str
    age: str
    url: str
    is_this: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A household for `people/_household.html`."""

    tree: SafeString
    rows: tuple[Row, ...]


def household_picture(actor: Actor, person: Person) -> Picture | None:
    """The household of a person drawn, and the same as rows; none for somebody alone."""
    members = members_of(person.household)
    if len(members) < 2:
        return None
    readable = [one for one in members if may(actor, Act.READ_IDENTITY, one)]
    opened = door.open_records([one.identity for one in readable], Identity, by=actor, reason=Reason.VIEW)
    identities = {row.subject: row.content for row in opened}
    rows = tuple(_row(one, identities.get(one.pk), is_this=one.pk == person.pk) for one in members)
    relations = [
        (
            str(place),
            identities[one.pk].household_relation if one.pk in identities else HouseholdRelation.OTHER,
        )
        for place, one in enumerate(members)
    ]
    return Picture(_drawn(rows, relations), rows)


def _row(person: Person, identity: Identity | None, *, is_this: bool) -> Row:
    if identity is None:
        return Row(None, "", "", "", "", is_this)
    name = identity.shown_name or _("No name")
    relation = str(RELATION_WORDS[identity.household_relation])
    url = reverse("desk:person", args=[person.number])
    return Row(person.number, name, relation, age_in_words(identity, clock.today()), url, is_this)


def _drawn(rows: tuple[Row, ...], relations: list[tuple[str, HouseholdRelation]]) -> SafeString:
    tree = household_tree(relations)
    members = [
        Member(
            str(place),
            row.name or _("another member"),
            tree.rows[str(place)],
            "here",
            note=row.relation if row.name else "",
            url="" if row.is_this else row.url,
        )
        for place, row in enumerate(rows)
    ]
    ties = [Tie(bond.a, bond.b, bond.kind, in_contact=True) for bond in tree.bonds]
    return family_tree(members, ties, _("The household as a family tree"))
