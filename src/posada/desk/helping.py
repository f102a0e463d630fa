"""What stands on Today for who helps in the kitchen, at the store or at the showers: the places to hand things out."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.shelter.forms.checkpoints import KIND_WORDS
from posada.shelter.models import CheckKind
from posada.shelter.queries.checkpoints import checkpoints
from posada.ui.parts import Act as Press
from posada.ui.parts import Badge, Task


def only_helps(actor: Actor) -> bool:
    """Whether this user hands things out and does nothing else in the house."""
    return actor.may(Act.CHECK_OFF) and not actor.may(Act.SEE_HOUSE)


def tasks_for(actor: Actor) -> list[Task]:
    """Each open checkpoint with its count of today, and the kitchen. Nobody's number stands here."""
    if not only_helps(actor):
        return []
    points = [
        Task(
            title=row.checkpoint.name,
            line=ngettext("%(count)d today", "%(count)d today", row.today) % {"count": row.today},
            badge=Badge(str(KIND_WORDS[CheckKind(row.checkpoint.kind)]), "neutral"),
            act=Press(_("Open"), reverse("shelter:checkpoint", args=[row.checkpoint.pk]), look="main"),
        )
        for row in checkpoints(actor)
    ]
    kitchen = Task(
        title=_("Kitchen, tonight"),
        line=_("For how many is cooked: counts alone"),
        badge=Badge(_("kitchen"), "neutral"),
        act=Press(_("Open"), reverse("shelter:kitchen"), look="main"),
    )
    return [*points, kitchen]
