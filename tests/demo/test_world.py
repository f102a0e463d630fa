"""The invented world: the same every time, whole, and silent about what nobody may know."""

import csv
import dataclasses
import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import groupby
from zoneinfo import ZoneInfo

import phonenumbers
import pytest
from defusedxml import ElementTree
from django.utils import translation
from tools.demo import cast, samples
from tools.demo.names import DATA, is_refused, plain, rows_of
from tools.demo.shapes import CLOCK, Person, World
from tools.demo.world import build_world

from posada.desk.story import STEPS

SERVICE = re.compile(
    r"\b(soldad[oa]s?|milit\w+|ej[eé]rcito|guardia\w*|sargent\w+|teniente\w*|capit[aá]n\w*|coronel\w*|general(es)?|cabo"
    r"|tropa\w*|desert\w+|uniforme\w*|arm(a|as|ado|ada|ados)|cuartel\w*|batall\w+|brigada\w*|polic\w+|fan?b|gnb|cicpc|sebin"
    r"|soldiers?|army|officers?|sergeants?|lieutenants?|captains?|colonels?|troops?|uniforms?|weapons?|barracks|police"
    r"|served|comand\w+|command\w+|combat\w+|reservist\w*|miliciano\w*|funcionari\w+)\b",
    re.IGNORECASE,
)
TELLING_FIELDS = re.compile(r"serv|rank|force|unit|profession|occupation|job|status|class|category|flag|risk|protect")


@pytest.fixture(scope="module")
def world() -> World:
    return build_world()


def texts_in(thing: object) -> Iterator[str]:
    """Every text anywhere inside."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from texts_in(part)
    elif dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            yield from texts_in(getattr(thing, field.name))


def fields_in(thing: object) -> set[str]:
    """Every field's name anywhere inside."""
    found: set[str] = set()
    if isinstance(thing, tuple):
        return found.union(*map(fields_in, thing))
    if dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            found |= {field.name} | fields_in(getattr(thing, field.name))
    return found


def test_it_is_the_same_world_for_the_same_seed(world: World) -> None:
    assert build_world() == world
    assert build_world(seed=7, size=400) != build_world(seed=8, size=400)


@pytest.mark.parametrize("size", [200, 333, 400, 1000])
def test_it_can_be_made_smaller(size: int) -> None:
    small = build_world(size=size)
    assert len(small.persons) == size
    assert len(small.requests) == round(size * 0.02)


def test_it_refuses_a_world_too_small_to_hold_its_story() -> None:
    with pytest.raises(ValueError, match="fewer than 200"):
        build_world(size=50)


def test_it_has_the_people_of_the_figures_by_day(world: World) -> None:
    assert len(world.persons) == 2000
    assert len(world.registered) == 420
    by_day = Counter(person.arrived_on for person in world.registered)
    assert sorted(by_day) == [date(2019, 2, day) for day in (23, 24, 25, 26)]
    by_the_25th = 1 - by_day[date(2019, 2, 26)] / 420
    assert abs(by_the_25th - 274 / 326) < 0.02
    assert by_day[date(2019, 2, 23)] < by_day[date(2019, 2, 24)] < by_day[date(2019, 2, 25)]
    assert {person.arrived_on for person in world.listed} == set(by_day)


def test_it_has_nobody_arriving_after_its_clock(world: World) -> None:
    for person in world.registered:
        moment = datetime.combine(person.arrived_on, person.arrived_at or time(0), CLOCK.tzinfo)
        assert moment < CLOCK
    assert all(request.opened_on <= CLOCK.date() for request in world.requests)
    assert all(card.last_heard_at is None or card.last_heard_at < CLOCK for card in world.relatives)


def test_it_gives_ninety_people_a_night_and_all_but_six_a_bed(world: World) -> None:
    present = [person for person in world.registered if person.present]
    assert len(present) == 90
    assert not any(person.present for person in world.listed)
    assert len({(stay.room, stay.bed) for stay in world.stays}) == len(world.stays) == 84
    beds = {room.key: room.beds for room in world.rooms}
    assert all(1 <= stay.bed <= beds[stay.room] for stay in world.stays)
    without = {person.key for person in present} - {stay.person for stay in world.stays}
    assert {person.arrived_on for person in present if person.key in without} == {CLOCK.date()}


def test_it_lets_every_key_lead_somewhere(world: World) -> None:
    keys = [person.key for person in world.persons] + [world.arrival.person.key]
    everything = [*keys, *(one.key for one in world.requests), *(one.key for one in world.relatives)]
    assert len(everything) == len(set(everything))
    known, rooms = set(keys), {room.key for room in world.rooms}
    assert {person.human for person in world.persons} <= known
    assert {stay.person for stay in world.stays} <= {one.key for one in world.registered if one.present}
    assert {stay.room for stay in world.stays} <= rooms
    assert {card.of_person for card in world.relatives} <= {one.key for one in world.registered if one.present}
    assert {one.enquirer.person for one in world.requests if one.enquirer.person} <= known
    assert {card.of_person for card in world.arrival.relatives} == {world.arrival.person.key}


