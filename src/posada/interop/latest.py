"""What the notes about one person say last."""

from collections.abc import Iterable

import msgspec

from posada.interop.items import ImportedNote


class Latest(msgspec.Struct, frozen=True, kw_only=True):
    """The last status and the last answer to "contact made?", each with the date of its note as the list writes it."""

    status: str = ""
    status_date: str = ""
    found: bool | None = None
    found_date: str = ""


def latest_news(notes: Iterable[ImportedNote]) -> Latest:
    """By the date of the source, not by arrival; a note without a date is older than all.

    A note that is silent on one of the two leaves it as it was.
    """
    latest = Latest()
    for note in sorted(notes, key=lambda each: each.source_date):
        if note.status:
            latest = msgspec.structs.replace(latest, status=note.status, status_date=note.source_date)
        if note.author_made_contact is not None:
            latest = msgspec.structs.replace(latest, found=note.author_made_contact, found_date=note.source_date)
    return latest
