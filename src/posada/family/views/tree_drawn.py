"""The family as a picture and as rows of a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from posada.family.queries.relatives import OpenCard
from posada.family.queries.tree import Family, Here, same_relatives
from posada.family.rules.kinship import (
    CHILDREN,
    OWN_GENERATION,
    PARENTS,
    RELATION_LABELS,
    SIBLINGS,
    STEP_ROWS,
    Relation,
    Step,
    generation_of,
)
from posada.family.rules.silence import Urgency
from posada.family.views.cards import shown
from posada.ui.pictures.family_tree import Member, Tie, family_tree


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One line of the table beside the drawing."""

    who: str
    relation: str
    where: str
    state: str
    must_not_know: str
    url: str


def drawn(family: Family, title: str, *, may_add: bool) -> SafeString:
    """The picture: residents as numbers, relatives as their cards call them, the same relative once."""
    stands_for = same_relatives(family.cards)
    members = [_resident(one, may_add=may_add) for one in family.residents]
    members += [
        _relative(card, one, may_add=may_add)
        for one in family.residents
        for card in one.cards
        if stands_for[card.row.pk] == card.row.pk
    ]
    ties = [Tie(bond.a, bond.b, bond.kind, in_contact=True) for bond in family.bonds]
    for one in family.residents:
        ties += _ties(one, stands_for)
    return family_tree(members, _once(ties), title)


def _resident(one: Here, *, may_add: bool) -> Member:
    if not one.is_readable:
        return Member(one.person.pk.hex, _("somebody here"), one.generation, "here")
    note = _("here") if one.same_household else _("another household")
    url = reverse("family:relatives", args=[one.person.number])
    add = reverse("family:tree_add", args=[one.person.number, one.person.pk]) if may_add else ""
    return Member(one.person.pk.hex, str(one.person.number), one.generation, "here", url=url, note=note, add_url=add)


def _relative(card: OpenCard, resident: Here, *, may_add: bool) -> Member:
    content = card.content
    number = resident.person.number
    return Member(
        card.row.pk.hex,
        content.who,
        _row(card, resident),
        "sought" if content.request else "away",
        contact=is_in_contact(card),
        must_not_know=bool(content.must_not_know),
        url=reverse("family:card", args=[card.row.pk]),
        note=str(RELATION_LABELS[content.relation]).lower(),
        add_url=reverse("family:tree_add", args=[number, card.row.pk]) if may_add else "",
    )


def is_in_contact(card: OpenCard) -> bool:
    """Whether somebody was heard and is not silent, worrying or stopped."""
    return card.silence.urgency in {Urgency.QUIET, Urgency.DUE} and card.content.last_heard_at is not None


def _row(card: OpenCard, resident: Here) -> int:
    """The row: beside whom they were drawn, or by what they are to the resident."""
    anchor = next((one for one in resident.cards if one.row.pk == card.content.beside), None)
    if anchor is not None and card.content.step is not None and anchor.content.beside != card.row.pk:
        beside = resident.generation + generation_of(anchor.content.relation) - OWN_GENERATION
        return beside + STEP_ROWS[card.content.step]
    return resident.generation + generation_of(card.content.relation) - OWN_GENERATION


def _ties(resident: Here, stands_for: Mapping[UUID, UUID]) -> list[Tie]:
    """The lines between a resident's relatives, and between them and the resident."""
    cards = {card.row.pk: card for card in resident.cards}
    ties = []
    for card in resident.cards:
        anchor = cards.get(card.content.beside) if card.content.beside else None
        name = stands_for[card.row.pk].hex
        if anchor is not None and card.content.step is not None:
            tie = _beside(name, stands_for[anchor.row.pk].hex, card.content.step)
        else:
            tie = _to_resident(card.content.relation, name, resident.person.pk.hex)
        ties.append(replace(tie, in_contact=is_in_contact(card)))
    return ties + _between(resident, stands_for)


def _between(resident: Here, stands_for: Mapping[UUID, UUID]) -> list[Tie]:
    """The resident's parents are those of the sisters and brothers, too, and a couple if there are two of them."""
    own = [card for card in resident.cards if card.content.beside is None]
    parents = [stands_for[card.row.pk].hex for card in own if card.content.relation in PARENTS]
    siblings = [stands_for[card.row.pk].hex for card in own if card.content.relation in SIBLINGS]
    ties = [Tie(parent, sibling, "parent") for parent in parents for sibling in siblings]
    return [*ties, Tie(parents[0], parents[1], "partner")] if len(parents) == 2 else ties


def _beside(name: str, anchor: str, step: Step) -> Tie:
    if step is Step.PARENT:
        return Tie(name, anchor, "parent")
    if step is Step.CHILD:
        return Tie(anchor, name, "parent")
    return Tie(anchor, name, "partner" if step is Step.PARTNER else "sibling")


def _to_resident(relation: Relation, name: str, resident: str) -> Tie:
    if relation in CHILDREN:
        return Tie(resident, name, "parent")
    if relation is Relation.PARTNER:
        return Tie(resident, name, "partner")
    if generation_of(relation) == OWN_GENERATION:
        return Tie(resident, name, "sibling")
    above = generation_of(relation) < OWN_GENERATION
    return Tie(name, resident, "parent") if above else Tie(resident, name, "parent")


def _once(ties: Sequence[Tie]) -> list[Tie]:
    """Each line once, heavy if any says that there is contact; none from somebody to themself."""
    found: dict[tuple[str, str, str], Tie] = {}
    for tie in ties:
        key = (tie.a, tie.b, tie.kind)
        if tie.a != tie.b and (key not in found or tie.in_contact):
            found[key] = tie
    return list(found.values())


def rows_of(family: Family, now: datetime) -> list[TreeRow]:
    """The same as the drawing, in words: residents first, then their relatives."""
    rows = [_resident_row(one) for one in family.residents]
    for one in family.residents:
        rows += [_relative_row(card, one, now) for card in one.cards]
    return rows


def _resident_row(one: Here) -> TreeRow:
    if not one.is_readable:
        return TreeRow(_("somebody here"), "", _("here"), _("accompanied by somebody else"), "", "")
    where = _("here") if one.same_household else _("here, in another household")
    url = reverse("family:relatives", args=[one.person.number])
    return TreeRow(_("Resident %(number)d") % {"number": one.person.number}, "", where, "", "", url)


def _relative_row(card: OpenCard, one: Here, now: datetime) -> TreeRow:
    words, content = shown(card, now), card.content
    relation = _("%(relation)s of resident %(number)d") % {
        "relation": RELATION_LABELS[content.relation],
        "number": one.person.number,
    }
    where = _("sought") if content.request else _("away")
    state = _("in contact") if is_in_contact(card) else words.badge.text
    return TreeRow(
        content.who, relation, where, state, content.must_not_know, reverse("family:card", args=[card.row.pk])
    )
