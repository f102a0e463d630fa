"""What is sealed, its earlier versions, what changed when, pages already sent; what is hidden, erased, kept."""

from posada.records.models.erasing import Erasure, Hidden, Kept, KeyDue, Tombstone, What, Why, WhyBack
from posada.records.models.sealed import Change, EarlierVersion, ReaderPosition, SealedRecord, SentForm

__all__ = [
    "Change",
    "EarlierVersion",
    "Erasure",
    "Hidden",
    "Kept",
    "KeyDue",
    "ReaderPosition",
    "SealedRecord",
    "SentForm",
    "Tombstone",
    "What",
    "Why",
    "WhyBack",
]