def test_it_keeps_households_whole(world: World) -> None:
    together = [person for person in world.persons if person.household]
    assert 0.25 < len(together) / len(world.persons) < 0.45
    rooms = {stay.person: stay.room for stay in world.stays}
    for _, group in groupby(together, key=lambda person: person.household):
        members = list(group)
        assert 2 <= len(members) <= 6
        assert [one.household_relation for one in members].count("head") == 1
        assert len({(one.arrived_on, one.present, one.listed_by, rooms.get(one.key)) for one in members}) == 1


def test_it_gives_children_the_surnames_of_their_parents(world: World) -> None:
    children = [one for one in world.persons if one.household_relation == "child"]
    assert len(children) > 100
    for child in children:
        first, second = child.surnames.split(" ")
        assert not child.father or child.father.endswith(f" {first}")
        assert not child.mother or child.mother.endswith(f" {second}")


def test_it_has_siblings_who_look_alike(world: World) -> None:
    families: dict[tuple[str, str, str], list[Person]] = {}
    for person in world.persons:
        if person.household and person.key == person.human:
            families.setdefault((person.household, person.surnames, person.sex), []).append(person)
    alike = [
        group
        for group in families.values()
        if len(group) > 1 and len({plain(one.given_names)[:3] for one in group}) < len(group)
    ]
    assert len(alike) >= 10


def test_it_has_people_who_stand_twice_with_errors(world: World) -> None:
    first = {person.key: person for person in world.persons}
    doubles = [person for person in world.listed if person.key != person.human]
    assert len(doubles) > 80
    for double in doubles:
        original = first[double.human]
        assert double.listed_by != original.listed_by
        assert (double.given_names, double.surnames) != (original.given_names, original.surnames)
        assert double.arrived_on <= original.arrived_on


def test_it_has_one_who_came_back_and_was_registered_anew(world: World) -> None:
    first = {person.key: person for person in world.persons}
    [again] = [person for person in world.registered if person.key != person.human]
    before = first[again.human]
    assert again.present
    assert not before.present
    assert before.arrived_on < again.arrived_on
    assert (again.given_names, again.surnames) != (before.given_names, before.surnames)


def test_it_has_a_house_that_is_lived_in(world: World) -> None:
    living, people = world.living, {person.key: person for person in world.persons}
    infants = [one for one in world.registered if one.present and one.birth > "2017-03"]
    assert len(infants) == 2
    for infant, mother in living.beside:
        assert people[infant] in infants
        assert people[infant].household == people[mother].household
        assert people[mother].sex == "female"
    away = {living.long_gone, living.not_back, living.out}
    assert len(away | set(living.onward) | set(living.apart)) == 7
    assert not away & {*living.ate, *living.on_mats, *living.onward}
    rooms = {stay.person: stay.room for stay in world.stays}
    assert rooms[living.apart[0]] != rooms[living.apart[1]]


def test_it_has_open_requests_of_which_fifteen_can_be_answered(world: World) -> None:
    assert len(world.requests) == 40
    answered = [request for request in world.requests if request.truth is not None]
    assert len(answered) == 15
    people = {person.key: person for person in (*world.persons, world.arrival.person)}
    for request in answered:
        person = people[str(request.truth)]
        assert person.human == person.key
        assert person.key != request.enquirer.person
        assert request.sought.sex == person.sex
        told, real = request.sought.birth[:4], person.birth[:4]
        assert told == real or request.sought.age == CLOCK.year - int(real)
    assert len({request.truth for request in answered}) == 15


def test_it_says_none_only_where_nobody_here_is_meant(world: World) -> None:
    names = {(plain(one.given_names), plain(one.surnames), one.birth[:4]) for one in world.persons}
    for request in world.requests:
        if request.truth is None:
            sought = request.sought
            assert (plain(sought.given_names), plain(sought.surnames), sought.birth[:4]) not in names


def test_it_parts_people_before_it_asks_for_them(world: World) -> None:
    for request in world.requests:
        parted = request.separation
        assert parted.on <= request.opened_on
        assert parted.last_contact is None or parted.on <= parted.last_contact <= request.opened_on
        assert request.enquirer.person or (request.enquirer.name and request.enquirer.phone)


def test_it_has_silences_when_its_clock_starts(world: World) -> None:
    assert len(world.relatives) == 60
    silent = [card for card in world.relatives if card.silent_at(CLOCK)]
    assert 9 <= len(silent) <= 18
    assert any(card.last_heard_at is None for card in silent)
    mother = world.arrival.relatives[0]
    assert mother.silent_at(CLOCK)
    assert (mother.interval_hours, mother.channel, mother.how) == (48, "voice", "well")
    assert mother.last_heard_at is not None
    assert mother.last_heard_at.date() == date(2019, 2, 23)


