"""What waits for whoever receives arrivals, beside the bed: the things of the first night."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posada.accounts.permissions import Actor
from posada.shelter.queries.nights import missing_tonight
from posada.ui.parts import Act as Press
from posada.ui.parts import Badge, Task


def first_nights(actor: Actor) -> list[Task]:
    """Arrivals of this night who lack something besides a bed: how many, and the first number."""
    rows = [row for row in missing_tonight(actor) if row.missing]
    if not rows:
        return []
    title = ngettext(
        "%(count)d arrival lacks something for the first night",
        "%(count)d arrivals lack something for the first night",
        len(rows),
    )
    return [
        Task(
            title=title % {"count": len(rows)},
            line=_("Clothes, shoes, hygiene, charger, a meal. First: number %(number)d.")
            % {"number": rows[0].person.number},
            badge=Badge(_("first night"), "wait"),
            act=Press(_("Open the list"), reverse("shelter:first_nights"), look="main"),
        )
    ]
