"""Whoever holds a resident's file holds what hangs on it: their relatives' cards, the requests they made.

Relatives, enquirers and sought persons have keys and subjects of their own, so that each can be erased alone;
their assignments follow the resident's.
"""

import uuid
from collections.abc import Iterable

from posada.accounts import services as accounts
from posada.accounts.models import Assignment
from posada.family.models import Message, Proposal, TracingRequest, WatchCard
from posada.people.models import Person


def entrust(holder_of: uuid.UUID, subjects: Iterable[uuid.UUID], *, site: int) -> None:
    """Let everybody who holds one file hold these, too."""
    wanted = set(subjects)
    users = set(Assignment.objects.filter(subject=holder_of).values_list("user_id", flat=True))
    if not users or not wanted:
        return
    rows = Assignment.objects.filter(subject__in=wanted, user_id__in=users)
    held = set(rows.values_list("user_id", "subject"))
    for user in users:
        for subject in wanted:
            if (user, subject) not in held:
                accounts.assign(
                    user_id=user, site_id=site, subject=subject, why=Assignment.Why.FOLLOWS, follows=holder_of
                )


def entrust_cards(person: Person) -> None:
    """The cards of a resident's relatives go with the resident's file, whoever added them and when."""
    cards = WatchCard.objects.filter(resident=person).values_list("pk", flat=True)
    entrust(person.pk, {*cards, *_messages_of(person.pk)}, site=person.site_id)


def _messages_of(person_id: uuid.UUID) -> set[uuid.UUID]:
    """The messages of a resident whose words are still there: each has a key of its own."""
    rows = Message.objects.filter(card__resident_id=person_id, record__isnull=False)
    return set(rows.values_list("pk", flat=True))


def entrust_request(request: TracingRequest) -> None:
    """A request made by a resident goes with the resident's file."""
    if request.resident_id:
        subjects = (request.enquirer.subject, request.sought.subject)
        entrust(request.resident_id, subjects, site=request.site_id)


def entrust_proposal(proposal: Proposal) -> None:
    """Whoever holds the found person's file may read who is sought; never who asks."""
    if proposal.person_id:
        entrust(proposal.person_id, [proposal.request.sought.subject], site=proposal.request.site_id)


def hanging_on(person_id: uuid.UUID) -> set[uuid.UUID]:
    """What is kept under subjects of its own because of a resident: relatives' cards, requests the resident made."""
    found = set(WatchCard.objects.filter(resident_id=person_id).values_list("pk", flat=True))
    found |= _messages_of(person_id)
    for request in TracingRequest.objects.filter(resident_id=person_id).select_related("enquirer", "sought"):
        found |= {request.enquirer.subject, request.sought.subject}
    return found
