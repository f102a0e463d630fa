"""Households and single persons, drawn so that nothing but kinship ties them to a day, a room or a list."""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from random import Random
from typing import Literal

from .misspell import NICKNAMES
from .names import Names, Place, is_refused, plain
from .shapes import CLOCK, CROSSING, Answer, Consent, HouseholdRelation, Person, Sex

# Cumulated shares by day. The shape follows the published figures (274 by the night of the 25th, 320 to 326
# on the 26th, the first on the 23rd); the first two days are not published and are put in between. Lone
# people and families follow the same shares, so that a day of arrival says nothing of anybody.
ARRIVED_BY: tuple[float, ...] = (0.18, 0.47, 0.84, 1.0)

IN_HOUSEHOLDS = 0.35  # the share of people who are here with kin
LOOK_ALIKE = 0.5  # siblings of one sex whose given names look alike
ENTRY_PLACES = (
    "Puente Simón Bolívar",
    "Puente Francisco de Paula Santander",
    "Paso por la trocha",
    "Puerto Santander",
)
LOOK_ALIKES = (
    ("Yuleisy", "Yuleidy"), ("Yulexy", "Yuleisy"), ("Leidy", "Leidys"), ("Dayana", "Dayanis"),
    ("Jhon", "Jhonny"), ("Maikel", "Maikol"), ("Yorman", "Yordan"), ("Wilmer", "Wilfer"),
    ("Yeison", "Yeferson"), ("Keiber", "Keiner"), ("Yenny", "Yenni"), ("Yorley", "Yurley"),
    ("Kleiver", "Gleiber"), ("Rosmary", "Rosmery"), ("Yusmary", "Yosmary"), ("Luis", "José Luis"),
    ("Carlos", "Juan Carlos"), ("Ana", "Anais"), ("María", "Mariana"),
)  # fmt: skip

