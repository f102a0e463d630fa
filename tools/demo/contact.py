"""What goes on between the house and the families: phones lent, calls planned, messages, harm, false callers, ties.

Drawn from the cards without chance of its own, so that the rest of the world stays as it was.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from .shapes import (
    CLOCK,
    HOUSE_ZONE,
    FalseCaller,
    FamilyRoom,
    Harmed,
    Message,
    Person,
    PlannedCall,
    Relative,
    Request,
    Sought,
    Thing,
    Tie,
    Unanswered,
)

PHONES, CHARGERS, HEADSETS = range(1, 7), range(11, 17), range(21, 23)
CHARGERS_OUT, PHONE_OUT = 3, 6
NOON = "12:00-13:00"  # an hour earlier by the house's clock
MORNING_CALLS = ((2, time(7, 30), True), (2, time(10, 0), False), (3, time(9, 30), False))
NOON_CALLS = ((1, time(11, 0)), (1, time(11, 15)), (2, time(11, 30)))
PLANNED_BY = 9  # the residents whom the caseworker accompanies
TWO_SOUGHT, ENDING = "request-031", "request-033"
LASTS, A_WEEK = timedelta(days=180), timedelta(days=7)

CALLERS = (
    FalseCaller(
        on=date(2019, 2, 24),
        phone="+58 499 555 9921",
        said_to_be="hospital",
        wanted=("money",),
        words="Dijo que el hijo estaba en un hospital y pidió plata para el tratamiento. No era verdad.",
    ),
    FalseCaller(
        on=date(2019, 2, 25),
        phone="+57 399 555 9922",
        said_to_be="house",
        wanted=("place", "names"),
        words="Llamó diciendo que era de esta casa y preguntó quién duerme aquí.",
    ),
)
CHILD_SOUGHT = Sought(
    given_names="Yeferson David",
    surnames="Rojas Sánchez",
    sex="male",
    age=9,
    origin="",
    mother="Mayra Sánchez",
)


def draw_family_room(cards: Sequence[Relative], persons: Sequence[Person]) -> FamilyRoom:
    """All of it, for the cards of a world; a small world has less of it."""
    mine = list(dict.fromkeys(card.of_person for card in cards))[:PLANNED_BY]
    held = [card for card in cards if card.of_person in mine]
    harmed = _harmed(held)
    unanswered = _unanswered([card for card in held if not harmed or card.key != harmed[0].card])
    taken = {one.card for one in (*harmed, *unanswered)}
    return FamilyRoom(
        things=(
            *(Thing(tag, "phone") for tag in PHONES),
            *(Thing(tag, "charger") for tag in CHARGERS),
            *(Thing(tag, "headset") for tag in HEADSETS),
        ),
        lent=tuple(zip((*CHARGERS[:CHARGERS_OUT], PHONE_OUT), mine, strict=False)),
        charging=tuple(mine[-2:]),
        calls=_calls([card for card in held if card.key not in taken]),
        unanswered=unanswered,
        messages=_messages([card for card in held if card.key not in taken]),
        harmed=harmed,
        callers=CALLERS,
        ties=_ties(mine, {person.key: person for person in persons}),
    )


def with_trusted(cards: Sequence[Relative]) -> tuple[Relative, ...]:
    """The cards, of which those that nobody answers say who else could be asked."""
    unanswered = {one.card for one in draw_family_room(cards, ()).unanswered}
    known = {"other_ways": "Por la noche contesta la madrina, en la casa de al lado.", "trusted": "La madrina, S. V."}
    return tuple(replace(card, **known) if card.key in unanswered else card for card in cards)


def with_company(requests: Sequence[Request]) -> tuple[Request, ...]:
    """The requests, of which one seeks a mother and her child, and one ends in a week."""
    ends = CLOCK.date() + A_WEEK - LASTS
    drawn = []
    for request in requests:
        if request.key == TWO_SOUGHT:
            request = replace(request, also=(CHILD_SOUGHT,))
        elif request.key == ENDING:
            parted = replace(request.separation, on=ends - A_WEEK, last_contact=None)
            request = replace(request, opened_on=ends, separation=parted)
        drawn.append(request)
    return tuple(drawn)


def _calls(cards: list[Relative]) -> tuple[PlannedCall, ...]:
    """Calls of today at the house's phones, each within the hours that are safe."""
    anytime = [card for card in cards if not card.safe_hours]
    noon = [card for card in cards if card.safe_hours == NOON]
    morning = [
        PlannedCall(tag, card.of_person, at, card=card.key, made=made)
        for (tag, at, made), card in zip(MORNING_CALLS, anytime, strict=False)
    ]
    planned = [
        PlannedCall(tag, card.of_person, at, card=card.key) for (tag, at), card in zip(NOON_CALLS, noon, strict=False)
    ]
    return (*morning, *planned)


def _harmed(cards: list[Relative]) -> tuple[Harmed, ...]:
    """A sister or brother who was summoned, and what a lawyer may be told of it."""
    found = next((card for card in cards if card.relation in ("sister", "brother") and card.silent_at(CLOCK)), None)
    if found is None:
        return ()
    return (
        Harmed(
            card=found.key,
            what="summoned",
            on=date(2019, 2, 21),
            place="San Cristóbal",
            seen_on=date(2019, 2, 20),
            seen_where="En su casa, por la tarde",
            who_knows="La madre y una vecina",
            said="Dejaron un papel con fecha del 5 de marzo, a las ocho de la mañana.",
            told=("what", "when", "where", "said"),
        ),
    )


def _unanswered(cards: list[Relative]) -> tuple[Unanswered, ...]:
    """Somebody who did not answer this morning, twice."""
    silent = [card for card in cards if card.last_heard_at and card.silent_at(CLOCK) and not card.safe_hours]
    moments = (CLOCK - timedelta(hours=12), CLOCK - timedelta(hours=1, minutes=30))
    return tuple(Unanswered(card.key, moments) for card in silent[:1])


def _messages(cards: list[Relative]) -> tuple[Message, ...]:
    """One to be sent, one that arrived, one that did not go, and a reply that nobody has told yet."""
    evening = CLOCK.astimezone(HOUSE_ZONE) - timedelta(hours=13)
    drawn = (
        Message("", evening, ("safe", "roof", "care"), way="whatsapp"),
        Message("", evening, ("safe", "thinking"), way="sms", stands=("sent", "delivered")),
        Message("", evening, ("safe", "patience"), words="La tía salió bien.", way="sms", stands=("failed",)),
        Message("", evening, (), words="Aquí todos con salud. La niña ya camina.", reply=True),
    )
    fitting = [card for card in cards if card.last_heard_at and card.how != "in_danger"]
    fitting.sort(key=lambda card: bool(card.safe_hours))
    return tuple(replace(message, card=card.key) for message, card in zip(drawn, fitting, strict=False))


def _ties(mine: list[str], persons: dict[str, Person]) -> tuple[Tie, ...]:
    """Two residents who came apart and share a mother's surname are cousins."""
    for at, one in enumerate(mine):
        for other in mine[at + 1 :]:
            if one in persons and other in persons and _are_cousins(persons[one], persons[other]):
                return (Tie(one, other, "cousin"),)
    return ()


def _are_cousins(one: Person, other: Person) -> bool:
    mothers = one.surnames.split(" ")[-1], other.surnames.split(" ")[-1]
    return mothers[0] == mothers[1] and (not one.household or one.household != other.household)
