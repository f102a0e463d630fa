"""`posada audit verify`: against a sheet, without one, and with a sheet that was typed wrong."""

import pytest

from posada.accounts.models import Site
from posada.audit import heads, services
from posada.audit.services import Event
from posada.oversight.shell import WELL, WRONG, HeadNotRead, verify
from posada.vault import head_words

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def sheet(site: Site) -> tuple[int, str]:
    services.write(*(Event(act="people.search", site=site.pk) for _entry in range(7)))
    standing = heads.standing()
    return standing.entries, head_words.words_of(standing.head)


def test_a_sheet_that_agrees_ends_well(sheet: tuple[int, str], capsys: pytest.CaptureFixture[str]) -> None:
    services.write(Event(act="people.search"))
    assert verify(words=sheet[1], entries=sheet[0], asks=False) == WELL
    assert str(sheet[0]) in capsys.readouterr().out


@pytest.mark.parametrize("more", [-1, 1_000])
def test_a_sheet_that_does_not_agree_ends_with_one(sheet: tuple[int, str], more: int) -> None:
    assert verify(words=sheet[1], entries=sheet[0] + more, asks=False) == WRONG


def test_without_a_sheet_it_prints_the_words_of_now(sheet: tuple[int, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(words="", entries=None, asks=False) == WELL
    assert sheet[1] in capsys.readouterr().out


@pytest.mark.parametrize(("words", "entries"), [("", 7), ("one two", None), ("one two", 7)])
def test_half_a_sheet_or_wrong_words_are_a_sentence(sheet: tuple[int, str], words: str, entries: int | None) -> None:
    with pytest.raises(HeadNotRead) as refused:
        verify(words=words, entries=entries, asks=False)
    assert len(str(refused.value)) > 20
