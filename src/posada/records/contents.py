"""What sealed records hold: frozen structs, each with its kind, compartment and schema number."""

from typing import ClassVar, TypeVar

import msgspec

from posada.vault.keyring import Compartment

C = TypeVar("C", bound="Content")


class Content(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A sealed record's content. A subclass names its `KIND` and `COMPARTMENT`; `SCHEMA` grows with its shape."""

    KIND: ClassVar[str] = ""
    COMPARTMENT: ClassVar[Compartment] = Compartment.IDENTITY
    SCHEMA: ClassVar[int] = 1


def encode(content: Content) -> bytes:
    """The bytes that are sealed."""
    return msgspec.json.encode(content)


def decode(data: bytes, as_: type[C]) -> C:
    """A content read back."""
    return msgspec.json.decode(data, type=as_)


class StaffName(Content, frozen=True):
    """What people here call a member of staff."""

    KIND: ClassVar[str] = "staff.name"
    COMPARTMENT: ClassVar[Compartment] = Compartment.STAFF

    name: str
