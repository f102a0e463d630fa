"""What the permission matrix is tried on, of erasing, keeping and requests about one's own data."""

from dataclasses import dataclass
from datetime import timedelta

from posada.accounts.permissions import Actor
from posada.family import services as family
from posada.family.models import ImportedNote, PersonNote
from posada.ground import clock
from posada.people import services as people
from posada.people.models import Identity, Person, PersonClaim
from posada.people.services import claims
from posada.records import erasing
from posada.records.models import Erasure, What, Why


@dataclass(frozen=True, slots=True)
class Asked:
    """A note, a second one that is hidden, a request about one's own data, and somebody kept beyond their time."""

    note: ImportedNote
    erasure: Erasure
    claim: PersonClaim
    old: Person


def ask(by: Actor, person: Person, canary: str, word: str) -> Asked:
    """All of it for one person."""
    notes = [
        family.import_note(by=by, person=person, content=PersonNote(text=f"{canary}{one}"), external_id=f"{word}{one}")
        for one in ("Vista", "Oculta")
    ]
    shown, hidden = (note for note in notes if note is not None)
    erasure = erasing.hide(by=by, subject=person.subject, what=What.NOTE, why=Why.MISTAKE, record=hidden.record_id)
    claim = claims.take_claim(
        by=by, person=person, kind=PersonClaim.Kind.ACCESS, asked=f"{canary}Palabras", received_on=clock.today()
    )
    old = people.register_listed(by=by, identity=Identity(full_name=f"{canary}Vieja {word}"))
    Person.objects.filter(pk=old.pk).update(registered_on=clock.today() - timedelta(days=900))
    return Asked(shown, erasure, claim, old)
