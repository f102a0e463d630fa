"""The commands: look, bring in, write out; each with its exit code and, when something is wrong, one sentence."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.utils import translation

from posada.accounts.models import Site
from posada.config.commands import files as commands
from posada.config.commands import shell as config_shell
from posada.interop import shell
from posada.interop.models import ImportFile, SavedMapping
from posada.people.models import Person

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

LIST = "Nombres;Apellidos;Nacimiento\nYusmary;Zambrano Peña;14/03/1987\nNerio;Roa;31/02/1991\n"


@pytest.fixture(autouse=True)
def _spoken(site: Site) -> Iterator[None]:
    with translation.override("en"):
        yield


def _bring(path: Path, **said: object) -> int:
    words = {"kind": "people", "maps": (), "sheet": "", "save_mapping": False, "list_name": "", "domain": "", **said}
    return shell.bring_in(path=path, **words)  # type: ignore[arg-type]  # the words of a test


def _check(path: Path, *maps: str) -> int:
    return shell.check_file(path=path, maps=maps, sheet="", domain="")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "lista.csv"
    file.write_text(LIST, encoding="utf-8")
    return file


def test_a_look_reports_and_brings_nobody_in(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _check(path) == shell.SOME_LEFT_OUT
    said = capsys.readouterr().out
    assert "Line 3" in said
    assert "persons 1" in said
    assert "Nerio" not in said
    assert not ImportFile.objects.exists()


def test_bringing_in_names_each_row_left_out(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _bring(path) == shell.SOME_LEFT_OUT
    said = capsys.readouterr().out
    assert "Line 3, column “Nacimiento”" in said
    assert "New: 1." in said
    assert Person.objects.count() == 1
    assert _bring(path) == shell.SOME_LEFT_OUT
    assert "New: 0. Updated: 0. Unchanged: 1." in capsys.readouterr().out
    assert not ImportFile.objects.exclude(state=ImportFile.State.CONFIRMED).exists()


def test_a_file_without_faults_ends_well(path: Path) -> None:
    path.write_text("Nombres;Apellidos\nAna;Rujano\n")
    assert _check(path) == shell.FINE
    assert _bring(path) == shell.FINE


def test_columns_are_named_by_header_or_letter_and_kept(path: Path) -> None:
    path.write_text("alfa;beta\nAna;Rujano\n")
    assert _bring(path) == shell.UNUSABLE
    assert _bring(path, maps=("alfa=given_names", "B=surnames"), save_mapping=True) == shell.FINE
    assert SavedMapping.objects.count() == 1
    path.write_text("alfa;beta\nIris;Rujano\n")
    assert _bring(path) == shell.FINE
    assert Person.objects.count() == 2


@pytest.mark.parametrize("said", ["alfa", "alfa=color", "delta=surnames"])
def test_a_wrong_column_is_one_sentence(said: str, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _check(path, said) == shell.UNUSABLE
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert _bring(path, maps=(said,)) == shell.UNUSABLE


@pytest.mark.parametrize("content", [None, b"", b"%PDF-1.4", b"Nombres;Apellidos\nAna;\0\n"])
def test_an_unusable_file_is_one_sentence(
    content: bytes | None, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    for code in (_check(path), _bring(path)):
        assert code == shell.UNUSABLE
    assert len(capsys.readouterr().err.strip().splitlines()) == 2
    assert not ImportFile.objects.exists()


def test_the_file_written_out_is_new_and_its_owners_alone(tmp_path: Path) -> None:
    out = tmp_path / "out.xml"
    assert shell.write_out(path=out, include=["age"], reason="tracing") == shell.FINE
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    before = out.read_bytes()
    assert shell.write_out(path=out, include=[], reason="tracing") == shell.UNUSABLE
    assert out.read_bytes() == before
    assert shell.write_out(path=tmp_path / "no" / "out.xml", include=[], reason="tracing") == shell.UNUSABLE


def test_the_commands_hand_their_words_on(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config_shell, "open_for_two", lambda _folder, _act: None)
    monkeypatch.setattr(config_shell, "set_up", lambda _folder: None)
    run = CliRunner()
    assert run.invoke(commands.import_file, [str(path), "--check"]).exit_code == shell.SOME_LEFT_OUT
    assert run.invoke(commands.import_file, [str(path), "--as", "people"]).exit_code == shell.SOME_LEFT_OUT
    assert run.invoke(commands.import_file, [str(path), "--as", "cattle"]).exit_code == shell.UNUSABLE
    out = tmp_path / "out.xml"
    assert run.invoke(commands.export, ["pfif", "-o", str(out), "--include", "age"]).exit_code == shell.FINE
    assert run.invoke(commands.export, ["pfif", "-o", str(out)]).exit_code == shell.UNUSABLE
    assert run.invoke(commands.export, ["pfif", "-o", str(out), "--include", "phone"]).exit_code == shell.UNUSABLE
    assert Person.objects.count() == 1
