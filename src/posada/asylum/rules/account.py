"""What somebody told for their claim. Sealed whole, under a subject of its own, and read for nothing but the claim.

An import contract says which modules may name it.
"""

import uuid
from datetime import date
from typing import ClassVar

import msgspec

from posada.accounts.acts import Act
from posada.records.contents import Content
from posada.vault.keyring import Compartment


class ToldSentence(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence of an account. It keeps its id through every version; an erased one stands in none of them.

    `begins`: a paragraph begins with it.
    """

    id: uuid.UUID
    text: str
    begins: bool = False


class Account(Content, frozen=True, kw_only=True):
    """Somebody's account in their own words, sentence by sentence; who was there, and through whom it was told.

    `on` is the day on which it was told. `read_back`: it was read to the person in their language, and they said that
    it is so.
    """

    KIND: ClassVar[str] = "asylum.account"
    COMPARTMENT: ClassVar[Compartment] = Compartment.LEGAL
    READ: ClassVar[Act | None] = Act.READ_STATEMENT

    sentences: tuple[ToldSentence, ...] = ()
    on: date
    language: str = ""
    interpreter: str = ""
    present: str = ""
    read_back: bool = False
