"""Writes: that somebody looked, that a chain was verified, that somebody's access was reviewed."""

from collections.abc import Callable

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.models import Membership, User
from posada.accounts.permissions import Actor, Subject, require
from posada.audit import heads
from posada.audit import services as audit
from posada.ground import clock
from posada.oversight.models import AccessReview
from posada.records import services as records
from posada.vault import head_words, keyring


class NotStaff(Exception):
    """There is nobody of this house with this id."""


def note_looking(*, by: Actor, act: Act, reason: str, pseudonym: str = "", subject: Subject | None = None) -> None:
    """Write down that somebody looks at a part of the audit, before they see it."""
    if subject is not None:
        records.note(by, act, subject, reason=reason)
        return
    role = require(by, act)
    audit.write(audit.Event(act=act, actor=by.user, role=role, site=by.site, subject=pseudonym, reason=reason))


def verify_chain(*, by: Actor, entries: int | None = None, words: str = "") -> heads.Found:
    """Walk the audit; against twelve words that were kept after so many entries, if they are given. Written down."""
    role = require(by, Act.READ_TRAIL)
    kept = None if entries is None else heads.Kept(entries, lambda head: head_words.is_of(words, head))
    found = heads.verify(kept)
    audit.write(
        audit.Event(
            act=Act.READ_TRAIL,
            actor=by.user,
            role=role,
            site=by.site,
            reason=f"chain:{found.verdict}",
            count=found.entries,
        )
    )
    return found


def note_opened(_report: Callable[[int, int], None]) -> None:
    """Boot step: write down that a keyholder's phrase opened the house. Whose, the keys do not tell."""
    audit.write(audit.Event(act="vault.unlock", role="system"))


def review_access(*, by: Actor, user_id: int) -> AccessReview:
    """Note that somebody's roles and files were looked at today and found right; `NotStaff` for nobody's id."""
    role = require(by, Act.REVIEW_ACCESS)
    with transaction.atomic():
        reviewed = User.objects.filter(
            pk__in=Membership.objects.filter(site_id=by.site, user_id=user_id).values("user_id")
        ).first()
        if reviewed is None:
            raise NotStaff
        mark, fresh = AccessReview.objects.get_or_create(
            site_id=by.site, user=reviewed, by_id=by.user, reviewed_on=clock.today()
        )
        if fresh:
            audit.write(
                audit.Event(
                    act=Act.REVIEW_ACCESS,
                    actor=by.user,
                    role=role,
                    site=by.site,
                    subject=keyring.pseudonym(reviewed.subject),
                )
            )
    return mark
