"""Fill a fresh site with the invented world, through the product's own services, on the days it tells of.

Run as a module with the folder as its one word; `serve` does.
"""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from django.db import transaction
from tools.demo import shapes
from tools.demo.seed_asylum import AsylumSeeder
from tools.demo.seed_family import FamilySeeder
from tools.demo.seed_house import HouseSeeder
from tools.demo.world import build_world

from posada.accounts import queries as accounts_queries
from posada.accounts import services as accounts
from posada.accounts.acts import Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, system_actor
from posada.config.making import make_whole
from posada.family import matching as family_matching
from posada.family import services as family
from posada.family.models import Channel, Enquirer, How, Relative, Separation, Sought, WatchCard
from posada.family.rules.kinship import Relation
from posada.family.rules.safe_hours import SafeHours, Span
from posada.ground import clock
from posada.people import matching as people_matching
from posada.people import services as people
from posada.people.models import (
    Answer,
    Consent,
    ConsentPurpose,
    Household,
    HouseholdRelation,
    Identity,
    Person,
    Sex,
)
from posada.records import changes, staff
from posada.shelter import services as shelter
from posada.shelter.models import Bed
from posada.shelter.rules.house import RoomRule
from posada.vault.folder import SiteFolder, SiteSettings
from posada.vault.router import KEYRING

STAFF = {
    Role.DESK: "Amaru",
    Role.CASEWORKER: "Beatriz",
    Role.TRACING_OFFICER: "Chidi",
    Role.LAWYER: "Dana",
    Role.SITE_MANAGER: "Elías",
    Role.AUDITOR: "Fátima",
    Role.HELPER: "Hernán",
}
NATIONALITY = {"VE": "Venezuela", "CO": "Colombia"}
BY_CHANNEL = {
    "voice": "por voz",
    "voice_note": "por nota de voz",
    "text": "por mensaje",
    "through_someone": "por medio de alguien",
    "": "",
}
LANGUAGE = {"spa": "español", "guc": "wayuunaiki"}
RESIDENTS_OF_THE_CASEWORKER = 9
LEFT, ITS_CLOCK = "VE", "America/Caracas"


@contextmanager
def _all_at_once() -> Iterator[None]:
    with transaction.atomic(using=KEYRING), transaction.atomic():
        yield


def _nothing(_done: int, _total: int) -> None:
    return


def _hours(said: str) -> SafeHours | None:
    """ "06:00-07:30" as hours by the clock of the country they stayed in."""
    if not said:
        return None
    begins, until = (time.fromisoformat(hour) for hour in said.split("-"))
    return SafeHours(ITS_CLOCK, (Span(begins, until),))


def _sought(sought: shapes.Sought, on: date) -> Sought:
    return Sought(
        given_names=sought.given_names,
        surnames=sought.surnames,
        other_names=sought.other_names,
        sex=Sex(sought.sex),
        birth=sought.birth,
        age=sought.age,
        age_on=on if sought.age is not None else None,
        origin=sought.origin,
        mother=sought.mother,
        father=sought.father,
    )


def _set_clock(moment: datetime) -> None:
    clock.start_at(moment, since=datetime.now(UTC))


