"""The card of somebody: a number that means nothing, with its check digit. Each printing is written down."""

import uuid

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require
from posada.people.models import Person
from posada.people.queries import may, members_of
from posada.people.services.presence import require_here
from posada.records import once as sent_forms
from posada.records import services


def show_cards(*, by: Actor, person: Person, whole: bool = False) -> list[Person]:
    """Whose cards are printed: this person's, or those of the whole household as far as the actor may read them."""
    require(by, Act.REGISTER, person.subject)
    require_here(person, Act.REGISTER)
    others = members_of(person.household) if whole else []
    shown = [person, *(one for one in others if one.pk != person.pk and may(by, Act.READ_IDENTITY, one))]
    with transaction.atomic():
        for one in shown:
            services.note(by, Act.REGISTER, one.subject, reason="card_printed")
    return shown


def note_lost_card(*, by: Actor, person: Person, once: uuid.UUID | None = None) -> None:
    """A card was lost: the same number is printed again, for everything in the house stands under it."""
    require_here(person, Act.REGISTER)
    with transaction.atomic():
        sent_forms.claim(once, person.pk)
        services.note(by, Act.REGISTER, person.subject, reason="card_lost")
