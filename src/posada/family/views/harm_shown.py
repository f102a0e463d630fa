"""Events, referrals and the press as they are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from posada.accounts.permissions import Actor
from posada.family.forms.harm import MEDIUM_LABELS
from posada.family.models import Appearance, HarmEvent, PressFile, Referral, ReferralTold
from posada.family.queries.harm import OpenReferral, act_for
from posada.family.rules.harm import (
    FORCE_LABELS,
    HARM_LABELS,
    HOW_SAID,
    OPEN,
    PART_LABELS,
    STAND_WORDS,
    STEP_WORDS,
    STEPS,
    SURE_LABELS,
    Part,
    Step,
)
from posada.people.models import Identity
from posada.people.rules import birth_in_words
from posada.records.staff import name_of
from posada.ui.parts import Badge, Fact


def day_of(on: date | None) -> str:
    """A day in words; empty for none."""
    return date_format(on, "DATE_FORMAT") if on else ""


def when_in_words(on: str) -> str:
    """A day, a month or a year as precisely as it was told."""
    return birth_in_words(Identity(birth=on)) if on else ""


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step, and when and by whom it was done."""

    step: Step
    words: Any
    done: str
    by: str


def step_lines(event: HarmEvent) -> list[StepLine]:
    """The steps of an event in order."""
    ticked = {one.step: one for one in event.ticked}
    return [
        StepLine(
            step,
            STEP_WORDS[step],
            day_of(ticked[step].on) if step in ticked else "",
            name_of(ticked[step].by) if step in ticked else "",
        )
        for step in STEPS[event.harm]
    ]


def event_facts(event: HarmEvent) -> list[Fact]:
    """An event as facts."""
    return [
        Fact(_("What happened"), str(HARM_LABELS[event.harm])),
        Fact(_("When"), when_in_words(event.on)),
        Fact(_("Where"), event.place),
        Fact(_("By whom"), str(FORCE_LABELS[event.by_whom])),
        Fact(_("Last time they were seen"), _last_seen(event)),
        Fact(_("Who knows of it"), event.who_knows),
        Fact(_("What was said"), event.said),
        Fact(_("Papers"), event.documents),
        Fact(_("Who tells it"), event.source),
        Fact(_("How sure"), str(SURE_LABELS[event.sure])),
    ]


def _last_seen(event: HarmEvent | ReferralTold) -> str:
    return ", ".join(part for part in (when_in_words(event.seen_on), event.seen_where, event.seen_by) if part)


def told_facts(told: ReferralTold, number: int) -> list[Fact]:
    """What somebody else may read: the parts that were consented, in order, and no line for the others."""
    held = {
        Part.WHAT: str(HARM_LABELS[told.harm]) if told.harm else "",
        Part.WHEN: when_in_words(told.on),
        Part.WHERE: told.place,
        Part.FORCE: str(FORCE_LABELS[told.by_whom]) if told.by_whom else "",
        Part.LAST_SEEN: _last_seen(told),
        Part.WHO_KNOWS: told.who_knows,
        Part.SAID: told.said,
        Part.DOCUMENTS: told.documents,
        Part.SOURCE: ", ".join(
            part for part in (told.source, str(SURE_LABELS[told.sure]) if told.sure else "") if part
        ),
    }
    who = Fact(_("Who"), told.name) if Part.NAME in told.parts else Fact(_("Who"), _("Number %(n)d") % {"n": number})
    labels = {Part.SOURCE: _("Who tells it, and how sure"), Part.LAST_SEEN: _("Last time they were seen")}
    return [who, *(Fact(labels.get(part) or str(PART_LABELS[part]), held[part]) for part in told.parts if part in held)]


def badge_of(row: Referral) -> Badge:
    """How a referral stands."""
    words, kind = STAND_WORDS[row.stands]
    return Badge(str(words), kind)  # type: ignore[arg-type]  # one of the badge's kinds


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """One referral for a list: number, to whom, how it stands, since when."""

    number: int
    to: str
    badge: Badge
    asked: str
    answered: str
    url: str
    consent: str = ""
    is_open: bool = False


def row_line(row: Referral, actor: Actor) -> ReferralLine:
    """A referral without words: for the list of a lawyer or a caseworker."""
    to = _("you") if row.to_id == actor.user else name_of(row.to_id) if row.to_id else _("a body outside")
    return _line(row, to, "")


def referral_lines(found: Sequence[OpenReferral]) -> list[ReferralLine]:
    """The referrals of an event, with the consent on which each rests."""
    lines = []
    for one in found:
        said = one.consent
        to = name_of(one.row.to_id) if one.row.to_id else said.body
        parts = [str(HOW_SAID[said.how]), said.language, said.witness]
        consent = _("Yes on %(day)s") % {"day": day_of(said.on)} + f" ({', '.join(part for part in parts if part)})"
        lines.append(_line(one.row, to, consent))
    return lines


def _line(row: Referral, to: str, consent: str) -> ReferralLine:
    return ReferralLine(
        number=row.number,
        to=to,
        badge=badge_of(row),
        asked=day_of(row.asked_on),
        answered=day_of(row.answered_on),
        url=reverse("family:referral", args=[row.pk]),
        consent=consent,
        is_open=row.stands in OPEN,
    )


def may_answer_now(row: Referral, actor: Actor) -> bool:
    """Whether this user may answer it now."""
    return row.stands in OPEN and act_for(row, actor)


@dataclass(frozen=True, slots=True)
class AppearanceLine:
    """Something that appeared, as it is read, and whether it still raises the risk."""

    row: Appearance
    title: str
    when: str
    lowered: str
    raises: bool


def appearance_lines(content: PressFile) -> list[AppearanceLine]:
    """What appeared, the newest note first."""
    return [_appeared(one) for one in reversed(content.appearances)]


def _appeared(one: Appearance) -> AppearanceLine:
    lowered = ""
    if one.lowered_on is not None:
        words = {"day": day_of(one.lowered_on), "who": name_of(one.lowered_by), "why": one.lowered_why}
        lowered = _("On %(day)s %(who)s wrote that it raises the risk no more: %(why)s") % words
    title = ", ".join(part for part in (str(MEDIUM_LABELS[one.medium]), one.where) if part)
    return AppearanceLine(one, title, when_in_words(one.on), lowered, one.lowered_on is None)


def raised_lines(rows: Sequence[Appearance]) -> list[str]:
    """Why a card carries a raised risk: each with its medium and its day."""
    said = _("Risk raised: the family appeared in public (%(medium)s, %(when)s).")
    return [said % {"medium": str(MEDIUM_LABELS[one.medium]).lower(), "when": when_in_words(one.on)} for one in rows]
