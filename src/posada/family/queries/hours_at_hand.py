"""The safe hours of cards that were opened since the house was, kept in memory alone.

Today says which message may go now without opening anybody's card. What is not known here is asked on the page of
the message; nothing of it is ever written to a disk, and sealing the house ends it.
"""

import threading
import uuid

from posada.family.models import Relative, WatchCard
from posada.family.rules.safe_hours import SafeHours

_held: dict[uuid.UUID, tuple[int, SafeHours]] = {}
_turn = threading.Lock()
_NONE_AGREED = SafeHours(zone="")


def remember(card: WatchCard, content: Relative) -> None:
    """What a card says of its hours, as it stands in this version."""
    with _turn:
        _held[card.pk] = (card.sequence, content.hours or _NONE_AGREED)


def known(card: WatchCard) -> SafeHours | None:
    """The hours of a card, if it was opened since and did not change; none otherwise."""
    with _turn:
        sequence, hours = _held.get(card.pk, (0, _NONE_AGREED))
    return hours if sequence == card.sequence else None


def drop(cards: set[uuid.UUID]) -> None:
    """Forget these cards: they are erased."""
    with _turn:
        for card in cards:
            _held.pop(card, None)
