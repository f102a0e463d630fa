"""Two persons: one asks, a second agrees, and only then it is done. See docs/decisions/0019.

A question is made of what was shown, `Question(kind=Kind.STAFF, digest=digest_of("role", user.pk, "lawyer"))`; then

* `ask(by=actor, question=question)`,
* `agree(by=other, approval=approval)`, or `agree_elsewhere`, or nobody and a wait; `stop` by either,
* `use(by=actor, approval=approval, kind=Kind.STAFF, digest=...)` in the transaction of the act itself.

`queries.standing(approval)` says how it stands, `queries.open_for(actor, kind, subject)` finds what is open. Each error
is a `NotAllowed` whose `str()` is the sentence for the page.
"""

from posada.accounts.approvals.errors import (
    AlreadyAgreed,
    AlreadyUsed,
    Expired,
    NotAgreed,
    NotAllowed,
    NotTheAsker,
    NotThis,
    SamePerson,
    SecondGone,
    StaleApproval,
    Stopped,
    WrongCode,
)
from posada.accounts.approvals.rules import Kind, Question, Way, digest_of
from posada.accounts.approvals.services import agree, agree_elsewhere, ask, heard, stop, use

__all__ = [
    "AlreadyAgreed",
    "AlreadyUsed",
    "Expired",
    "Kind",
    "NotAgreed",
    "NotAllowed",
    "NotTheAsker",
    "NotThis",
    "Question",
    "SamePerson",
    "SecondGone",
    "StaleApproval",
    "Stopped",
    "Way",
    "WrongCode",
    "agree",
    "agree_elsewhere",
    "ask",
    "digest_of",
    "heard",
    "stop",
    "use",
]
