"""The two sample lists that the demonstration may import: `python -m tools.demo.samples` writes them.

`data/lista-coliseo.csv` is a volunteer's sheet (semicolons, capitals here and there, day/month/year): the
woman of the story, people of the house who slept there first, two people whom open requests seek, newcomers,
and three faults that an import must report or notice: a line without a name, a day that does not exist, one
line twice.

`data/lista-albergue.pfif.xml` is PFIF 1.4 with notes, a person whom a request seeks, and an expired record.
"""

import csv
import io
from dataclasses import dataclass, replace
from random import Random
from xml.sax.saxutils import escape

from .cast import ARRIVAL, COLISEUM, PARISH, REQUEST
from .lists import double_of
from .misspell import without_accents
from .names import DATA, Names
from .people import Population, Source
from .shapes import CROSSING, Person, Request, World
from .world import build_world

COLISEUM_FILE = "lista-coliseo.csv"
SHELTER_FILE = "lista-albergue.pfif.xml"
HEADINGS = (
    "N.º", "Apellidos", "Nombres", "Sexo", "Fecha de nacimiento", "Edad", "Lugar de origen", "Madre", "Padre",
    "Llegada", "Observaciones",
)  # fmt: skip
REMARKS = (
    "",
    "",
    "",
    "",
    "Pide llamar a la casa",
    "Pide una cobija",
    "Necesita lentes",
    "Durmió en la grada sur",
)
SEX = {"female": "F", "male": "M", "": ""}
COLISEUM_ROWS = 40
SHELTER_PERSONS = 14
PFIF = "http://zesty.ca/pfif/1.4"
DOMAIN = "albergue.example"


@dataclass(frozen=True, slots=True)
class Sample:
    """The text of both files."""

    coliseum: str
    shelter: str


def draw_samples(world: World) -> Sample:
    """Both files, the same for the same world."""
    names = Names(Random(world.seed + 1))
    sought = [one for one in world.requests if one.truth is None and not one.enquirer.person and one.sought.birth]
    house = [one for one in world.registered if one.given_names and one.birth and not one.household]
    again = names.chance.sample(house, k=7)
    return Sample(
        coliseum=_coliseum(names, sought[-2:], again[:5]),
        shelter=_shelter(names, sought[-3], again[5:]),
    )


def _found(request: Request, key: str, title: str, names: Names) -> Person:
    """The person whom a request seeks, as another list has them."""
    told = request.sought
    person = Person(
        key=key,
        human=key,
        given_names=told.given_names,
        surnames=told.surnames,
        sex=told.sex,
        birth=told.birth,
        origin=told.origin,
        mother=told.mother,
        father=told.father,
        arrived_on=CROSSING,
    )
    return replace(double_of(person, key, names, errors=1), birth=told.birth, origin=told.origin, listed_by=title)


def _yulesi_on_the_list() -> Person:
    """The woman of the story as a volunteer wrote her down on Saturday night."""
    return replace(
        ARRIVAL.person,
        given_names="YULEICI CAROLINA",
        surnames="RAMIRES",
        birth=REQUEST.sought.birth,
        origin="Colon, Tachira",
        father="",
        arrived_on=CROSSING,
    )


def _coliseum(names: Names, sought: list[Request], again: list[Person]) -> str:
    chance = names.chance
    known = [double_of(one, f"coliseo-again-{at}", names) for at, one in enumerate(again)]
    known += [_found(one, f"coliseo-found-{one.key}", COLISEUM, names) for one in sought]
    fresh = Population(names, Source("coliseo", COLISEUM)).fill(COLISEUM_ROWS - len(known) - 4)
    people = [*known, *fresh]
    chance.shuffle(people)
    rows = [_row(one, chance) for one in people]
    rows.insert(16, _row(_yulesi_on_the_list(), None))
    rows.insert(9, ["", "", "F", "", "", "", "", "", "24/02/2019", "Se fue antes de dar el nombre"])
    rows.insert(23, ["Quintero Roa", "Nerio", "M", "31/02/1991", "", "La Fría", "", "", "24/02/2019", ""])
    rows.append(list(rows[3]))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows([str(number), *row] for number, row in enumerate(rows, start=1))
    return out.getvalue()


