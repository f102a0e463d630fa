"""From what a list says to what the register and the requests hold. Pure."""

from collections.abc import Sequence
from datetime import date

from posada.family.models import Enquirer, PersonNote, Separation, Sought
from posada.interop.items import ImportedNote, ImportedPerson
from posada.interop.latest import latest_news
from posada.interop.text import fold
from posada.people.models import Identity, Sex


def day_of(text: str) -> date | None:
    """The day of a moment such as 2019-02-23T14:05:00Z; none where the list is silent or says only a month."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _age(person: ImportedPerson) -> int | None:
    """The middle of a range: the register keeps one age and compares with room on both sides."""
    ends = [age for age in (person.age_low, person.age_high) if age is not None]
    return sum(ends) // len(ends) if ends else None


def _full_name(person: ImportedPerson) -> str:
    parted = f"{person.given_names} {person.surnames}"
    return "" if fold(parted) == fold(person.full_name) else person.full_name


def identity_of(person: ImportedPerson, list_name: str) -> Identity:
    """The person as the register holds them."""
    return Identity(
        given_names=person.given_names,
        surnames=person.surnames,
        full_name=_full_name(person),
        other_names=", ".join(person.other_names),
        call_name=person.call_name,
        sex=Sex(person.sex),
        birth=person.birth,
        age=_age(person),
        age_on=day_of(person.age_on) if person.age_low is not None else None,
        origin=person.origin,
        mother=person.mother,
        father=person.father,
        nationalities=", ".join(person.nationalities),
        languages=", ".join(person.languages),
        description=person.description,
        document=person.document,
        list_name=person.source_name or list_name,
    )


def sought_of(person: ImportedPerson) -> Sought:
    """The same person as somebody sought."""
    return Sought(
        given_names=person.given_names,
        surnames=person.surnames,
        full_name=_full_name(person),
        nickname=person.call_name,
        other_names=", ".join(person.other_names),
        sex=Sex(person.sex),
        birth=person.birth,
        age=_age(person),
        age_on=day_of(person.age_on) if person.age_low is not None else None,
        origin=person.origin,
        mother=person.mother,
        father=person.father,
        phone=person.phone,
        document=person.document,
        marks=person.description,
    )


def enquirer_of(person: ImportedPerson, list_name: str) -> Enquirer:
    """Who asks: the author of the record; where none is named, the list itself."""
    ways = (person.author_phone, person.author_email)
    return Enquirer(
        name=person.author_name or person.source_name or list_name,
        safe_channel=", ".join(way for way in ways if way),
    )


def _last_contact(notes: Sequence[ImportedNote], asker: str) -> str:
    """The day on which whoever asks had the sought person's word, if that is the last thing they say of it."""
    own = [note for note in notes if fold(note.author_name) == fold(asker)]
    latest = latest_news(own) if asker else latest_news(())
    return latest.found_date[:10] if latest.found else ""


def separation_of(notes: Sequence[ImportedNote], asker: str) -> Separation | None:
    """What the notes of a list say of the last news, the newest last; none when they say nothing.

    `asker` is who made the record: only their own notes can say when the two last spoke.
    """
    ordered = sorted(notes, key=lambda note: note.source_date)
    words = "\n".join(note.text for note in ordered if note.text)
    places = [note.last_known_location for note in ordered if note.last_known_location]
    spoke = _last_contact(notes, asker)
    if not (words or places or spoke):
        return None
    return Separation(circumstances=words, last_known_place=places[-1] if places else "", last_contact=spoke)


def note_of(note: ImportedNote, list_name: str) -> PersonNote:
    """A note as it is sealed: without the ways to reach anybody, which nobody here needs."""
    return PersonNote(
        author=note.author_name,
        text=note.text,
        status=note.status,
        source=list_name,
        source_date=day_of(note.source_date),
        last_known_location=note.last_known_location,
        found=note.author_made_contact,
    )
