"""The clock at unlock, while the house runs, and when somebody says that it is right now."""

import os
from collections.abc import Callable

import click
from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from posada.accounts import queries
from posada.audit import services as audit
from posada.audit.models import AuditEntry
from posada.ground import clock
from posada.vault import clocks, site

BEHIND = "vault.clock_behind"
ACCEPTED = "vault.clock_accepted"


def last_written() -> float:
    """When the newest entry of the audit was written, since the clock was last accepted."""
    accepted = AuditEntry.objects.filter(act=ACCEPTED).order_by("-sequence").values_list("sequence", flat=True).first()
    newest = AuditEntry.objects.filter(sequence__gte=accepted or 0).aggregate(newest=Max("at"))["newest"]
    return newest.timestamp() if newest else 0.0


def check(_report: Callable[[int, int], None]) -> None:
    """Boot step: a clock set back is written down and shown. It opens all the same: a battery that is empty must not
    close a house at night. A demonstration has a clock of its own.
    """
    if settings.SITE.demonstration:
        return
    clocks.note(last_written())
    if clocks.seconds_behind():
        audit.write(audit.Event(act=BEHIND, role="system", site=queries.the_site().pk))


def accept() -> None:
    """`posada clock accept`: the clock was ahead before and is right now."""
    audit.write(audit.Event(act=ACCEPTED, role="system", site=queries.the_site().pk))
    clocks.forget()
    folder = site.current_folder()
    now = clock.real_seconds()
    for path in folder.root.iterdir():
        if path.is_file() and path.stat().st_mtime > now:
            os.utime(path, (now, now))
    click.echo(_("From now on this clock counts as right. A house that is running learns it at its next unlock."))
