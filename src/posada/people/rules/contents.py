"""What is sealed about a person: who they are, how to reach them, what they agreed to."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

import msgspec

from posada.records.contents import Content
from posada.vault.keyring import Compartment


class Sex(StrEnum):
    """As the person says; nobody must."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = ""


class HouseholdRelation(StrEnum):
    """What somebody is to the person at the head of their household."""

    HEAD = "head"
    PARTNER = "partner"
    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    OTHER = "other"


class ConsentPurpose(StrEnum):
    """What is asked, each for itself (DP-02 of the facts; practice: consent is per purpose)."""

    BE_FOUND = "be_found"  # relatives may learn that she is alive, if she agrees again when somebody asks
    SHARE_WITH_TRACING = "share_with_tracing"  # her details may be compared with lists of other organisations
    REFERRAL = "referral"  # her needs may be told to an organisation that can help


class Answer(StrEnum):
    """Never pre-ticked: what was not asked is not asked."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"


class Identity(Content, frozen=True):
    """Who somebody is. `birth` is 1987-03-14, 1987-03 or 1987; `age` in whole years on `age_on`."""

    KIND: ClassVar[str] = "person.identity"
    COMPARTMENT: ClassVar[Compartment] = Compartment.IDENTITY

    given_names: str = ""
    surnames: str = ""
    full_name: str = ""
    other_names: str = ""
    call_name: str = ""
    sex: Sex = Sex.UNKNOWN
    birth: str = ""
    age: int | None = None
    age_on: date | None = None
    origin: str = ""
    mother: str = ""
    father: str = ""
    nationalities: str = ""
    languages: str = ""
    description: str = ""
    arrived_on: date | None = None
    arrival_place: str = ""
    household_relation: HouseholdRelation = HouseholdRelation.HEAD
    document: str = ""
    list_name: str = ""

    @property
    def shown_name(self) -> str:
        """The name as it is shown to somebody who may read it."""
        parts = " ".join(part for part in (self.given_names, self.surnames) if part)
        return parts or self.full_name or self.call_name or self.other_names


class ContactDetails(Content, frozen=True):
    """How to reach somebody now."""

    KIND: ClassVar[str] = "person.contact"
    COMPARTMENT: ClassVar[Compartment] = Compartment.CONTACT

    phone: str = ""
    other: str = ""


class Consent(msgspec.Struct, frozen=True, omit_defaults=True):
    """One answer to one purpose; `how` is spoken, written or mark, with the language and a witness."""

    purpose: ConsentPurpose
    answer: Answer = Answer.NOT_ASKED
    on: date | None = None
    how: str = ""
    language: str = ""
    witness: str = ""


class Consents(Content, frozen=True):
    """All answers of a person. They are asked in private, within 48 hours of arrival."""

    KIND: ClassVar[str] = "person.consents"
    COMPARTMENT: ClassVar[Compartment] = Compartment.IDENTITY

    answers: tuple[Consent, ...] = ()

    def answer_to(self, purpose: ConsentPurpose) -> Consent:
        """The answer to one purpose; not asked if there is none."""
        return next((row for row in self.answers if row.purpose is purpose), Consent(purpose))
