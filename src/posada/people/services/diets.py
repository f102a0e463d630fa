"""What somebody does not eat: written with the person, read by who writes it, and counted for the kitchen."""

import uuid
from collections.abc import Iterable

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require
from posada.people.models import Person
from posada.people.queries.files import record_of
from posada.people.rules.diets import Diet, Diets
from posada.people.services.presence import require_here
from posada.records import door, services
from posada.records import once as sent_forms
from posada.records.door import Reason
from posada.records.models import SealedRecord


def _record(person: Person) -> SealedRecord | None:
    return record_of(person, Diets.KIND)


def diets_of(*, by: Actor, person: Person) -> tuple[Diet, ...]:
    """What is cooked for somebody, for whoever may write it; written down if there is something to read."""
    require(by, Act.GIVE_FIRST_NIGHT, person.subject)
    held = _record(person)
    return door.open_record(held, Diets, by=by, reason=Reason.VIEW).diets if held else ()


def write_diets(*, by: Actor, person: Person, diets: Iterable[Diet], once: uuid.UUID | None = None) -> None:
    """What is cooked for somebody from now on; nothing chosen is an answer too."""
    require(by, Act.GIVE_FIRST_NIGHT, person.subject)
    require_here(person, Act.GIVE_FIRST_NIGHT)
    content = Diets(diets=tuple(sorted(set(diets))))
    with transaction.atomic():
        sent_forms.claim(once, person.pk)
        Person.objects.select_for_update().only("pk").get(pk=person.pk)
        held = _record(person)
        if held is None:
            services.seal_new(content, subject=person.pk, by=by, act=Act.GIVE_FIRST_NIGHT)
        else:
            services.revise(held, content, by=by, act=Act.GIVE_FIRST_NIGHT)
