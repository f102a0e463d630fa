"""A relative's card follows what happened to them: worrying, held, at rest. For the services of this room."""

from collections.abc import Callable

from django.db import transaction

from posada.accounts.permissions import Actor
from posada.family.models import Relative, WatchCard
from posada.family.rules.silence import Watch
from posada.family.services.keeping import locked, write_card
from posada.records.door import Reason, open_record

Change = Callable[[Relative], Relative]


def follow(*, by: Actor, card: WatchCard, change: Change, state: Callable[[Watch], Watch]) -> Watch:
    """Change what a card says and how it stands, in the transaction at hand. Gives how it stood before."""
    with transaction.atomic():
        held = locked(card)
        before, version = held.watch, held.record.version
        content = open_record(held.record, Relative, by=by, reason=Reason.FOLLOW_UP)
        held.state = state(before).value
        write_card(held, change(content), by=by, expected=version)
    return before
