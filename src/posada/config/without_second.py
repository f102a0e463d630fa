"""What this house does when nobody agrees to a list in, a list out or a match: it waits a day, or it refuses."""

import click
from django.db import transaction
from django.utils.translation import gettext as _

from posada.accounts import queries
from posada.accounts.approvals.rules import WithoutSecond
from posada.audit import services as audit

ACT = "accounts.without_second"


def is_looser(*, wanted: str) -> bool:
    """Whether this would let pass what is refused now: then it takes two."""
    held = WithoutSecond(queries.the_site().without_second)
    return held is WithoutSecond.REFUSE and wanted == WithoutSecond.WAIT


def set_to(*, wanted: str) -> None:
    """Set it and write it down, in one transaction."""
    word = WithoutSecond(wanted)
    with transaction.atomic():
        house = queries.the_site()
        house.without_second = word.value
        house.save(update_fields=["without_second"])
        audit.write(audit.Event(act=ACT, role="system", site=house.pk, reason=word.value))
    if word is WithoutSecond.WAIT:
        click.echo(_("When nobody agrees, a list or a match waits 24 hours, during which anybody asked may stop it."))
    else:
        click.echo(_("When nobody agrees, a list or a match stays refused."))
