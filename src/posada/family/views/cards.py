"""A relative's card as it is drawn, and the family as a picture with its table."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from posada.family.forms.words import BY_CHANNEL, CONTACT_WORDS, HOW_LABELS, THEY_WERE
from posada.family.models import Contact, ContactKind, WatchCard
from posada.family.queries.relatives import OpenCard
from posada.family.rules import silence
from posada.family.rules.advice import advice
from posada.family.rules.kinship import (
    CHILDREN,
    OWN_GENERATION,
    PARENTS,
    RELATION_LABELS,
    SIBLINGS,
    Relation,
    generation_of,
)
from posada.family.rules.moments import day_in_words, moment_in_words
from posada.family.rules.silence import KIND_OF_BADGE, Urgency
from posada.ground import clock, ids
from posada.records.staff import name_of
from posada.ui.parts import Act, Badge, HistoryLine
from posada.ui.pictures.family_tree import Member, Tie, family_tree

RESIDENT = "resident"


@dataclass(frozen=True, slots=True)
class Shown:
    """A card's words."""

    id: uuid.UUID
    title: str
    badge: Badge
    heard: str
    note: str
    lines: tuple[str, ...]
    must_not_know: str
    acts: tuple[Act, ...]
    advice: tuple[str, ...]
    in_contact: bool
    has_request: bool


def local(moment: datetime) -> datetime:
    """A moment in the house's time."""
    return moment.astimezone(clock.house_zone())


def shown(card: OpenCard, now: datetime) -> Shown:
    """A card as its reader sees it."""
    content, found = card.content, card.silence
    kind = KIND_OF_BADGE[found.urgency]
    return Shown(
        id=card.row.pk,
        title=title_of(content.relation, content.who),
        badge=Badge(silence.words(found), kind),  # type: ignore[arg-type]  # one of the badge's kinds
        heard=_heard(card, now),
        note=content.note,
        lines=_lines(card, now),
        must_not_know=content.must_not_know,
        acts=_presses(card),
        advice=advice(found, tries=content.tries, risk=bool(content.risk), agreed_words=bool(content.agreed_words)),
        in_contact=found.urgency in {Urgency.QUIET, Urgency.DUE} and content.last_heard_at is not None,
        has_request=content.request is not None,
    )


def title_of(relation: Relation, who: str) -> str:
    """ "Mother C. P.", or only who it is where the relation says nothing."""
    label = str(RELATION_LABELS[relation])
    if relation in {Relation.OTHER, Relation.FRIEND} or who.casefold().startswith(label.casefold()):
        return who
    return f"{label} {who}"


def _heard(card: OpenCard, now: datetime) -> str:
    """ "Saturday, by voice, they were well"; empty if there was never any news."""
    content = card.content
    if content.last_heard_at is None:
        return ""
    day = day_in_words(local(content.last_heard_at), local(now))
    parts = (day, str(BY_CHANNEL[content.last_channel]), str(THEY_WERE[content.how]))
    return ", ".join(part for part in parts if part)


def _lines(card: OpenCard, now: datetime) -> tuple[str, ...]:
    content = card.content
    lines = []
    if content.interval_hours:
        line = _("Agreed: every %(length)s") % {"length": silence.span_of_hours(content.interval_hours)}
        lines.append(f"{line}, {content.safe_hours}." if content.safe_hours else f"{line}.")
    elif content.safe_hours:
        lines.append(_("Safe hours: %(hours)s.") % {"hours": content.safe_hours})
    if content.agreed_words:
        lines.append(_("Agreed words: «%(words)s».") % {"words": content.agreed_words})
    if content.duress_words:
        lines.append(_("If they say «%(words)s», hang up.") % {"words": content.duress_words})
    if content.next_call_at:
        at = moment_in_words(local(content.next_call_at), local(now))
        lines.append(_("Next call: %(at)s.") % {"at": at})
    if content.tries:
        lines.append(_("Calls without an answer since: %(count)d.") % {"count": content.tries})
    return tuple(lines)


