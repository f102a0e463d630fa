"""Other people's lists, and the lines on them that mean somebody who stands elsewhere too."""

from dataclasses import replace
from datetime import timedelta

from .misspell import birth_retold, misspelt, without_accents
from .names import Names, is_refused
from .people import Population, Source
from .shapes import CROSSING, Consent, Person, Sex

LISTS: tuple[tuple[str, str, float], ...] = (
    ("comedor", "Lista del comedor", 0.34),
    ("parroquia", "Lista de la parroquia", 0.26),
    ("terminal", "Lista del terminal", 0.24),
    ("escuela", "Lista de la escuela", 0.16),
)
TWICE_OF_HOUSE = 0.19  # of the register: they slept elsewhere first, and were written down there
TWICE_OF_LISTS = 0.03  # of the lists: two lists, one person


def draw_lists(house: list[Person], count: int, names: Names) -> list[Person]:
    """So many lines on four lists, the doubles among them."""
    chance = names.chance
    again = [one for one in house if one.given_names and chance.random() < TWICE_OF_HOUSE]
    twice = round(count * TWICE_OF_LISTS)
    fresh = count - len(again) - twice
    lines: list[Person] = []
    for at, (prefix, title, share) in enumerate(LISTS):
        part = fresh - len(lines) if at == len(LISTS) - 1 else round(fresh * share)
        lines += Population(names, Source(prefix, title)).fill(part)
    again += chance.sample(lines, k=twice)
    doubles = [double_of(one, f"double-{number:03}", names) for number, one in enumerate(again)]
    return lines + doubles


def double_of(person: Person, key: str, names: Names, *, errors: int = 2) -> Person:
    """The same human being on another list: the name by ear, the birth retold, the rest mostly left out."""
    chance = names.chance
    given, surnames = misspelt(person.given_names, person.surnames, chance, errors=errors)
    if is_refused(given, surnames):
        given, surnames = without_accents(person.given_names), without_accents(person.surnames)
    title = chance.choice([title for _, title, _ in LISTS if title != person.listed_by])
    days = (person.arrived_on - CROSSING).days
    town = person.origin.split(",")[0]
    return Person(
        key=key,
        human=person.human,
        given_names=given,
        surnames=surnames,
        sex=person.sex if chance.random() < 0.9 else "",
        birth=birth_retold(person.birth, chance),
        age=person.age,
        age_on=person.age_on,
        origin=chance.choice((person.origin, town, town, "")),
        mother=without_accents(person.mother) if chance.random() < 0.25 else "",
        father=without_accents(person.father) if chance.random() < 0.15 else "",
        arrived_on=CROSSING + timedelta(days=chance.randint(0, days)),
        listed_by=title,
    )


def apart(resident: Person, key: str, names: Names) -> Person:
    """A brother or sister of a resident who came by another way and stands on a list."""
    chance = names.chance
    sex: Sex = "female" if chance.random() < 0.5 else "male"
    born = int(resident.birth[:4]) + chance.choice((-6, -4, -3, -2, 2, 3, 5))
    given = names.given_with(resident.surnames, sex, born)
    while given.split(" ")[0] == resident.given_names.split(" ")[0]:
        given = names.given_with(resident.surnames, sex, born)
    return replace(
        resident,
        key=key,
        human=key,
        given_names=given,
        sex=sex,
        birth=f"{born}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        call_name="",
        other_names="",
        phone="",
        languages=(),
        nationalities=(),
        arrived_at=None,
        arrived_place="",
        household="",
        household_relation="head",
        consent=Consent(),
        listed_by=chance.choice(LISTS)[1],
        present=False,
    )
