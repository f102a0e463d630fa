"""Referrals begun at the door, and those whose day to ask again has come: by number."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.people import queries as people
from posada.shelter.models import NeedReferral
from posada.shelter.services.referring import begun_referrals, to_follow_up
from posada.ui.parts import Act as Press
from posada.ui.parts import Badge, Task

MOST_BEGUN = 8


def begun(actor: Actor) -> list[Task]:
    """Referrals begun at the door, for all who stand there; who accompanies the person goes on with it."""
    return [
        Task(
            title=_("A referral was begun at the door"),
            line=_("Number %(number)d, since %(day)s. Nothing is told before their yes.")
            % {"number": row.person.number, "day": date_format(row.asked_on, "MONTH_DAY_FORMAT")},
            badge=Badge(_("referral"), "danger"),
            act=Press(_("Open"), _where(actor, row), look="main"),
        )
        for row in begun_referrals(actor)[:MOST_BEGUN]
    ]


def _where(actor: Actor, row: NeedReferral) -> str:
    if people.may(actor, Act.REFER, row.person):
        return reverse("shelter:need_referral", args=[row.number])
    return reverse("desk:person", args=[row.person.number])


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
