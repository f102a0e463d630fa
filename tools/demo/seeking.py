"""Tracing requests: people here who look for kin, people elsewhere who look for kin here, and the truth."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .misspell import birth_retold, misspelt
from .names import Names, is_refused
from .people import ENTRY_PLACES
from .shapes import CLOCK, CROSSING, Enquirer, Person, Relation, Request, Separation, Sex, Sought

CIRCUMSTANCES = (
    "Nos separó la multitud en el puente y ya no nos vimos.",
    "Pasó primero y quedamos en encontrarnos al otro lado. No llegó.",
    "Íbamos por la trocha de noche y tomó otro camino.",
    "Se quedó cuidando la casa y pensaba venir al día siguiente.",
    "Subió a otro autobús en el terminal.",
    "Hubo humo y gritos, corrimos y nos perdimos.",
    "Fue a buscar agua y cuando volví ya no estaba la gente.",
    "Me escribió que iba a cruzar. Después el teléfono dejó de sonar.",
)
LAST_PLACES = (
    "La Parada, Villa del Rosario",
    "San Antonio del Táchira",
    "Ureña",
    "Terminal de Cúcuta",
    "San Cristóbal",
    "",
)
CHANNELS = ("voice", "voice", "text", "through_someone")
SAFE_HOURS = ("", "06:00-08:00", "12:00-13:00", "18:00-21:00", "19:00-20:00")
KIN: tuple[Relation, ...] = ("sister", "brother", "mother", "father", "aunt", "cousin", "partner")
SEX_OF: dict[Relation, Sex] = {
    "sister": "female",
    "mother": "female",
    "aunt": "female",
    "brother": "male",
    "father": "male",
}
YEARS_OF: dict[Relation, int] = {"mother": -25, "father": -28, "aunt": -22}
LAST_YEAR_WITHOUT: dict[Relation, int] = {
    "mother": 1970,
    "father": 1972,
    "aunt": 1970,
}  # else they are too old


@dataclass(frozen=True, slots=True)
class Plan:
    """How many requests of each sort, the story's own not counted."""

    by_residents_for_listed: int
    from_outside_for_residents: int
    from_outside_for_listed: int
    for_look_alikes: int
    by_residents_in_vain: int
    from_outside_in_vain: int


def plan_of(count: int) -> Plan:
    """Fifteen of forty with somebody to find, the story's own among the fifteen."""
    found = round(count * 15 / 40) - 1
    vain = count - 1 - found
    residents, outside = round(found * 0.3), round(found * 0.42)
    alike, inside = round(vain * 0.2), round(vain * 0.32)
    return Plan(residents, outside, found - residents - outside, alike, inside, vain - alike - inside)


