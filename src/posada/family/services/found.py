"""The found person decides what may be told. Nothing leaves by itself."""

import uuid

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require
from posada.family.models import FoundChoice, FoundDecision, Proposal, ProposalState
from posada.ground import clock, ids
from posada.records import once as sent
from posada.records import services as records


class NotTheirs(Exception):
    """Nobody is asked before somebody decided that it is the same person."""


def record_found_decision(
    *, by: Actor, proposal: Proposal, content: FoundChoice, once: uuid.UUID | None = None
) -> FoundDecision:
    """What the found person chose. It is stored and carried out by people later; nothing leaves by itself.

    `NotTheirs` unless somebody decided before that it is the same person.
    """
    person = proposal.person
    if person is None or proposal.state != ProposalState.SAME:
        raise NotTheirs
    require(by, Act.RECORD_DECISION, person.subject)
    with transaction.atomic():
        sent.claim(once, proposal.pk)
        held = FoundDecision.objects.filter(proposal=proposal).select_related("record").first()
        if held is not None:
            records.revise(held.record, content, by=by, act=Act.RECORD_DECISION)
            held.asked_on = clock.today()
            held.save(update_fields=["asked_on"])
            return held
        # The subject's day of registration is the person's own, so permissions were asked above for that one.
        record = records.seal_new(content, subject=person.pk, by=by, act=Act.RECORD_DECISION)
        return FoundDecision.objects.create(
            id=ids.new_id(), proposal=proposal, person=person, record=record, asked_on=clock.today()
        )
