"""A checkpoint that somebody passed, and a bag of the house, for the matrix of permissions."""

from dataclasses import dataclass

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.ground import clock, ids
from posada.people.models import Person
from posada.records import services as records
from posada.shelter.models import CheckKind, Checkpoint, CheckRule, HandedIn, HandedInWords, ObjectKind, VoucherSeries
from posada.shelter.services import checkpoints


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What is left of one person's passing by: the place; and a bag that has to do with nobody."""

    checkpoint: Checkpoint
    bag: HandedIn


def hand_out(by: Actor, person: Person, name: str, canary: str) -> HandedOut:
    """A place of this name at which the person had something today, and a bag handed to an authority."""
    place = checkpoints.keep(by=by, name=name, kind=CheckKind.KITS, rule=CheckRule.EVER)
    checkpoints.check_off(by=by, checkpoint=place, person=person)
    words = HandedInWords(kind=ObjectKind.CUTS, on=clock.today(), authority=f"{canary}Oficina", present=(0, 0))
    VoucherSeries.objects.get_or_create(site_id=by.site, kind="cash", amount=1, currency="COP", made_on=clock.today())
    row = ids.new_id()
    record = records.seal_new(words, subject=row, by=by, act=Act.HAND_IN_ARMS, is_listed=True)
    return HandedOut(place, HandedIn.objects.create(id=row, site_id=by.site, tag=place.pk, words=record))
