"""The fields of each version of PFIF, as data.

Everything is named as in version 1.4 once it has been read.
"""

from typing import Final, Literal, get_args

import msgspec

Version = Literal["1.1", "1.2", "1.3", "1.4"]
VERSIONS: Final[tuple[Version, ...]] = get_args(Version)
NAMESPACE_BASE: Final = "http://zesty.ca/pfif/"


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """What one version allows and asks for."""

    version: Version
    person_fields: tuple[str, ...]
    note_fields: tuple[str, ...]
    person_mandatory: tuple[str, ...]
    note_mandatory: tuple[str, ...]
    top_level_notes: bool
    expires: bool
    strict_order: bool  # 1.1 fixes the order of all fields
    ids_first: bool  # 1.2 wants ids first and notes last

    @property
    def namespace(self) -> str:
        """The XML namespace of the version."""
        return NAMESPACE_BASE + self.version


_AUTHOR = ("author_name", "author_email", "author_phone")
_SOURCE = ("source_name", "source_date", "source_url")
_HOME_11 = ("home_city", "home_state", "home_neighborhood", "home_street", "home_zip")
_HOME = ("home_street", "home_neighborhood", "home_city", "home_state", "home_postal_code", "home_country")
_BODY = ("sex", "date_of_birth", "age")
_FOUND = ("email_of_found_person", "phone_of_found_person", "last_known_location", "text")
_NOTE_IDS = ("note_record_id", "person_record_id", "linked_person_record_id")
_NOTE_MANDATORY = ("note_record_id", "author_name", "source_date", "text")

_NAMES = ("full_name", "given_name", "family_name", "alternate_names")
_NOTE_END = ("status", *_FOUND, "photo_url")
_RECORD = ("person_record_id", "entry_date")
_DATED = (*_RECORD, "expiry_date")
_NAME_BEFORE_14 = ("first_name", "last_name")
_PERSON = {
    "1.1": (*_RECORD, *_AUTHOR, *_SOURCE, *_NAME_BEFORE_14, *_HOME_11, "photo_url", "other"),
    "1.2": (*_RECORD, *_AUTHOR, *_SOURCE, *_NAME_BEFORE_14, *_BODY, *_HOME, "photo_url", "other"),
    "1.3": (*_DATED, *_AUTHOR, *_SOURCE, "full_name", *_NAME_BEFORE_14, *_BODY, *_HOME, "photo_url", "other"),
    "1.4": (*_DATED, *_AUTHOR, *_SOURCE, *_NAMES, "description", *_BODY, *_HOME, "photo_url", "profile_urls"),
}
_NOTE_BEFORE_14 = (*_NOTE_IDS, "entry_date", *_AUTHOR, "source_date", "found", "status", *_FOUND)
_NOTE = {
    "1.1": ("note_record_id", "entry_date", *_AUTHOR, "source_date", "found", *_FOUND),
    "1.2": _NOTE_BEFORE_14,
    "1.3": _NOTE_BEFORE_14,
    "1.4": (*_NOTE_IDS, "entry_date", *_AUTHOR, "source_date", "author_made_contact", *_NOTE_END),
}


def _shape(version: Version) -> Shape:
    old = version in {"1.1", "1.2"}
    return Shape(
        version=version,
        person_fields=_PERSON[version],
        note_fields=_NOTE[version],
        person_mandatory=("person_record_id", *(_NAME_BEFORE_14 if old else ("source_date", "full_name"))),
        note_mandatory=_NOTE_MANDATORY,
        top_level_notes=version != "1.1",
        expires=not old,
        strict_order=version == "1.1",
        ids_first=version == "1.2",
    )


SHAPES: Final[dict[str, Shape]] = {version: _shape(version) for version in VERSIONS}

# Names of older versions -> names of 1.4. "other" is taken apart by the reader.
RENAMED: Final = {
    "first_name": "given_name",
    "last_name": "family_name",
    "home_zip": "home_postal_code",
    "found": "author_made_contact",
}

STATUSES: Final = (
    "information_sought",
    "is_note_author",
    "believed_alive",
    "believed_missing",
    "believed_dead",
)
SEXES: Final = ("female", "male", "other")

# All that may survive in an expired record; full_name is written, empty, because the schema asks for it.
PLACEHOLDER_FIELDS: Final = frozenset({"person_record_id", "source_date", "entry_date", "expiry_date"})
