"""Persons and notes in the shape of PFIF 1.4, whichever version they were written in."""

from datetime import datetime

import msgspec


class PfifPerson(msgspec.Struct, frozen=True, kw_only=True):
    """A person record. Fields are those of version 1.4; lines of several values are tuples."""

    person_record_id: str
    line: int = 0
    entry_date: datetime | None = None
    expiry_date: datetime | None = None
    author_name: str = ""
    author_email: str = ""
    author_phone: str = ""
    source_name: str = ""
    source_date: datetime | None = None
    source_url: str = ""
    full_names: tuple[str, ...] = ()
    given_name: str = ""
    family_name: str = ""
    alternate_names: tuple[str, ...] = ()
    description: str = ""
    sex: str = ""
    date_of_birth: str = ""
    age: str = ""
    home_street: str = ""
    home_neighborhood: str = ""
    home_city: str = ""
    home_state: str = ""
    home_postal_code: str = ""
    home_country: str = ""
    photo_url: str = ""
    profile_urls: tuple[str, ...] = ()
    is_placeholder: bool = False

    @property
    def full_name(self) -> str:
        """The first of the full names."""
        return self.full_names[0] if self.full_names else ""

    def has_expired(self, now: datetime) -> bool:
        """Whether its time is over: everything but ids and dates must go."""
        return self.is_placeholder or (self.expiry_date is not None and now >= self.expiry_date)

    def placeholder(self) -> "PfifPerson":
        """What remains of an expired record: ids and dates."""
        return PfifPerson(
            person_record_id=self.person_record_id,
            line=self.line,
            source_date=self.source_date,
            entry_date=self.entry_date,
            expiry_date=self.expiry_date,
            is_placeholder=True,
        )


class PfifNote(msgspec.Struct, frozen=True, kw_only=True):
    """A note record of version 1.4. `author_made_contact` is None where the note does not speak of it."""

    note_record_id: str
    person_record_id: str = ""
    line: int = 0
    linked_person_record_id: str = ""
    entry_date: datetime | None = None
    author_name: str = ""
    author_email: str = ""
    author_phone: str = ""
    source_date: datetime | None = None
    author_made_contact: bool | None = None
    status: str = ""
    email_of_found_person: str = ""
    phone_of_found_person: str = ""
    last_known_location: str = ""
    text: str = ""
    photo_url: str = ""