def _presses(card: OpenCard) -> tuple[Act, ...]:
    if card.silence.urgency is Urgency.STOPPED:
        return (_press(_("Watch again"), "resume", card.row, "plain"),)
    first: Literal["main", "plain"] = "main" if card.silence.is_past else "plain"
    return (
        _press(_("We spoke"), "heard", card.row, first),
        _press(_("No answer"), "no_answer", card.row, "plain"),
        _press(_("Worrying"), "worrying", card.row, "danger"),
        _press(_("Stop"), "stop", card.row, "quiet"),
    )


def _press(label: str, name: str, card: WatchCard, look: Literal["main", "plain", "quiet", "danger"]) -> Act:
    url = f"{reverse(f'family:{name}', args=[card.pk])}?sequence={card.sequence}"
    return Act(label, url, post=True, look=look, name="once", value=str(ids.new_id()))


def history_lines(card: OpenCard, now: datetime) -> list[HistoryLine]:
    """What happened with this relative, the newest first."""
    return [_line(event, now) for event in reversed(card.content.history)]


def _line(event: Contact, now: datetime) -> HistoryLine:
    parts = [str(CONTACT_WORDS[event.kind])]
    if event.kind is ContactKind.HEARD:
        parts += [str(BY_CHANNEL[event.channel]), str(HOW_LABELS[event.how]).lower() if THEY_WERE[event.how] else ""]
    sentence = ", ".join(part for part in parts if part)
    said = f"{sentence}: {event.note}." if event.note else f"{sentence}."
    return HistoryLine(said, moment_in_words(local(event.at), local(now)), name_of(event.by))


def drawn(cards: Sequence[OpenCard], number: int, shown_cards: Sequence[Shown]) -> SafeString:
    """The family: the resident here, the relatives away, heavy lines where there is contact."""
    title = _("Family of resident %(number)d") % {"number": number}
    resident = Member(RESIDENT, str(number), OWN_GENERATION, "here", note=_("here"))
    members = [resident, *(_member(card, one) for card, one in zip(cards, shown_cards, strict=True))]
    return family_tree(members, _ties(cards, shown_cards), title)


def _member(card: OpenCard, one: Shown) -> Member:
    return Member(
        card.row.pk.hex,
        card.content.who,
        generation_of(card.content.relation),
        "sought" if card.content.request else "away",
        contact=one.in_contact,
        must_not_know=bool(card.content.must_not_know),
        url=reverse("family:card", args=[card.row.pk]),
        note=str(RELATION_LABELS[card.content.relation]).lower(),
    )


def _ties(cards: Sequence[OpenCard], shown_cards: Sequence[Shown]) -> list[Tie]:
    pairs = list(zip(cards, shown_cards, strict=True))
    ties = [tie for card, one in pairs if (tie := _tie(card, one)) is not None]
    parents = [card.row.pk.hex for card in cards if card.content.relation in PARENTS]
    siblings = [card.row.pk.hex for card in cards if card.content.relation in SIBLINGS]
    ties += [Tie(parent, sibling, "parent") for parent in parents for sibling in siblings]
    if len(parents) == 2:
        ties.append(Tie(parents[0], parents[1], "partner"))
    return ties


def _tie(card: OpenCard, one: Shown) -> Tie | None:
    """The line between a relative and the resident."""
    relation, name = card.content.relation, card.row.pk.hex
    if relation in PARENTS:
        return Tie(name, RESIDENT, "parent", in_contact=one.in_contact)
    if relation in CHILDREN:
        return Tie(RESIDENT, name, "parent", in_contact=one.in_contact)
    if relation is Relation.PARTNER:
        return Tie(RESIDENT, name, "partner", in_contact=one.in_contact)
    if generation_of(relation) == OWN_GENERATION:
        return Tie(RESIDENT, name, "sibling", in_contact=one.in_contact)
    above = generation_of(relation) < OWN_GENERATION
    return Tie(name if above else RESIDENT, RESIDENT if above else name, "parent", in_contact=one.in_contact)
