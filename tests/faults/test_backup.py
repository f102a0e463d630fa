"""Backups: under load and put back on an empty machine; what is refused, and in which words."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.faults import launch

pytestmark = [pytest.mark.server, pytest.mark.xdist_group("server")]

ROUNDS = 50 if os.environ.get("POSADA_LONG") == "1" else 2
NewHouse = Callable[[Path], dict[str, Any]]
Made = tuple[Path, Path, str, list[str]]


def _posada(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"POSADA_SITE", "DJANGO_SETTINGS_MODULE"}}
    answer = subprocess.run(
        [sys.executable, "-m", "posada", *words],
        input=given,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=kept | {"LANG": "en_US.UTF-8"},
    )
    assert "Traceback" not in answer.stderr, answer.stderr
    return answer


@pytest.fixture(scope="module")
def made(new_house: NewHouse, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A small house and one backup of it, made by the command."""
    place = tmp_path_factory.mktemp("backup")
    site, stick = place / "site", place / "stick"
    stick.mkdir()
    told = new_house(site)
    answer = _posada("backup", "--site", str(site), "--to", str(stick), given=told["phrase"] + "\n")
    assert answer.returncode == 0, answer.stderr
    return site, stick, told["phrase"], told["shares"]


def _two(shares: list[str]) -> str:
    return "\n".join(shares[1:]) + "\n"


def _bring_back(new: Path, place: Path, saved: list[Any], shares: list[str]) -> dict[str, Any]:
    wanted = place.parent / f"{place.name}.saved"
    wanted.write_text(json.dumps(saved))
    answer = launch.run("tests.faults.bring_back", new, str(place), str(wanted), *shares[:2])
    told: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return told


def test_backups_under_load_come_back_identical(
    new_house: NewHouse, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    began = time.monotonic()
    site, out = tmp_path / "site", tmp_path / "out"
    told = new_house(site)
    answer = launch.run("tests.faults.under_load", site, str(out), str(ROUNDS), told["phrase"], seconds=1_800)
    load = json.loads(answer.stdout)
    lost = 0
    for number, each in enumerate(load["rounds"]):
        back = _bring_back(tmp_path / f"new-{number}", Path(each["place"]), each["saved"], told["shares"])
        lost += back["lost"]
        assert back["people"] >= len(each["saved"]) + 5
        assert back["findings"] == []
    careless = out / "careless"
    control = _bring_back(careless, careless, load["rounds"][0]["saved"], told["shares"])
    with capsys.disabled():
        longest = max(each["seconds"] for each in load["rounds"])
        print(
            f"\nbackup under load: {ROUNDS} made while two writers registered (the longest {longest:.1f} s, "
            f"{load['went_on']} saved meanwhile after the last began), {ROUNDS} put back, each row as it was, "
            f"{lost} acknowledged persons lost; control, files copied by hand: {control['lost']} of "
            f"{len(load['rounds'][0]['saved'])} lost; {time.monotonic() - began:.0f} s"
        )
    assert len(load["rounds"]) == ROUNDS
    assert lost == 0
    assert load["went_on"] > 0
    assert control["lost"] > 0


def test_an_old_backup_does_not_bring_back_whom_a_newer_one_knows_erased(new_house: NewHouse, tmp_path: Path) -> None:
    site, stick = tmp_path / "site", tmp_path / "stick"
    stick.mkdir()
    made = new_house(site)
    told = json.loads(launch.run("tests.faults.erased_since", site, str(stick), made["phrase"]).stdout)
    first = Path(told["first"])
    for newer in stick.glob("*-keyring.age"):
        if not newer.name.startswith(first.name.removesuffix("-manifest.json")):
            newer.unlink()  # its data alone must be enough
    gone = _bring_back(tmp_path / "new", first, [told["gone"], told["stays"]], made["shares"])
    assert gone["lost"] == 1
    assert gone["findings"] == []


def test_the_laptop_itself_cannot_open_its_backup(made: Made) -> None:
    site, stick, _phrase, _shares = made
    assert "AGE-SECRET-KEY" not in "".join(path.read_bytes().decode("latin-1").upper() for path in site.iterdir())
    for sealed in stick.glob("*.age"):
        assert sealed.read_bytes().startswith(b"age-encryption.org/v1\n-> X25519 ")
    clear = next(stick.glob("*.json")).read_text()
    assert not re.search(r"Casa|Inés|Paredes|keyholder", clear)


def test_it_is_whole_without_shares_and_proved_with_two(made: Made) -> None:
    _site, stick, _phrase, shares = made
    assert "Whole" in _posada("verify", str(stick)).stdout
    proved = _posada("verify", str(stick), "--shares", given=_two(shares))
    assert proved.returncode == 0, proved.stderr
    assert "each as it was" in proved.stdout
    assert "Sound" in proved.stdout
    one = _posada("verify", str(stick), "--shares", given=shares[0] + "\n")
    assert one.returncode == 2
    assert "Two of the three" in one.stderr


def test_restored_it_opens_with_new_phrases_only(made: Made, tmp_path: Path) -> None:
    _site, stick, phrase, shares = made
    new = tmp_path / "new"
    answer = _posada("restore", str(stick), "--to", str(new), "--keyholders", "1", given=_two(shares))
    assert answer.returncode == 0, answer.stderr
    fresh = re.findall(r"Keyholder \d:\n\s+([a-z-]+(?: [a-z-]+){5})\n", answer.stdout)
    assert len(fresh) == 1
    sound = _posada("verify", "--site", str(new), given=fresh[0] + "\n")
    assert sound.returncode == 0, sound.stderr
    assert "Sound" in sound.stdout
    assert _posada("verify", "--site", str(new), given=phrase + "\n").returncode == 2


def test_it_is_never_put_over_a_living_site(made: Made) -> None:
    site, stick, _phrase, shares = made
    before = {path.name: path.read_bytes() for path in site.iterdir()}
    answer = _posada("restore", str(stick), "--to", str(site), given=_two(shares))
    assert answer.returncode == 2
    assert "Nothing was changed" in answer.stderr
    assert {path.name: path.read_bytes() for path in site.iterdir()} == before


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (lambda shares: shares[0] + "\n" + shares[0] + "\n", "same share was given twice"),
        (lambda shares: shares[0] + "\n" + shares[1].rsplit(" ", 1)[0] + "\n", "has 32 words"),
        (lambda shares: shares[0] + "\n" + shares[1].rsplit(" ", 1)[0] + " maría\n", "is a word of no share"),
    ],
)
def test_a_share_typed_wrong_leaves_nothing_behind(made: Made, tmp_path: Path, given: Any, words: str) -> None:
    _site, stick, _phrase, shares = made
    answer = _posada("restore", str(stick), "--to", str(tmp_path / "new"), given=given(shares))
    assert answer.returncode == 2
    assert words in answer.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("part", ["data.age", "keyring.age", "manifest.json"])
