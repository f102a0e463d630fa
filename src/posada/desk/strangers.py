"""What waits because of the two doors to strangers: pages that were opened, enquiries to read, a flooded door."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.family.models import PageState
from posada.family.queries.enquiries import enquiries_unread, knocks_too_many
from posada.family.queries.pages import pages_to_look_at
from posada.ui.parts import Act as Press
from posada.ui.parts import Badge, Task

_MOST = 8


def tasks_for(actor: Actor) -> list[Task]:
    """By number and count; nobody's record is opened for it."""
    tasks = _pages(actor) if actor.may(Act.OPEN_PAGE) else []
    if unread := enquiries_unread(actor):
        tasks.append(_unread(unread))
    if actor.may(Act.SEE_ALARMS) and (knocks := sum(knocks_too_many(actor.site).values())):
        tasks.append(_flooded(knocks))
    return tasks


def _pages(actor: Actor) -> list[Task]:
    words = {
        PageState.OPENED: (_("A page for a relative was opened"), Badge(_("page"), "good")),
        PageState.TRIES: (_("A page for a relative was closed after five wrong words"), Badge(_("page"), "danger")),
    }
    return [
        Task(
            title=words[PageState(page.state)][0],
            line=_("Resident %(number)d") % {"number": page.card.resident.number},
            badge=words[PageState(page.state)][1],
            act=Press(_("Look at it"), reverse("family:relative_page", args=[page.pk]), look="main"),
        )
        for page in pages_to_look_at(actor)[:_MOST]
    ]


def _unread(unread: int) -> Task:
    title = ngettext("%(count)d enquiry from outside to read", "%(count)d enquiries from outside to read", unread)
    return Task(
        title=title % {"count": unread},
        line=_("Nobody is looked for until you open a request."),
        badge=Badge(_("enquiry"), "wait"),
        act=Press(_("Read"), reverse("family:enquiries"), look="main"),
    )


def _flooded(knocks: int) -> Task:
    title = ngettext(
        "%(count)d knock too many by strangers today", "%(count)d knocks too many by strangers today", knocks
    )
    return Task(
        title=title % {"count": knocks},
        line=_("Nothing was looked at or kept of them. Somebody may be trying codes, or flooding the form."),
        badge=Badge(_("alarm"), "danger"),
        act=Press(_("Look at it"), reverse("desk:alarms"), look="main"),
    )
