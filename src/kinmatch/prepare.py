"""A person made ready for comparison: every field folded, split and read once."""

from kinmatch.dates import Birth, read_birth
from kinmatch.frequencies import GIVEN, PLACE, SURNAME, Frequencies
from kinmatch.names import PersonName, split, surname_words, words
from kinmatch.numbers import document_code, phone_digits
from kinmatch.places import place_words
from kinmatch.records import Described
from kinmatch.sounds import fold

MALE = frozenset({"m", "male", "man", "masculino", "masc", "hombre", "h", "varon"})
FEMALE = frozenset({"f", "female", "woman", "femenino", "fem", "mujer", "w", "hembra"})
MOST_RELATIVES = 12


class Prepared:
    """The comparable form of a record or query; never changed after it is made."""

    __slots__ = (
        "birth",
        "birth_place",
        "document",
        "father",
        "given_sounds",
        "mother",
        "name",
        "nickname",
        "phone",
        "place",
        "relatives",
        "sex",
        "surname_sounds",
    )

    def __init__(self, person: Described, frequencies: Frequencies) -> None:
        self.name = read_name(person, frequencies)
        sounds = frequencies.sounds
        self.given_sounds = frozenset([sounds[token] for token in self.name.given])
        self.surname_sounds = frozenset([sounds[token] for token in self.name.surnames + self.name.married])
        self.nickname = words(person.nickname)[:3]
        self.sex = read_sex(person.sex)
        self.birth: Birth | None = read_birth(person.birth_date, person.age, person.age_on)
        self.birth_place = place_words(person.birth_place, sounds)
        self.place = place_words(person.place, sounds)
        self.mother = split(person.mother, frequencies) if person.mother else None
        self.father = split(person.father, frequencies) if person.father else None
        self.relatives = tuple(split(text, frequencies) for text in person.relatives[:MOST_RELATIVES])
        self.phone = phone_digits(person.phone)
        self.document = document_code(person.document)

    @property
    def tokens(self) -> tuple[str, ...]:
        """The distinct words of name and call-name, by which a person is found."""
        return tuple(dict.fromkeys(self.name.tokens + self.nickname))

    def count(self, frequencies: Frequencies, by: int) -> None:
        """Counts this person's names and places in or out of a register's frequencies."""
        frequencies.count(GIVEN, set(self.name.given), by)
        frequencies.count(SURNAME, set(self.name.surnames), by)
        frequencies.count(PLACE, {" ".join(words) for words in (self.birth_place, self.place) if words}, by)


def read_name(person: Described, frequencies: Frequencies) -> PersonName:
    """The name's words from the two name fields, or from the full name when both are empty."""
    given, (own, married) = words(person.given_names), surname_words(person.surnames)
    if given or own:
        return PersonName(given, own, married)
    return split(person.full_name, frequencies)


def read_sex(text: str) -> str:
    """'m', 'f' or '' when it is empty or something that is not compared. 'M' alone is read as male."""
    word = fold(text)
    if word in MALE:
        return "m"
    return "f" if word in FEMALE else ""
