"""What waits to be decided, as lines of a list: numbers, why it stands there, for how long; no names."""

from django.urls import reverse
from django.utils.translation import gettext as _

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.family.models import ProposalState
from posada.family.queries.worklist import Row, work_list
from posada.family.rules.urgency import waits_in_words
from posada.ui.parts import Act as Press
from posada.ui.parts import Badge, Task

FIRST = 8


def first_tasks(actor: Actor) -> tuple[list[Task], int]:
    """The first of the list, and how many there are; nothing for who decides on no match."""
    rows = work_list(actor) if actor.may(Act.DECIDE_PROPOSAL) else []
    return [task_of(row) for row in rows[:FIRST]], len(rows)


def task_of(row: Row) -> Task:
    """One line: what may be the same, how likely, why it stands there, for how long. No names."""
    found = row.proposal
    title = (
        _("Request %(number)d: perhaps person %(person)d") % {"number": found.number, "person": found.person.number}
        if found.person is not None
        else _("Request %(number)d: perhaps it belongs to another") % {"number": found.number}
    )
    said = [*row.place.reasons, _("waits %(how_long)s") % {"how_long": waits_in_words(row.days)}]
    if row.asked_colleague:
        said.append(_("a colleague was asked"))
    if found.state == ProposalState.NOT_YET:
        said.append(_("somebody decided “not yet”"))
    return Task(
        title=title,
        line=" · ".join(said),
        badge=Badge(found.band_words, "good" if found.band == "very_likely" else "wait"),
        act=Press(_("Compare"), reverse("family:proposal", args=[found.pk])),
    )
