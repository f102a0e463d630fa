"""Enquiries from outside: those that wait, one of them, and whether the form was flooded."""

from django.db.models import Sum

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.family.models import Door, DoorUse, Enquiry, EnquiryState
from posada.ground import clock


def enquiries(actor: Actor) -> list[Enquiry]:
    """Those of the actor's site, the oldest that wait first. Numbers and days, no names."""
    rows = Enquiry.objects.visible_to(actor).select_related("record", "request")
    waits = {EnquiryState.UNREAD: 0, EnquiryState.READ: 1}
    return sorted(rows, key=lambda row: (waits.get(EnquiryState(row.state), 2), row.received_on, row.number))


def enquiry_by_number(actor: Actor, number: int) -> Enquiry | None:
    """One of them."""
    rows = Enquiry.objects.visible_to(actor).select_related("record", "request")
    return rows.filter(number=number).first()


def enquiries_unread(actor: Actor) -> int:
    """How many nobody has read."""
    if not actor.may(Act.READ_ENQUIRIES):
        return 0
    return Enquiry.objects.visible_to(actor).filter(state=EnquiryState.UNREAD).count()


def knocks_too_many(site: int) -> dict[Door, int]:
    """Today, how many knocks at each door were one too many: nothing was looked at or kept of them."""
    rows = DoorUse.objects.filter(site_id=site, on=clock.today(), refused__gt=0)
    counted = rows.values_list("door").annotate(refused=Sum("refused"))
    return {Door(door): refused for door, refused in counted}
