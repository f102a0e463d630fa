"""Who was sought before in almost the same words, in the enquiries and requests of a month. Read when it is asked for.

Nothing of an enquiry is held in memory beyond the answer, and none is ever compared with anybody who is here.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import kinmatch
from posada.family.matching.describing import sought_record
from posada.family.matching.scoring import SMALLEST_REGISTER
from posada.family.matching.signs import Asking, is_same_voice
from posada.family.models import Enquirer, Enquiry, EnquiryWords, Separation, Sought, TracingRequest
from posada.ground import clock
from posada.records.scanning import Purpose, scan

LOOKS_BACK: Final = timedelta(days=30)
LIKELY: Final = 0.5  # of the same person, as if drawn from a register of usual size
_MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Before:
    """Of one asking: who else asked for nearly the same person, and who asks by the same way under another name."""

    likes: tuple[Asking, ...] = ()
    voices: tuple[Asking, ...] = ()


def askings(site: int) -> list[Asking]:
    """Whoever was asked for in the last thirty days, through the form and at the desk. Each scan is audited."""
    since = clock.today() - LOOKS_BACK
    enquiries = Enquiry.objects.filter(site_id=site, received_on__gte=since, record__isnull=False)
    by_record = {row.record_id: row for row in enquiries if row.record_id}
    found = [
        Asking(row.pk, row.number, words.sought, words.enquirer, words.separation)
        for opened in (scan(EnquiryWords, Purpose.INDEX, records=by_record) if by_record else ())
        for row, words in [(by_record[opened.record], opened.content)]
    ]
    return found + _requested(site, list(TracingRequest.objects.filter(site_id=site, opened_on__gte=since).shown()))


def _requested(site: int, requests: list[TracingRequest]) -> list[Asking]:
    if not requests:
        return []
    sought = {one.record: one.content for one in scan(Sought, Purpose.INDEX, records=[r.sought_id for r in requests])}
    asking = {
        one.record: one.content for one in scan(Enquirer, Purpose.INDEX, records=[r.enquirer_id for r in requests])
    }
    told = [row.separation_id for row in requests if row.separation_id]
    parted = {one.record: one.content for one in scan(Separation, Purpose.INDEX, records=told)} if told else {}
    return [
        Asking(
            row.pk,
            row.number,
            sought[row.sought_id],
            asking[row.enquirer_id],
            parted.get(row.separation_id or row.pk),
            is_request=True,
        )
        for row in requests
        if row.sought_id in sought and row.enquirer_id in asking
    ]


def asked_before(wanted: Iterable[uuid.UUID], among: list[Asking]) -> dict[uuid.UUID, Before]:
    """For each of the wanted askings, what of the others resembles it."""
    records = {one.id: sought_record(one.sought, one.id.hex) for one in among}
    index = kinmatch.Index.from_records(records.values()) if records else kinmatch.Index()
    held = {one.id: one for one in among}
    return {
        one: Before(
            likes=tuple(held[other] for other in _alike(records[one], one, index, records)),
            voices=tuple(other for other in among if other.id != one and is_same_voice(held[one], other)),
        )
        for one in wanted
        if one in held
    }


def _alike(
    record: kinmatch.Record, own: uuid.UUID, index: kinmatch.Index, records: dict[uuid.UUID, kinmatch.Record]
) -> list[uuid.UUID]:
    near = (uuid.UUID(hex=one.record_id) for one in index.search(record, _MOST))
    return [
        other
        for other in near
        if other != own
        and kinmatch.explain(record, records[other], register_size=SMALLEST_REGISTER).probability >= LIKELY
    ]