def test_it_has_something_of_everything_between_house_and_families(world: World) -> None:
    room = world.family
    cards = {card.key: card for card in world.relatives}
    things = {thing.tag: thing.kind for thing in room.things}
    assert len(things) == len(room.things)
    assert [things[tag] for tag, _ in room.lent].count("charger") >= 2
    assert len(room.charging) == 2
    assert all(things[call.tag] == "phone" for call in room.calls)
    assert len({(call.tag, call.at) for call in room.calls}) == len(room.calls) >= 4
    assert [call.made for call in room.calls].count(True) == 1
    assert {message.stands for message in room.messages} >= {(), ("sent", "delivered"), ("failed",)}
    assert [message.reply for message in room.messages].count(True) == 1
    assert [one.told for one in room.harmed if "name" not in one.told]
    assert all(cards[one.card].trusted for one in room.unanswered)
    assert len(room.callers) == 2
    assert len(room.ties) == 1
    touched = {one.card for one in (*room.calls, *room.messages, *room.harmed, *room.unanswered)}
    assert touched <= set(cards)
    harmed = {one.card for one in (*room.harmed, *room.unanswered)}
    assert not harmed & {one.card for one in (*room.calls, *room.messages)}


def test_it_plans_no_call_outside_safe_hours(world: World) -> None:
    cards = {card.key: card for card in world.relatives}
    for call in world.family.calls:
        hours = cards[call.card].safe_hours
        if hours:
            begins, until = (time.fromisoformat(hour) for hour in hours.split("-"))
            there = datetime.combine(CLOCK.date(), call.at, CLOCK.tzinfo).astimezone(ZoneInfo("America/Caracas"))
            assert begins <= there.time() < until


def test_it_seeks_two_at_once_and_lets_one_request_end_in_a_week(world: World) -> None:
    assert [len(request.also) for request in world.requests if request.also] == [1]
    old = [request for request in world.requests if request.opened_on < date(2019, 2, 1)]
    assert [(CLOCK.date() - request.opened_on).days for request in old] == [173]
    for request in world.requests:
        assert not [one for one in request.also if is_refused(one.given_names, one.surnames)]


def test_it_has_no_field_and_no_word_that_tells_who_served(world: World) -> None:
    assert not {name for name in fields_in(world) if TELLING_FIELDS.search(name)}
    assert not {text for text in texts_in(world) if SERVICE.search(text)}
    tables = [path for path in DATA.iterdir() if path.suffix in {".csv", ".xml"} and path.stem != "refused"]
    assert len(tables) == 7
    assert not {path.name for path in tables if SERVICE.search(path.read_text("utf-8"))}
    assert SERVICE.search("Su hermano es sargento")


def test_it_draws_the_day_and_the_place_without_regard_to_sex_or_age(world: World) -> None:
    """Young men alone, the likeliest guess, are as likely on each day, at each crossing, in each night."""
    alone = [one for one in world.registered if not one.household and one.birth]

    def guessed(person: Person) -> bool:
        return person.sex == "male" and 1984 <= int(person.birth[:4]) <= 2001

    share = sum(map(guessed, alone)) / len(alone)
    for trait in ("arrived_on", "arrived_place", "present"):
        groups: dict[object, list[Person]] = {}
        for one in alone:
            groups.setdefault(getattr(one, trait), []).append(one)
        for members in groups.values():
            spread = 3.5 * (share * (1 - share) / len(members)) ** 0.5
            assert abs(sum(map(guessed, members)) / len(members) - share) < spread


def test_it_names_nobody_who_is_known(world: World) -> None:
    for person in (*world.persons, world.arrival.person):
        assert not is_refused(person.given_names, person.surnames)
        for parent in (person.mother, person.father):
            assert not is_refused(parent, parent)
    for request in world.requests:
        assert not is_refused(request.sought.given_names, request.sought.surnames)
        assert not is_refused(request.enquirer.name, request.enquirer.name)
    for card in (*world.relatives, *world.arrival.relatives):
        assert not is_refused(card.who, card.who)
    for row in sheet():
        assert not is_refused(row["Nombres"], row["Apellidos"])
    for given in ("Juan Gerardo", "NICOLÁS"):
        assert is_refused(given, "Guaidó Maduro")


def test_it_has_numbers_that_ring_nowhere_and_are_no_ones_twice(world: World) -> None:
    numbers = [text for text in texts_in(world) if text.startswith("+")]
    assert len(numbers) > 150
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        parsed = phonenumbers.parse(number)
        assert phonenumbers.is_possible_number(parsed)
        assert not phonenumbers.is_valid_number(parsed)


