"""A relative's card follows what happened to them: worrying, held, at rest. For the services of this room."""

import uuid
from collections.abc import Callable

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.family.models import Relative, WatchCard
from posada.family.rules.silence import Watch
from posada.records import services as records
from posada.records.door import Reason, open_record

Change = Callable[[Relative], Relative]


def follow(*, by: Actor, card: uuid.UUID, change: Change, state: Callable[[Watch], Watch]) -> Watch:
    """Change what a card says and how it stands, in the transaction at hand. Gives how it stood before.

    A card that was stopped stays so unless `state` says otherwise; then nothing is due of it any more.
    """
    with transaction.atomic():
        rows = WatchCard.objects.select_for_update(of=("self",)).select_related("record", "resident")
        held = rows.get(pk=card)
        before, after = held.watch, state(held.watch)
        content = open_record(held.record, Relative, by=by, reason=Reason.FOLLOW_UP)
        held.record = records.revise(held.record, change(content), by=by, act=Act.UPDATE_KIN)
        held.state = after.value
        if after is Watch.STOPPED:
            held.silent_from = held.unheard_on = None
        held.sequence += 1
        held.save()
    return before
