"""What was decided on a proposal before, and what came of questions to kin."""

from dataclasses import dataclass
from datetime import datetime

from posada.accounts.permissions import Actor
from posada.family.models import DecisionNote, KinAnswers, Proposal
from posada.records.door import Reason, open_history, open_record


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision that was written down: by whom and when, as far as that was kept."""

    decision: str
    note: str
    at: datetime | None
    by: int | None


def decisions_of(proposal: Proposal, *, by: Actor) -> list[Decided]:
    """Every decision on a proposal, the newest first, with its reason. What was decided stays readable."""
    if proposal.record is None:
        return []
    versions = open_history(proposal.record, DecisionNote, by=by)
    return [
        Decided(one.content.decision, one.content.note, one.content.at, one.content.by) for one in reversed(versions)
    ]


def kin_answers_of(proposal: Proposal, *, by: Actor) -> KinAnswers:
    """What came of questions that only kin can answer; empty if none was asked."""
    check = getattr(proposal, "kin_check", None)
    return KinAnswers() if check is None else open_record(check.record, KinAnswers, by=by, reason=Reason.COMPARE)


def kin_answers_version(proposal: Proposal) -> int:
    """The version of those answers, 0 for none."""
    check = getattr(proposal, "kin_check", None)
    return 0 if check is None else int(check.record.version)
