"""What waits for the auditor: days of reading that are worth a question, access that nobody reviewed this quarter."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.ground import clock
from posada.oversight.queries import access, unusual
from posada.ui.parts import Act as Press
from posada.ui.parts import Badge, Task

_A_WEEK = timedelta(days=6)


def tasks_for(actor: Actor) -> list[Task]:
    """The auditor's lines; none for anybody else."""
    tasks = []
    if actor.may(Act.READ_TRAIL):
        found = len(unusual.unusual_days(actor.site, since=clock.today() - _A_WEEK))
        if found:
            text = ngettext(
                "%(n)d day of reading is worth a question", "%(n)d days of reading are worth a question", found
            )
            tasks.append(
                _task(text % {"n": found}, _("In the last seven days, with the figures."), "oversight:unusual")
            )
    if actor.may(Act.REVIEW_ACCESS):
        due = access.due_for_review(actor.site)
        if due:
            text = ngettext("%(n)d review of access is due", "%(n)d reviews of access are due", due)
            tasks.append(_task(text % {"n": due}, _("Who holds which roles and files."), "oversight:access"))
    return tasks


def _task(title: str, line: str, name: str) -> Task:
    return Task(
        title=title, line=line, badge=Badge(_("audit"), "note"), act=Press(_("Look"), reverse(name), look="main")
    )
