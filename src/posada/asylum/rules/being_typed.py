"""An account that is being typed and not kept yet, as it is sealed: under a subject of its own, for who types it."""

from collections.abc import Mapping
from typing import ClassVar, Final

from posada.accounts.acts import Act
from posada.records.contents import Content
from posada.vault.keyring import Compartment

MOST_TYPED: Final = 150_000
_TYPED: Final = frozenset({"text", "on", "language", "interpreter", "present", "read_back", "seen"})
_SAYS_SOMETHING: Final = ("text", "interpreter", "present")


class TypedAccount(Content, frozen=True):
    """What stood on a page where an account was being typed. Only whoever holds the case reads it."""

    KIND: ClassVar[str] = "asylum.draft"
    COMPARTMENT: ClassVar[Compartment] = Compartment.LEGAL
    READ: ClassVar[Act | None] = Act.READ_STATEMENT

    typed: dict[str, str] = {}


def typed_of(sent: Mapping[str, str]) -> TypedAccount | None:
    """What is worth keeping of a page as it was sent; none if nothing was said, or far too much."""
    typed = {name: value for name, value in sent.items() if value and name in _TYPED}
    if not any(typed.get(name, "").strip() for name in _SAYS_SOMETHING) or sum(map(len, typed.values())) > MOST_TYPED:
        return None
    return TypedAccount(typed=typed)
