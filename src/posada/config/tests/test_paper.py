"""What is shown once is typed back before anything depends on it."""

import re
from collections.abc import Callable, Sequence

import click
import pytest
from click.testing import CliRunner, Result
from django.utils import translation

from posada.config import paper
from posada.vault import recovery


def _run(act: Callable[[], object], answers: Sequence[str]) -> Result:
    return CliRunner().invoke(click.command()(lambda: act()), input="".join(f"{line}\n" for line in answers))


def test_a_phrase_must_come_back_from_the_paper() -> None:
    words = "run yo-yo shirt cafe pinata down"
    assert _run(lambda: paper.type_back_phrase(words), ["run", "Run yo yo SHIRT cafe piñata, down"]).exit_code == 0
    assert _run(lambda: paper.type_back_phrase(words), ["run"] * 5).exit_code == 1


def test_words_of_each_share_must_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = recovery.shares(recovery.new_secret())
    monkeypatch.setattr("posada.config.paper.secrets.SystemRandom.sample", lambda _self, _range, _count: [7, 19, 33])
    right = [text.split()[place - 1] for text in texts for place in (7, 19, 33)]
    done = _run(lambda: paper.type_back_shares(texts), right)
    assert done.exit_code == 0
    assert not [word for word in right if len(word) > 4 and word in done.output.replace(f"{word}\n", "\n")]
    assert _run(lambda: paper.type_back_shares(texts), ["wrong"] * 5).exit_code == 1


def test_the_shares_are_printed_so_that_they_can_be_read_back() -> None:
    texts = recovery.shares(recovery.new_secret())
    with translation.override("en"):
        shown = _run(lambda: paper.show_shares(texts), []).output
    blocks = re.split(r"Share \d of 3:", shown)[1:]
    assert [recovery.words_of(block) for block in blocks] == [text.split() for text in texts]


@pytest.mark.parametrize(("accepted", "typed", "code"), [(True, [], 0), (False, ["no"] * 5, 1)])
def test_a_single_keeper_must_be_accepted_in_words(typed: list[str], code: int, *, accepted: bool) -> None:
    assert _run(lambda: paper.check_alone(accepted=accepted), typed).exit_code == code


def test_a_mistyped_share_is_asked_again_and_one_given_twice_is_refused() -> None:
    one, two, _three = recovery.shares(recovery.new_secret())
    given: list[str] = []
    answers = ["not a share", one.rsplit(" ", 1)[0], one, two]
    done = _run(lambda: given.append(paper.ask_share(2, [one])), answers)
    assert (done.exit_code, given) == (0, [two])
