"""What waits for whoever receives arrivals, beside the bed: children alone, the things of the first night."""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.ground import clock
from posada.people import queries as people
from posada.shelter.models import ChildAlone, ChildException
from posada.shelter.queries.nights import missing_tonight
from posada.shelter.rules.children import authority_of, tell_by
from posada.ui.parts import Act as Press
from posada.ui.parts import Badge, Task

MOST_CHILDREN = 20


def children_alone(actor: Actor) -> list[Task]:
    """Children among unrelated adults by an exception, and children of whom the authority was not told: by number."""
    return [*_by_exception(actor), *_untold(actor)]


def _by_exception(actor: Actor) -> list[Task]:
    """Each exception that nobody ended, for those who may give a better bed; past its day it is the more urgent."""
    if not actor.may(Act.ASSIGN_BED):
        return []
    rows = ChildException.objects.visible_to(actor).open().select_related("person", "room")
    return [
        Task(
            title=_("A child sleeps among unrelated adults, by exception"),
            line=_("Number %(number)d · %(room)s · until %(day)s. Two adults watch; look for a better bed.")
            % {"number": row.person.number, "room": row.room.name, "day": date_format(row.until_on)},
            badge=Badge(_("exception"), "danger" if row.until_on < clock.today() else "wait"),
            act=Press(_("Open"), reverse("shelter:exception", args=[row.person.number]), look="main"),
        )
        for row in rows.order_by("until_on", "person__number")[:MOST_CHILDREN]
    ]


def _untold(actor: Actor) -> list[Task]:
    authority = authority_of(settings.SITE.country)
    rows = ChildAlone.objects.visible_to(actor).untold().select_related("person").order_by("since", "person__number")
    return [
        Task(
            title=_("Tell the authority of a child alone"),
            line=_("Number %(number)d, by %(day)s.")
            % {"number": row.person.number, "day": date_format(tell_by(row.since, authority))},
            badge=Badge(_("child"), "danger" if tell_by(row.since, authority) <= clock.today() else "wait"),
            act=Press(_("Open"), reverse("shelter:child", args=[row.person.number]), look="main"),
        )
        for row in rows[:MOST_CHILDREN]
        if people.may(actor, Act.CARE_CHILD, row.person)
    ]


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
