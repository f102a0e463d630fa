"""Run inside `plant`: words in everything that the reception and the house seal. It takes no words of its own.

They are given words that stand in a person's file already: found anywhere in clear, one counts just the same.
"""

from dataclasses import dataclass

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.ground import clock, ids
from posada.people.models import Identity, Person
from posada.people.services import registering
from posada.records import services as records
from posada.shelter.models import (
    ChildExceptionWords,
    ChildWords,
    DepartureWords,
    Destination,
    HandedInWords,
    InterpreterWords,
    MoveWords,
    ObjectKind,
    OrganisationWords,
    ReferralForNeed,
    VouchersHad,
)
from posada.shelter.models.vouchers import HadOfKind
from posada.shelter.rules.directory import OrganisationKind, SpokenBy
from posada.shelter.rules.vouchers import VoucherKind
from posada.shelter.services import directory, door


@dataclass(frozen=True)
class Hidden:
    """The words that are hidden again."""

    name: str
    phone: str
    story: str


def plant(by: Actor, person: Person, words: Hidden) -> None:
    """Everything that the house seals of one person, and of nobody."""
    _at_the_door(by, person, words)
    _of_the_stay(by, person, words)
    _of_the_house(by, words)


def _at_the_door(by: Actor, person: Person, words: Hidden) -> None:
    """A child who came alone, and who is kept apart from whom."""
    child = ChildWords(brought_by=words.name, present=(words.name, words.phone), says=words.story)
    told = door.open_child(by=by, person=person, words=child)
    door.note_told(by=by, child=told, to=words.name, how=words.story, reference=words.phone)
    excepted = ChildExceptionWords(words.story, words.name, (words.name, words.phone))
    records.seal_new(excepted, subject=person.pk, by=by, act=Act.ASSIGN_BED)
    other = registering.register_person(by=by, identity=Identity(given_names="N."))
    door.keep_apart(by=by, person=person, other=other, why=words.story)


def _of_the_stay(by: Actor, person: Person, words: Hidden) -> None:
    """Referred, moved on, left, vouchers had: sealed as their services seal them."""
    referral = ReferralForNeed(
        organisation=words.name, told=(words.story,), witness=words.name, on=clock.today(), answer=words.story
    )
    records.seal_new(referral, subject=person.pk, by=by, act=Act.REFER)
    records.seal_new(MoveWords(to=words.story), subject=person.pk, by=by, act=Act.MOVE_ON)
    left = DepartureWords(destination=Destination.RELATIVES)
    records.seal_new(left, subject=person.pk, by=by, act=Act.MOVE_ON)
    had = VouchersHad((HadOfKind(next(iter(VoucherKind)), 2),))
    records.seal_new(had, subject=person.pk, by=by, act=Act.GIVE_VOUCHER)


def _of_the_house(by: Actor, words: Hidden) -> None:
    """Who helps, who interprets, and what was handed to the authority."""
    helps = OrganisationWords(
        name=words.name, kind=next(iter(OrganisationKind)), helps=words.story, phone=words.phone, reached=words.story
    )
    speaks = InterpreterWords(name=words.name, language="guc", sex=next(iter(SpokenBy)), phone=words.phone)
    for entry in (helps, speaks):
        directory.keep_entry(by=by, words=entry)
    handed = HandedInWords(
        kind=ObjectKind.OTHER, on=clock.today(), authority=words.name, present=(1, 2), receipt=words.phone
    )
    records.seal_new(handed, subject=ids.new_id(), by=by, act=Act.HAND_IN_ARMS, is_listed=True)
