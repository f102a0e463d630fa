"""What makes the house look lived in: infants, mats, what was said and given, who is out, a bed asked elsewhere.

Drawn from the people and beds without chance of its own, so that the rest of the world stays as it was.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .shapes import (
    CLOCK,
    Aside,
    Living,
    Organisation,
    Person,
    Relative,
    Stay,
    Voice,
)

PLANNED_BY = 9  # the residents whom the caseworker accompanies
INFANTS = ("2018-04", "2018-09-21")
ON_MATS = 2
ORGANISATIONS = (
    Organisation("Puesto de salud El Limonar", "health", "Consulta, curaciones, control del embarazo", 9931, 12),
    Organisation("Consultorio jurídico Los Mangos", "legal", "Refugio, papeles, permiso para quedarse", 9932, 30),
    Organisation("Casa de las Mujeres del Río", "women", "Acompañamiento a solas, alojamiento reservado", 9933, 8),
    Organisation("Escuela La Ceibita", "school", "Recibe a niños sin papeles, todo el año", 9934, 140),
    Organisation("Hogar de paso San Rafael", "lodging", "Otro albergue, a dos horas, veinte camas", 9935, 3),
)
VOICES = (
    Voice("Nohelia", "wayuunaiki", "woman", 9941, by_phone=True, undertaken=True),
    Voice("Ismael", "wayuunaiki", "man", 9942, by_phone=False, undertaken=False),
    Voice("Rocío", "lengua de señas colombiana", "woman", 9943, by_phone=False, undertaken=True),
    Voice("Desmond", "english", "man", 9944, by_phone=True, undertaken=True),
)
ASIDES = (
    Aside("health", ("Se le acabaron las pastillas de la presión.",), ("accepted",), 1, "Cita el jueves a las ocho."),
    Aside(
        "legal",
        ("Pide que le expliquen el refugio.",),
        ("accepted", "done"),
        2,
        "Hablaron dos horas; hay cita para los papeles.",
    ),
    Aside("school", ("Quiere terminar el bachillerato.",), (), 2, ""),
)


def with_infants(house: Sequence[Person], taken: Iterable[str]) -> list[Person]:
    """Some of the youngest children of the house are infants."""
    busy = set(taken)
    mothers = {one.household for one in house if one.present and one.sex == "female" and _years(one) >= 20}
    young = [
        one for one in house if one.present and one.household in mothers and _years(one) <= 9 and one.key not in busy
    ]
    young.sort(key=lambda one: (_years(one), one.key))
    births = {one.key: birth for one, birth in zip(_one_each(young), INFANTS, strict=False)}
    return [replace(one, birth=births[one.key], age=None, age_on=None) if one.key in births else one for one in house]


def come_back(house: Sequence[Person], stays: Sequence[Stay], taken: Iterable[str]) -> list[Person]:
    """Somebody who had gone on came back this morning, and another desk wrote them down as new, by ear."""
    busy, lodged = set(taken), {stay.person for stay in stays}
    alone = [one for one in house if not one.household and one.key not in busy]
    waits = next((one for one in alone if one.present and one.key not in lodged), None)
    left = next((one for one in alone if not one.present and waits and _is_like(one, waits)), None)
    if waits is None or left is None:
        return list(house)
    again = replace(
        waits,
        human=left.human,
        given_names=_by_ear(left.given_names),
        surnames=_by_ear(left.surnames),
        birth=left.birth[:4],
        age=None,
        age_on=None,
        origin=left.origin,
        mother=left.mother,
        call_name="",
        other_names="",
        description="",
        father="",
        phone="",
    )
    return [again if one.key == waits.key else one for one in house]


def _is_like(left: Person, waits: Person) -> bool:
    known = len(left.birth) == 10 and bool(left.mother)
    return known and left.sex == waits.sex and "y" in left.given_names.casefold()


def _by_ear(name: str) -> str:
    """A name as somebody writes it who only heard it."""
    for said, written in (("Y", "Ll"), ("ll", "y"), ("y", "i"), ("z", "s"), ("v", "b")):
        if said in name:
            return name.replace(said, written)
    return name


def draw_living(house: Sequence[Person], stays: Sequence[Stay], cards: Sequence[Relative]) -> Living:
    """All of it, from whoever has a bed tonight."""
    people = {one.key: one for one in house}
    accompanied = list(dict.fromkeys(card.of_person for card in cards))[:PLANNED_BY]
    lodged = [stay.person for stay in stays]
    infants = [key for key in lodged if _years(people[key]) < 2]
    alone = [
        key for key in lodged if not people[key].household and _years(people[key]) >= 18 and key not in accompanied
    ]

    def some(at: int) -> str:
        return (alone or lodged)[at % len(alone or lodged)]

    named = [key for key in accompanied if key in lodged]
    own_bed = {infant: _mother_of(people[infant], people, lodged) for infant in infants[:1]}
    arrived = {key: people[key].arrived_on for key in lodged}
    return Living(
        beside=tuple((infant, mother) for infant, mother in own_bed.items() if mother),
        on_mats=tuple(key for key in reversed(alone) if _room_of(key, stays) == "room-ceiba")[:ON_MATS],
        organisations=ORGANISATIONS,
        voices=VOICES,
        asides=tuple(replace(aside, person=key) for aside, key in zip(ASIDES, named[1:], strict=False)),
        no_meat=tuple(map(some, range(3, 7))),
        soft=tuple(sorted(lodged, key=lambda key: -_years(people[key])))[:2],
        ate=tuple(key for key in lodged[: len(lodged) * 2 // 3] if key not in (some(5), some(11), some(14))),
        first_night=tuple(key for key in lodged if arrived[key] < CLOCK.date())[-24:],
        had_voucher=tuple(map(some, range(8, 13))),
        post=(some(2), named[0]),
        long_gone=some(5),
        not_back=some(11),
        out=some(14),
        to_leave_by=named[0],
        onward=(named[5 % len(named)], named[4 % len(named)]) if named else (some(16), some(18)),
        apart=(some(0), _elsewhere(some(0), alone[20:], stays)),
    )


def _one_each(children: Sequence[Person]) -> list[Person]:
    seen: dict[str, Person] = {}
    for one in children:
        seen.setdefault(one.household, one)
    return list(seen.values())


def _mother_of(infant: Person, people: dict[str, Person], lodged: Sequence[str]) -> str:
    grown = (
        key
        for key in lodged
        if people[key].household == infant.household and people[key].sex == "female" and _years(people[key]) >= 20
    )
    return next(grown, "")


def _room_of(key: str, stays: Sequence[Stay]) -> str:
    return next(stay.room for stay in stays if stay.person == key)


def _elsewhere(key: str, others: Sequence[str], stays: Sequence[Stay]) -> str:
    room = _room_of(key, stays)
    return next((other for other in others if _room_of(other, stays) != room), key)


def _years(one: Person) -> int:
    """About how old; who said nothing is a grown person here."""
    if one.birth:
        return CLOCK.year - int(one.birth[:4])
    return one.age if one.age is not None else 30
