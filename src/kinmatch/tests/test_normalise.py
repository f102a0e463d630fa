import pytest

from kinmatch.frequencies import Frequencies
from kinmatch.names import split, surname_words, words
from kinmatch.numbers import compare_documents, compare_phones, document_code, phone_digits
from kinmatch.places import compare_places, place_words
from kinmatch.prepare import read_sex
from kinmatch.sounds import Sounds, fold, sound

FREQUENCIES = Frequencies()


# The folding and the Chinese tokens are facts from google/personfinder's tests (Apache-2.0).
@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("hi there", "hi there"),
        ("salut là", "salut la"),
        ("Lòng Strïng wíth lôts öf Ãccënts", "long string with lots of accents"),
        ("O'Hearn", "ohearn"),
        ("Cœur", "coeur"),
        ("余嘉平", "余 嘉 平"),
        ("foo余嘉bar平", "foo 余 嘉 bar 平"),
        ("  GONZÁLEZ-Ñáñez ", "gonzalez nanez"),
        ("Иван Йорданов", "иван иорданов"),
        ("👍 Ana 😀", "ana"),
        ("*%?", ""),
    ],
)
def test_folding_leaves_plain_words(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("González", "Gonsales"),
        ("Yuleisy", "Yulesi"),
        ("Yuleisy", "Yuleysi"),
        ("Wilmer", "Huilmer"),
        ("Jhon", "John"),
        ("Vásquez", "Basques"),
        ("Hernández", "Ernandes"),
        ("Quique", "Kike"),
        ("Giménez", "Jiménez"),
        ("Llanos", "Yanos"),
        ("Mireya", "Mirella"),
        ("Campos", "Canpos"),
        ("Xiomara", "Siomara"),
        ("Alexis", "Aleksis"),
        ("Zulay", "Sulay"),
        ("Peña", "Pena"),
        ("Briceño", "Brizeño"),
    ],
)
def test_names_that_sound_alike_share_a_key(one: str, other: str) -> None:
    assert sound(fold(one)) == sound(fold(other))


@pytest.mark.parametrize(
    ("one", "other"), [("Mario", "María"), ("Rosa", "Rocío"), ("Pérez", "Peña"), ("Chávez", "Sáez")]
)
def test_other_names_keep_other_keys(one: str, other: str) -> None:
    assert sound(fold(one)) != sound(fold(other))


def test_particles_and_titles_are_dropped_unless_nothing_else_is_there() -> None:
    assert words("María de los Ángeles") == ("maria", "angeles")
    assert words("Sra. Rosa") == ("rosa",)
    assert words("De la O") == ("o",)
    assert words("Del") == ("del",)


def test_a_married_name_is_set_apart() -> None:
    assert surname_words("Pérez de Gómez") == (("perez",), ("gomez",))
    assert surname_words("De León Pérez") == (("leon", "perez"), ())


@pytest.mark.parametrize(
    ("written", "given", "surnames"),
    [
        ("María Guadalupe Pérez Gómez", ("maria", "guadalupe"), ("perez", "gomez")),
        ("Juan Pérez Gómez", ("juan",), ("perez", "gomez")),
        ("Ana María Rojas", ("ana", "maria"), ("rojas",)),
        ("Rojas Mora, Ana", ("ana",), ("rojas", "mora")),
        ("Pérez Gómez Juan", ("juan",), ("perez", "gomez")),
        ("Ana", ("ana",), ()),
        ("", (), ()),
    ],
)
def test_a_full_name_is_split(written: str, given: tuple[str, ...], surnames: tuple[str, ...]) -> None:
    name = split(written, FREQUENCIES)
    assert (name.given, name.surnames) == (given, surnames)


def test_places_meet_by_what_they_share() -> None:
    sounds = Sounds()

    def level(one: str, other: str) -> str:
        return compare_places(place_words(one, sounds), place_words(other, sounds))

    assert level("Ureña", "urena") == "same"
    assert level("Ureña", "Ureña, Táchira") == "contained"
    assert level("Colón, Táchira", "San Juan de Colón") == "near"
    assert level("San Antonio del Táchira", "San Cristóbal") == "different"
    assert level("Maracaivo", "Maracaibo") == "same"


def test_numbers_are_compared_by_their_digits() -> None:
    assert compare_phones(phone_digits("+58 414-123.45.67"), phone_digits("0414 1234567")) == "same"
    assert compare_phones(phone_digits("0414 1234567"), phone_digits("0414 1234568")) == "near"
    assert compare_phones(phone_digits("0414 1234567"), phone_digits("0424 7654321")) == "different"
    assert phone_digits("123") == ""
    assert document_code("V-12.345.678") == document_code("12345678")
    assert compare_documents("12345678", "12345687") == "near"


def test_sex_is_read_in_both_languages() -> None:
    assert [read_sex(text) for text in ("M", "mujer", "Femenino", "male", "other", "")] == [
        "m",
        "f",
        "f",
        "m",
        "",
        "",
    ]
