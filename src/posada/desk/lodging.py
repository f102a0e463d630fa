"""What waits about tonight and going on: beds that may soon be freed, notices, other sites' answers, bags.

By number alone. Nothing of it happens by itself on any day.
"""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.ground import clock
from posada.people import queries as people
from posada.shelter.queries import onward
from posada.shelter.queries import tonight as shelter
from posada.ui.parts import Act as Press
from posada.ui.parts import Badge, Task

MOST_OF_A_KIND = 8


def tasks_for(actor: Actor) -> list[Task]:
    """Everything of it that this user may do something about."""
    tasks = _not_back(actor) if actor.may(Act.CALL_ROLL) else []
    if actor.may(Act.GIVE_NOTICE):
        tasks += _notices(actor)
    if actor.may(Act.ANSWER_MOVE):
        tasks += _moves(actor)
    return tasks + (_bags(actor) if actor.may(Act.ASSIGN_BED) else [])


def _not_back(actor: Actor) -> list[Task]:
    """Whose bed may be freed tomorrow, or now: never before it stood here for a day."""
    may_free = actor.may(Act.ASSIGN_BED)
    tasks = []
    for line in [line for line in shelter.away_lines(actor) if line.is_told][:MOST_OF_A_KIND]:
        since = date_format(line.since, "MONTH_DAY_FORMAT")
        page = reverse("shelter:free_bed", args=[line.number]) if may_free else reverse("shelter:tonight")
        day = _("the bed may be freed from %(day)s") % {"day": date_format(line.frees_on, "MONTH_DAY_FORMAT")}
        state = _("the bed may be freed") if line.may_free else day
        said = _("Number %(number)d · missing since %(since)s · %(state)s")
        words = said % {"number": line.number, "since": since, "state": state}
        press = Press(_("Look"), page, look="main")
        tasks.append(Task(_("Somebody has not come back"), words, Badge(_("missing"), "wait"), press))
    return tasks


def _notices(actor: Actor) -> list[Task]:
    """Notices whose date comes near or has passed: nobody loses a bed by it."""
    rows = [row for row in onward.notices_near(actor) if people.may(actor, Act.GIVE_NOTICE, row.person)]
    return [
        Task(
            title=_("A notice to leave: its date has passed; nothing happened by itself")
            if row.leave_by < clock.today()
            else _("A notice to leave: legal aid and a bed elsewhere, before its date"),
            line=_("Number %(number)d · by %(day)s")
            % {"number": row.person.number, "day": date_format(row.leave_by, "DATE_FORMAT")},
            badge=Badge(_("notice"), "wait"),
            act=Press(_("Open"), reverse("shelter:notice", args=[row.person.number]), look="main"),
        )
        for row in rows[:MOST_OF_A_KIND]
    ]


def _moves(actor: Actor) -> list[Task]:
    asked, accepted = onward.moves_waiting(actor)
    page = Press(_("Open the list"), reverse("shelter:moves"), look="main")
    tasks = []
    if asked:
        title = ngettext("%(count)d bed is asked of another site", "%(count)d beds are asked of other sites", asked)
        line = _("Without an answer yet. Write down what they say.")
        tasks.append(Task(title % {"count": asked}, line, Badge(_("no answer yet"), "note"), page))
    if accepted:
        title = ngettext(
            "%(count)d person may go to another site", "%(count)d persons may go to another site", accepted
        )
        line = _("The other site said yes. See to what goes along.")
        tasks.append(Task(title % {"count": accepted}, line, Badge(_("accepted"), "good"), page))
    return tasks


def _bags(actor: Actor) -> list[Task]:
    count = sum(bag.until_on < clock.today() for bag in shelter.belongings_kept(actor))
    if not count:
        return []
    title = ngettext("%(count)d bag is past its day", "%(count)d bags are past their day", count) % {"count": count}
    line = _("Decide together what becomes of it. Nothing is thrown away by itself.")
    press = Press(_("Look"), reverse("shelter:tonight"), look="main")
    return [Task(title, line, Badge(_("belongings"), "note"), press)]
