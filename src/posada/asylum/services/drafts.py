"""An account that is being typed: sealed on the server for a day, offered to whoever types it, gone when it is kept.

Nothing is kept in the browser. Each draft has a key of its own, and goes with the account, the case and the person.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction

from posada.accounts import services as accounts
from posada.accounts.acts import Act
from posada.accounts.models import Assignment
from posada.accounts.permissions import Actor, require
from posada.asylum.models import AccountDraft, Case, Statement
from posada.asylum.rules.being_typed import TypedAccount, typed_of
from posada.ground import clock, ids
from posada.people.models import Person
from posada.records import door, letting_go
from posada.records import services as records
from posada.records.door import Reason
from posada.records.models import EarlierVersion, SentForm

KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Page:
    """Where an account is typed: begun for a person in a case, or gone on with."""

    person: Person
    case: Case | None = None
    statement: Statement | None = None

    @property
    def follows(self) -> uuid.UUID | None:
        """What it hangs on: whoever no longer holds that is offered it no more."""
        if self.case is not None:
            return self.case.pk
        return (self.statement.case_id or self.statement.pk) if self.statement else None


def keep_draft(*, by: Actor, page: Page, form: uuid.UUID, sent: Mapping[str, str]) -> AccountDraft | None:
    """Keep what stands on the page in the place of what was kept of it before. None if nothing is to be kept."""
    _require(by, page)
    typed = typed_of(sent)
    if by.user is None or typed is None:
        return None
    now = clock.now().astimezone(clock.house_zone())
    try:
        with transaction.atomic():
            if SentForm.objects.filter(key=form).exists():
                return None
            held = AccountDraft.objects.select_for_update().filter(form=form).first()
            if held is None:
                return _first(by, by.user, page, form, typed)
            if held.user_id != by.user or (held.person_id, held.statement) != (page.person.pk, page.statement):
                return None
            records.revise(held.record, typed, by=by, act=Act.WRITE_STATEMENT)
            EarlierVersion.objects.filter(record=held.record_id).delete()
            held.saved_on, held.saved_hour = now.date(), now.hour
            held.save(update_fields=["saved_on", "saved_hour"])
            return held
    except IntegrityError:
        return None  # the same page was kept at the same moment: that one stands


def _require(by: Actor, page: Page) -> None:
    if page.statement is not None:
        require(by, Act.WRITE_STATEMENT, page.statement.subject)
    elif page.case is not None:
        require(by, Act.WRITE_CASE, page.case.subject)


def _first(by: Actor, user: int, page: Page, form: uuid.UUID, typed: TypedAccount) -> AccountDraft:
    now, subject = clock.now().astimezone(clock.house_zone()), ids.new_id()
    why = Assignment.Why.FOLLOWS
    accounts.assign(user_id=user, site_id=by.site, subject=subject, why=why, follows=page.follows)
    record = records.seal_new(typed, subject=subject, by=by, act=Act.WRITE_STATEMENT)
    return AccountDraft.objects.create(
        site_id=by.site, user_id=user, person=page.person, case=page.case, statement=page.statement, form=form,
        record=record, saved_on=now.date(), saved_hour=now.hour,
    )  # fmt: skip


def draft_on(*, by: Actor, page: Page) -> AccountDraft | None:
    """What this user typed last on a page and did not keep; what is past its time goes now. Nothing is opened."""
    sweep()
    rows = AccountDraft.objects.visible_to(by).filter(person=page.person, statement=page.statement)
    if page.statement is None:
        rows = rows.filter(case=page.case)
    return rows.select_related("record").order_by("-saved_on", "-saved_hour", "-pk").first()


def open_draft(draft: AccountDraft, *, by: Actor) -> TypedAccount:
    """What was typed, for whoever typed it."""
    return door.open_record(draft.record, TypedAccount, by=by, reason=Reason.WRITE)


def discard_draft(draft: AccountDraft, *, by: Actor) -> None:
    """Let go of it at once."""
    with transaction.atomic():
        records.note(by, Act.WRITE_STATEMENT, door.subject_of(draft.record), reason="draft_discarded")
        _let_go([draft])


def forget_form(form: uuid.UUID | None) -> None:
    """In the transaction that keeps an account: its draft goes with it."""
    if form is None:
        return
    _let_go(AccountDraft.objects.filter(form=form).select_related("record"))


def forget_of(statement: Statement) -> None:
    """In the transaction that takes words out of an account: a draft of it may hold them still."""
    _let_go(AccountDraft.objects.filter(statement=statement).select_related("record"))


def sweep() -> None:
    """Let go of what was typed more than a day ago; at the start of the house, and whenever one is offered."""
    past = (clock.now() - KEPT_FOR).astimezone(clock.house_zone())
    _let_go(AccountDraft.objects.begun_before(past).select_related("record"))


def _let_go(drafts: Iterable[AccountDraft]) -> None:
    with transaction.atomic():
        for draft in list(drafts):
            draft.delete()
            letting_go.let_go(draft.record)


def at_boot(_report: Callable[[int, int], None]) -> None:
    """Boot step: the same when the house is opened."""
    sweep()
