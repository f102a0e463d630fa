"""Every act that can be written down has a sentence, in both languages, that names no person."""

import ast
import re
from pathlib import Path

import pytest
from django.utils import translation

from posada.accounts.acts import Act
from posada.audit.services import Result
from posada.oversight.rules.sentences import Done, act_name, beside, reason_words, sentence_of, short_pseudonym
from posada.oversight.rules.words import ACT_WORDS

POSADA = Path(__file__).resolve().parents[2]
PSEUDONYM = "4f7a21bc90de1133"
WORD = re.compile(r"[a-z]+\.[a-z_]+")


def _constants(tree: ast.Module) -> dict[str, str]:
    found = {}
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        value = getattr(node, "value", None)
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            found.update({target.id: value.value for target in targets if isinstance(target, ast.Name)})
    return found


def words_written(source: str) -> set[str]:
    """The acts of `Event(act=...)` in a source that are words of its own and not of the table of acts."""
    tree = ast.parse(source)
    constants, found = _constants(tree), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Event"):
            for keyword in node.keywords:
                if keyword.arg == "act" and isinstance(keyword.value, ast.Constant):
                    found.add(str(keyword.value.value))
    # A module that writes to the audit names its further words as constants.
    writes = "import services as audit" in source
    return found | {word for word in constants.values() if writes and WORD.fullmatch(word)}


def all_words() -> set[str]:
    sources = [path for path in POSADA.rglob("*.py") if "tests" not in path.parts]
    return {word for path in sources for word in words_written(path.read_text(encoding="utf-8"))}


def test_the_search_for_words_finds_them() -> None:
    source = 'from x import services as audit\nX = "a.b"\nEvent(act=X)\nEvent(act="c.d", role="")\nEvent(act=Act.SEAL)'
    assert words_written(source) == {"a.b", "c.d"}
    assert {"accounts.create_user", "vault.unlock"} <= all_words()


def test_no_act_lacks_its_words() -> None:
    assert {act.value for act in Act} | all_words() <= set(ACT_WORDS)


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("result", list(Result))
@pytest.mark.parametrize("act", sorted(ACT_WORDS))
def test_every_act_and_result_has_a_sentence(act: str, result: Result, language: str) -> None:
    with translation.override(language):
        for subject in ("", PSEUDONYM):
            text = sentence_of(Done(act, result, "Beatriz", subject))
            assert text[0].isupper()
            assert "%(" not in text
            assert act not in text
            if "%(who)s" in str(ACT_WORDS[act].done) or result != Result.DONE:
                assert "Beatriz" in text


@pytest.mark.parametrize("act", sorted(ACT_WORDS))
def test_every_sentence_is_translated(act: str) -> None:
    with translation.override("en"):
        english = (act_name(act), sentence_of(Done(act, Result.DONE, "Beatriz", PSEUDONYM)))
    with translation.override("es"):
        spanish = (act_name(act), sentence_of(Done(act, Result.DONE, "Beatriz", PSEUDONYM)))
    assert english[0] != spanish[0]
    assert english[1] != spanish[1]


def test_a_sentence_names_a_pseudonym_and_never_all_of_it() -> None:
    with translation.override("en"):
        text = sentence_of(Done(Act.READ_IDENTITY, Result.DONE, "Beatriz", PSEUDONYM))
    assert text == "Beatriz opened the file of 4F7A-21BC-90DE"
    assert short_pseudonym("") == ""


def test_a_refusal_and_a_search_that_found_nobody_say_so() -> None:
    with translation.override("en"):
        refused = sentence_of(Done(Act.READ_KIN, Result.REFUSED, "Amaru", PSEUDONYM))
        nothing = sentence_of(Done(Act.SEARCH, Result.NOTHING, "Amaru"))
    assert refused == "Amaru was refused: opening the relatives (4F7A-21BC-90DE)"
    assert nothing == "Amaru found nothing: searching"


def test_a_reason_is_said_in_words_and_one_without_words_is_shown_as_it_is() -> None:
    with translation.override("en"):
        assert reason_words("advice") == "advice while registering"
        assert reason_words("index:people.identity") == "for the search index, people.identity"
        assert reason_words("something_new") == "something_new"
        assert beside(Done(Act.EXPORT, Result.DONE, "Elías", reason="tracing", count=12)) == "for tracing · 12 records"


def test_a_word_that_nobody_named_yet_still_makes_a_sentence() -> None:
    with translation.override("en"):
        assert sentence_of(Done("new.act", Result.DONE, "Amaru")) == "Amaru did what is written down as new.act"
