"""What stands on Today of cases: by number and day; nothing is opened for it."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.asylum.models import Case
from posada.asylum.queries.due import accounts_held_by_nobody, handed_to, held_by_nobody, to_remind
from posada.asylum.queries.guides import waiting_for
from posada.ground import clock
from posada.ui.parts import Act as Press
from posada.ui.parts import Badge, Task

MOST = 8


def reminders(actor: Actor) -> list[Task]:
    """A lawyer's cases with a day that is near or has passed; then those just handed to them."""
    if not actor.may(Act.SEE_CASES):
        return []
    near = to_remind(actor)
    tasks = [_reminder(case) for case in near[:MOST]]
    if len(near) > MOST:
        tasks.append(
            Task(
                title=_("More days are near or have passed"),
                line=_("%(count)d cases more stand on the list") % {"count": len(near) - MOST},
                badge=Badge(_("due"), "wait"),
                act=Press(_("Open the list"), reverse("asylum:due"), look="main"),
            )
        )
    return tasks + [_handed(case) for case in handed_to(actor)[:MOST] if case not in near]


def _reminder(case: Case) -> Task:
    day, today = case.next_on or case.opened_on, clock.today()
    words = {"number": case.number, "day": date_format(day, "DATE_FORMAT")}
    if day < today:
        title, badge = _("A day of a case has passed: say why, with legal aid"), Badge(_("late"), "danger")
    elif day == today:
        title, badge = _("Today is the day of a case"), Badge(_("today"), "danger")
    else:
        title, badge = _("A day of a case is near"), Badge(_("due"), "wait")
    line = _("Case %(number)d · %(day)s") % words
    return Task(title, line, badge, Press(_("Open"), reverse("asylum:case", args=[case.number]), look="main"))


def _handed(case: Case) -> Task:
    return Task(
        title=_("A case was handed to you: look at its days"),
        line=_("Case %(number)d") % {"number": case.number},
        badge=Badge(_("case"), "note"),
        act=Press(_("Open"), reverse("asylum:case", args=[case.number]), look="main"),
    )


def without_lawyer(actor: Actor) -> list[Task]:
    """For whoever entrusts: open cases that nobody holds, the first day first."""
    if not (actor.may(Act.ENTRUST) and actor.may(Act.HAND_CASE)):
        return []
    return [
        Task(
            title=_("A case is held by no lawyer: its days run on"),
            line=_("Case %(number)d · %(day)s")
            % {"number": case.number, "day": date_format(case.next_on, "DATE_FORMAT") if case.next_on else "—"},
            badge=Badge(_("entrust"), "danger"),
            act=Press(_("Hand the case over"), reverse("asylum:hand_over", args=[case.number]), look="main"),
        )
        for case in held_by_nobody(actor)[:MOST]
    ] + [
        Task(
            title=_("An account of no case is held by no lawyer"),
            line=_("Its case is erased, and whoever held it holds it no more"),
            badge=Badge(_("entrust"), "wait"),
            act=Press(_("Hand the account over"), reverse("asylum:hand_account", args=[row.pk]), look="main"),
        )
        for row in accounts_held_by_nobody(actor)[:MOST]
    ]


def guide_changes(actor: Actor) -> list[Task]:
    """For whoever takes them on: changes of a guide that somebody else proposed."""
    if not actor.may(Act.TAKE_ON_GUIDE):
        return []
    return [
        Task(
            title=_("A change of a guide waits for your decision"),
            line=_("%(country)s, %(rule)s · proposed on %(day)s")
            % {"country": row.country, "rule": row.rule, "day": date_format(row.proposed_on, "DATE_FORMAT")},
            badge=Badge(_("guide"), "wait"),
            act=Press(_("Look at it"), reverse("asylum:guide_change", args=[row.pk]), look="main"),
        )
        for row in waiting_for(actor)[:MOST]
    ]
