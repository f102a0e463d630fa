"""One sealed record with a key of its own is let go: the row, its earlier versions and the key, so that no copy opens.

For words that must not outlive their purpose, such as a message that was delivered. Nobody asks a second person: what
is deleted is what was promised to be.
"""

from django.db import transaction

from posada.accounts.models import Assignment
from posada.records import changes, resealing
from posada.records.models import Change, EarlierVersion, KeyDue, SealedRecord


class NotAlone(ValueError):
    """Other records are sealed under the same key: they would go, too."""


def let_go(record: SealedRecord) -> None:
    """Delete a record whose subject has no other, and note its key to be deleted, in the transaction at hand.

    The caller's act is checked and written down by the caller. The key goes when the transaction is committed, and the
    files are wiped within seconds; if the process dies in between, at the next start (records.resealing). Raises
    `NotAlone`. Whatever row pointed at the record is gone before: the database refuses to commit otherwise.
    """
    if SealedRecord.objects.filter(subject=record.subject).exclude(pk=record.pk).exists():
        raise NotAlone
    changes.append(record, Change.What.REMOVED)
    EarlierVersion.objects.filter(record=record).delete()
    SealedRecord.objects.filter(pk=record.pk).delete_alone()
    Assignment.objects.filter(subject=record.subject).delete()
    KeyDue.objects.create(subject=record.subject)
    transaction.on_commit(resealing.finish_soon)
