"""A relative's card as it is drawn, and the family as a picture with its table."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from posada.family.forms.words import (
    AGAINST_WORDS,
    BY_CHANNEL,
    CHECKED_WORDS,
    CONTACT_WORDS,
    HOW_LABELS,
    NUMBER_WORDS,
    RISK_LABELS,
    THEY_WERE,
)
from posada.family.models import Contact, ContactKind, Risk, WatchCard
from posada.family.queries.relatives import OpenCard
from posada.family.rules import calling, silence
from posada.family.rules.advice import Line, Situation, Todo, advice
from posada.family.rules.hours_words import hours_in_words
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
    kept_from: tuple[str, ...]
    before: tuple[str, ...]
    reach: str
    may_call: bool
    acts: tuple[Act, ...]
    advice: tuple[Line, ...]
    done: frozenset[Todo]
    planned: str
    alarmed: bool
    in_contact: bool
    has_request: bool


def local(moment: datetime) -> datetime:
    """A moment in the house's time."""
    return moment.astimezone(clock.house_zone())


def shown(card: OpenCard, now: datetime, raised: Sequence[str] = ()) -> Shown:
    """A card as its reader sees it; `raised` says why its risk is raised beyond what stands on it (the press)."""
    content, found, zone = card.content, card.silence, clock.house_zone()
    reach = calling.words(card.reach, now=now, zone=zone)
    kind = KIND_OF_BADGE[found.urgency]
    as_read = Shown(
        id=card.row.pk,
        title=title_of(content.relation, content.who),
        badge=Badge(silence.words(found), kind),  # type: ignore[arg-type]  # one of the badge's kinds
        heard=_heard(card, now),
        note=content.note,
        lines=_lines(card, now),
        must_not_know="; ".join(content.kept_from),
        kept_from=content.kept_from,
        before=(*raised, *_before(card)),
        reach=reach,
        may_call=card.reach.may,
        acts=_presses(card),
        advice=advice(_situation(card, reach, raised)),
        done=frozenset(content.done),
        planned=_planned(card),
        alarmed=content.alarmed,
        in_contact=found.urgency in {Urgency.QUIET, Urgency.DUE} and content.last_heard_at is not None,
        has_request=content.request is not None,
    )
    return _at_rest(as_read, content.ended_on) if content.ended_on else as_read


def _at_rest(card: Shown, day: date) -> Shown:
    """A card whose watch ended because the resident was told of a death: nothing more is asked of anybody."""
    words = Line(_("The watch over this card ended on %(day)s.") % {"day": date_format(day, "DATE_FORMAT")})
    badge = Badge(_("watch ended"), "neutral")
    quiet = {"lines": (), "before": (), "acts": (), "advice": (words,), "reach": "", "planned": ""}
    return replace(card, badge=badge, may_call=False, alarmed=False, in_contact=False, **quiet)  # type: ignore[arg-type]


def _situation(card: OpenCard, reach: str, raised: Sequence[str]) -> Situation:
    content = card.content
    return Situation(
        found=card.silence,
        reach=card.reach,
        reach_words=reach,
        tries=content.tries,
        is_risky=bool(content.risk or raised) or content.risk_level in {Risk.SOME, Risk.HIGH},
        agreed_words=bool(content.agreed_words),
        alarmed=content.alarmed,
        other_ways=content.other_ways,
        trusted=content.trusted,
        has_request=content.request is not None,
    )


def _before(card: OpenCard) -> tuple[str, ...]:
    """What whoever calls must read first, beside who must not know."""
    content = card.content
    lines = []
    if content.risk_level or content.risk:
        level = str(RISK_LABELS[content.risk_level]).lower() if content.risk_level else ""
        said = ": ".join(part for part in (level, content.risk) if part)
        lines.append(_("Risk for them: %(risk)s.") % {"risk": said})
    if content.who_else:
        lines.append(_("That telephone is also held by: %(who)s.") % {"who": content.who_else})
    if content.duress_words:
        lines.append(_("If they say «%(words)s», hang up.") % {"words": content.duress_words})
    return tuple(lines)


def _planned(card: OpenCard) -> str:
    """The next step with its day."""
    content = card.content
    if not (content.next_step or content.next_step_on):
        return ""
    step = content.next_step or _("the next step")
    if content.next_step_on is None:
        return step
    return _("%(step)s, on %(day)s") % {"step": step, "day": date_format(content.next_step_on, "MONTH_DAY_FORMAT")}


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
    checked = str(CHECKED_WORDS[content.checked]) if content.agreed_words or content.checked else ""
    parts = (day, str(BY_CHANNEL[content.last_channel]), str(THEY_WERE[content.how]), checked)
    return ", ".join(part for part in parts if part)


def _lines(card: OpenCard, now: datetime) -> tuple[str, ...]:
    content = card.content
    lines = []
    if content.interval_hours:
        line = _("Agreed: every %(length)s.") % {"length": silence.span_of_hours(content.interval_hours)}
        lines.append(line)
    agreed = hours_in_words(content.hours, house=clock.house_zone().key, now=now) if content.hours else ""
    if hours := "; ".join(part for part in (agreed, content.safe_hours) if part):
        lines.append(_("Safe hours: %(hours)s.") % {"hours": hours})
    if content.agreed_words:
        lines.append(_("Agreed words: «%(words)s».") % {"words": content.agreed_words})
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
    if event.check:
        parts.append(str(CHECKED_WORDS[event.check]))
    parts.append(str(AGAINST_WORDS[event.against]))
    parts.append(str(NUMBER_WORDS[event.hidden]))
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
