"""Which accounts there are, for whoever holds their case; and one of them as it may be read."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from posada.accounts.permissions import Actor
from posada.asylum.models import Case, Statement
from posada.asylum.rules.account import Account, ToldSentence
from posada.asylum.services.entrusting import entrust_accounts
from posada.people.models import Person
from posada.records import door
from posada.records.models import Hidden


@dataclass(frozen=True, slots=True)
class WhoTold:
    """Somebody who has a part in a case, and their account in it if it is begun."""

    person: Person
    statement: Statement | None


@dataclass(frozen=True, slots=True)
class AccountVersion:
    """One version: what it says, what it says anew and no longer, when and by whom it was written."""

    number: int
    content: Account
    anew: tuple[str, ...]
    no_longer: tuple[str, ...]
    written_at: datetime | None
    written_by: int | None


def account_by_id(actor: Actor, statement_id: uuid.UUID) -> Statement | None:
    """An account that is entrusted to this lawyer, by itself or with its case."""
    held = Case.objects.visible_to(actor).filter(statements=statement_id).first()
    if held is not None:
        entrust_accounts(held)
    rows = Statement.objects.visible_to(actor).select_related("case", "person", "record", "site")
    return rows.filter(pk=statement_id).first()


def who_tells(case: Case) -> list[WhoTold]:
    """Everybody who has a part in a case, the one whose claim it is first; nobody who is hidden."""
    entrust_accounts(case)
    hidden = set(Hidden.all())
    begun = {one.person_id: one for one in case.statements.exclude(pk__in=hidden)}
    persons = Person.objects.filter(pk__in=[case.person_id, *case.rows.values_list("person", flat=True), *begun])
    shown = sorted(
        (one for one in persons if one.pk not in hidden), key=lambda one: (one.pk != case.person_id, one.number)
    )
    return [WhoTold(one, begun.get(one.pk)) for one in shown]


def entrusted_accounts(actor: Actor) -> list[Statement]:
    """All accounts that are entrusted to this lawyer, those of no case last."""
    for case in Case.objects.visible_to(actor).filter(statements__isnull=False).distinct():
        entrust_accounts(case)
    rows = Statement.objects.visible_to(actor).select_related("case", "person")
    return sorted(rows, key=lambda one: (one.case is None, one.case.number if one.case else 0, one.person.number))


def cases_open_to(actor: Actor, statement: Statement) -> list[Case]:
    """For an account of no case: the lawyer's cases in which the same person has a part and no account yet."""
    if statement.case_id is not None:
        return []
    rows = Case.objects.visible_to(actor).filter(rows__person=statement.person_id)
    return list(rows.exclude(statements__person=statement.person_id).distinct().order_by("number"))


def versions_of(statement: Statement, *, by: Actor) -> list[AccountVersion]:
    """Every version, the newest first."""
    held = door.open_history(statement.record, Account, by=by)
    found: list[AccountVersion] = []
    for place, one in enumerate(held):
        before = held[place - 1] if place else None
        said = before.content.sentences if before else ()
        found.append(
            AccountVersion(
                number=one.number,
                content=one.content,
                anew=_others(one.content.sentences, said) if before else (),
                no_longer=_others(said, one.content.sentences),
                written_at=before.replaced_at if before else None,
                written_by=before.replaced_by if before else None,
            )
        )
    return found[::-1]


def _others(these: Sequence[ToldSentence], those: Sequence[ToldSentence]) -> tuple[str, ...]:
    said = {one.text for one in those}
    return tuple(one.text for one in these if one.text not in said)
