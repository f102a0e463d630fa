"""A text becomes sentences that keep their ids; a name becomes a mark whatever its capitals and accents."""

from datetime import date

import pytest

from posada.asylum.rules import marks, telling
from posada.asylum.rules.account import Account

TEXT = "Vivía en Rubio. Pedro Ruiz vino de noche.\nCrucé el río."


def _account(text: str, before: Account | None = None) -> Account:
    held = before.sentences if before else ()
    return Account(sentences=telling.retold(held, text), on=date(2026, 3, 2), present="Pedro. Counsel.")


def test_what_is_written_is_read_again_with_its_paragraphs() -> None:
    account = _account(TEXT)
    assert telling.text_of(account.sentences) == TEXT
    assert [one.begins for one in account.sentences] == [True, False, True]
    assert telling.retold(account.sentences, TEXT) == account.sentences


def test_a_sentence_keeps_its_id_when_it_is_only_reworded_and_others_come_between() -> None:
    first = _account(TEXT)
    after = _account("Vivía en Rubio. Nada más supe aquel día. Pedro Ruiz vino de madrugada.\nCrucé el río.", first)
    ids = [one.id for one in first.sentences]
    assert [after.sentences[place].id for place in (0, 2, 3)] == ids
    assert after.sentences[1].id not in ids


def test_a_sentence_that_gave_way_to_another_is_not_taken_for_it() -> None:
    first = _account(TEXT)
    after = _account("Vivía en Rubio. No recuerdo nada de esos meses.\nCrucé el río.", first)
    assert after.sentences[1].id != first.sentences[1].id


def test_a_sentence_goes_in_every_wording_and_the_next_begins_the_paragraph() -> None:
    first = _account(TEXT)
    later = _account(TEXT.replace("Vivía en Rubio.", "Vivía en Rubio, cerca del río."), first)
    told = telling.told_through([first, later])[0]
    assert told.wordings == ("Vivía en Rubio, cerca del río.", "Vivía en Rubio.")
    for one in (first, later):
        left = telling.without(one, sentence=told.id, words=frozenset(told.wordings))
        assert telling.text_of(left.sentences) == "Pedro Ruiz vino de noche.\nCrucé el río."


def test_what_is_said_beside_the_account_goes_by_its_sentence_and_the_rest_stays() -> None:
    left = telling.without(_account(TEXT), sentence=None, words=frozenset({"Pedro."}))
    assert left.present == "Counsel."
    assert telling.text_of(left.sentences) == TEXT


@pytest.mark.parametrize(
    ("text", "ways", "read"),
    [
        ("Vi a PEDRO  RUÍZ y a Pedro.", ("Pedro Ruiz", "pedro"), "Vi a [A] y a [A]."),
        ("Mariana no es Ana.", ("Ana",), "Mariana no es [A]."),
        ("Jose\u0301 vino.", ("José",), "[A] vino."),
        ("JOSÉ vino con O'Brien.", ("jose", "o'brien"), "[A] vino con [A]."),
        ("Ana María llegó.", ("Ana", "Ana María"), "[A] llegó."),
        ("Nadie vino.", ("Ana",), "Nadie vino."),
        ("a+b", (".", "+"), "a+b"),
    ],
)
def test_a_name_becomes_a_mark_as_a_whole_word_however_it_is_written(
    text: str, ways: tuple[str, ...], read: str
) -> None:
    assert marks.marked_text(text, ways, "[A]") == read


def test_a_mark_is_taken_once_in_all_versions_and_stands_beside_the_account_too() -> None:
    first = _account(TEXT)
    done = marks.marked(first, ("Pedro Ruiz", "Pedro"), marks.next_mark([first]))
    assert done.present == "[A]. Counsel."
    assert [one.id for one in done.sentences] == [one.id for one in first.sentences]
    assert marks.marks_in([first, done]) == ["[A]"]
    assert marks.next_mark([first, done]) == "[B]"
    every = _account(" ".join(f"[{sign}]" for sign in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    assert marks.next_mark([every]) == "[AA]"


def test_words_with_a_capital_letter_are_advice() -> None:
    assert marks.perhaps_names(_account("Ella vino. Vi a Luz en Cúcuta. Después nada.")) == ["Luz", "Cúcuta"]
