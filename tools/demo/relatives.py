"""The cards of "my people": whom residents left behind, when they last heard from them, what is agreed."""

from datetime import timedelta
from random import Random

from .names import Names
from .shapes import CLOCK, Channel, Person, Relation, Relative, Sex, State

INTERVALS = (24, 48, 48, 72, 72, 120, 168)
SAFE_HOURS = ("", "", "06:00-07:30", "12:00-13:00", "18:00-20:00", "19:00-21:00", "20:30-22:00")
AGREED_WORDS = (
    "", "", "¿Cómo sigue la mata de mango?", "Saludos a la madrina.",
    "¿Ya cayó la lluvia?", "La masa quedó buena.",
    "¿Quién ganó la partida de dominó?", "Me quedó debiendo un café.", "¿Arreglaron la nevera?",
)  # fmt: skip
MUST_NOT_KNOW = (
    "", "", "", "", "Los vecinos no deben saber que hay llamadas.",
    "El cuñado contesta el teléfono: colgar si es él.",
    "La abuela no debe saberlo, está delicada.", "El patrón de la finca no debe enterarse.",
)  # fmt: skip
RELATIONS: tuple[tuple[Relation, Sex, int], ...] = (
    ("mother", "female", -25), ("father", "male", -28), ("sister", "female", 0), ("brother", "male", 0),
    ("partner", "", 0), ("daughter", "female", 22), ("son", "male", 22), ("grandmother", "female", -50),
    ("aunt", "female", -22), ("uncle", "male", -22), ("cousin", "", 0),
)  # fmt: skip
WEIGHTS = (24, 14, 14, 14, 10, 6, 6, 5, 3, 2, 2)
CHANNELS: tuple[Channel, ...] = ("voice", "voice", "voice", "text", "voice_note", "through_someone")
STATES: tuple[State, ...] = (
    "well",
    "well",
    "well",
    "well",
    "well",
    "worried",
    "worried",
    "unknown",
    "in_danger",
)
SILENT_AT = 2  # of every five cards, this one is past its time


def draw_cards(residents: list[Person], count: int, names: Names) -> tuple[Relative, ...]:
    """So many cards of adults who are in the house, two or three each; every fifth is silent."""
    chance = names.chance
    adults = [one for one in residents if one.present and _grown(one)]
    chance.shuffle(adults)
    cards: list[Relative] = []
    owners = iter(adults * 3)
    while len(cards) < count and (owner := next(owners, None)) is not None:
        taken = {card.relation for card in cards if card.of_person == owner.key}
        for _ in range(min(chance.choice((2, 2, 3)), count - len(cards))):
            relation, sex, years = chance.choices(RELATIONS, WEIGHTS)[0]
            if relation in taken or (owner.household and relation in ("partner", "daughter", "son")):
                continue
            taken.add(relation)
            who = _name(owner, relation, sex or _other(owner.sex), years, names)
            cards.append(_card(len(cards), owner, (who, relation), chance))
    return tuple(cards)


def _grown(person: Person) -> bool:
    year = int(person.birth[:4]) if person.birth else CLOCK.year - (person.age or 0)
    return CLOCK.year - year >= 18 and bool(person.given_names)


def _other(sex: Sex) -> Sex:
    return "male" if sex == "female" else "female"


def _name(owner: Person, relation: Relation, sex: Sex, years: int, names: Names) -> str:
    """The relative's name with the surname that kinship gives; half of them initials only."""
    first, _, second = owner.surnames.partition(" ")
    if relation == "mother" and owner.mother:
        full = owner.mother
    elif relation == "father" and owner.father:
        full = owner.father
    else:
        of_mother = relation in ("mother", "aunt", "grandmother", "uncle", "cousin")
        own_line = relation in ("father", "sister", "brother", "daughter", "son")
        surname = (second or first) if of_mother else first if own_line else names.surname()
        born = int(owner.birth[:4]) if owner.birth else CLOCK.year - (owner.age or 30)
        full = f"{names.given_with(surname, sex, min(born + years, 2017), second=0.2)} {surname}"
    told = names.chance.random()
    if told < 0.35:
        return "".join(f"{word[0]}. " for word in full.split(" ") if word[0].isupper()).strip()
    return full.split(" ")[0] if told < 0.5 else full


def _card(number: int, owner: Person, who: tuple[str, Relation], chance: Random) -> Relative:
    interval = chance.choice(INTERVALS)
    state = chance.choice(STATES)
    channel: Channel = chance.choice(CHANNELS)
    if number % 20 == 13:  # never heard from since they parted
        heard, channel, state = None, "", "unknown"
    else:
        silent = number % 5 == SILENT_AT
        hours = interval * chance.uniform(1.05, 1.6) if silent else min(interval, 120) * chance.uniform(0.05, 0.9)
        heard = (CLOCK - timedelta(hours=hours)).replace(second=0, microsecond=0)
        heard = heard.replace(minute=heard.minute // 5 * 5)
    return Relative(
        key=f"card-{number:03}",
        of_person=owner.key,
        who=who[0],
        relation=who[1],
        last_heard_at=heard,
        channel=channel,
        how=state,
        interval_hours=interval,
        safe_hours=chance.choice(SAFE_HOURS),
        agreed_words=chance.choice(AGREED_WORDS),
        must_not_know=chance.choice(MUST_NOT_KNOW),
        in_country="CO" if chance.random() < 0.08 else "VE",
    )