class Seeder:
    """Carries the keys of the world over to what the services made of them."""

    def __init__(self, world: shapes.World, house: Site) -> None:
        self.world = world
        self.house = house
        self.system = system_actor(house.pk)
        self.persons: dict[str, Person] = {}
        self.households: dict[str, Household] = {}
        self.cards: dict[str, WatchCard] = {}
        self.users: dict[Role, User] = {}
        self.accompanied: list[Person] = []

    def fill(self) -> None:
        """Everything, in the order of the days."""
        self._staff()
        days = sorted({person.arrived_on for person in self.world.registered})
        with _all_at_once():
            _set_clock(datetime.combine(days[0], time(7), shapes.HOUSE_ZONE))
            self._rooms()
            for person in self.world.listed:
                self._listed(person)
            for day in days:
                _set_clock(datetime.combine(day, time(8), shapes.HOUSE_ZONE))
                for person in self.world.registered:
                    if person.arrived_on == day:
                        self._registered(person)
            self._gone_on()
            self._stays()
            self._relatives()
            self._requests()
            self._family_room()
        _set_clock(self.world.clock)
        people_matching.build(_nothing)
        family_matching.build(_nothing)
        with _all_at_once():
            self._house_room()
            _set_clock(self.world.clock)
            lawyer = self._actor(Role.LAWYER)
            AsylumSeeder(self.accompanied, users=self.users, lawyer=lawyer, set_clock=_set_clock).fill()
        _set_clock(self.world.clock)
        changes.catch_up()

    def _staff(self) -> None:
        for role, name in STAFF.items():
            password = f"{name} {self.house.code}"
            user = accounts.create_user(name=name, password=password, site=self.house, roles=frozenset({role}))
            staff.name_staff(user, name, site=self.house.pk)
            self.users[role] = user

    def _actor(self, role: Role) -> Actor:
        found = accounts_queries.actor_for(self.users[role])
        if found is None:
            raise RuntimeError("a member of staff has no role")
        return found

    def _rooms(self) -> None:
        for room in self.world.rooms:
            shelter.make_room(
                by=self.system,
                name=room.name,
                beds=room.beds,
                rule=RoomRule(room.rule),
                tenths_m2=room.tenths_m2,
            )

    def _identity(self, person: shapes.Person) -> Identity:
        return Identity(
            given_names=person.given_names,
            surnames=person.surnames,
            other_names=person.other_names,
            call_name=person.call_name,
            sex=Sex(person.sex),
            birth=person.birth,
            age=person.age,
            age_on=person.age_on,
            origin=person.origin,
            mother=person.mother,
            father=person.father,
            nationalities=", ".join(NATIONALITY.get(code, code) for code in person.nationalities),
            languages=", ".join(LANGUAGE.get(code, code) for code in person.languages),
            description=person.description,
            arrived_on=person.arrived_on,
            arrival_place=person.arrived_place,
            household_relation=HouseholdRelation(person.household_relation),
            list_name=person.listed_by,
        )

    def _registered(self, person: shapes.Person) -> None:
        household = None
        if person.household:
            household = self.households.get(person.household) or people.new_household(by=self.system)
            self.households[person.household] = household
        self.persons[person.key] = people.register_person(
            by=self._actor(Role.DESK),
            identity=self._identity(person),
            phone=person.phone,
            consents=self._consents(person),
            household=household,
        )

    def _consents(self, person: shapes.Person) -> list[Consent]:
        answers = {
            ConsentPurpose.BE_FOUND: person.consent.to_be_found,
            ConsentPurpose.SHARE_WITH_TRACING: person.consent.to_share_with_partners,
        }
        return [
            Consent(purpose=purpose, answer=Answer(answer), on=person.arrived_on, how="spoken", language="es")
            for purpose, answer in answers.items()
            if answer != "not_asked"
        ]

    def _listed(self, person: shapes.Person) -> None:
        self.persons[person.key] = people.register_listed(by=self.system, identity=self._identity(person))

    def _gone_on(self) -> None:
        """Those who have left again had a bed for as long as they were here."""
        bed = Bed.objects.order_by("number")[0]
        for person in self.world.registered:
            if not person.present:
                here = self.persons[person.key]
                shelter.assign_bed(by=self.system, person=here, bed=bed, from_on=person.arrived_on)
                shelter.leave(by=self.system, person=here)

    def _stays(self) -> None:
        names = {room.key: room.name for room in self.world.rooms}
        beds: dict[str, list[Bed]] = {
            room.key: list(Bed.objects.filter(room__name=names[room.key]).order_by("number"))
            for room in self.world.rooms
        }
        beside = {infant for infant, _mother in self.world.living.beside}
        for stay in self.world.stays:
            if stay.person in beside:
                continue
            _set_clock(datetime.combine(stay.since, time(18), shapes.HOUSE_ZONE))
            bed = beds[stay.room][stay.bed - 1]
            shelter.assign_bed(by=self.system, person=self.persons[stay.person], bed=bed)

    def _relatives(self) -> None:
        _set_clock(self.world.clock - timedelta(hours=14))
        held: list[Person] = []
        for card in self.world.relatives:
            resident = self.persons[card.of_person]
            content = Relative(
                who=card.who,
                relation=Relation(card.relation),
                last_heard_at=card.last_heard_at.astimezone(UTC) if card.last_heard_at else None,
                last_channel=Channel(card.channel),
                how=How(card.how),
                interval_hours=card.interval_hours,
                country=LEFT,
                hours=_hours(card.safe_hours),
                agreed_words=card.agreed_words,
                must_not_know=card.must_not_know,
                other_ways=card.other_ways,
                trusted=card.trusted,
            )
            self.cards[card.key] = family.add_relative(by=self.system, person=resident, content=content)
            if resident not in held:
                held.append(resident)
        caseworker = self.users[Role.CASEWORKER]
        self.accompanied = held[:RESIDENTS_OF_THE_CASEWORKER]
        for resident in self.accompanied:
            accounts.take_on(self._actor(Role.CASEWORKER), resident.subject)
            family.entrust_cards(resident)
        if not held:
            raise RuntimeError(f"user {caseworker.pk} has nobody to accompany")

    def _requests(self) -> None:
        for request in self.world.requests:
            _set_clock(datetime.combine(request.opened_on, time(16), shapes.HOUSE_ZONE))
            asks, parted = request.enquirer, request.separation
            resident = self.persons.get(asks.person) if asks.person else None
            opened = family.open_request(
                by=self.system,
                resident=resident,
                enquirer=Enquirer(
                    name=asks.name,
                    relationship=Relation(asks.relation),
                    safe_channel=" ".join(filter(None, (BY_CHANNEL[asks.channel], asks.phone))),
                    safe_hours=asks.safe_hours,
                ),
                sought=_sought(request.sought, request.opened_on),
                separation=Separation(
                    on=parted.on.isoformat(),
                    place=parted.place,
                    circumstances=parted.circumstances,
                    last_contact=f"{parted.last_contact:%d/%m/%Y}" if parted.last_contact else "",
                    last_known_place=parted.last_known_place,
                ),
            )
            for another in request.also:
                family.add_sought(by=self.system, request=opened, sought=_sought(another, request.opened_on))

    def _family_room(self) -> None:
        FamilySeeder(
            self.world,
            persons=self.persons,
            cards=self.cards,
            users=self.users,
            caseworker=self._actor(Role.CASEWORKER),
            set_clock=_set_clock,
        ).fill()

    def _house_room(self) -> None:
        HouseSeeder(self.world, persons=self.persons, users=self.users, set_clock=_set_clock, system=self.system).fill()


def make_demonstration(root: Path) -> SiteFolder:
    """A whole demonstration in a folder that does not exist yet; it appears there only when it is complete."""
    world = build_world()
    draft = root.with_name(root.name + ".new")
    shutil.rmtree(draft, ignore_errors=True)
    wanted = SiteSettings(
        site="demonstration",
        name="Casa de paso",
        demonstration=True,
        clock_starts=world.clock.astimezone(UTC),
        clock_since=datetime.now(UTC).replace(microsecond=0),
    )
    made, house = make_whole(draft, wanted, keyholders=1)
    Seeder(world, house).fill()
    made.folder.demonstration_phrase.write_text(made.phrases[0], encoding="utf-8")
    return made.folder


if __name__ == "__main__":
    make_demonstration(Path(sys.argv[1]))
