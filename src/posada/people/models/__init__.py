"""A person: a row that says nothing; the sealed contents that do are in `rules.contents`."""

from posada.people.models.claims import ClaimWords, PersonClaim
from posada.people.models.documents import CarriedDocument
from posada.people.models.doubles import DoublesRun, Merge, MergeKept, Pair
from posada.people.models.drafts import RegisterDraft
from posada.people.models.numbered import PaperNumber, PaperState
from posada.people.models.papers import Paper
from posada.people.models.persons import (
    Answer,
    Consent,
    ConsentPurpose,
    Consents,
    ContactDetails,
    Household,
    HouseholdRelation,
    Identity,
    Person,
    PersonQuerySet,
    Sex,
    Source,
)

__all__ = [
    "Answer",
    "CarriedDocument",
    "ClaimWords",
    "Consent",
    "ConsentPurpose",
    "Consents",
    "ContactDetails",
    "DoublesRun",
    "Household",
    "HouseholdRelation",
    "Identity",
    "Merge",
    "MergeKept",
    "Pair",
    "Paper",
    "PaperNumber",
    "PaperState",
    "Person",
    "PersonClaim",
    "PersonQuerySet",
    "RegisterDraft",
    "Sex",
    "Source",
]
