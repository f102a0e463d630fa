"""One sentence of a text is erased: from what is said now, from every earlier version, and from older copies."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, Subject, require
from posada.records import changes, door, notices, resealing, services
from posada.records.contents import Content
from posada.records.models import Change, SealedRecord
from posada.vault import keyring
from posada.vault.keyring import Compartment

_KEY = "records/sentence"


class CannotGo(Exception):
    """Without it the record would say nothing sound: it is no text, but one of a few words."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a record; `key` stands for it in a form, and says nothing. `field` is where it stands."""

    subject: Subject
    key: str
    text: str
    field: str
    compartment: Compartment


def sentences_of(record: SealedRecord, as_: type[Content], *, by: Actor) -> list[Sentence]:
    """The sentences of every version of a record, each once, for somebody who may erase one. It is a reading."""
    subject = door.subject_of(record)
    require(by, Act.ERASE_SENTENCE, subject)
    compartment = Compartment(record.compartment)
    found: dict[str, Sentence] = {}
    for version in door.open_history(record, as_, by=by):
        for field, told in _texts(version.content):
            for text in resealing.sentences_of(told):
                key = keyring.fingerprint(_KEY, f"{record.pk}|{text}")[:24]
                found.setdefault(key, Sentence(subject, key, text, field, compartment))
    return list(found.values())


def _texts(content: msgspec.Struct) -> Iterator[tuple[str, str]]:
    """The free texts of a content with their fields, those of its lists, too (the calls of a relative's card)."""
    for field in msgspec.structs.fields(type(content)):
        value = getattr(content, field.name)
        if field.type is str:
            yield field.name, value
        elif isinstance(value, tuple):
            for one in value:
                if isinstance(one, msgspec.Struct):
                    yield from _texts(one)


def erase_sentence(*, by: Actor, sentence: Sentence) -> None:
    """Blank it wherever it stands as a sentence in this person's compartment, and change the compartment's key.

    The audit says that a sentence was erased, not which. `CannotGo` if a record could not be without it.
    """
    try:
        with transaction.atomic():
            services.note(by, Act.ERASE_SENTENCE, sentence.subject, reason=sentence.compartment)
            gone = resealing.without_sentence(sentence.text)
            for row in resealing.rekey(sentence.subject.id, sentence.compartment, change=gone):
                changes.append(row, Change.What.WRITTEN)
            notices.watch_hiding(by)
    except msgspec.ValidationError as error:
        raise CannotGo from error