def test_half_a_backup_says_what_is_missing(made: Made, tmp_path: Path, part: str) -> None:
    _site, stick, _phrase, shares = made
    half = tmp_path / "half"
    shutil.copytree(stick, half)
    for path in half.glob("*" + part):
        path.unlink()
    answer = _posada("restore", str(half), "--to", str(tmp_path / "new"), given=_two(shares))
    assert answer.returncode == 2
    assert ("There is no backup" if part == "manifest.json" else "is missing") in answer.stderr
    assert not (tmp_path / "new").exists()


def test_data_and_keyring_of_different_days_do_not_mix(made: Made, tmp_path: Path) -> None:
    site, stick, phrase, shares = made
    later, mixed = tmp_path / "later", tmp_path / "mixed"
    later.mkdir()
    assert _posada("backup", "--site", str(site), "--to", str(later), given=phrase + "\n").returncode == 0
    shutil.copytree(stick, mixed)
    shutil.copyfile(next(later.glob("*-keyring.age")), next(mixed.glob("*-keyring.age")))
    answer = _posada("restore", str(mixed), "--to", str(tmp_path / "new"), given=_two(shares))
    assert answer.returncode == 2
    assert "keyring.age is damaged or was changed" in answer.stderr


def test_no_stick_and_no_shares_are_said_plainly(made: Made, tmp_path: Path) -> None:
    site, _stick, phrase, _shares = made
    answer = _posada("backup", "--site", str(site), "--to", str(tmp_path / "gone"), given=phrase + "\n")
    assert answer.returncode == 2
    assert "Put the stick in" in answer.stderr
    nowhere = _posada("backup", "--site", str(site), given=phrase + "\n")
    assert nowhere.returncode == 2
    assert "backup_folder" in nowhere.stderr


def test_a_full_stick_leaves_no_half_backup(made: Made, tmp_path: Path) -> None:
    site, _stick, phrase, _shares = made
    full = tmp_path / "full"
    full.mkdir()
    script = (
        "import sys; from posada.vault import recovery; from posada.config.commands import main\n"
        "def none_left(_recipient, _source, target):\n"
        "    target.write(b'half'); raise OSError(28, 'No space left on device')\n"
        "recovery.seal_to = none_left\n"
        "sys.argv = ['posada', 'backup', '--site', sys.argv[1], '--to', sys.argv[2]]; main()"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script, str(site), str(full)],
        input=phrase + "\n",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=os.environ | {"LANG": "en_US.UTF-8", "DJANGO_SETTINGS_MODULE": "posada.config.settings"},
    )
    assert answer.returncode == 2, answer.stderr
    assert "it is full, was pulled out, or refuses" in answer.stderr
    assert list(full.iterdir()) == []
    assert not list(site.glob("backup-passing-*"))
