"""Reads of the family room."""

from posada.family.queries.answers import enquirer_answer
from posada.family.queries.proposals import count_to_decide, newest_proposal_for, proposals_to_decide
from posada.family.queries.relatives import silences
from posada.family.queries.requests import open_requests

__all__ = [
    "count_to_decide",
    "enquirer_answer",
    "newest_proposal_for",
    "open_requests",
    "proposals_to_decide",
    "silences",
]
