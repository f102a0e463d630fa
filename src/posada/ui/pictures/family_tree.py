"""A family as generations in rows: solid for who is here, dashed for who is sought, thin for who is away.

A heavy line means in contact, a dotted one not; a small lock marks who must not know. Each of these reads in
grey.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

_BOX_WIDTH = 132
_BOX_HEIGHT = 78
_GAP = 24
_ROW = _BOX_HEIGHT + 52
_MARGIN = 12
_HEADROOM = 18  # a lock stands on the upper edge
_LETTERS = 14

_LOOKS = {
    "here": mark_safe('fill="#E3F0EF" stroke="#0F5E63" stroke-width="2.5"'),
    "sought": mark_safe('fill="#FFFFFF" stroke="#7A4F00" stroke-width="2.5" stroke-dasharray="7 5"'),
    "away": mark_safe('fill="#FFFFFF" stroke="#8C8578" stroke-width="1.5"'),
}


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the drawing. `generation` grows downwards (0 the eldest row); `note` is a second, quieter
    line; at `add_url` somebody is added beside them."""

    id: str
    label: str
    generation: int
    kind: Literal["here", "sought", "away"]
    contact: bool = False
    must_not_know: bool = False
    url: str = ""
    note: str = ""
    add_url: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """How two are bound: `parent` (a is the parent of b), `partner`, `sibling`; and whether they are in
    contact."""

    a: str
    b: str
    kind: Literal["parent", "partner", "sibling"]
    in_contact: bool = False


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a box stands: its left and top."""

    x: float
    y: float

    @property
    def middle(self) -> float:
        return self.x + _BOX_WIDTH / 2

    @property
    def bottom(self) -> float:
        return self.y + _BOX_HEIGHT


def _rows(members: Sequence[Member]) -> list[list[Member]]:
    generations = sorted({member.generation for member in members})
    return [[one for one in members if one.generation == generation] for generation in generations]


def _ordered(row: list[Member], above: dict[str, float], ties: Sequence[Tie]) -> list[Member]:
    """A row with children under their parents and partners side by side; otherwise as it was given."""

    def wish(member: Member) -> float:
        places = [above[tie.a] for tie in ties if tie.kind == "parent" and tie.b == member.id and tie.a in above]
        return sum(places) / len(places) if places else float("inf")

    by_wish = sorted(row, key=wish)
    placed: list[Member] = []
    for member in by_wish:
        if member in placed:
            continue
        placed.append(member)
        mates = {tie.b if tie.a == member.id else tie.a for tie in _ties_of(member.id, ties, "partner")}
        placed.extend(mate for mate in by_wish if mate.id in mates and mate not in placed)
    return placed


def _ties_of(member_id: str, ties: Sequence[Tie], kind: str) -> list[Tie]:
    return [tie for tie in ties if tie.kind == kind and member_id in (tie.a, tie.b)]


def _wishes(row: Sequence[Member], above: dict[str, float], ties: Sequence[Tie]) -> list[float | None]:
    """Where each middle would like to be: under the middle of the parents."""
    wishes: list[float | None] = []
    for member in row:
        places = [above[tie.a] for tie in ties if tie.kind == "parent" and tie.b == member.id and tie.a in above]
        wishes.append(sum(places) / len(places) if places else None)
    return wishes


def _middles(wishes: Sequence[float | None]) -> list[float]:
    """Middles in order, a box and a gap apart at least, as near to the wishes as one pass brings them."""
    step = _BOX_WIDTH + _GAP
    middles: list[float] = []
    for wish in wishes:
        least = middles[-1] + step if middles else None
        if least is None:
            later = next(((w, i) for i, w in enumerate(wishes) if w is not None), None)
            middles.append(later[0] - later[1] * step if later else -(len(wishes) - 1) * step / 2)
        else:
            middles.append(max(least, wish if wish is not None else least))
    pulls = [wish - middle for wish, middle in zip(wishes, middles, strict=True) if wish is not None]
    pull = sum(pulls) / len(pulls) if pulls else 0.0
    return [middle + pull for middle in middles]


def _spots(members: Sequence[Member], ties: Sequence[Tie]) -> tuple[dict[str, _Spot], int, int]:
    """The place of each member by id, and the width and height of the whole."""
    rows = _rows(members)
    middles: dict[str, float] = {}
    depths: dict[str, int] = {}
    for depth, row in enumerate(rows):
        ordered = _ordered(row, middles, ties)
        found = _middles(_wishes(ordered, middles, ties))
        middles.update({member.id: middle for member, middle in zip(ordered, found, strict=True)})
        depths.update({member.id: depth for member in ordered})
    left = min(middles.values()) - _BOX_WIDTH / 2 - _MARGIN
    width = max(middles.values()) + _BOX_WIDTH / 2 + _MARGIN - left
    spots = {
        key: _Spot(round(middle - _BOX_WIDTH / 2 - left, 1), _HEADROOM + depths[key] * _ROW)
        for key, middle in middles.items()
    }
    foot = 2 * _MARGIN if any(member.add_url for member in members) else _MARGIN
    return spots, round(width), len(rows) * _ROW - (_ROW - _BOX_HEIGHT) + _HEADROOM + foot


def _path(tie: Tie, route: str) -> SafeString:
    look = (
        mark_safe('class="t-tie t-tie--contact" stroke="#0F5E63" stroke-width="3"')
        if tie.in_contact
        else mark_safe('class="t-tie" stroke="#56616B" stroke-width="1.5" stroke-dasharray="2 4"')
    )
    return format_html('<path d="{}" fill="none" {}/>', route, look)


def _partner_route(one: _Spot, other: _Spot) -> str:
    left, right = sorted((one, other), key=lambda spot: spot.x)
    if right.x - left.x <= _BOX_WIDTH + _GAP:
        return f"M{left.x + _BOX_WIDTH:g} {left.y + _BOX_HEIGHT / 2:g}H{right.x:g}"
    return f"M{left.middle:g} {left.bottom:g}V{left.bottom + 12:g}H{right.middle:g}V{right.bottom:g}"


def _parents_of(child: str, spots: dict[str, _Spot], ties: Sequence[Tie]) -> list[Tie]:
    found = [tie for tie in ties if tie.kind == "parent" and tie.b == child]
    return sorted(found, key=lambda tie: spots[tie.a].x)


def _is_couple(parents: Sequence[Tie], spots: dict[str, _Spot], ties: Sequence[Tie]) -> bool:
    """Whether one line may come from between the two: partners side by side, and alike in contact."""
    if len(parents) != 2 or parents[0].in_contact != parents[1].in_contact:
        return False
    one, other = parents[0].a, parents[1].a
    near = abs(spots[one].x - spots[other].x) <= _BOX_WIDTH + _GAP and spots[one].y == spots[other].y
    return near and any({tie.a, tie.b} == {one, other} for tie in ties if tie.kind == "partner")


def _parent_route(tie: Tie, spots: dict[str, _Spot], ties: Sequence[Tie]) -> str:
    """From a parent to a child; two parents who differ reach the child at two points, each in a style of its
    own."""
    parents = _parents_of(tie.b, spots, ties)
    child, place = spots[tie.b], parents.index(tie)
    if _is_couple(parents, spots, ties):
        if place:
            return ""
        middle = (spots[parents[0].a].middle + spots[parents[1].a].middle) / 2
        return f"M{middle:g} {spots[tie.a].y + _BOX_HEIGHT / 2:g}V{child.y - 26:g}H{child.middle:g}V{child.y:g}"
    shift = (place - (len(parents) - 1) / 2) * 24
    upper, bend = spots[tie.a], child.y - 32 + 12 * place
    return f"M{upper.middle + shift:g} {upper.bottom:g}V{bend:g}H{child.middle + shift:g}V{child.y:g}"


def _route(tie: Tie, spots: dict[str, _Spot], ties: Sequence[Tie]) -> str:
    one, other = spots[tie.a], spots[tie.b]
    if tie.kind == "parent" and one.y < other.y:
        return _parent_route(tie, spots, ties)
    if tie.kind == "sibling" and one.y == other.y:
        return f"M{one.middle:g} {one.y:g}V{one.y - 9:g}H{other.middle:g}V{other.y:g}"
    if one.y == other.y:
        return _partner_route(one, other)
    upper, lower = (one, other) if one.y < other.y else (other, one)
    return f"M{upper.middle:g} {upper.bottom:g}V{lower.y - 20:g}H{lower.middle:g}V{lower.y:g}"


def _lock(spot: _Spot) -> SafeString:
    x, y = spot.x + _BOX_WIDTH - 14, spot.y - 12
    return format_html(
        '<g class="t-lock-mark"><title>{}</title>'
        '<circle class="t-lock-back" cx="{}" cy="{}" r="13" fill="#FFFFFF" stroke="#9B2C2C"'
        ' stroke-width="1.5"/>'
        '<path class="t-lock" d="M{} {}h10v7.5h-10zm2 0v-2.5a3 3 0 0 1 6 0v2.5" fill="none" stroke="#9B2C2C"'
        ' stroke-width="1.8" stroke-linejoin="round"/></g>',
        _("must not know"),
        f"{x:g}",
        f"{y + 12:g}",
        f"{x - 5:g}",
        f"{y + 11:g}",
    )


def _words(member: Member, spot: _Spot) -> SafeString:
    lines = textwrap.wrap(member.label, _LETTERS, max_lines=2, placeholder="…") or [""]
    rows = [("t-name", 15, line) for line in lines]
    if member.note:
        rows.append(("t-note", 13, textwrap.shorten(member.note, 18, placeholder="…")))
    first = spot.y + _BOX_HEIGHT / 2 + 5 - 10 * (len(rows) - 1)
    return format_html_join(
        "",
        '<text class="{}" x="{}" y="{}" font-size="{}" text-anchor="middle">{}</text>',
        (
            (look, f"{spot.middle:g}", f"{first + 20 * index:g}", size, line)
            for index, (look, size, line) in enumerate(rows)
        ),
    )


def _draw(member: Member, spot: _Spot) -> SafeString:
    box = format_html(
        '<g class="t-member t-{}"><title>{}</title>'
        '<rect class="t-box" x="{}" y="{}" width="{}" height="{}" rx="6" {}/>{}{}</g>',
        member.kind,
        ", ".join(part for part in (member.label, member.note) if part),
        f"{spot.x:g}",
        f"{spot.y:g}",
        _BOX_WIDTH,
        _BOX_HEIGHT,
        _LOOKS[member.kind],
        _words(member, spot),
        _lock(spot) if member.must_not_know else "",
    )
    linked = format_html('<a href="{}">{}</a>', member.url, box) if member.url else box
    return format_html("{}{}", linked, _plus(member, spot)) if member.add_url else linked


def _plus(member: Member, spot: _Spot) -> SafeString:
    """The press that adds a relative beside somebody; its target is larger than what is seen of it."""
    x, y = spot.x + _BOX_WIDTH / 2, spot.bottom
    return format_html(
        '<a class="t-add" href="{}" aria-label="{}"><title>{}</title>'
        '<circle cx="{}" cy="{}" r="22" fill="none" pointer-events="all"/>'
        '<circle class="t-add-back" cx="{}" cy="{}" r="12" fill="#FFFFFF" stroke="#0F5E63" stroke-width="1.5"/>'
        '<path class="t-add-sign" d="M{} {}h10m-5 -5v10" fill="none" stroke="#0F5E63" stroke-width="2"/></a>',
        member.add_url,
        _("Add a relative of %(who)s") % {"who": member.label},
        _("Add a relative of %(who)s") % {"who": member.label},
        *(f"{value:g}" for value in (x, y, x, y, x - 5, y)),
    )


def family_tree(members: Sequence[Member], ties: Sequence[Tie], title: str, *, description: str = "") -> SafeString:
    """The drawing of a family as SVG, nothing for an empty one.

    Ties to somebody who is not among `members` are left out. The caller puts a table beside it, and may say
    in `description` what the drawing shows. Raises KeyError on an unknown kind.
    """
    if not members:
        return mark_safe("")
    spots, width, height = _spots(members, ties)
    known = [tie for tie in ties if tie.a in spots and tie.b in spots]
    return format_html(
        '<figure class="picture" tabindex="0" role="group" aria-label="{}">'
        '<svg class="tree" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}">'
        "<title>{}</title><desc>{}</desc>{}{}</svg></figure>",
        title,
        width,
        height,
        width,
        height,
        title,
        description or "; ".join(member.label for member in members),
        format_html_join("", "{}", ((_path(tie, route),) for tie in known if (route := _route(tie, spots, known)))),
        format_html_join("", "{}", ((_draw(member, spots[member.id]),) for member in members)),
    )
