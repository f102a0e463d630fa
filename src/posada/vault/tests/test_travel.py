"""Travel mode: the keys leave the computer, nothing opens it meanwhile, and no crash loses them."""

import hashlib
import os
from pathlib import Path

import pytest
from django.test import Client, override_settings
from django.utils import translation

from posada.vault import opening, site, slots, state, travel
from posada.vault.errors import CannotWrite, KeysAway, KeysDamaged, KeysOfAnotherSite, VaultError
from posada.vault.folder import SiteSettings
from posada.vault.site import NewSite

CHEAP = slots.Cost(memory_kib=64, passes=1, lanes=1)
DAY = "2019-02-23"


@pytest.fixture
def made(tmp_path: Path) -> NewSite:
    new = site.make_site(tmp_path / "site", wanted=SiteSettings(site="abc", name="Casa"), keyholders=2, cost=CHEAP)
    new.folder.main.touch()
    new.folder.keyring.touch()
    return new


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick" / "house.keys"


def test_while_travelling_no_phrase_and_no_share_opens_the_house(made: NewSite, stick: Path) -> None:
    travel.start(made.folder, [stick], since=DAY)
    with pytest.raises(KeysAway):
        site.try_phrase(made.folder, made.phrases[0])
    with pytest.raises(KeysAway):
        site.try_shares(made.folder, made.shares)
    assert not made.folder.attempts.exists()
    for path in made.folder.root.rglob("*"):
        assert b"wrapped" not in path.read_bytes()


def test_the_keys_come_back_and_open(made: NewSite, stick: Path) -> None:
    before = made.folder.keys.read_bytes()
    travel.start(made.folder, [stick], since=DAY)
    assert stick.stat().st_mode & 0o777 == 0o600
    travel.finish(made.folder, stick, back=DAY)
    assert made.folder.keys.read_bytes() == before == stick.read_bytes()
    assert slots.open_master(site.read_keys(made.folder), made.phrases[1]) == made.master
    assert travel.mark_of(made.folder) == travel.Mark(hashlib.sha256(before).hexdigest(), since=DAY, back=DAY)
    with pytest.raises(travel.NotAway):
        travel.finish(made.folder, stick, back=DAY)


def test_two_copies_may_leave(made: NewSite, stick: Path, tmp_path: Path) -> None:
    travel.start(made.folder, [stick, tmp_path / "second.keys"], since=DAY)
    travel.finish(made.folder, tmp_path / "second.keys", back=DAY)
    assert made.folder.keys.exists()


