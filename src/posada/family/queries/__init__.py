"""Reads of the family room."""

from posada.family.queries.answers import enquirer_answer
from posada.family.queries.found import to_ask
from posada.family.queries.freezing import house_is_frozen, is_frozen
from posada.family.queries.messages import waiting as waiting_messages
from posada.family.queries.proposals import proposals_to_decide, proposals_waiting
from posada.family.queries.relatives import silences
from posada.family.queries.releasing import to_tell, words_due
from posada.family.queries.requests import ends_soon, open_requests

__all__ = [
    "ends_soon",
    "enquirer_answer",
    "house_is_frozen",
    "is_frozen",
    "open_requests",
    "proposals_to_decide",
    "proposals_waiting",
    "silences",
    "to_ask",
    "to_tell",
    "waiting_messages",
    "words_due",
]