def _row(person: Person, chance: Random | None) -> list[str]:
    """A line of the sheet; without chance, as it is and with no remark that chance would choose."""
    given, surnames, remark = person.given_names, person.surnames, "Durmió aquí. Salió el martes temprano"
    if chance is not None:
        remark = chance.choice(REMARKS)
        if chance.random() < 0.3:
            given, surnames = without_accents(given).upper(), without_accents(surnames).upper()
    return [
        surnames,
        given,
        SEX[person.sex],
        "/".join(reversed(person.birth.split("-"))),
        "" if person.age is None else str(person.age),
        person.origin,
        person.mother,
        person.father,
        person.arrived_on.strftime("%d/%m/%Y"),
        remark,
    ]


def _shelter(names: Names, sought: Request, again: list[Person]) -> str:
    known = [double_of(one, f"albergue-again-{at}", names) for at, one in enumerate(again)]
    known.append(_found(sought, "albergue-found", PARISH, names))
    people = [*known, *Population(names, Source("albergue", PARISH)).fill(SHELTER_PERSONS - len(known) - 1)]
    names.chance.shuffle(people)
    records = [_record(number, one) for number, one in enumerate(people, start=1)]
    body = "\n".join([*records, _expired(len(people) + 1)])
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<pfif:pfif xmlns:pfif="{PFIF}">\n{body}\n</pfif:pfif>\n'


def _record(number: int, person: Person) -> str:
    record = f"{DOMAIN}/person.{number:03}"
    day = person.arrived_on.isoformat()
    town, _, state = person.origin.partition(", ")
    fields = {
        "person_record_id": record,
        "entry_date": f"{day}T23:30:00Z",
        "expiry_date": "2019-08-26T00:00:00Z",
        "author_name": "Mesa de registro",
        "source_name": PARISH,
        "source_date": f"{day}T22:00:00Z",
        "full_name": person.full_name,
        "given_name": person.given_names,
        "family_name": person.surnames,
        "sex": person.sex,
        "date_of_birth": person.birth,
        "age": "" if person.age is None else str(person.age),
        "home_city": town,
        "home_state": state,
        "home_country": "VE" if town else "",
    }
    note = _note(record, number, day) if number % 2 else ""
    return f"  <pfif:person>\n{_elements(fields, 4)}\n{note}  </pfif:person>"


def _note(record: str, number: int, day: str) -> str:
    fields = {
        "note_record_id": f"{DOMAIN}/note.{number:03}",
        "person_record_id": record,
        "entry_date": f"{day}T23:45:00Z",
        "author_name": "Mesa de registro",
        "source_date": f"{day}T23:40:00Z",
        "author_made_contact": "true",
        "status": "is_note_author" if number % 4 == 1 else "believed_alive",
        "text": "Durmió en el albergue." if number % 4 == 1 else "Salió por la mañana; se encontraba bien.",
    }
    return f"    <pfif:note>\n{_elements(fields, 6)}\n    </pfif:note>\n"


def _expired(number: int) -> str:
    """A record past its time: wiped by its source to a placeholder, as PFIF asks."""
    fields = {
        "person_record_id": f"{DOMAIN}/person.{number:03}",
        "entry_date": "2019-02-25T00:00:00Z",
        "expiry_date": "2019-02-25T00:00:00Z",
        "source_date": "2019-02-25T00:00:00Z",
        "full_name": "",
    }
    return f"  <pfif:person>\n{_elements(fields, 4, blanks=True)}\n  </pfif:person>"


def _elements(fields: dict[str, str], indent: int, *, blanks: bool = False) -> str:
    return "\n".join(
        f"{' ' * indent}<pfif:{name}>{escape(value)}</pfif:{name}>" for name, value in fields.items() if value or blanks
    )


def write_samples() -> None:
    """Write both files into `data/`."""
    sample = draw_samples(build_world())
    (DATA / COLISEUM_FILE).write_text(sample.coliseum, encoding="utf-8", newline="")
    (DATA / SHELTER_FILE).write_text(sample.shelter, encoding="utf-8", newline="")


if __name__ == "__main__":
    write_samples()
