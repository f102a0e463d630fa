"""What waits for somebody's decision, in the order in which it should be looked at: numbers and words, no names.

The number of questions to the database does not depend on how many wait: everything is asked for all rows at once.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count

from posada.accounts.permissions import Actor
from posada.accounts.queries import assigned_subjects
from posada.family.matching import pressing_of
from posada.family.models import ColleagueQuestion, Proposal, ProposalState, WatchCard
from posada.family.queries.proposals import decided_by, undecided_by, waiting_for_second
from posada.family.rules.bands import Band
from posada.family.rules.silence import Watch
from posada.family.rules.urgency import Place, Waiting, place_of
from posada.ground import clock
from posada.people.models import Person


class Shown(StrEnum):
    """Which part of the list."""

    WAITS = ""
    MINE = "mine"
    SECOND = "second"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Row:
    """One proposal that waits: where it stands and why, for how many days, and whether a colleague was asked."""

    proposal: Proposal
    place: Place
    days: int
    asked_colleague: bool
    for_second: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class _Around:
    """What the rows have in common, asked once."""

    alone: frozenset[uuid.UUID]
    worrying: frozenset[uuid.UUID]
    for_second: frozenset[uuid.UUID]
    questions: dict[uuid.UUID, frozenset[int]]
    files: frozenset[uuid.UUID]


def work_list(actor: Actor, shown: Shown = Shown.WAITS) -> list[Row]:
    """What this user may decide and is not decided, in order; of one part of it."""
    proposals = list(undecided_by(actor))
    around = _around(actor, proposals)
    rows = [_row(one, around, actor) for one in proposals]
    return sorted((row for row in rows if _is_shown(row, shown)), key=_order)


def _order(row: Row) -> tuple[int, int, int, int, int, str]:
    return (int(row.proposal.state == ProposalState.NOT_YET), *row.place.order, row.proposal.pk.hex)


def _is_shown(row: Row, shown: Shown) -> bool:
    if shown is Shown.SECOND or row.for_second:
        return shown is Shown.SECOND and row.for_second
    if shown is Shown.NOT_YET:
        return row.proposal.state == ProposalState.NOT_YET
    return row.mine if shown is Shown.MINE else True


def _row(proposal: Proposal, around: _Around, actor: Actor) -> Row:
    days = max((clock.today() - proposal.proposed_on).days, 0)
    asked = around.questions.get(proposal.pk, frozenset())
    waiting = Waiting(
        band=Band(proposal.band),
        pressing=pressing_of(proposal.request_id),
        days=days,
        alone=proposal.person_id in around.alone,
        worrying=proposal.request.resident_id in around.worrying,
    )
    return Row(
        proposal=proposal,
        place=place_of(waiting, clock.today()),
        days=days,
        asked_colleague=bool(asked),
        for_second=proposal.pk in around.for_second,
        mine=_is_mine(proposal, around, actor),
    )


def _is_mine(proposal: Proposal, around: _Around, actor: Actor) -> bool:
    """Their file is entrusted to this user, a colleague was asked by or of them, or they decided on it last."""
    if actor.user is None:
        return False
    asked = around.questions.get(proposal.pk, frozenset())
    return proposal.person_id in around.files or actor.user in asked or proposal.decided_by == actor.user


def _around(actor: Actor, proposals: Sequence[Proposal]) -> _Around:
    residents = {row.request.resident_id for row in proposals if row.request.resident_id}
    worrying = WatchCard.objects.visible_to(actor).filter(state=Watch.WORRYING, resident__in=residents)
    questions: dict[uuid.UUID, frozenset[int]] = {}
    open_ones = ColleagueQuestion.objects.of_site(actor).filter(answered_on__isnull=True)
    for proposal, of, by in open_ones.values_list("proposal_id", "asked_of_id", "asked_by_id"):
        questions[proposal] = questions.get(proposal, frozenset()) | {of, by}
    return _Around(
        alone=_alone(row.person for row in proposals if row.person is not None),
        worrying=frozenset(worrying.values_list("resident_id", flat=True)),
        for_second=frozenset(waiting_for_second(decided_by(actor))),
        questions=questions,
        files=assigned_subjects(actor),
    )


def _alone(persons: Iterable[Person]) -> frozenset[uuid.UUID]:
    """Those who came without anybody. Of who only stands on a list nobody knows it."""
    here = [one for one in persons if not one.is_listed]
    households = {one.household_id for one in here if one.household_id}
    sizes = Person.objects.filter(household__in=households).shown().values("household").annotate(count=Count("pk"))
    count = {row["household"]: row["count"] for row in sizes}
    return frozenset(one.pk for one in here if count.get(one.household_id, 1) < 2)
