"""The commands themselves: a list goes in and out by the phrases of two keyholders, never by one alone."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PHRASE = re.compile(r"Keyholder \d:\n\s+([a-z-]+(?: [a-z-]+){5})\n")
LIST = "first_name,last_name\nYuleisy,Ramírez\nNoé,Peña\n"


def _posada(*words: str, given: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    left_out = {"POSADA_SITE", "DJANGO_SETTINGS_MODULE", "DATABASE_URL", "KEYRING_URL"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return subprocess.run(
        [sys.executable, "-m", "posada", *words],
        input="".join(f"{line}\n" for line in given),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=kept | {"LANG": "en_US.UTF-8"},
    )


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    folder = tmp_path_factory.mktemp("two") / "site"
    made = _posada("init", str(folder), "--manager", "elena", "--written")
    assert made.returncode == 0, made.stderr
    return folder, PHRASE.findall(made.stdout)


def test_one_phrase_brings_nothing_in_or_out_and_two_do(house: tuple[Path, list[str]], tmp_path: Path) -> None:
    folder, (first, second, *_more) = house
    people, written = tmp_path / "people.csv", tmp_path / "out.xml"
    people.write_text(LIST, encoding="utf-8")
    read = ("import", "--site", str(folder), str(people))
    write = ("export", "pfif", "--site", str(folder), "-o", str(written))
    assert _posada(*read, "--check").returncode == 0
    cases = ((read, (first,)), (read, (first, first)), (write, (first, first)), (write, (first, "no words of mine")))
    for words, given in cases:
        refused = _posada(*words, given=given)
        assert (refused.returncode, "Traceback" in refused.stderr) == (2, False), refused.stderr
        assert refused.stderr.strip()
        (folder / "unlock.attempts").unlink(missing_ok=True)  # a wrong phrase makes the next try wait
    assert not written.exists()
    brought = _posada(*read, given=(first, second))
    assert (brought.returncode, "New: 2." in brought.stdout) == (0, True), brought.stdout + brought.stderr
    out = _posada(*write, given=(second, first))
    assert (out.returncode, written.is_file()) == (0, True), out.stderr


def test_refusing_without_a_second_takes_one_phrase_and_going_back_takes_two(house: tuple[Path, list[str]]) -> None:
    folder, (first, second, *_more) = house
    said = ("site", "without-second", "--site", str(folder))
    assert _posada(*said, "refuse", given=(first,)).returncode == 0
    assert _posada(*said, "wait", given=(first,)).returncode == 2
    (folder / "unlock.attempts").unlink(missing_ok=True)
    assert _posada(*said, "wait", given=(first, first)).returncode == 2
    assert _posada(*said, "wait", given=(first, second)).returncode == 0
    assert _posada(*said, "wait", given=(first,)).returncode == 0, "it stands so already: nothing is loosened"
