"""What happened to a relative, for the tests of harm and of referrals."""

from posada.accounts.permissions import system_actor
from posada.family.models import (
    HarmEvent,
    HarmNote,
    Relative,
    WatchCard,
)
from posada.family.rules.harm import Force, Harm, Part, Sure
from posada.records.door import Reason, open_record

TAKEN = HarmEvent(
    harm=Harm.DETAINED,
    on="2019-02-23",
    place="Plaza de Ureña",
    by_whom=Force.INTELLIGENCE,
    seen_on="2019-02-23",
    seen_where="frente a la farmacia",
    seen_by="una vecina",
    who_knows="solo la vecina",
    said="Que venían por el hijo.",
    documents="una boleta",
    source="la vecina, por voz",
    sure=Sure.SAW,
)
NAME = "Carmen Peña"
ALL = frozenset(Part)


def said_on(card: WatchCard) -> Relative:
    row = WatchCard.objects.select_related("record").get(pk=card.pk)
    return open_record(row.record, Relative, by=system_actor(row.site_id), reason=Reason.SYSTEM)


def event_of(note: HarmNote) -> HarmEvent:
    row = HarmNote.objects.select_related("record").get(pk=note.pk)
    return open_record(row.record, HarmEvent, by=system_actor(row.site_id), reason=Reason.SYSTEM)


def harm_fields(**other: object) -> dict[str, object]:
    return {"harm": "detained", "on": "23/2/2019", "by_whom": "police", "sure": "told", **other}