class Seeking:
    """Draws the requests of one world; nobody is sought or asks twice."""

    def __init__(self, house: list[Person], listed: list[Person], names: Names) -> None:
        self.names = names
        self.chance = names.chance
        humans_here = {one.human for one in house}
        self._house = self._shuffled([one for one in house if _known(one)])
        self._present = self._shuffled([one for one in house if _known(one) and one.present])
        self._listed = self._shuffled(
            [one for one in listed if _known(one) and one.key == one.human and one.human not in humans_here]
        )
        self._used: set[str] = set()
        self._made = 0

    def draw(self, plan: Plan, pairs: list[tuple[Person, Person]]) -> Iterator[Request]:
        """The requests of the plan; `pairs` are residents and their kin on a list."""
        for resident, kin in pairs:
            self._used |= {resident.key, kin.key}
            relation: Relation = "sister" if resident.sex == "female" else "brother"
            yield self._request(Enquirer(person=resident.key, relation=relation), kin, kin.human)
        for _ in range(plan.from_outside_for_residents):
            sought = self._next(self._house)
            yield self._request(self._outside(sought), sought, sought.human)
        for _ in range(plan.from_outside_for_listed):
            sought = self._next(self._listed)
            yield self._request(self._outside(sought), sought, sought.human)
        for _ in range(plan.for_look_alikes):
            sought = self._sibling_of(self._next(self._house))
            yield self._request(self._outside(sought), sought, None)
        for _ in range(plan.by_residents_in_vain):
            resident = self._next(self._present)
            relation = "sister" if resident.sex == "female" else "brother"
            yield self._request(Enquirer(person=resident.key, relation=relation), self._sibling_of(resident), None)
        for _ in range(plan.from_outside_in_vain):
            sought = self._nobody()
            yield self._request(self._outside(sought), sought, None)

    def _shuffled(self, people: list[Person]) -> list[Person]:
        self.chance.shuffle(people)
        return people

    def _next(self, people: list[Person]) -> Person:
        while (one := people.pop()).key in self._used:
            pass
        self._used.add(one.key)
        return one

    def _sibling_of(self, person: Person) -> Person:
        """A brother or sister who is not here: the same surnames and parents, another name and year."""
        sex: Sex = person.sex if self.chance.random() < 0.7 else "male" if person.sex == "female" else "female"
        year = int(person.birth[:4]) + self.chance.choice((-5, -3, -2, -1, 1, 2, 4))
        given = self.names.given_with(person.surnames, sex, year)
        while given.split(" ")[0] == person.given_names.split(" ")[0]:
            given = self.names.given_with(person.surnames, sex, year)
        birth = f"{year}-{self.chance.randint(1, 12):02}-{self.chance.randint(1, 28):02}"
        return replace(person, given_names=given, sex=sex, birth=birth, other_names="")

    def _nobody(self) -> Person:
        """Somebody who is on no list here."""
        sex: Sex = "female" if self.chance.random() < 0.46 else "male"
        year = self.chance.randint(1955, 2003)
        surnames = self.names.surnames()
        first, second = surnames.split(" ")
        return Person(
            key="",
            human="",
            given_names=self.names.given_with(surnames, sex, year),
            surnames=surnames,
            sex=sex,
            birth=f"{year}-{self.chance.randint(1, 12):02}-{self.chance.randint(1, 28):02}",
            origin=self.names.place().text,
            mother=f"{self.names.given_with(second, 'female', year - 25)} {second}",
            father=f"{self.names.given_with(first, 'male', year - 28)} {first}",
            arrived_on=CLOCK.date(),
        )

    def _outside(self, sought: Person) -> Enquirer:
        """Kin elsewhere, with a name that the kinship explains."""
        born = int(sought.birth[:4])
        relation = self.chance.choice([kin for kin in KIN if born >= LAST_YEAR_WITHOUT.get(kin, 0)])
        if relation == "partner" and born > CLOCK.year - 19:
            relation = "cousin"
        if relation == "mother" and sought.mother:
            name = sought.mother
        elif relation == "father" and sought.father:
            name = sought.father
        else:
            name = self._kin_name(sought, relation)
        return Enquirer(
            name=name,
            relation=relation,
            channel=self.chance.choice(CHANNELS),
            phone=self.names.phone("CO" if self.chance.random() < 0.5 else "VE"),
            safe_hours=self.chance.choice(SAFE_HOURS),
        )

    def _kin_name(self, sought: Person, relation: Relation) -> str:
        sex = SEX_OF.get(relation) or ("male" if sought.sex == "female" else "female")
        year = max(1940, min(2000, int(sought.birth[:4]) + YEARS_OF.get(relation, self.chance.randint(-6, 6))))
        first, _, second = sought.surnames.partition(" ")
        if relation in ("sister", "brother"):
            surnames = sought.surnames
        elif relation == "father":
            surnames = first
        elif relation in ("mother", "aunt", "cousin"):
            surnames = second or first
        else:
            surnames = self.names.surnames()
        return f"{self.names.given_with(surnames, sex, year)} {surnames}"

    def _request(self, enquirer: Enquirer, sought: Person, truth: str | None) -> Request:
        self._made += 1
        opened = CLOCK.date() - timedelta(days=self.chance.choice((0, 1, 1, 1, 2, 2)))
        return Request(
            key=f"request-{self._made:03}",
            enquirer=enquirer,
            sought=self._told(sought),
            separation=self._separation(min(opened, CLOCK.date())),
            opened_on=opened,
            truth=truth,
        )

    def _told(self, person: Person) -> Sought:
        """The sought person as kin tells it: near in sound, seldom complete."""
        chance = self.chance
        given, surnames = misspelt(person.given_names, person.surnames, chance, errors=1)
        if is_refused(given, surnames) or given == person.surnames:
            given, surnames = person.given_names, person.surnames
        birth = birth_retold(person.birth, chance)
        age = CLOCK.year - int(person.birth[:4]) if chance.random() < 0.25 else None
        return Sought(
            given_names=given,
            surnames=surnames,
            sex=person.sex,
            birth="" if age is not None else birth,
            age=age,
            origin=person.origin if chance.random() < 0.8 else person.origin.split(",")[0],
            mother=person.mother if chance.random() < 0.8 else "",
            father=person.father if chance.random() < 0.6 else "",
            other_names=person.other_names,
        )

    def _separation(self, opened: date) -> Separation:
        chance = self.chance
        on = min(opened, CROSSING + timedelta(days=chance.choice((-1, 0, 0, 0, 1, 2))))
        return Separation(
            on=on,
            place=chance.choice(ENTRY_PLACES),
            circumstances=chance.choice(CIRCUMSTANCES),
            last_contact=on + timedelta(days=chance.randint(0, (opened - on).days)) if chance.random() < 0.7 else None,
            last_known_place=chance.choice(LAST_PLACES),
        )


def _known(person: Person) -> bool:
    """Whether there is enough to be sought by, and nobody of their own is beside them."""
    alone = person.household_relation == "head"
    return alone and bool(person.given_names and " " in person.surnames and person.birth)
