"""What is sealed, its earlier versions, what changed when, and pages already sent."""

from posada.records.models.sealed import Change, EarlierVersion, ReaderPosition, SealedRecord, SentForm

__all__ = ["Change", "EarlierVersion", "ReaderPosition", "SealedRecord", "SentForm"]
