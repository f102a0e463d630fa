"""What waits on paper: documents that end soon, and printed lists that are to be destroyed."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from posada.accounts.permissions import Actor
from posada.people.services import documents
from posada.shelter.forms.lists import KIND_WORDS as LIST_WORDS
from posada.shelter.rules.lists import ListKind
from posada.shelter.services import lists
from posada.ui.parts import Act as Press
from posada.ui.parts import Badge, Task

MOST_OF_A_KIND = 8


def documents_ending(actor: Actor) -> list[Task]:
    """Of whom a document ends soon, by number alone."""
    return [
        Task(
            title=_("A document of number %(number)d ends soon") % {"number": number},
            line=_("See with the person what can be done before it does."),
            badge=Badge(_("document"), "wait"),
            act=Press(_("Look"), reverse("people:documents", args=[number]), look="main"),
        )
        for number in documents.ending(actor)[:MOST_OF_A_KIND]
    ]


def printed_lists(actor: Actor) -> list[Task]:
    """Lists printed on an earlier day: they say who is here, so nobody is let off saying what became of them."""
    return [
        Task(
            title=_("Was this list destroyed? %(list)s") % {"list": LIST_WORDS[ListKind(row.kind)]},
            line=_("Made on %(day)s. How many copies were there, and what became of them?")
            % {"day": date_format(row.printed_on, "DATE_FORMAT")},
            badge=Badge(_("on paper"), "wait"),
            act=Press(_("Say it"), reverse("shelter:account", args=[row.pk]), look="main"),
        )
        for row in lists.asked_this_morning(actor)[:MOST_OF_A_KIND]
    ]
