"""A request whose time is over and that nobody renewed is wiped to a placeholder (practice: family links, rule 15).

The keys of who asks and of who is sought go, and with them all that they sealed; so do the proposals, and what was
decided on them. What stays is a number, a state and days, so that whoever calls with it hears the same words.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.models import Site
from posada.accounts.permissions import system_actor
from posada.audit import services as audit
from posada.family.models import Placeholder, RequestState, TracingRequest
from posada.ground import clock, ids
from posada.records import erasing
from posada.records.models import What, Why
from posada.vault import keyring

WIPED_AFTER: Final = timedelta(days=30)  # our proposal: after the end, for somebody who was ill or could not be reached
PLACEHOLDER_KEPT: Final = timedelta(days=730)  # our proposal: as long as an open request may be kept


def expired(site: int, today: date) -> list[TracingRequest]:
    """Those whose time has been over for so long that they are wiped. Closed ones have a time of their own."""
    rows = TracingRequest.objects.filter(site_id=site, expires_on__lt=today - WIPED_AFTER).shown()
    kept = rows.exclude(state__in=[RequestState.CLOSED, RequestState.IN_CONTACT])
    return list(kept.select_related("enquirer", "sought"))


def wipe_expired(site: int) -> int:
    """Wipe what is past its time in one site, and count it. Safe to run at any time and again."""
    found = expired(site, clock.today())
    for request in found:
        _wipe(request)
    Placeholder.objects.filter(site_id=site, wiped_on__lt=clock.today() - PLACEHOLDER_KEPT).delete()
    return len(found)


def _wipe(request: TracingRequest) -> None:
    house = system_actor(request.site_id)
    with transaction.atomic():
        held = TracingRequest.objects.select_for_update().get(pk=request.pk)
        if held.expires_on != request.expires_on:
            return  # somebody renewed it in between
        # Nobody asked that it be forgotten: a list may bring it again, so it leaves no tombstone.
        TracingRequest.objects.filter(pk=held.pk).update(external="", digest="")
        _leave_number(held)
        erasure = erasing.hide(by=house, subject=held.sought_subject, what=What.REQUEST, why=Why.OVER)
        erasing.erase(by=house, erasure=erasure)
        subject = keyring.pseudonym(held.sought.subject)
        audit.write(
            audit.Event(act=Act.UPDATE_REQUEST, role="system", site=held.site_id, subject=subject, reason="expired")
        )


def _leave_number(held: TracingRequest) -> None:
    """Whether a match was there is not to be read from what stays: every placeholder says that it was looked for."""
    Placeholder.objects.create(
        id=ids.new_id(),
        site_id=held.site_id,
        number=held.number,
        state=RequestState.TRACING,
        opened_on=held.opened_on,
        expired_on=held.expires_on,
        wiped_on=clock.today(),
    )


def at_boot(_report: Callable[[int, int], None]) -> None:
    """Boot step: every site of this folder."""
    for site in Site.objects.order_by("pk").values_list("pk", flat=True):
        wipe_expired(site)
