"""Colleagues who may be asked about a proposal, and what was asked of whom."""

from dataclasses import dataclass
from datetime import date

from posada.accounts import queries as accounts
from posada.accounts.acts import Act, Role
from posada.accounts.models import Assignment, Membership, User
from posada.accounts.permissions import Actor, granted_role
from posada.family.models import AskedColleague, ColleagueQuestion, Opinion, Proposal
from posada.family.queries.proposals import decided_by, subject_of_proposal
from posada.records.door import Reason, open_records
from posada.records.staff import name_of


def may_be_asked(proposal: Proposal, user: int) -> bool:
    """Whether this member of staff may see the proposal: nobody is shown more by being asked."""
    found = User.objects.filter(pk=user, is_active=True).first()
    actor = accounts.actor_for(found) if found else None
    return actor is not None and granted_role(actor, Act.DECIDE_PROPOSAL, subject_of_proposal(proposal)) is not None


def colleagues_for(actor: Actor, proposal: Proposal) -> list[tuple[int, str]]:
    """Those of the site who may decide on it, too: tracing officers, and who holds the found person's file."""
    rows = Membership.objects.filter(site_id=actor.site, user__is_active=True).exclude(user_id=actor.user or 0)
    users = set(rows.filter(role=Role.TRACING_OFFICER.value).values_list("user_id", flat=True))
    if proposal.person_id is not None:
        holders = Assignment.objects.filter(subject=proposal.person_id).values("user_id")
        users |= set(rows.filter(role=Role.CASEWORKER.value, user_id__in=holders).values_list("user_id", flat=True))
    return sorted(((one, name_of(one)) for one in users), key=lambda one: one[1].casefold())


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a colleague and what became of it."""

    by: str
    of: str
    on: date
    question: str
    answer: str
    opinion: Opinion | None


def questions_of(proposal: Proposal, *, by: Actor) -> list[Asked]:
    """What was asked about a proposal, the oldest first, for who may decide on it."""
    rows = list(ColleagueQuestion.objects.filter(proposal=proposal).select_related("record").order_by("asked_on", "pk"))
    opened = open_records([row.record for row in rows], AskedColleague, by=by, reason=Reason.COMPARE)
    return [
        Asked(
            name_of(row.asked_by_id),
            name_of(row.asked_of_id),
            row.asked_on,
            one.content.question,
            one.content.answer,
            one.content.opinion,
        )
        for row, one in zip(rows, opened, strict=True)
    ]


def question_for(actor: Actor, proposal: Proposal) -> ColleagueQuestion | None:
    """What this user was asked about a proposal and has not answered, the oldest first."""
    rows = ColleagueQuestion.objects.of_site(actor).filter(
        proposal=proposal, asked_of_id=actor.user, answered_on__isnull=True
    )
    return rows.select_related("record", "proposal__request__sought", "proposal__person").order_by("asked_on").first()


def asked_of_me(actor: Actor) -> list[ColleagueQuestion]:
    """What colleagues asked this user and they have not answered, the oldest first: no names."""
    rows = ColleagueQuestion.objects.of_site(actor).filter(asked_of_id=actor.user, answered_on__isnull=True)
    rows = rows.filter(proposal__in=decided_by(actor).values("pk"))
    return list(rows.select_related("proposal__request").order_by("asked_on", "pk"))


def answered_to_me(actor: Actor) -> list[ColleagueQuestion]:
    """What colleagues answered and this user has not read yet, the oldest first: no names."""
    rows = ColleagueQuestion.objects.of_site(actor).filter(
        asked_by_id=actor.user, answered_on__isnull=False, seen=False
    )
    rows = rows.filter(proposal__in=decided_by(actor).values("pk"))
    return list(rows.select_related("proposal__request").order_by("answered_on", "pk"))
