"""The account that somebody gave: begun, told again, a sentence erased from it, a name replaced by a mark.

It is sealed under a key of its own, and read and written by whoever holds the case. Nothing else reads it.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require
from posada.asylum.models import Case, Statement
from posada.asylum.rules import marks, telling
from posada.asylum.rules.account import Account
from posada.asylum.services import drafts
from posada.asylum.services.entrusting import entrust_accounts
from posada.ground import ids
from posada.people.models import Person
from posada.records import changes, contents, door, notices, resealing
from posada.records import once as sent
from posada.records import services as records
from posada.records.door import Reason
from posada.records.models import Change
from posada.records.services import Stale
from posada.vault import keyring
from posada.vault.keyring import Compartment

_STATE, _SENTENCE = "asylum/account", "asylum/sentence"


class NotInCase(ValueError):
    """Whoever has no part in a case gives no account in it."""


class AlreadyBegun(ValueError):
    """This person's account in this case is begun; `statement` is it."""

    def __init__(self, statement: Statement) -> None:
        super().__init__()
        self.statement = statement


@dataclass(frozen=True, slots=True)
class Telling:
    """An account as it is typed: the words, the day, through whom, before whom, and whether it was read back."""

    text: str
    on: date
    language: str
    interpreter: str = ""
    present: str = ""
    read_back: bool = False

    def account(self, before: Account | None = None) -> Account:
        """What is sealed: what is said as before keeps its ids."""
        return Account(
            sentences=telling.retold(before.sentences if before else (), self.text),
            on=self.on,
            language=self.language,
            interpreter=self.interpreter,
            present=self.present,
            read_back=self.read_back,
        )


@dataclass(frozen=True, slots=True)
class Erasable:
    """What can be erased alone; `key` stands for it in a form and says nothing. `field` is empty for the account."""

    key: str
    wordings: tuple[str, ...]
    field: str = ""
    sentence: uuid.UUID | None = None
    is_said: bool = True


def begin_account(*, by: Actor, case: Case, person: Person, told: Telling, once: uuid.UUID | None = None) -> Statement:
    """Write down somebody's account for the first time, under a key of its own. `NotInCase`, `AlreadyBegun`."""
    require(by, Act.WRITE_CASE, case.subject)
    if not is_in_case(case, person):
        raise NotInCase
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case.pk)
        row = Statement(id=ids.new_id(), site_id=case.site_id, case=case, person=person)
        sent.claim(once, row.pk)
        held = Statement.objects.filter(case=case, person=person).first()
        if held is not None:
            raise AlreadyBegun(held)
        entrust_accounts(case, row.pk)
        row.record = records.seal_new(told.account(), subject=row.pk, by=by, act=Act.WRITE_STATEMENT)
        row.save(force_insert=True)
        drafts.forget_form(once)
    return row


def take_into_case(*, by: Actor, statement: Statement, case: Case) -> Statement:
    """An account whose case is erased goes on in another case of the same person. `NotInCase`, `AlreadyBegun`."""
    require(by, Act.WRITE_CASE, case.subject)
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case.pk)
        held = _locked(statement)
        if held.case_id is not None or not is_in_case(case, held.person):
            raise NotInCase
        begun = Statement.objects.filter(case=case, person=held.person).first()
        if begun is not None:
            raise AlreadyBegun(begun)
        records.note(by, Act.WRITE_STATEMENT, held.subject, reason="account")
        held.case = case
        held.save(update_fields=["case"])
        entrust_accounts(case)
    return held


def is_in_case(case: Case, person: Person) -> bool:
    """Whether somebody has a part in a case."""
    return person.pk == case.person_id or case.rows.filter(person=person).exists()


def state_of(statement: Statement, account: Account) -> str:
    """What a form carries back: another one after every change, also after one that left no version."""
    said = contents.encode(account).decode()
    return keyring.fingerprint(_STATE, f"{statement.pk}|{statement.record.version}|{said}")[:32]


def tell_again(
    *, by: Actor, statement: Statement, told: Telling, seen: str, once: uuid.UUID | None = None
) -> Statement:
    """Correct or go on with an account; what it said before stays, sealed. `Stale` if it is no longer what was seen."""
    require(by, Act.WRITE_STATEMENT, statement.subject)
    with transaction.atomic():
        sent.claim(once, statement.pk)
        held = _locked(statement)
        before = door.open_record(held.record, Account, by=by, reason=Reason.CORRECT)
        if state_of(held, before) != seen:
            raise Stale
        after = told.account(before)
        if after != before:
            held.record = records.revise(held.record, after, by=by, act=Act.WRITE_STATEMENT)
        drafts.forget_form(once)
    return held


def _locked(statement: Statement) -> Statement:
    rows = Statement.objects.select_for_update(of=("self",)).select_related("record", "case", "person")
    return rows.get(pk=statement.pk)


def _versions(statement: Statement, by: Actor) -> list[Account]:
    return [one.content for one in door.open_history(statement.record, Account, by=by)]


def erasable(*, by: Actor, statement: Statement) -> list[Erasable]:
    """Every sentence that any version says, with all its wordings; then what is said beside the account."""
    require(by, Act.WRITE_STATEMENT, statement.subject)
    versions = _versions(statement, by)
    found = [
        Erasable(_key(statement, one.id.hex), one.wordings, sentence=one.id, is_said=one.is_said)
        for one in telling.told_through(versions)
    ]
    for name in telling.BESIDE:
        texts = [text for one in reversed(versions) for text in resealing.sentences_of(getattr(one, name))]
        now = resealing.sentences_of(getattr(versions[-1], name))
        found += [
            Erasable(_key(statement, f"{name}|{text}"), (text,), field=name, is_said=text in now)
            for text in dict.fromkeys(texts)
        ]
    return found


def _key(statement: Statement, what: str) -> str:
    return keyring.fingerprint(_SENTENCE, f"{statement.pk}|{what}")[:24]


def erase_sentence(*, by: Actor, statement: Statement, chosen: Erasable) -> None:
    """It is gone from every version, in whatever words, and the key changes. The audit does not say which it was."""
    words = frozenset(chosen.wordings)
    with transaction.atomic():
        _rewrite(
            by, statement, "sentence_erased", lambda one: telling.without(one, sentence=chosen.sentence, words=words)
        )
        notices.watch_hiding(by)


def mark_names(*, by: Actor, statement: Statement, names: tuple[str, ...], mark: str = "") -> str:
    """A mark in the place of a name, in every version; gives the mark. Which name it was is kept nowhere.

    `mark` is one that stands there already, for another way of writing the same name; otherwise the next is taken.
    """
    require(by, Act.WRITE_STATEMENT, statement.subject)
    with transaction.atomic():
        versions = _versions(_locked(statement), by)
        chosen = mark if mark in marks.marks_in(versions) else marks.next_mark(versions)
        _rewrite(by, statement, "names_marked", lambda one: marks.marked(one, names, chosen))
    return chosen


def _rewrite(by: Actor, statement: Statement, reason: str, change: Callable[[Account], Account]) -> None:
    """Every version as if it had never said anything else, under a fresh key."""
    drafts.forget_of(_locked(statement))
    records.note(by, Act.WRITE_STATEMENT, statement.subject, reason=reason)

    def rewritten(raw: Any) -> Any:
        return msgspec.to_builtins(change(msgspec.convert(raw, Account)))

    for row in resealing.rekey(statement.pk, Compartment.LEGAL, change=rewritten):
        changes.append(row, Change.What.WRITTEN)
