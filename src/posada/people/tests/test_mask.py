"""What is shown of a person before opening, and what a name may hold."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.people.rules import TooLong, clean_text, identity_differences, mask
from posada.people.rules.contents import Identity, Sex


@pytest.mark.parametrize(
    ("identity", "title", "line"),
    [
        (
            Identity(
                given_names="Yulesi Carolina",
                surnames="Ramírez Peña",
                sex=Sex.FEMALE,
                birth="1987-03-14",
                origin="San Juan de Colón",
            ),
            "Y. C. R. P.",
            "born 1987 · S.",
        ),
        (
            Identity(given_names="José", surnames="de la Cruz", age=31, age_on=date(2019, 2, 26)),
            "J. C.",
            "born about 1988",
        ),
        (Identity(full_name="Юлия Петрова", sex=Sex.MALE), "Ю. П.", ""),
        (Identity(description="no habla"), "No name", ""),
        (Identity(call_name="Chucho", origin="Mérida, Mérida"), "C.", "M."),
    ],
)
def test_a_mask_holds_initials_year_and_letters_of_the_place(
    identity: Identity, title: str, line: str, english: None
) -> None:
    shown = mask(identity)
    assert (shown.title, shown.line) == (title, line)


@given(st.text(max_size=130))
def test_what_is_kept_of_a_name_is_plain_and_stays_so(text: str) -> None:
    try:
        kept = clean_text(text)
    except TooLong as error:
        assert error.length > error.limit  # noqa: PT017 - only some texts are too long
        return
    assert kept == clean_text(kept)
    assert kept == kept.strip()
    assert not {"\n", "\t", "\x00", "\u202e", "\ufeff"} & set(kept)


def test_lines_of_a_description_stay_lines() -> None:
    assert clean_text("uno\r\n\r\n dos\ttres ", 100, lines=True) == "uno\ndos tres"


def test_the_differences_are_told_in_the_order_of_the_screen(english: None) -> None:
    before = Identity(surnames="Ramires", birth="1987", mother="Carmen")
    after = Identity(surnames="Ramírez", birth="1987-03", sex=Sex.FEMALE)
    told = [(row.field, row.before, row.after) for row in identity_differences(before, after)]
    assert told == [
        ("surnames", "Ramires", "Ramírez"),
        ("sex", "", "Woman"),
        ("birth", "1987", "March 1987"),
        ("mother", "Carmen", ""),
    ]
