"""What lists know of an erased person: the HMACs of their rows stay, without the person and without what they said."""

from posada.interop.models import ExternalId
from posada.interop.services.quarantined import take_out
from posada.records.erasing import Gone, Left, Room


def _remove(gone: Gone) -> Left:
    """`person_erased` is what a later file hears of such a row (persons.PersonTaker)."""
    take_out(gone)
    ExternalId.objects.filter(person__in=gone.subjects).update(person=None, digest="", expires_on=None)
    return Left()


ROOM = Room(remove=_remove)
