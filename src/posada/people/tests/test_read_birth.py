"""A birth or an age as people type it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posada.people.rules import (
    BirthProblem,
    Minor,
    ReadBirth,
    WrongBirth,
    age_in_words,
    birth_span,
    is_minor,
    read_birth,
    treated_as_minor,
)
from posada.people.rules.contents import Identity

TODAY = date(2019, 2, 26)
AGED_31 = ReadBirth(age=31, age_on=TODAY)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", ReadBirth()),
        ("   ", ReadBirth()),
        ("31", AGED_31),
        ("31 años", AGED_31),
        ("31 AÑOS", AGED_31),
        ("tiene 31 años", AGED_31),
        ("unos 31", AGED_31),
        ("31 years", AGED_31),
        ("٣١", AGED_31),
        ("0", ReadBirth(age=0, age_on=TODAY)),
        ("8 meses", ReadBirth(age=0, age_on=TODAY)),
        ("18 months", ReadBirth(age=1, age_on=TODAY)),
        ("3 semanas", ReadBirth(age=0, age_on=TODAY)),
        ("1987", ReadBirth(birth="1987")),
        ("n. 1987", ReadBirth(birth="1987")),
        ("m. 1990", ReadBirth(birth="1990")),
        ("nacida en 1987", ReadBirth(birth="1987")),
        ("born 1987", ReadBirth(birth="1987")),
        ("3/1987", ReadBirth(birth="1987-03")),
        ("03-1987", ReadBirth(birth="1987-03")),
        ("1987-03", ReadBirth(birth="1987-03")),
        ("marzo 1987", ReadBirth(birth="1987-03")),
        ("marzo de 1987", ReadBirth(birth="1987-03")),
        ("Mar 1987", ReadBirth(birth="1987-03")),
        ("14/3/1987", ReadBirth(birth="1987-03-14")),
        ("14.03.1987", ReadBirth(birth="1987-03-14")),
        ("14-3-87", ReadBirth(birth="1987-03-14")),
        ("14/3/05", ReadBirth(birth="2005-03-14")),
        ("1987-03-14", ReadBirth(birth="1987-03-14")),
        ("14 mar 1987", ReadBirth(birth="1987-03-14")),
        ("14 de marzo de 1987", ReadBirth(birth="1987-03-14")),
        ("14 de marzo del 87", ReadBirth(birth="1987-03-14")),
        ("March 14, 1987", ReadBirth(birth="1987-03-14")),
        ("29/2/2016", ReadBirth(birth="2016-02-29")),
        ("26/2/2019", ReadBirth(birth="2019-02-26")),
    ],
)
def test_it_reads_what_people_write(text: str, read: ReadBirth) -> None:
    assert read_birth(text, TODAY) == read


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("300", BirthProblem.TOO_OLD),
        ("121", BirthProblem.TOO_OLD),
        ("300 años", BirthProblem.TOO_OLD),
        ("1850", BirthProblem.TOO_OLD),
        ("31/2/1987", BirthProblem.IMPOSSIBLE),
        ("29/2/2015", BirthProblem.IMPOSSIBLE),
        ("13/1987", BirthProblem.IMPOSSIBLE),
        ("0000", BirthProblem.IMPOSSIBLE),
        ("3/14/1987", BirthProblem.IMPOSSIBLE),
        ("2020", BirthProblem.FUTURE),
        ("27/2/2019", BirthProblem.FUTURE),
        ("marzo 2019", BirthProblem.FUTURE),
        ("joven", BirthProblem.UNREADABLE),
        ("-5", BirthProblem.UNREADABLE),
        ("31 o 32", BirthProblem.UNREADABLE),
        ("1" * 500, BirthProblem.UNREADABLE),
        ("marzo", BirthProblem.UNREADABLE),
    ],
)
def test_it_refuses_what_cannot_be_with_a_sentence(text: str, problem: BirthProblem) -> None:
    with pytest.raises(WrongBirth) as wrong:
        read_birth(text, TODAY)
    assert wrong.value.problem is problem
    assert str(wrong.value).endswith(".")
    assert text not in str(wrong.value) or len(text) < 5


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=80), st.from_regex(r"[0-9 /.\-a-zñ]{0,24}", fullmatch=True)))
def test_whatever_is_typed_it_reads_or_says_why(text: str) -> None:
    try:
        read = read_birth(text, TODAY)
    except WrongBirth:
        return
    span = birth_span(Identity(birth=read.birth, age=read.age, age_on=read.age_on))
    assert span is None or span[0] <= TODAY


@pytest.mark.parametrize(
    ("identity", "answer"),
    [
        (Identity(birth="2001-02-26"), Minor.NO),
        (Identity(birth="2001-02-27"), Minor.YES),
        (Identity(birth="2001-02"), Minor.UNKNOWN),
        (Identity(birth="2001"), Minor.UNKNOWN),
        (Identity(birth="2000"), Minor.NO),
        (Identity(birth="2002"), Minor.YES),
        (Identity(age=18, age_on=TODAY), Minor.NO),
        (Identity(age=17, age_on=TODAY), Minor.YES),
        (Identity(age=17, age_on=date(2018, 6, 1)), Minor.UNKNOWN),
        (Identity(age=16, age_on=date(2016, 1, 1)), Minor.NO),
        (Identity(), Minor.UNKNOWN),
    ],
)
def test_it_tells_who_is_a_minor_as_far_as_it_is_known(identity: Identity, answer: Minor) -> None:
    assert is_minor(identity, TODAY) is answer


def test_an_unknown_age_is_treated_as_a_minors() -> None:
    assert treated_as_minor(Identity(), TODAY)
    assert treated_as_minor(Identity(birth="2001"), TODAY)
    assert not treated_as_minor(Identity(age=40, age_on=TODAY), TODAY)


@pytest.mark.parametrize(
    ("identity", "words"),
    [
        (Identity(), ""),
        (Identity(birth="1987-01-01"), "32 years"),
        (Identity(birth="1987"), "31 or 32 years"),
        (Identity(age=31, age_on=TODAY), "31 years"),
        (Identity(birth="2018-06-20"), "8 months"),
        (Identity(birth="2019-02-20"), "0 months"),
    ],
)
def test_an_age_is_said_as_precisely_as_it_is_known(identity: Identity, words: str, english: None) -> None:
    assert age_in_words(identity, TODAY) == words
