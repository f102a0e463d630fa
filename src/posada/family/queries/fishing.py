"""What an officer is shown of those who ask again and again. Whoever asked never learns of it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.family.matching import fishing
from posada.family.matching.signs import Asking


@dataclass(frozen=True, slots=True)
class Similar:
    """Numbers alone: of enquiries and requests that seek nearly the same person, and of those with the same voice."""

    enquiries: tuple[int, ...] = ()
    requests: tuple[int, ...] = ()
    voice_enquiries: tuple[int, ...] = ()
    voice_requests: tuple[int, ...] = ()

    @property
    def times(self) -> int:
        """How often nearly the same person was asked for besides."""
        return len(self.enquiries) + len(self.requests)

    @property
    def voices(self) -> int:
        """How often the same way or the same story stands under another name."""
        return len(self.voice_enquiries) + len(self.voice_requests)

    @property
    def is_any(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.times or self.voices)


def _numbers(rows: Iterable[Asking], *, requests: bool) -> tuple[int, ...]:
    return tuple(sorted(row.number for row in rows if row.is_request is requests))


def similar_enquiries(actor: Actor, wanted: Iterable[uuid.UUID]) -> dict[uuid.UUID, Similar]:
    """For each id of an enquiry or request, what resembles it in the last thirty days.

    Nothing for whoever may not read enquiries: the number of another request says that somebody else seeks, too.
    """
    ids = list(wanted)
    if not ids or not actor.may(Act.READ_ENQUIRIES):
        return {}
    found = fishing.asked_before(ids, fishing.askings(actor.site))
    return {
        one: Similar(
            enquiries=_numbers(before.likes, requests=False),
            requests=_numbers(before.likes, requests=True),
            voice_enquiries=_numbers(before.voices, requests=False),
            voice_requests=_numbers(before.voices, requests=True),
        )
        for one, before in found.items()
    }
