"""What goes when somebody is erased: their relatives' cards, the requests they made, notes, and every proposal."""

import uuid
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from posada.family.models import (
    ColleagueQuestion,
    FoundDecision,
    ImportedNote,
    InContact,
    KinCheck,
    Message,
    NotMissing,
    Proposal,
    ProposalState,
    Release,
    RequestState,
    ResidentTies,
    TracingRequest,
    WatchCard,
)
from posada.family.services import erasing_harm, erasing_strangers, phones
from posada.records.erasing import Gone, Left, Past, Room
from posada.records.models import Erasure, What


def _subjects_of(subject: uuid.UUID) -> Iterable[uuid.UUID]:
    """A resident's relatives and requests have keys of their own; so has who asks, beside who is sought."""
    yield from WatchCard.objects.filter(resident=subject).values_list("pk", flat=True)
    messages = Message.objects.filter(Q(card=subject) | Q(card__resident=subject))
    yield from messages.values_list("pk", flat=True)
    yield from erasing_harm.subjects_of(subject)
    yield from erasing_strangers.subjects_of(subject)
    asked = Q(resident=subject) | Q(sought__subject=subject) | Q(enquirer__subject=subject)
    for sought, enquirer in TracingRequest.objects.filter(asked).values_list("sought__subject", "enquirer__subject"):
        yield sought
        yield enquirer
    sides = Q(proposal__request__sought__subject=subject) | Q(proposal__request__enquirer__subject=subject)
    yield from _words_of(sides | Q(person=subject) | Q(proposal__request__resident=subject))


def _words_of(decisions: Q) -> Iterable[uuid.UUID]:
    """What found persons asked to be passed on has keys of its own."""
    rows = FoundDecision.objects.filter(decisions, words__isnull=False)
    yield from rows.values_list("words__subject", flat=True)


def _requests_of(gone: Gone) -> list[TracingRequest]:
    about = Q(sought__subject__in=gone.subjects) | Q(enquirer__subject__in=gone.subjects)
    return list(TracingRequest.objects.filter(about | Q(resident__in=gone.subjects)))


def _notes_of(gone: Gone) -> list[ImportedNote]:
    return list(ImportedNote.objects.filter(Q(person__in=gone.subjects) | Q(record__in=gone.records)))


def _marks(gone: Gone) -> Iterable[str]:
    """The ids that lists gave to a request or a note: the same row again opens nothing."""
    yield from (row.external for row in _requests_of(gone) if row.external)
    yield from (row.external for row in _notes_of(gone) if row.external)


def _remove(gone: Gone) -> Left:
    left = Left()
    phones.forget(gone)
    requests = [row.pk for row in _requests_of(gone)]
    sides = Q(person__in=gone.subjects) | Q(request__in=requests) | Q(other_request__in=requests)
    proposals = list(Proposal.objects.filter(sides))
    _remove_proposals(proposals, left)
    ImportedNote.objects.filter(pk__in=[row.pk for row in _notes_of(gone)]).delete()
    erasing_harm.remove(gone, requests)
    erasing_strangers.remove(gone, requests)
    Message.objects.filter(Q(card__in=gone.subjects) | Q(card__resident__in=gone.subjects)).delete()
    WatchCard.objects.filter(Q(pk__in=gone.subjects) | Q(resident__in=gone.subjects)).delete()
    ResidentTies.objects.filter(person__in=gone.subjects).delete()
    NotMissing.objects.filter(person__in=gone.subjects).delete()
    TracingRequest.objects.filter(pk__in=requests).delete()
    _reopen({row.request_id for row in proposals} - set(requests))
    return left


def _remove_proposals(proposals: list[Proposal], left: Left) -> None:
    """What somebody decided on them stands sealed under the other side's key: it goes, and that key changes."""
    decisions = FoundDecision.objects.filter(proposal__in=proposals)
    left.records |= set(decisions.values_list("record", flat=True))
    told = Release.objects.filter(decision__in=decisions)
    left.records |= set(told.filter(record__isnull=False).values_list("record", flat=True))
    contacts = InContact.objects.filter(decision__in=decisions)
    left.records |= set(contacts.values_list("record", flat=True))
    contacts.delete()
    told.delete()
    decisions.delete()
    left.records |= {row.record_id for row in proposals if row.record_id}
    for beside in (KinCheck, ColleagueQuestion):
        left.records |= set(beside.objects.filter(proposal__in=proposals).values_list("record", flat=True))
    Proposal.objects.filter(pk__in=[row.pk for row in proposals]).delete()


def _reopen(requests: Iterable[uuid.UUID]) -> None:
    """A request whose found person was erased is traced again: it says nothing of why."""
    for row in TracingRequest.objects.filter(
        pk__in=list(requests), state__in=[RequestState.VERIFIED, RequestState.IN_CONTACT]
    ):
        if not row.proposals.filter(state=ProposalState.SAME).exists():
            row.state = RequestState.TRACING
            row.save(update_fields=["state"])


def _number(erasure: Erasure) -> int | None:
    """The request's own number; for a card or a note, that of the person whose it is."""
    if erasure.what == What.REQUEST:
        requests = TracingRequest.objects.filter(sought__subject=erasure.subject)
        return requests.values_list("number", flat=True).first()
    if erasure.what == What.RELATIVE:
        cards = WatchCard.objects.filter(pk=erasure.subject)
        return cards.values_list("resident__number", flat=True).first()
    if erasure.what == What.NOTE:
        notes = ImportedNote.objects.filter(record=erasure.record)
        return notes.values_list("person__number", flat=True).first()
    return None


def _past(kind: str, site: int, day: date) -> Iterable[Past]:
    rows = TracingRequest.objects.filter(site_id=site)
    if kind == "request":
        rows = rows.exclude(state=RequestState.CLOSED).filter(opened_on__lte=day)
        found = rows.values_list("sought__subject", "number", "opened_on")
    elif kind == "closed":
        found = rows.filter(state=RequestState.CLOSED, expires_on__lte=day).values_list(
            "sought__subject", "number", "expires_on"
        )
    else:
        return
    for subject, number, anchor in found:
        yield Past(subject, What.REQUEST, number, anchor)


ROOM = Room(subjects_of=_subjects_of, marks_of=_marks, remove=_remove, number_of=_number, past=_past)
