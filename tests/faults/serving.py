"""A house of invented adults, half of whom once served in a force and told nobody: made through the product's services.

Nothing that anybody does depends on it, unless a flaw is asked for: then a guess must succeed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from random import Random

from tools.demo.names import Names

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.family import services as family
from posada.family.models import Channel, Enquirer, How, Relative, Separation, Sought, TracingRequest
from posada.family.rules.kinship import Relation
from posada.ground import clock
from posada.people import services as people
from posada.people.models import (
    Answer,
    Consent,
    ConsentPurpose,
    Household,
    HouseholdRelation,
    Identity,
    Paper,
    Person,
    PersonClaim,
    Sex,
)
from posada.people.rules.emergency import EmergencySheet
from posada.people.rules.papers import PaperKind, scan_type
from posada.people.services import claims
from posada.records import services as records
from posada.shelter import queries as shelter_queries
from posada.shelter import services as shelter
from posada.shelter.models import Bed, Item
from posada.shelter.rules.nights import SIZES
from posada.shelter.services import nights
from posada.shelter.services.nights import Gift
from posada.vault import keyring

ROOMS = ("Araguaney", "Bucare", "Apamate", "Ceiba", "Samán", "Guayacán", "Cují", "Jabillo")
SIGNS = ("Cicatriz en la mano izquierda.", "Lleva anteojos.", "Cojea un poco.", "Trenza larga.", "Habla muy bajo.")
ALLERGIES = ("penicilina", "maní", "polvo", "")
APART = "Caoba"  # the last room of the board, with room for half of a small house
ROOM_BEDS = 20
DAYS = 4


class Flaw(StrEnum):
    """What a careless house would do with those who served."""

    NONE = ""
    ONE_ROOM = "all in one room"
    A_WORD = "a word in the call-name"


@dataclass
class Adult:
    """Somebody who is here, and what is known of them to nobody."""

    person: Person
    served: bool
    identity: Identity
    request: TracingRequest | None = None
    cards: list[str] = field(default_factory=list)

    @property
    def pseudonym(self) -> str:
        """How the audit calls them."""
        return keyring.pseudonym(self.person.pk)


@dataclass
class House:
    """Who acts, and how a world is drawn."""

    desk: Actor
    caseworker: Actor
    house: Actor
    rng: Random
    flaw: Flaw
    set_day: Callable[[timedelta], None]
    adults: list[Adult] = field(default_factory=list)

    def fill(self, count: int) -> list[Adult]:
        """So many adults, who come over some days, alone or in twos."""
        self.names = Names(self.rng)
        for number in range(count // ROOM_BEDS + 4):
            name = f"{ROOMS[number % len(ROOMS)]} {number // len(ROOMS) + 1}"
            shelter.make_room(by=self.house, name=name, beds=ROOM_BEDS)
        shelter.make_room(by=self.house, name=APART, beds=60)
        half = [True, False] * (count // 2)
        self.rng.shuffle(half)
        household: Household | None = None
        for number, served in enumerate(half):
            day, yesterday = number * DAYS // count, (number - 1) * DAYS // count
            self.set_day(timedelta(days=day))
            # Now and then with somebody who came just before, on the same day.
            follows = household is not None and day == yesterday and self._by_chance(0.4)
            household = household if follows else people.new_household(by=self.house)
            self._arrives(served, household, follows=follows)
        return self.adults

    def _arrives(self, served: bool, household: Household | None, *, follows: bool) -> None:
        identity = self._identity(served, follows=follows)
        person = people.register_person(
            by=self.desk,
            identity=identity,
            phone=self.names.phone("VE") if self._by_chance(0.6) else "",
            consents=self._consents(),
            household=household,
        )
        adult = Adult(person, served, identity)
        self.adults.append(adult)
        self._lodge(adult)
        self._first_night(adult)
        people.take_on(by=self.caseworker, person=person)
        self._family(adult)
        self._kept(adult)

    def _first_night(self, adult: Adult) -> None:
        """Whoever comes is given clothes, or needs none; so with the rest. It depends on nothing but what they lack."""
        drawn = Random(len(self.adults))  # noqa: S311 - invented people; a draw of its own, beside the house's
        gifts = [
            Gift(adult.person, item, drawn.choice(SIZES.get(item, ("",))), left_store=drawn.random() < 0.6)
            for item in Item
            if drawn.random() < 0.8
        ]
        nights.see_to(by=self.desk, gifts=gifts)

    def _by_chance(self, share: float) -> bool:
        return self.rng.random() < share

    def _identity(self, served: bool, *, follows: bool) -> Identity:
        sex = self.rng.choice(("female", "male"))
        year = self.rng.randint(1955, 2000)
        surnames = self.names.surnames()
        given = self.names.given_with(surnames, "female" if sex == "female" else "male", year)
        called = given.split()[0] if self._by_chance(0.5) else ""
        if served and self.flaw is Flaw.A_WORD:
            called = f"{called or given} reserva"
        return Identity(
            given_names=given,
            surnames=surnames,
            call_name=called,
            sex=Sex(sex),
            birth=str(year) if self._by_chance(0.7) else "",
            origin=self.names.place().text,
            mother=self.names.given("female", year - 25) if self._by_chance(0.4) else "",
            nationalities="Venezuela",
            languages="español",
            description=self.rng.choice(SIGNS) if self._by_chance(0.4) else "",
            arrived_on=clock.today(),
            household_relation=HouseholdRelation.PARTNER if follows else HouseholdRelation.HEAD,
        )

    def _consents(self) -> list[Consent]:
        answers = (Answer.YES, Answer.YES, Answer.NO, Answer.NOT_ASKED)
        drawn = [(purpose, self.rng.choice(answers)) for purpose in ConsentPurpose]
        return [
            Consent(purpose=purpose, answer=answer, on=clock.today(), how="spoken", language="es")
            for purpose, answer in drawn
            if answer is not Answer.NOT_ASKED
        ]

    def _lodge(self, adult: Adult) -> None:
        """The next free bed of the board, as a desk gives it; now and then somebody wants another."""
        free: list[Bed] = list(shelter_queries.free_beds(self.desk)[:6])
        bed = self.rng.choice(free) if self._by_chance(0.3) else free[0]
        if self.flaw is Flaw.ONE_ROOM:
            apart = Bed.objects.filter(room__site_id=self.desk.site, room__name=APART)
            wanted = shelter_queries.free_beds(self.desk).filter(pk__in=apart) if adult.served else None
            bed = wanted[0] if wanted else bed
        shelter.assign_bed(by=self.desk, person=adult.person, bed=bed)

    def _family(self, adult: Adult) -> None:
        for relation in (Relation.MOTHER, Relation.SIBLING):
            if self._by_chance(0.4):
                content = Relative(
                    who=self.names.given("female", 1970),
                    relation=relation,
                    last_channel=self.rng.choice(list(Channel)),
                    how=self.rng.choice(list(How)),
                    last_heard_at=clock.now() - timedelta(hours=self.rng.randint(1, 90)),
                    interval_hours=self.rng.choice((24, 48, None)),
                )
                card = family.add_relative(by=self.caseworker, person=adult.person, content=content)
                adult.cards.append(str(card.pk))
        if self._by_chance(0.4):
            adult.request = family.open_request(
                by=self.house,
                resident=adult.person,
                enquirer=Enquirer(name=adult.identity.shown_name, relationship=Relation.SIBLING),
                sought=Sought(given_names=self.names.given("male", 1980), surnames=self.names.surnames()),
                separation=Separation(on="2019-02-23", place=self.names.place().text),
            )

    def _kept(self, adult: Adult) -> None:
        if self._by_chance(0.5):
            sheet = EmergencySheet(call_name=adult.identity.call_name, allergies=self.rng.choice(ALLERGIES))
            people.write_sheet(by=self.caseworker, person=adult.person, sheet=sheet, expected=0)
        if self._by_chance(0.3):
            kind = self.rng.choice(list(PaperKind))
            scan = scan_type(kind)(kind=kind, title="Papel", pages=(b"",))
            record = records.seal_new(scan, subject=adult.person.pk, by=self.house, act=Act.ADD_PAPER)
            Paper.objects.create(person=adult.person, record=record, added_on=clock.today())
        if self._by_chance(0.1):
            claims.take_claim(
                by=self.caseworker,
                person=adult.person,
                kind=PersonClaim.Kind.ACCESS,
                asked="Quiere ver lo escrito.",
                received_on=clock.today(),
            )
