"""What sealed records hold: frozen structs, each with its kind, compartment and schema number."""

from collections.abc import Iterator
from typing import ClassVar, TypeVar

import msgspec

from posada.accounts.acts import Act
from posada.vault.keyring import Compartment

C = TypeVar("C", bound="Content")


class Content(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A sealed record's content. A subclass names its `KIND` and `COMPARTMENT`; `SCHEMA` grows with its shape.

    `READ` is the act that reading it is, where that is not the act of its compartment (records.door).
    """

    KIND: ClassVar[str] = ""
    COMPARTMENT: ClassVar[Compartment] = Compartment.IDENTITY
    SCHEMA: ClassVar[int] = 1
    READ: ClassVar[Act | None] = None


def encode(content: Content) -> bytes:
    """The bytes that are sealed."""
    return msgspec.json.encode(content)


def decode(data: bytes, as_: type[C]) -> C:
    """A content read back."""
    return msgspec.json.decode(data, type=as_)


def type_of(kind: str) -> type[Content]:
    """The content whose kind stands beside a sealed record."""
    return next(one for one in _kinds(Content) if kind == one.KIND)


def _kinds(above: type[Content]) -> Iterator[type[Content]]:
    for one in above.__subclasses__():
        yield one
        yield from _kinds(one)


class StaffName(Content, frozen=True):
    """What people here call a member of staff."""

    KIND: ClassVar[str] = "staff.name"
    COMPARTMENT: ClassVar[Compartment] = Compartment.STAFF

    name: str
