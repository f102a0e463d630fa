"""What goes when somebody is erased: their relatives' cards, the requests they made, notes, and every proposal."""

import uuid
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from posada.family.models import (
    FoundDecision,
    ImportedNote,
    Proposal,
    ProposalState,
    RequestState,
    TracingRequest,
    WatchCard,
)
from posada.records.erasing import Gone, Left, Room
from posada.records.models import Erasure, What


def _subjects_of(subject: uuid.UUID) -> Iterable[uuid.UUID]:
    """A resident's relatives and requests have keys of their own; so has who asks, beside who is sought."""
    yield from WatchCard.objects.filter(resident=subject).values_list("pk", flat=True)
    asked = Q(resident=subject) | Q(sought__subject=subject) | Q(enquirer__subject=subject)
    for sought, enquirer in TracingRequest.objects.filter(asked).values_list("sought__subject", "enquirer__subject"):
        yield sought
        yield enquirer


def _requests_of(gone: Gone) -> list[TracingRequest]:
    about = Q(sought__subject__in=gone.subjects) | Q(enquirer__subject__in=gone.subjects)
    return list(TracingRequest.objects.filter(about | Q(resident__in=gone.subjects)))


def _notes_of(gone: Gone) -> list[ImportedNote]:
    return list(ImportedNote.objects.filter(Q(person__in=gone.subjects) | Q(record__in=gone.records)))


def _marks(gone: Gone) -> Iterable[str]:
    """The ids that lists gave to a request or a note: the same row again opens nothing."""
    yield from (row.external for row in (*_requests_of(gone), *_notes_of(gone)) if row.external)


def _remove(gone: Gone) -> Left:
    left = Left()
    requests = [row.pk for row in _requests_of(gone)]
    sides = Q(person__in=gone.subjects) | Q(request__in=requests) | Q(other_request__in=requests)
    proposals = list(Proposal.objects.filter(sides))
    _remove_proposals(proposals, left)
    ImportedNote.objects.filter(pk__in=[row.pk for row in _notes_of(gone)]).delete()
    WatchCard.objects.filter(Q(pk__in=gone.subjects) | Q(resident__in=gone.subjects)).delete()
    TracingRequest.objects.filter(pk__in=requests).delete()
    _reopen({row.request_id for row in proposals} - set(requests))
    return left


def _remove_proposals(proposals: list[Proposal], left: Left) -> None:
    """What somebody decided on them stands sealed under the other side's key: it goes, and that key changes."""
    decisions = FoundDecision.objects.filter(proposal__in=proposals)
    left.records |= set(decisions.values_list("record", flat=True))
    decisions.delete()
    left.records |= {row.record_id for row in proposals if row.record_id}
    Proposal.objects.filter(pk__in=[row.pk for row in proposals]).delete()


def _reopen(requests: Iterable[uuid.UUID]) -> None:
    """A request whose found person was erased is traced again: it says nothing of why."""
    for row in TracingRequest.objects.filter(pk__in=list(requests), state=RequestState.VERIFIED):
        if not row.proposals.filter(state=ProposalState.SAME).exists():
            row.state = RequestState.TRACING
            row.save(update_fields=["state"])


def _words(erasure: Erasure) -> str:
    if erasure.what == What.REQUEST:
        row = TracingRequest.objects.filter(sought__subject=erasure.subject).first()
        return _("Tracing request %(number)d") % {"number": row.number} if row else ""
    if erasure.what == What.RELATIVE:
        card = WatchCard.objects.filter(pk=erasure.subject).select_related("resident").first()
        return _("A relative's card of number %(number)d") % {"number": card.resident.number} if card else ""
    if erasure.what == What.NOTE:
        note = ImportedNote.objects.filter(record=erasure.record).select_related("person").first()
        return _("A note about number %(number)d") % {"number": note.person.number} if note else ""
    return ""


ROOM = Room(subjects_of=_subjects_of, marks_of=_marks, remove=_remove, words_of=_words)
