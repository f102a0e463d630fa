"""On Today: requests about one's own data, what is hidden, what is kept longer than its time, the backup."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.people.queries import doubles
from posada.people.services import claims
from posada.people.views.claims import row_of
from posada.records import erasing, retention, safekeeping
from posada.ui.parts import Act as Press
from posada.ui.parts import Badge, Task

MOST_OF_A_KIND = 8


def tasks_for(actor: Actor) -> list[Task]:
    """What of these waits for this user. No file is opened for it."""
    tasks = _claims(actor)
    if actor.may(Act.SEE_DOUBLES):
        tasks += _doubles(actor)
    if actor.may(Act.CONFIRM_ERASURE):
        tasks += _erasures(actor)
    if actor.may(Act.REVIEW_RETENTION):
        tasks += _past(actor)
    return tasks


def _claims(actor: Actor) -> list[Task]:
    """Requests of persons about their own data, by number, with the working days that are left."""
    return [
        Task(
            title=str(row.claim.get_kind_display()),
            line=_("Number %(number)d · to be answered by %(day)s")
            % {
                "number": row.claim.person.number if row.claim.person else 0,
                "day": date_format(row.claim.due_on, "MONTH_DAY_FORMAT"),
            },
            badge=row.badge,
            act=Press(_("Open"), reverse("people:claim", args=[row.claim.pk]), look="main"),
        )
        for row in map(row_of, claims.claims_of(actor)[:MOST_OF_A_KIND])
    ]


def _doubles(actor: Actor) -> list[Task]:
    """How many pairs of files may be one person's: those that this user may decide."""
    count = sum(doubles.may_decide(actor, row.first, row.second) for row in doubles.pairs_waiting(actor))
    if not count:
        return []
    title = ngettext(
        "%(count)d pair of files may be one person", "%(count)d pairs of files may be one person each", count
    )
    line = _("Compare them side by side: the same, two persons, or not yet.")
    press = Press(_("Compare"), reverse("people:pairs"), look="main")
    return [Task(title % {"count": count}, line, Badge(_("double?"), "note"), press)]


def _erasures(actor: Actor) -> list[Task]:
    """What is hidden and waits to be erased or shown again."""
    count = len(erasing.waiting(actor))
    if not count:
        return []
    title = ngettext("%(count)d file is hidden, to be erased", "%(count)d files are hidden, to be erased", count)
    line = _("Somebody asked for it. You and a second person erase it, or you show it again.")
    press = Press(_("Look and decide"), reverse("people:erasures"), look="main")
    return [Task(title % {"count": count}, line, Badge(_("hidden"), "wait"), press)]


def _past(actor: Actor) -> list[Task]:
    """What is kept longer than the table says."""
    count = len(retention.to_review(actor))
    if not count:
        return []
    title = ngettext(
        "%(count)d file is kept longer than its time", "%(count)d files are kept longer than their time", count
    )
    line = _("Nothing is erased by itself. Keep it with a reason, or hide it to be erased.")
    press = Press(_("Look and decide"), reverse("people:retention"), look="main")
    return [Task(title % {"count": count}, line, Badge(_("review"), "note"), press)]


def backup(_actor: Actor) -> list[Task]:
    """A backup that is old, or a file that looks damaged."""
    damaged = safekeeping.book().warning
    if not damaged and not safekeeping.is_old():
        return []
    return [
        Task(
            title=_("A file of the house looks damaged") if damaged else safekeeping.age_line(),
            line=damaged or _("What is lost now would be lost for good."),
            badge=Badge(_("backup"), "danger"),
            act=Press(_("Look"), reverse("desk:backup"), look="main"),
        )
    ]
