"""Rows that say nothing, and the sealed contents that do."""

from posada.family.models.freezing import Freeze
from posada.family.models.notes import ImportedNote, PersonNote
from posada.family.models.relatives import Channel, Contact, ContactKind, How, Relative, WatchCard
from posada.family.models.requests import (
    Against,
    Cause,
    Contents,
    DecisionNote,
    Enquirer,
    FoundChoice,
    FoundDecision,
    Proposal,
    ProposalQuerySet,
    ProposalState,
    RequestState,
    Separation,
    Share,
    Sought,
    TracingRequest,
    TracingRequestQuerySet,
)

__all__ = [
    "Against",
    "Cause",
    "Channel",
    "Contact",
    "ContactKind",
    "Contents",
    "DecisionNote",
    "Enquirer",
    "FoundChoice",
    "FoundDecision",
    "Freeze",
    "How",
    "ImportedNote",
    "PersonNote",
    "Proposal",
    "ProposalQuerySet",
    "ProposalState",
    "Relative",
    "RequestState",
    "Separation",
    "Share",
    "Sought",
    "TracingRequest",
    "TracingRequestQuerySet",
    "WatchCard",
]
