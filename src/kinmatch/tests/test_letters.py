import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.compare.comparer import Comparer
from kinmatch.compare.grades import NEAR, VARIANT, TokenGrades
from kinmatch.frequencies import Frequencies
from kinmatch.letters import latin_words, name_words
from kinmatch.names import words
from kinmatch.places import compare_places, place_words
from kinmatch.prepare import Prepared
from kinmatch.records import Record
from kinmatch.sounds import Sounds

FREQUENCIES = Frequencies()
COMPARER = Comparer(frequencies=FREQUENCIES)
WORD = st.text(alphabet="abdelAMñç'’-ъЩёйїαυηοςمحدعالبة余欧阳嘉張ü.", min_size=1, max_size=8)


def weight(one: Record, other: Record) -> float:
    found = COMPARER.compare(Prepared(one, FREQUENCIES), Prepared(other, FREQUENCIES))
    return sum(COMPARER.weights.value(field.terms) for field in found)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Иван Йорданов", ["ivan", "iordanov"]),
        ("ЩЕРБАКОВА Юлия", ["shcherbakova", "yulia"]),
        ("Παπαδόπουλος", ["papadopoulos"]),
        ("محمد", ["mohamed"]),
        ("عبدالعزيز", ["abdul", "aziz"]),
        ("المصري", ["masri"]),
        ("Ash-Shami", ["shami"]),
        ("El-Masry", ["masry"]),
        ("Abdurrahman", ["abdul", "rahman"]),
        ("Abdelaziz", ["abdul", "aziz"]),
        ("Abdullah", ["abdullah"]),
        ("余嘉平", ["yu", "jia", "ping"]),
        ("欧阳华", ["ouyang", "hua"]),
        ("曾", ["zeng"]),
        ("José-María", ["jose", "maria"]),
        ("*%?", []),
    ],
)
def test_other_letters_are_read_in_latin_ones(written: str, read: list[str]) -> None:
    assert latin_words(written) == read


@pytest.mark.parametrize(
    ("own", "latin"),
    [
        ("محمد", "Muhammad"),
        ("حسين", "Hussain"),
        ("يوسف", "Yousef"),
        ("ليلى", "Leila"),
        ("خليل", "Khaleel"),
        ("ناصر", "Nasser"),
        ("حمدان", "Hamdan"),
        ("Сергей", "Serhiy"),
        ("Дмитрий", "Dmitry"),
        ("Юлия", "Iuliia"),
        ("Фёдор", "Fyodor"),
        ("Алексеев", "Alexeev"),
        ("Щербаков", "Shcherbakov"),
        ("Γεώργιος", "Giorgos"),
        ("Νικόλαος", "Nikolaos"),
        ("黄", "Wong"),
        ("张", "Chang"),
        ("吴", "Ng"),
    ],
)
def test_one_name_meets_itself_across_letters(own: str, latin: str) -> None:
    assert TokenGrades(FREQUENCIES).grade(*words(own), *words(latin)) >= NEAR


@pytest.mark.parametrize(("one", "other"), [("محمد", "Mahmoud"), ("Иван", "Igor"), ("黄", "Zhou"), ("张", "Chen")])
def test_other_names_stay_other_names_across_letters(one: str, other: str) -> None:
    assert TokenGrades(FREQUENCIES).grade(*words(one), *words(other)) < VARIANT


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("余嘉平", ["jiaping", "yu"]),
        ("欧阳华", ["hua", "ouyang"]),
        ("欧阳嘉平", ["jiaping", "ouyang"]),
        ("嘉平", ["jia", "ping"]),
    ],
)
def test_a_chinese_name_in_one_piece_is_told_into_its_parts(written: str, read: list[str]) -> None:
    assert name_words(written) == read


@given(WORD, WORD)
def test_a_word_is_read_without_its_neighbours(one: str, other: str) -> None:
    assert name_words(f"{one} {other}") == name_words(one) + name_words(other)
    assert latin_words(f"{one} {other}") == latin_words(one) + latin_words(other)
    assert latin_words(f"{one},{other}") == latin_words(one) + latin_words(other)


@given(st.text(max_size=40))
def test_any_text_is_read_again_as_itself(text: str) -> None:
    read = latin_words(text)
    assert all(word.strip() for word in read)
    assert latin_words(" ".join(read)) == read or not all(word.isascii() for word in read)


def test_places_meet_across_letters() -> None:
    sounds = Sounds()
    assert compare_places(place_words("Харьков", sounds), place_words("Kharkov", sounds)) == "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Record("a", given_names="Jia Ping", surnames="Yu"), Record("b", full_name="余嘉平")),
        (Record("a", given_names="Jiaping", surnames="Yu"), Record("b", given_names="嘉平", surnames="余")),
        (Record("a", full_name="Oleksandr Shevchenko"), Record("b", full_name="Шевченко Олександр")),
        (Record("a", given_names="Youssef", surnames="Al-Masri"), Record("b", full_name="يوسف المصري")),
    ],
)
def test_the_same_person_in_two_scripts_weighs_more_than_another(one: Record, other: Record) -> None:
    stranger = Record("c", given_names="Wei", surnames="Zhang")
    assert weight(one, other) > weight(stranger, other)
    assert weight(one, other) > weight(Record("d"), other)


@pytest.mark.parametrize("surname", ["Rojas", "Zambrano", "Uriana", "Epieyu"])
def test_a_missing_second_surname_costs_nothing(surname: str) -> None:
    full = Record("a", given_names="Ana", surnames=f"{surname} Mora")
    short = Record("b", given_names="Ana", surnames=surname)
    assert weight(full, short) == weight(short, short) <= weight(full, full)


def test_no_surname_at_all_is_silent() -> None:
    alone = Record("a", given_names="Slamet")
    assert weight(alone, alone) == weight(alone, Record("b", given_names="Slamet", surnames="Suryadi"))
    assert weight(alone, Record("b", full_name="Slamet")) == weight(alone, alone) > 0
