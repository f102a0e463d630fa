"""The sealed part of what needs two persons: why it is asked, in free words, and whom exactly it is about."""

import uuid
from datetime import timedelta
from typing import ClassVar, Final

from django.db import transaction

from posada.accounts import approvals
from posada.accounts.acts import Act
from posada.accounts.approvals import Question
from posada.accounts.models import Approval
from posada.accounts.permissions import Actor
from posada.ground import clock, ids
from posada.records import changes, services
from posada.records.contents import Content
from posada.records.door import Reason, open_record
from posada.records.models import Change, SealedRecord
from posada.vault import forgetting
from posada.vault.keyring import Compartment

KEPT: Final = timedelta(days=30)  # after its end, so that a second can still look up what they agreed to


class AskedWords(Content, frozen=True, kw_only=True):
    """Why it is asked, and the random ids of those whom it is about where they are many. Whoever may agree reads it."""

    KIND: ClassVar[str] = "staff.asked"
    COMPARTMENT: ClassVar[Compartment] = Compartment.STAFF
    READ: ClassVar[Act] = Act.AGREE

    why: str = ""
    members: tuple[uuid.UUID, ...] = ()


def ask(*, by: Actor, question: Question, words: AskedWords) -> Approval:
    """Ask for an act that needs two, with a sealed why. Asking twice for the same keeps the first words."""
    subject = ids.new_id()
    with transaction.atomic():
        approval = approvals.ask(by=by, question=question, words=subject)
        if approval.words == subject:
            services.seal_new(words, subject=subject, by=by, act=Act.AGREE)
    return approval


def words_of(approval: Approval, *, by: Actor) -> AskedWords:
    """What was written with it; nothing where nothing was, or where it is erased by now."""
    if approval.words is None:
        return AskedWords()
    held = SealedRecord.objects.filter(subject=approval.words, kind=AskedWords.KIND).first()
    return open_record(held, AskedWords, by=by, reason=Reason.VIEW) if held else AskedWords()


def sweep() -> int:
    """Erase the words of what ended, or was asked, more than thirty days ago; how many there were."""
    oldest = clock.now() - KEPT
    rows = Approval.objects.filter(words__isnull=False, asked_at__lt=oldest)
    over = [row.words for row in rows if row.words and not (row.closed_at and row.closed_at >= oldest)]
    if not over:
        return 0
    with transaction.atomic():
        for record in SealedRecord.objects.filter(subject__in=over, kind=AskedWords.KIND):
            changes.append(record, Change.What.REMOVED)
            record.delete()
        Approval.objects.filter(words__in=over).update(words=None)
    forgetting.forget(over, [Compartment.STAFF])
    return len(over)


def at_boot(_report: object) -> None:
    """Boot step: erase what is past its time."""
    sweep()
