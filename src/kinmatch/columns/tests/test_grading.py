"""The compiled grade of two words is that of the plain comparer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinmatch.columns.compiled import Array, Number, compiled
from kinmatch.columns.dictionary import make_tokens
from kinmatch.columns.grading import GradeTables, glances, grade, unlike_at_a_glance
from kinmatch.compare.grades import TokenGrades, nicknames, variants
from kinmatch.frequencies import Frequencies, shares
from kinmatch.sounds import sound, sound_all

pytestmark = pytest.mark.xdist_group("numba")

KNOWN = [*list(shares()["given"])[:60], *list(shares()["surname"])[:40], "j", "m", "ñ", "余", "嘉", "иван", "иванова"]
WORDS = [*KNOWN, *list(nicknames())[:60], *list(variants())[:60]]


@compiled
def grade_of(tables: GradeTables, a: int, b: int) -> int:
    return grade(tables, a, b)


@compiled
def are_unlike(glance: Array, a: int, b: int) -> Number:
    return unlike_at_a_glance(glance, a, b)


@st.composite
def slips(draw: st.DrawFn) -> list[str]:
    word = draw(st.sampled_from(WORDS))
    found = [word, draw(st.sampled_from(WORDS)), draw(st.text("abcehijlmnrsuvyz", min_size=1, max_size=10))]
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(word)))
        letter = draw(st.sampled_from(["", "a", "e", "h", "s", "z", "ll", "n"]))
        word = word[:at] + letter + word[at + draw(st.integers(0, 2)) :]
        found.append(word or "a")
        found.append((word[: max(at - 1, 0)] + word[at : at + 1] + word[max(at - 1, 0) : at] + word[at + 1 :]) or "b")
    return list(dict.fromkeys(found))


@settings(max_examples=150, deadline=None)
@given(slips())
def test_grades_are_those_of_the_plain_comparer(words: list[str]) -> None:
    tokens = make_tokens(words)
    at_a_glance = glances(tokens.tables)
    plain = TokenGrades(Frequencies())
    for a, one in enumerate(words):
        for b, other in enumerate(words):
            assert grade_of(tokens.tables, a, b) == plain.grade(one, other), (one, other)
            assert not (are_unlike(at_a_glance, a, b) and plain.grade(one, other)), (one, other)
            assert not are_unlike(at_a_glance[: max(a, b)], a, b)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text("abceghiklmnopqrstuvwxyzñж", max_size=9), max_size=6))
def test_many_words_sound_as_each_alone(words: list[str]) -> None:
    assert sound_all(words) == [sound(word) for word in words]


def test_the_dictionary_knows_its_words() -> None:
    words = ["de", "viuda", "maria", "xq", "余"]
    tokens = make_tokens(words)
    assert tokens.kind.tolist() == [5, 2, 0, 0, 0]
    assert tokens.is_known.tolist() == [False, False, True, False, False]
    assert tokens.first.tolist() == [ord("d"), ord("v"), ord("m"), ord("x"), -1]
    assert sorted(words) == [words[n] for n in tokens.order.argsort()]
    plain = Frequencies()
    assert [round(x, 9) for x in tokens.lean] == [round(plain.lean(word), 9) for word in words]
    assert len(make_tokens([])) == 0