def test_it_draws_from_short_tables_with_their_source() -> None:
    for name in ("surnames.csv", "given-women.csv", "given-men.csv"):
        assert len(list(rows_of(name))) <= 400
        head = (DATA / name).read_text("utf-8").splitlines()[:6]
        assert any("INE" in line for line in head)
        assert any("icence as known" in line for line in head)


def sheet() -> list[dict[str, str]]:
    text = (DATA / samples.COLISEUM_FILE).read_text("utf-8")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_it_writes_the_same_samples_that_are_committed(world: World) -> None:
    drawn = samples.draw_samples(world)
    assert (DATA / samples.COLISEUM_FILE).read_bytes() == drawn.coliseum.encode()
    assert (DATA / samples.SHELTER_FILE).read_bytes() == drawn.shelter.encode()


def test_it_has_a_sheet_with_the_woman_of_the_story_and_three_faults() -> None:
    rows = sheet()
    assert len(rows) == 40
    assert [row["N.º"] for row in rows] == [str(number) for number in range(1, 41)]
    hers = [row for row in rows if row["Nombres"] == "YULEICI CAROLINA"]
    assert [(row["Apellidos"], row["Fecha de nacimiento"]) for row in hers] == [("RAMIRES", "14/03/1987")]
    assert sum(not (row["Nombres"] or row["Apellidos"]) for row in rows) == 1
    assert sum(row["Fecha de nacimiento"] == "31/02/1991" for row in rows) == 1
    lines = Counter(tuple(list(row.values())[1:]) for row in rows)
    assert sorted(lines.values())[-2:] == [1, 2]


def test_it_has_a_pfif_list_with_notes_and_an_expired_record() -> None:
    root = ElementTree.parse(DATA / samples.SHELTER_FILE).getroot()
    space = {"pfif": "http://zesty.ca/pfif/1.4"}
    persons = root.findall("pfif:person", space)
    assert len(persons) == samples.SHELTER_PERSONS
    ids = [person.findtext("pfif:person_record_id", "", space) for person in persons]
    assert len(set(ids)) == len(ids)
    assert all(one.startswith("albergue.example/person.") for one in ids)
    assert len(root.findall("pfif:person/pfif:note", space)) >= 5
    expired = [one for one in persons if one.findtext("pfif:expiry_date", "", space) < "2019-02-26"]
    assert [one.findtext("pfif:full_name", None, space) for one in expired] == [""]


def told(language: str) -> list[str]:
    """Every word of the guided story, in a language."""
    with translation.override(language):
        said = [words for step in STEPS for pair in step.says for words in pair]
        return [str(words) for words in (*(w for step in STEPS for w in (step.sentence, step.act)), *said)]


def typed() -> dict[str, str]:
    """What the visitor types in step 1, by the words beside the field."""
    with translation.override("en"):
        return {str(label): str(words) for label, words in STEPS[0].says}


def test_it_tells_twenty_steps_in_both_languages_without_a_word_of_service() -> None:
    assert len(STEPS) == 20
    english, spanish = told("en"), told("es")
    assert all(english)
    assert all(spanish)
    with translation.override("es"):
        sentences = [str(step.sentence) for step in STEPS]
    with translation.override("en"):
        assert not set(sentences) & {str(step.sentence) for step in STEPS}
    assert not [words for words in (*english, *spanish) if SERVICE.search(words)]


def test_it_types_in_step_one_whom_the_sister_seeks(world: World) -> None:
    sought = next(one for one in world.requests if one.key == cast.SISTER_REQUEST)
    assert sought.truth == world.arrival.person.key == cast.YULESI
    assert world.arrival.person.key not in {person.key for person in world.persons}
    words = typed()
    assert (words["Given names"], words["Surnames"]) == ("Yulesi Carolina", "Ramires Peña")
    assert (world.arrival.person.given_names, world.arrival.person.surnames) == (
        words["Given names"],
        words["Surnames"],
    )
    assert (sought.sought.given_names, sought.sought.surnames) == ("Yuleisy Carolina", "Ramírez Peña")
    assert sought.sought.birth.startswith(words["Birth or age"])
    assert sought.sought.mother == words["Mother"]


def test_it_plants_a_name_that_stands_nowhere_in_the_seeded_world(world: World) -> None:
    """What the last step looks for must come from step 1; a name that stood there before would prove nothing."""
    words = typed()
    parts = (world.persons, world.rooms, world.stays, world.relatives, world.requests, world.family)
    seeded = plain(" ".join(text for text in texts_in(parts) if not text.startswith("cast-")))  # a key is not stored
    for name in (words["Given names"], words["Surnames"]):
        assert plain(name) not in seeded
        assert plain(name.split()[0]) not in seeded
