"""The fixed sentences as data, what is always added to them, and the gentle look at what endangers."""

import pytest

from posada.family.models import MessageContent
from posada.family.rules import sentences
from posada.family.rules.dangers import Danger, dangers
from posada.family.rules.messages import (
    LINE_LENGTH,
    MOST_LINES,
    MOST_SMS,
    MessageKind,
    MessageState,
    lines_of,
    may_follow,
    ways_of,
)

WRITTEN = ("es", "en", "pt", "fr", "it")
INTERPRETED = ("guc", "wba", "yup")
# "never" and "money" in each language: nobody takes the sentence about money out unseen.
NEVER = {"es": "nunca", "en": "never", "pt": "nunca", "fr": "jamais", "it": "mai"}
MONEY = {"es": "dinero", "en": "money", "pt": "dinheiro", "fr": "argent", "it": "denaro"}


def test_there_are_sentences_in_five_languages_and_none_is_invented_in_the_others() -> None:
    assert tuple(one.code for one in sentences.written_in()) == WRITTEN
    for code in INTERPRETED:
        held = sentences.language(code)
        assert (held.written, held.money, held.reply, held.sentences) == (False, "", "", {})


def test_every_language_has_the_same_sentences_each_with_words_of_its_own() -> None:
    first, *others = sentences.written_in()
    for one in others:
        assert list(one.sentences) == list(first.sentences)
        same = set(one.sentences.values()) & set(first.sentences.values())
        assert not same
    assert all(words.strip().endswith(".") for one in (first, *others) for words in one.sentences.values())


def test_no_sentence_names_a_place_a_force_money_or_a_number() -> None:
    for one in sentences.written_in():
        for words in one.sentences.values():
            assert dangers(words, own=("Casa de paso", "Cuarto 1")) == (), words
    assert dangers("Estoy en el albergue, cuarto 3, con el sargento. Llame al 0424 555 12 34, mande 20 dólares."), (
        "the control"
    )


@pytest.mark.parametrize("code", WRITTEN)
@pytest.mark.parametrize("kind", list(MessageKind))
def test_we_never_ask_for_money_stands_in_every_message_of_every_kind_and_way(code: str, kind: MessageKind) -> None:
    keys = tuple(sentences.language(code).sentences)[:2]
    content = {
        MessageKind.SENTENCES: MessageContent(language=code, sentences=keys),
        MessageKind.LETTER: MessageContent(language=code, text="xyz"),
        MessageKind.VOICE: MessageContent(language=code, audio=b"OggS", audio_type="audio/ogg"),
    }[kind]
    for _way in ways_of(kind):
        whole = content.whole.casefold()
        assert whole.endswith(sentences.money_in(code).casefold())
        assert NEVER[code] in whole
        assert MONEY[code] in whole


def test_where_nobody_wrote_it_the_interpreter_is_given_the_sentence_in_spanish() -> None:
    assert {sentences.money_in(code) for code in INTERPRETED} == {sentences.money_in("es")}


def test_a_sentence_that_does_not_exist_is_not_sent() -> None:
    with pytest.raises(KeyError):
        sentences.said("es", ("safe", "rank"))
    with pytest.raises(KeyError):
        sentences.language("xx")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Los quiero mucho", ()),
        ("En general estamos bien, ves que sí", ()),
        ("Nació el 12 de marzo de 1987", ()),
        ("Vivo en la Casa Esperanza con las niñas", (Danger.HOUSE,)),
        ("Duermo en el ÁLBERGUE", (Danger.PLACE,)),
        ("Mi número es 0424-555-12.34", (Danger.NUMBER,)),
        ("llámame al +57 300 000 0000", (Danger.NUMBER,)),
        ("Dígale al Teniente que no", (Danger.RANK,)),
        ("mándame 50$", (Danger.MONEY,)),
        ("necesito plata", (Danger.MONEY,)),
    ],
)
def test_the_look_warns_of_what_endangers_and_of_nothing_else(text: str, found: tuple[Danger, ...]) -> None:
    assert dangers(text, own=("Casa Esperanza", "Uno")) == found


def test_lines_are_counted_as_the_form_prints_them() -> None:
    assert lines_of("") == 0
    assert lines_of("a\nb") == 2
    assert lines_of("x" * (LINE_LENGTH + 1)) == 2
    assert lines_of("x" * LINE_LENGTH * MOST_LINES) == MOST_LINES


def test_two_or_three_sentences_fit_a_short_text_message_in_every_language() -> None:
    for one in sentences.written_in():
        longest = [key for _length, key in sorted((len(words), key) for key, words in one.sentences.items())[-2:]]
        assert len(MessageContent(language=one.code, sentences=tuple(longest)).whole) <= MOST_SMS


@pytest.mark.parametrize("after", list(MessageState))
def test_what_has_ended_never_goes_back(after: MessageState) -> None:
    for ended in (MessageState.READ, MessageState.GIVEN_UP, MessageState.TOLD):
        assert not may_follow(ended, after)
    assert may_follow(MessageState.DELIVERED, after) == (after is MessageState.READ)
