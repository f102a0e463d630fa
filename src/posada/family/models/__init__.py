"""Rows that say nothing, and the sealed contents that do."""

from posada.family.models.found import FoundChoice, FoundDecision
from posada.family.models.checking import (
    AskedColleague,
    ColleagueQuestion,
    KinAnswer,
    KinAnswers,
    KinCheck,
    Opinion,
)
from posada.family.models.freezing import Freeze
from posada.family.models.notes import ImportedNote, PersonNote
from posada.family.models.relatives import Channel, Contact, ContactKind, How, Relative, WatchCard
from posada.family.models.requests import (
    Against,
    Cause,
    Contents,
    DecisionNote,
    Enquirer,
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
from posada.family.models.ties import KinTies, KnownTie, ResidentTies

__all__ = [
    "Against",
    "AskedColleague",
    "Cause",
    "Channel",
    "ColleagueQuestion",
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
    "KinAnswer",
    "KinAnswers",
    "KinCheck",
    "KinTies",
    "KnownTie",
    "Opinion",
    "PersonNote",
    "Proposal",
    "ProposalQuerySet",
    "ProposalState",
    "Relative",
    "RequestState",
    "ResidentTies",
    "Separation",
    "Share",
    "Sought",
    "TracingRequest",
    "TracingRequestQuerySet",
    "WatchCard",
]