Member = tuple[HouseholdRelation, Literal["head", "elder", "child", "grandchild", "sibling"]]
FORMS: tuple[tuple[float, tuple[Member, ...]], ...] = (
    (0.20, (("head", "head"), ("child", "child"))),
    (0.14, (("head", "head"), ("partner", "head"))),
    (0.18, (("head", "head"), ("child", "child"), ("child", "child"))),
    (0.14, (("head", "head"), ("sibling", "sibling"))),
    (0.12, (("head", "head"), ("partner", "head"), ("child", "child"), ("child", "child"))),
    (0.07, (("head", "head"), ("sibling", "sibling"), ("sibling", "sibling"))),
    (0.06, (("head", "head"), ("parent", "elder"), ("child", "child"))),
    (0.04, (("head", "elder"), ("grandchild", "grandchild"))),
    (
        0.03,
        (("head", "head"), ("partner", "head"), ("child", "child"), ("child", "child"), ("parent", "elder")),
    ),
    (0.02, (("head", "head"), ("partner", "head"), *((("child", "child"),) * 4))),
)
AGES = {"head": (19, 48), "elder": (52, 74), "child": (0, 15), "grandchild": (2, 14), "sibling": (16, 44)}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a line comes from: the house itself (`listed_by` '') or a list that writes down less."""

    prefix: str
    listed_by: str = ""

    @property
    def is_house(self) -> bool:
        """Whether the house asked the person itself."""
        return not self.listed_by


@dataclass(frozen=True, slots=True)
class Arrived:
    """When and where a household came, and its town."""

    on: date
    at: time
    place: str
    home: Place


class Population:
    """Draws the people of one source, household by household."""

    def __init__(self, names: Names, source: Source) -> None:
        self.names = names
        self.chance: Random = names.chance
        self.source = source
        self.people: list[Person] = []
        self._households = 0

    def fill(self, count: int) -> list[Person]:
        """So many people, about a third of them in households."""
        together = round(count * IN_HOUSEHOLDS)
        forms = [form for _, form in FORMS]
        weights = [weight for weight, _ in FORMS]
        groups: list[int] = [0] * (count - together)
        while together > 0:
            at = self.chance.choices(range(len(forms)), weights)[0]
            size = len(forms[at])
            if size <= together:
                groups.append(at + 1)
                together -= size
            elif together < 2:
                groups.append(0)
                together -= 1
        self.chance.shuffle(groups)
        for group in groups:
            arrived = self._arrival(len(self.people) / count)
            self.people += self._household(forms[group - 1], arrived) if group else [self._alone(arrived)]
        return self.people

    def _arrival(self, share: float) -> Arrived:
        """The day by the share of people who came before; the groups stand in no order but chance."""
        day = next(index for index, until in enumerate(ARRIVED_BY) if share < until)
        hours = (0, 8) if CROSSING + timedelta(days=day) == CLOCK.date() else (6, 22) if day else (13, 23)
        at = time(self.chance.randint(*hours), self.chance.randrange(0, 60, 5))
        return Arrived(CROSSING + timedelta(days=day), at, self.chance.choice(ENTRY_PLACES), self.names.place())

    def _key(self) -> str:
        return f"{self.source.prefix}-{len(self.people):04}"

    def _alone(self, arrived: Arrived) -> Person:
        age = round(min(79.0, 16 + self.chance.gammavariate(2.1, 8.0)))
        return self._person(self._key(), self._sex(), self.names.surnames(), age, arrived)

    def _sex(self) -> Sex:
        return "female" if self.chance.random() < 0.46 else "male"

    def _household(self, form: tuple[Member, ...], arrived: Arrived) -> list[Person]:
        """A household: the head first, the others with surnames, parents and ages that fit."""
        self._households += 1
        household = f"{self.source.prefix}-h{self._households:03}"
        members: list[Person] = []
        for index, (relation, kind) in enumerate(form):
            key = f"{self.source.prefix}-{len(self.people) + index:04}"
            member = self._member(key, relation, kind, members, arrived)
            members.append(replace(member, household=household, household_relation=relation))
        return members

    def _member(self, key: str, relation: str, kind: str, so_far: list[Person], arrived: Arrived) -> Person:
        surnames, sex = self.names.surnames(), self._sex()
        low, high = AGES[kind]
        if not so_far:
            return self._person(key, sex, surnames, self.chance.randint(low, high), arrived)
        head = so_far[0]
        head_age = _age_of(head)
        if relation == "partner":
            sex = "male" if head.sex == "female" else "female"
            return self._person(key, sex, surnames, max(18, head_age + self.chance.randint(-6, 6)), arrived)
        if relation == "sibling":
            age = max(16, head_age + self.chance.choice((-7, -5, -4, -3, -2, -1, 0, 1, 2, 3, 5)))
            return self._like_sibling(self._person(key, sex, head.surnames, age, arrived), head)
        if relation == "parent":
            return self._parent_of(key, head, sex, arrived)
        low_age = max(0, min(high, head_age - (42 if relation == "child" else 60)))
        top_age = max(low_age, min(high, head_age - (17 if relation == "child" else 40)))
        child = self._person(key, sex, surnames, self.chance.randint(low_age, top_age), arrived)
        return self._grandchild(child, head) if relation == "grandchild" else self._as_child(child, head, so_far)

    def _parent_of(self, key: str, head: Person, sex: Sex, arrived: Arrived) -> Person:
        first = head.surnames.split(" ")[1 if sex == "female" else 0]
        surnames = f"{first} {self.names.surname()}"
        parent = self._person(key, sex, surnames, min(84, _age_of(head) + self.chance.randint(18, 34)), arrived)
        given, known = parent.given_names, head.mother if sex == "female" else head.father
        if known:  # the head already said a name
            given = known.removesuffix(f" {first}").strip()
        return replace(parent, given_names=given)

    def _as_child(self, child: Person, head: Person, so_far: list[Person]) -> Person:
        """The surnames of both parents, and their names where they are here or were told."""
        partner = next((one for one in so_far if one.household_relation == "partner"), None)
        sister = next((one for one in so_far if one.household_relation == "child"), None)
        if sister is not None:
            return self._like_sibling(child, sister)
        other = partner.surnames.split(" ")[0] if partner else self.names.surname()
        own = head.surnames.split(" ")[0]
        surnames = f"{other} {own}" if head.sex == "female" else f"{own} {other}"
        mother, father = (head, partner) if head.sex == "female" else (partner, head)
        first, second = surnames.split(" ")
        year = CLOCK.year - _age_of(child)
        return replace(
            child,
            surnames=surnames,
            given_names=self.names.given_with(surnames, child.sex, year),
            mother=_short(mother) if mother else child.mother and self._parent(second, "female", year - 25),
            father=_short(father) if father else child.father and self._parent(first, "male", year - 28),
        )

    def _grandchild(self, child: Person, head: Person) -> Person:
        """One surname of the head's; the parents are elsewhere and were not told."""
        surnames = f"{self.names.surname()} {head.surnames.split(' ')[0]}"
        given = self.names.given_with(surnames, child.sex, CLOCK.year - _age_of(child))
        return replace(child, surnames=surnames, given_names=given, mother="", father="")

    def _like_sibling(self, person: Person, other: Person) -> Person:
        """The same parents; a given name of their own, now and then one that looks like the sibling's."""
        given = self.names.given_with(other.surnames, person.sex, CLOCK.year - _age_of(person))
        while plain(given.split(" ")[0]) == plain(other.given_names.split(" ")[0]):
            given = self.names.given_with(other.surnames, person.sex, CLOCK.year - _age_of(person))
        first = other.given_names.split(" ")[0]
        if person.sex == other.sex and self.chance.random() < LOOK_ALIKE:
            given = self._near(first, person.sex, other.surnames) or given
        return replace(person, given_names=given, surnames=other.surnames, mother=other.mother, father=other.father)

    def _near(self, first: str, sex: Sex, surnames: str) -> str:
        """A given name that is easily taken for this one: from the table, or with its beginning; or ''."""
        pairs = [pair for pair in LOOK_ALIKES if first in pair]
        if pairs:
            one, other = self.chance.choice(pairs)
            return other if first == one else one
        near = [name for name in self.names.given_names(sex) if name != first and name[:3] == first[:3]]
        fitting = [name for name in near if not is_refused(name, surnames)]
        return self.chance.choice(fitting) if fitting else ""

    def _person(self, key: str, sex: Sex, surnames: str, age: int, arrived: Arrived) -> Person:
        """A person with what such a source asks; a list asks little."""
        chance, house = self.chance, self.source.is_house
        year = CLOCK.year - age
        first, second = surnames.split(" ")
        person = Person(
            key=key,
            human=key,
            given_names=self.names.given_with(surnames, sex, year),
            surnames=surnames,
            sex=sex,
            arrived_on=arrived.on,
            arrived_at=arrived.at if house else None,
            arrived_place=arrived.place if house else "",
            origin=arrived.home.text if house or chance.random() < 0.6 else "",
            nationalities=_nationalities(arrived.home, chance) if house else (),
            listed_by=self.source.listed_by,
            mother=self._parent(second, "female", year - 25) if chance.random() < (0.85 if house else 0.25) else "",
            father=self._parent(first, "male", year - 28) if chance.random() < (0.7 if house else 0.2) else "",
        )
        person = _with_birth(person, age, chance, exact=0.62 if house else 0.3)
        return self._asked(person, age, arrived) if house else person

    def _parent(self, surname: str, sex: Sex, year: int) -> str:
        return f"{self.names.given_with(surname, sex, year, second=0.4)} {surname}"

    def _asked(self, person: Person, age: int, arrived: Arrived) -> Person:
        """What only the house asks."""
        chance = self.chance
        given = person.given_names.split(" ")[0]
        return replace(
            person,
            call_name=given if chance.random() < 0.7 else "",
            other_names=NICKNAMES.get(given, "") if chance.random() < 0.3 else "",
            languages=_languages(person, chance),
            phone=self.names.phone("CO" if chance.random() < 0.4 else "VE")
            if age > 14 and chance.random() < 0.5
            else "",
            consent=_consent(arrived.on, chance) if age >= 14 else Consent(),
        )


