"""A person: a row that says nothing; the sealed contents that do are in `rules.contents`."""

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
    "Consent",
    "ConsentPurpose",
    "Consents",
    "ContactDetails",
    "Household",
    "HouseholdRelation",
    "Identity",
    "Person",
    "PersonQuerySet",
    "Sex",
    "Source",
]
