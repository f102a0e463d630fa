"""Referrals whose day to ask again has come: by number, of those entrusted to this caseworker."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from posada.accounts.permissions import Actor
from posada.shelter.services.referring import to_follow_up
from posada.ui.parts import Act as Press
from posada.ui.parts import Badge, Task


def tasks_for(actor: Actor) -> list[Task]:
    """One line each; what was told is not opened for it."""
    return [
        Task(
            title=_("Ask what became of a referral"),
            line=_("Referral %(number)d, since %(day)s")
            % {"number": row.number, "day": date_format(row.follow_up_on or row.asked_on, "MONTH_DAY_FORMAT")},
            badge=Badge(_("referral"), "wait"),
            act=Press(_("Open"), reverse("shelter:need_referral", args=[row.number]), look="main"),
        )
        for row in to_follow_up(actor)
    ]