def test_an_open_house_a_place_that_is_taken_and_its_own_folder_are_refused(
    made: NewSite, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = made.folder.keys.read_bytes()
    stick.write_text("somebody's letter")
    with pytest.raises(travel.PlaceTaken):
        travel.start(made.folder, [stick], since=DAY)
    with pytest.raises(travel.InsideTheFolder):
        travel.start(made.folder, [made.folder.root / "away.keys"], since=DAY)
    with pytest.raises(CannotWrite):
        travel.start(made.folder, [stick.parent / "no" / "such"], since=DAY)
    monkeypatch.setattr("posada.vault.travel.site.process_with_keys", lambda _folder: 1)
    with pytest.raises(travel.StillOpen):
        travel.start(made.folder, [stick.with_name("b")], since=DAY)
    assert made.folder.keys.read_bytes() == before
    assert stick.read_text() == "somebody's letter"


def test_only_the_file_that_left_comes_back(made: NewSite, stick: Path, tmp_path: Path) -> None:
    other = site.make_site(tmp_path / "other", wanted=SiteSettings(site="xyz", name="O"), keyholders=1, cost=CHEAP)
    older = tmp_path / "older.keys"
    older.write_bytes(made.folder.keys.read_bytes().replace(b"2", b"3", 1) + b"\n")
    travel.start(made.folder, [stick], since=DAY)
    with pytest.raises(KeysOfAnotherSite):
        travel.finish(made.folder, other.folder.keys, back=DAY)
    older.write_bytes(stick.read_bytes() + b"\n")
    with pytest.raises(travel.NotTheSameKeys):
        travel.finish(made.folder, older, back=DAY)
    (tmp_path / "torn").write_bytes(stick.read_bytes()[:100])
    with pytest.raises(KeysDamaged):
        travel.finish(made.folder, tmp_path / "torn", back=DAY)
    assert not made.folder.keys.exists()
    travel.finish(made.folder, stick, back=DAY)


def _calls(made: NewSite, stick: Path) -> int:
    """How many system calls that change or force something a start makes: where a crash may fall."""
    counted = 0
    names = ("fsync", "replace", "unlink", "open")
    with pytest.MonkeyPatch.context() as patch:
        for name in names:
            real = getattr(os, name)

            def count(*arguments: object, _real: object = real, **words: object) -> object:
                nonlocal counted
                counted += 1
                return _real(*arguments, **words)  # type: ignore[operator]  # one of the four

            patch.setattr(f"os.{name}", count)
        travel.start(made.folder, [stick], since=DAY)
    return counted


class _PowerLost(BaseException):
    """The machine stops here."""


def test_a_crash_at_any_call_never_loses_the_keys(tmp_path: Path) -> None:
    """It ends at the k-th call, for every k: site.keys or a whole copy stands, and doing it again completes."""
    probe = site.make_site(tmp_path / "probe", wanted=SiteSettings(site="p", name="P"), keyholders=1, cost=CHEAP)
    total = _calls(probe, tmp_path / "probe.keys")
    assert total > 8
    both = gone = 0
    for k in range(total):
        new = site.make_site(tmp_path / f"s{k}", wanted=SiteSettings(site="abc", name="C"), keyholders=1, cost=CHEAP)
        whole, stick = new.folder.keys.read_bytes(), tmp_path / f"stick{k}"
        left = k
        with pytest.MonkeyPatch.context() as patch:
            for name in ("fsync", "replace", "unlink", "open"):
                real = getattr(os, name)

                def stop(*arguments: object, _real: object = real, **words: object) -> object:
                    nonlocal left
                    left -= 1
                    if left < 0:
                        raise _PowerLost
                    return _real(*arguments, **words)  # type: ignore[operator]  # one of the four

                patch.setattr(f"os.{name}", stop)
            with pytest.raises(_PowerLost):
                travel.start(new.folder, [stick], since=DAY)
        here = new.folder.keys.exists() and new.folder.keys.read_bytes() == whole
        there = stick.exists() and stick.read_bytes() == whole
        assert here or there
        both, gone = both + (here and there), gone + (not here)
        if here:
            travel.start(new.folder, [stick], since=DAY)
        travel.finish(new.folder, stick, back=DAY)
        assert slots.open_master(site.read_keys(new.folder), new.phrases[0]) == new.master
        assert sorted(path.name for path in new.folder.root.iterdir()) == ["site.keys", "site.toml", "travel.toml"]
    print(
        f"\ntravel: {total} crashes, one at each call; keys lost: 0; both copies stood {both} times, here gone {gone}"
    )
    assert gone


def test_a_stick_that_lies_keeps_the_keys_here(made: NewSite, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("posada.vault.travel._reads_back", lambda _path, _data: False)
    before = made.folder.keys.read_bytes()
    with pytest.raises(travel.NotReadBack):
        travel.start(made.folder, [stick], since=DAY)
    assert made.folder.keys.read_bytes() == before
    assert travel.mark_of(made.folder) is None


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_unlock_page_says_that_the_keys_are_away(made: NewSite, stick: Path, language: str) -> None:
    held = list(state._master)
    travel.start(made.folder, [stick], since=DAY)
    try:
        with override_settings(SITE_ROOT=made.folder.root):
            opening.close()
            page = Client().get("/unlock/", headers={"accept-language": language}).content.decode()
            assert "travel end" in page
            assert 'name="phrase"' not in page
            answer = Client().post("/unlock/", {"phrase": made.phrases[0]}, headers={"accept-language": language})
            assert "travel end" in answer.content.decode()
            assert not state.is_open()
    finally:
        state.open_with(held[0])
        opening.open_already()


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize(
    "error", [travel.StillOpen(), travel.NotAway(), travel.PlaceTaken("a"), travel.NotReadBack("b"), KeysAway()]
)
def test_every_error_about_a_journey_is_a_sentence(error: VaultError, language: str) -> None:
    with translation.override(language):
        assert len(str(error).split()) > 8
        assert "%" not in str(error)
