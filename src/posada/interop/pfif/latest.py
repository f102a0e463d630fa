"""What the notes about one person say last."""

from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

from posada.interop.pfif.records import PfifNote

_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


class Latest(msgspec.Struct, frozen=True, kw_only=True):
    """The last status and the last answer to "contact made?", each with the date of its note."""

    status: str = ""
    status_date: datetime | None = None
    found: bool | None = None
    found_date: datetime | None = None


def latest_news(notes: Iterable[PfifNote]) -> Latest:
    """By the date of the source, not by arrival.

    A note that is silent on one of the two leaves it as it was.
    """
    latest = Latest()
    for note in sorted(notes, key=lambda each: each.source_date or _BEGINNING):
        if note.status:
            latest = msgspec.structs.replace(latest, status=note.status, status_date=note.source_date)
        if note.author_made_contact is not None:
            latest = msgspec.structs.replace(latest, found=note.author_made_contact, found_date=note.source_date)
    return latest
