"""The invented world of the demonstration: the same for the same seed on every machine."""

from dataclasses import replace
from random import Random

from .cast import ARRIVAL, REQUEST
from .contact import draw_family_room, with_company, with_trusted
from .lists import apart, draw_lists
from .living import come_back, draw_living, with_infants
from .lodging import PRESENT_SHARE, ROOMS, choose_present, make_beds
from .names import Names
from .people import Population, Source
from .relatives import draw_cards
from .seeking import Plan, Seeking, plan_of
from .shapes import CLOCK, Arrival, Consent, Person, Relative, Request, Room, Stay, World

__all__ = ["Arrival", "Person", "Relative", "Request", "Room", "Stay", "World", "build_world"]

HOUSE_SHARE = 420 / 2000
REQUEST_SHARE = 40 / 2000
CARD_SHARE = 60 / 2000
NAMELESS = (
    "Mujer de unos 70 años, trenza gris, habla wayuunaiki y casi nada de español.",
    "Hombre de unos 60 años, cicatriz en la mano izquierda, todavía no dice su nombre.",
    "Mujer joven, unos 20 años, no oye; señala que viene de Ureña.",
)


def build_world(seed: int = 2019, size: int = 2000) -> World:
    """People, rooms, beds, cards and requests when the clock starts; all are shares of `size`."""
    if size < 200:
        raise ValueError("A world of fewer than 200 people has no room for its requests and beds.")
    names = Names(Random(seed))
    house = _without_names(Population(names, Source("house")).fill(round(size * HOUSE_SHARE)))
    house = choose_present(house, round(size * PRESENT_SHARE), names.chance)
    plan = plan_of(round(size * REQUEST_SHARE))
    pairs = _pairs(house, plan, names)
    listed = draw_lists(house, size - len(house) - len(pairs), names) + [kin for _, kin in pairs]
    stays = make_beds(house, names.chance)
    cards = with_trusted(draw_cards(house, round(size * CARD_SHARE), names))
    requests = with_company((REQUEST, *Seeking(house, listed, names).draw(plan, pairs)))
    family = draw_family_room(cards, house)
    taken = _named_elsewhere(cards, requests, listed)
    house = come_back(with_infants(house, taken), stays, taken)
    return World(
        seed=seed,
        clock=CLOCK,
        persons=(*house, *listed),
        rooms=ROOMS,
        stays=stays,
        relatives=cards,
        requests=requests,
        family=family,
        living=draw_living(house, stays, cards),
        arrival=ARRIVAL,
    )


def _without_names(house: list[Person]) -> list[Person]:
    """Three who came alone and have a description and no name yet."""
    alone = [at for at, one in enumerate(house) if not one.household and one.arrived_on != CLOCK.date()]
    for place, words in enumerate(NAMELESS):
        at = alone[len(alone) * (place + 1) // 4]
        house[at] = replace(
            house[at],
            given_names="",
            surnames="",
            call_name="",
            other_names="",
            sex="male" if words.startswith("Hombre") else "female",
            birth="",
            age=(70, 60, 20)[place],
            age_on=house[at].arrived_on,
            origin="",
            mother="",
            father="",
            phone="",
            languages=("guc",) if place == 0 else (),
            nationalities=(),
            consent=Consent(),
            description=words,
        )
    return house


def _named_elsewhere(cards: tuple[Relative, ...], requests: tuple[Request, ...], listed: list[Person]) -> set[str]:
    """Whoever of the house has a card, asks, is asked for or stands on a list: they stay as they are."""
    asked = {key for one in requests for key in (one.truth, one.enquirer.person) if key}
    return {card.of_person for card in cards} | asked | {one.human for one in listed}


def _pairs(house: list[Person], plan: Plan, names: Names) -> list[tuple[Person, Person]]:
    """Residents who are here tonight, each with a brother or sister on a list."""
    fitting = [one for one in house if one.present and one.birth and 1960 < int(one.birth[:4]) < 2000]
    chosen = names.chance.sample(fitting, k=plan.by_residents_for_listed)
    return [(one, apart(one, f"apart-{number:02}", names)) for number, one in enumerate(chosen)]