def _age_of(person: Person) -> int:
    """The age on the clock's day, from the year where it was told so."""
    return CLOCK.year - int(person.birth[:4]) if person.birth else person.age or 0


def _short(person: Person) -> str:
    """A parent as a child's form has it: given names and first surname."""
    return f"{person.given_names} {person.surnames.split(' ')[0]}"


def _with_birth(person: Person, age: int, chance: Random, *, exact: float) -> Person:
    """The birth as it was told: a day, a month, a year, or nothing but an age."""
    told = chance.random()
    born = date(CLOCK.year - age, CLOCK.month, CLOCK.day) - timedelta(days=chance.randint(5, 364))
    if told < exact:
        return replace(person, birth=born.isoformat())
    if told < exact + 0.06:
        return replace(person, birth=born.isoformat()[:7])
    if told < exact + 0.24:
        return replace(person, birth=str(born.year))
    return replace(person, age=age, age_on=person.arrived_on)


def _nationalities(home: Place, chance: Random) -> tuple[str, ...]:
    if chance.random() < 0.06:
        return ("VE", "CO")
    return (home.country,)


def _languages(person: Person, chance: Random) -> tuple[str, ...]:
    """ISO 639-3. Spanish, and Wayuunaiki for some from the Guajira."""
    if person.origin.startswith(("Sinamaica", "Paraguaipoa", "Maicao")) and chance.random() < 0.7:
        return ("guc", "spa") if chance.random() < 0.8 else ("guc",)
    return ("spa",)


def _consent(arrived_on: date, chance: Random) -> Consent:
    """Asked in private within two days: most of the first days' people were, few of the last night's."""
    asked = 0.85 if (CLOCK.date() - arrived_on).days >= 2 else 0.3

    def answer(yes: float) -> Answer:
        if chance.random() >= asked:
            return "not_asked"
        return "yes" if chance.random() < yes else "no"

    return Consent(answer(0.6), answer(0.75), answer(0.5))
