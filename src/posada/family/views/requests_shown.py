"""Rows and facts of requests and proposals, as pages draw them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posada.accounts.acts import Act as Permission
from posada.accounts.permissions import Actor, granted_role
from posada.family.forms.words import CAUSE_LABELS, PROPOSAL_STATES, REQUEST_STATES
from posada.family.models import (
    Against,
    Cause,
    Contents,
    Enquirer,
    Proposal,
    ProposalState,
    RequestState,
    Sought,
    TracingRequest,
)
from posada.family.queries.proposals import subject_of_proposal
from posada.family.queries.requests import state_seen
from posada.family.rules.hours_words import hours_in_words
from posada.family.rules.kinship import RELATION_LABELS
from posada.family.rules.representing import REPRESENTS_LABELS
from posada.ground import clock
from posada.people.models import Identity
from posada.people.rules import SEX_WORDS, birth_in_words
from posada.records.staff import name_of
from posada.ui.parts import Badge, Fact


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request by its number: no names."""

    number: int
    state: Badge
    open_for: str
    expires: str
    is_expired: bool
    is_closed: bool
    waiting: int
    url: str

    @classmethod
    def of(cls, row: TracingRequest, today: date, actor: Actor) -> "RequestRow":
        """The row of a request on a day, without a trace of matches that are not this user's to decide."""
        words, kind = REQUEST_STATES[state_seen(actor, row)]
        days = (today - row.opened_on).days
        return cls(
            number=row.number,
            state=Badge(str(words), kind),  # type: ignore[arg-type]  # one of the badge's kinds
            open_for=ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
            if days
            else _("less than a day"),
            expires=date_format(row.expires_on, "DATE_FORMAT"),
            is_expired=row.expires_on < today,
            is_closed=row.state == RequestState.CLOSED,
            waiting=getattr(row, "waiting", 0),
            url=reverse("family:request", args=[row.number]),
        )


def _days(count: int) -> str:
    if not count:
        return _("less than a day")
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


AGAINST_WORDS = {
    Against.PERSON: lambda row: _("somebody who may be here, number %(number)d") % {"number": row.person.number},
    Against.SOUGHT: lambda row: _("request %(number)d may seek the same person") % {"number": row.other_request.number},
    Against.ENQUIRER: lambda row: (
        _("the sought person may be the one who asks in request %(number)d") % {"number": row.other_request.number}
    ),
}


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal in its request."""

    what: str
    band: str
    state: Badge
    decided: str
    url: str
    ask_url: str


def proposal_rows(rows: Sequence[Proposal], actor: Actor) -> list[ProposalRow]:
    """The proposals of a request on which this user may decide. Of the others nothing is said, not even a row."""
    act = Permission.DECIDE_PROPOSAL
    return [_proposal_row(row) for row in rows if granted_role(actor, act, subject_of_proposal(row)) is not None]


def _proposal_row(row: Proposal) -> ProposalRow:
    words, kind = PROPOSAL_STATES[ProposalState(row.state)]
    is_open = row.request.state != RequestState.CLOSED
    asks = is_open and row.state == ProposalState.SAME and row.person is not None
    decided = ""
    if row.decided_on is not None:
        by = name_of(row.decided_by)
        decided = _("%(day)s, by %(by)s") % {"day": date_format(row.decided_on, "DATE_FORMAT"), "by": by}
    return ProposalRow(
        what=AGAINST_WORDS[Against(row.against)](row),
        band=row.band_words,
        state=Badge(str(words), kind),  # type: ignore[arg-type]  # one of the badge's kinds
        decided=decided,
        url=reverse("family:proposal", args=[row.pk]),
        ask_url=reverse("family:found_decision", args=[row.pk]) if asks else "",
    )


def story_facts(contents: Contents) -> list[tuple[str, list[Fact]]]:
    """A request as a story in three parts."""
    enquirer, sought, parted = contents
    who = [
        Fact(_("Name"), enquirer.name),
        Fact(_("To the sought person"), str(RELATION_LABELS[enquirer.relationship])),
        Fact(_("Safe way to reach them"), enquirer.safe_channel),
        Fact(_("Safe hours"), _safe_hours(enquirer)),
        *_if_told(enquirer),
    ]
    if enquirer.note:
        who.append(Fact(_("Note"), enquirer.note))
    parts = [(_("Who asks"), who), (_("Whom they seek"), _sought_facts(sought))]
    if parted is not None:
        cause = "" if parted.cause is Cause.UNKNOWN else str(CAUSE_LABELS[parted.cause])
        parts.append(
            (
                _("How they were parted"),
                [
                    Fact(_("When"), _day(parted.on)),
                    Fact(_("Where"), parted.place),
                    Fact(_("Why"), cause),
                    Fact(_("What happened"), parted.circumstances),
                    Fact(_("Last time they spoke"), parted.last_contact),
                    Fact(_("Where the sought person was"), parted.last_known_place),
                ],
            )
        )
    return parts


def _safe_hours(enquirer: Enquirer) -> str:
    """As they were agreed, in their own time, and as they were said."""
    house = getattr(clock.house_zone(), "key", "")
    agreed = hours_in_words(enquirer.hours, house=house, now=clock.now()) if enquirer.hours else ""
    return " · ".join(part for part in (agreed, enquirer.safe_hours) if part)


def _if_told(enquirer: Enquirer) -> list[Fact]:
    born = birth_in_words(enquirer.as_identity)
    speaks = str(REPRESENTS_LABELS[enquirer.represented_by]) if enquirer.represented_by else ""
    speaks = " · ".join(part for part in (speaks, enquirer.representative) if part)
    facts = (
        Fact(_("Agreed words"), enquirer.safe_words),
        Fact(_("Words of alarm"), enquirer.alarm_words),
        Fact(_("Languages they speak"), enquirer.languages),
        Fact(_("Birth or age"), born),
        Fact(_("Who speaks for the child"), speaks),
    )
    return [fact for fact in facts if fact.value]


def _sought_facts(sought: Sought) -> list[Fact]:
    born = birth_in_words(Identity(birth=sought.birth, age=sought.age, age_on=sought.age_on))
    always = [
        Fact(_("Name"), sought.shown_name),
        Fact(_("Sex"), str(SEX_WORDS[sought.sex])),
        Fact(_("Birth or age"), born),
        Fact(_("Comes from"), sought.origin),
        Fact(_("Mother"), sought.mother),
        Fact(_("Father"), sought.father),
    ]
    speaks = str(REPRESENTS_LABELS[sought.represented_by]) if sought.represented_by else ""
    if_told = [
        Fact(_("Who speaks for the child"), speaks),
        Fact(_("Called"), sought.nickname),
        Fact(_("Other names"), sought.other_names),
        Fact(_("Phone"), sought.phone),
        Fact(_("Document"), sought.document),
        Fact(_("Marks"), sought.marks),
    ]
    return [*always, *(fact for fact in if_told if fact.value)]


def _day(on: str) -> str:
    return birth_in_words(Identity(birth=on)) if on else ""
