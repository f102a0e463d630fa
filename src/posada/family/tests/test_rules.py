"""Kinship, bands, questions and advice: small tables."""

from datetime import datetime, timedelta

import pytest
from django.utils import translation

from posada.family.rules.bands import THRESHOLD, Band, band_of
from posada.family.rules.choices import CHOICE_LABELS, CHOICE_SHORT, Choice
from posada.family.rules.kinship import (
    OWN_GENERATION,
    RELATION_LABELS,
    Relation,
    generation_of,
    other_way,
    sex_of,
)
from posada.family.rules.moments import day_in_words, moment_in_words
from posada.family.rules.questions import questions

TUESDAY = datetime(2019, 2, 26, 9, 0)  # noqa: DTZ001 - a local moment, as the pages see it


@pytest.mark.parametrize(
    ("chance", "band"),
    [(THRESHOLD, Band.POSSIBLE), (0.59, Band.POSSIBLE), (0.6, Band.LIKELY), (0.9, Band.VERY_LIKELY)],
)
def test_a_probability_has_one_word(chance: float, band: Band) -> None:
    assert band_of(chance) is band


@pytest.mark.parametrize("relation", list(Relation))
def test_every_relation_has_a_word_and_turns_back(relation: Relation) -> None:
    assert str(RELATION_LABELS[relation])
    there, back = generation_of(relation), generation_of(other_way(relation))
    assert there - OWN_GENERATION == OWN_GENERATION - back


def test_a_relation_may_tell_the_sex() -> None:
    assert (sex_of(Relation.MOTHER), sex_of(Relation.BROTHER), sex_of(Relation.COUSIN)) == ("female", "male", "")


@pytest.mark.parametrize("relation", [None, *Relation])
def test_questions_are_for_kin_and_never_on_a_card(relation: Relation | None) -> None:
    with translation.override("en"):
        asked = questions(relation)
    assert len(asked) == 3
    assert not any(word in " ".join(asked).lower() for word in ("number", "birth", "surname", "document"))


def test_every_choice_of_the_practice_is_there() -> None:
    assert set(CHOICE_LABELS) == set(CHOICE_SHORT) == set(Choice)
    assert len(Choice) == 9


@pytest.mark.parametrize(
    ("days", "spanish"),
    [(0, "hoy"), (1, "ayer"), (3, "sábado"), (6, "miércoles"), (7, "el 19 de febrero"), (-1, "mañana")],
)
def test_days_are_said_as_people_say_them(days: int, spanish: str) -> None:
    with translation.override("es"):
        assert day_in_words(TUESDAY - timedelta(days=days), TUESDAY) == spanish


def test_a_moment_has_its_hour() -> None:
    with translation.override("es"):
        assert moment_in_words(TUESDAY + timedelta(hours=34), TUESDAY) == "mañana, 19:00"
