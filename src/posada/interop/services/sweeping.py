"""What is held is held for its time: forgotten files, old reports, leftover keys, persons whom a list lets expire."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.models import Site
from posada.accounts.permissions import system_actor
from posada.audit import services as audit
from posada.ground import clock
from posada.interop.models import ExternalId, ImportFile
from posada.interop.services import sealing
from posada.interop.services.persons import empty
from posada.vault import forgetting

# Our proposal: long enough to ask the source and send the mended file, short enough not to become an archive.
KEPT: Final = timedelta(days=30)
State = ImportFile.State


def sweep(site: int) -> None:
    """Tidy one site. Safe to run at any time and again."""
    today = clock.today()
    for file in ImportFile.objects.filter(site_id=site, state=State.READING, created_on__lt=today):
        _close(file, "broken")  # the process that read it is gone
    for file in ImportFile.objects.filter(site_id=site, state=State.WAITING, created_on__lt=today - KEPT):
        _close(file, "forgotten")
    for file in ImportFile.objects.filter(site_id=site, closed_on__lt=today - KEPT):
        with transaction.atomic():
            sealing.erase_all(file)
            file.delete()
    _leftover_keys(site)
    wipe_expired(site)


def _close(file: ImportFile, reason: str) -> None:
    with transaction.atomic():
        sealing.erase_all(file)
        file.state, file.closed_on = State.DISMISSED, clock.today()
        file.save(update_fields=["state", "closed_on"])
        audit.write(audit.Event(act=Act.IMPORT, role="system", site=file.site_id, reason=reason))


def _leftover_keys(site: int) -> None:
    """A process that ended between the commit and the keyring leaves a key that opens nothing."""
    closed = ImportFile.objects.filter(site_id=site, state__in=[State.CONFIRMED, State.DISMISSED])
    forgetting.forget(closed.values_list("pk", flat=True))


def wipe_expired(site: int) -> int:
    """Empty the persons whose list said until when they may be kept, and count them."""
    due = ExternalId.objects.filter(site_id=site, expires_on__lte=clock.today(), person__isnull=False)
    house = system_actor(site)
    count = 0
    for row in due.select_related("person"):
        with transaction.atomic():
            if row.person is not None:
                empty(by=house, person=row.person)
            row.expires_on, row.digest = None, ""
            row.save(update_fields=["expires_on", "digest"])
        count += 1
    return count


def at_boot(_report: Callable[[int, int], None]) -> None:
    """Boot step: tidy every site of this folder, also one that holds no file any more."""
    for site in Site.objects.order_by("pk").values_list("pk", flat=True):
        sweep(site)
