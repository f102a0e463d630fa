"""Making a site, opening it, and what happens when something is wrong."""

import errno
import json
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from django.test import Client, override_settings
from django.utils import translation

from posada.vault import attempts, opening, phrase, site, slots, state
from posada.vault.errors import (
    CannotWrite,
    DatabaseDamaged,
    KeysDamaged,
    KeysMissing,
    MustWait,
    NoSite,
    SiteExists,
    VaultError,
    WrongPhrase,
)
from posada.vault.folder import SiteFolder, SiteSettings
from posada.vault.site import NewSite

CHEAP = slots.Cost(memory_kib=64, passes=1, lanes=1)


@pytest.fixture(autouse=True)
def _keep_the_tests_key() -> Iterator[None]:
    held = list(state._master)
    yield
    state.open_with(held[0])
    opening.open_already()


@pytest.fixture
def made(tmp_path: Path) -> NewSite:
    wanted = SiteSettings(site="abc", name="Casa de paso")
    new = site.make_site(tmp_path / "site", wanted=wanted, keyholders=2, cost=CHEAP)
    new.folder.main.touch()
    new.folder.keyring.touch()
    return new


def test_it_makes_a_folder_that_only_its_owner_may_read(made: NewSite) -> None:
    assert made.folder.root.stat().st_mode & 0o777 == 0o700
    assert made.folder.keys.stat().st_mode & 0o777 == 0o600


def test_each_keyholders_phrase_opens_the_same_master_key(made: NewSite) -> None:
    keys = slots.read(made.folder.keys)
    assert [slots.open_master(keys, words) for words in made.phrases] == [made.master, made.master]


def test_a_phrase_has_six_words_of_a_list_of_7776(made: NewSite) -> None:
    assert len(phrase.word_list()) == 7_776
    assert all(len(words.split()) == 6 for words in made.phrases)
    assert made.phrases[0] != made.phrases[1]


def test_a_real_slot_costs_256_mib() -> None:
    assert slots.Cost() == slots.Cost(memory_kib=262_144, passes=3, lanes=2)


@pytest.mark.parametrize(
    "typed",
    [
        "RUN Yo-Yo t-SHIRT cafe piñata drop-down",
        "  run \t yo yo\u00a0t shirt,cafe\u2003pinata; drop down. ",
        "rún-yo-yo-t-shirt-càfé-piñata-drop-down",
        "ru\u0301n yo\u2011yo t\u2013shirt cafe\u0301 pin\u0303ata drop\u2014down",
        unicodedata.normalize("NFD", "RÚN YO-YO T-SHIRT CAFÉ PIÑATA DROP-DOWN"),
        unicodedata.normalize("NFC", "rún yo-yo t-shirt café piñata drop-down"),
        "run\u200b yo-yo\ufeff t-shirt cafe pinata drop-\u00addown\n",
        "ｒｕｎ yo-yo t-shirt cafe pinata drop-down",
    ],
)
def test_a_phrase_opens_however_it_is_typed(typed: str) -> None:
    slot = slots.new_slot(b"m" * 32, "run yo-yo t-shirt cafe pinata drop-down", site="a", number=1, cost=CHEAP)
    keys = slots.KeyFile(format=1, site="a", slots=[slot])
    assert slots.open_master(keys, typed) == b"m" * 32


def test_every_word_of_the_list_is_its_own_tidy_form() -> None:
    assert [word for word in phrase.word_list() if phrase.tidy(word) != word] == []


def test_the_phrase_lies_nowhere_in_the_folder(made: NewSite) -> None:
    text = b"".join(path.read_bytes() for path in made.folder.root.rglob("*") if path.is_file())
    # Two words beside one another: one alone may stand in the folder by itself, as "recipient" does.
    beside = [" ".join(pair) for words in made.phrases for pair in pairwise(words.split())]
    assert len(beside) > 5
    assert not [pair for pair in beside if pair.encode() in text]
    assert made.master not in text


def test_wrong_words_wait_longer_each_time(made: NewSite) -> None:
    for _try in range(3):
        with pytest.raises(WrongPhrase):
            site.try_phrase(made.folder, "six words that are not it")
    with pytest.raises(MustWait) as caught:
        site.try_phrase(made.folder, made.phrases[0])
    assert 0 < caught.value.seconds <= 3
    assert [attempts.wait_after(wrong) for wrong in range(8)] == [0, 0, 0, 2, 4, 8, 16, 32]
    assert attempts.wait_after(40) == 300


def test_the_wait_survives_a_restart_and_a_damaged_count(made: NewSite) -> None:
    made.folder.attempts.write_bytes(b"\xff\xfe")
    assert attempts.read(made.folder.attempts).wrong > 3


def test_the_right_phrase_clears_the_count(made: NewSite) -> None:
    with pytest.raises(WrongPhrase):
        site.try_phrase(made.folder, "no")
    site.try_phrase(made.folder, made.phrases[1])
    assert not made.folder.attempts.exists()
    assert state.is_open()


def test_it_says_plainly_when_the_keys_are_missing(made: NewSite) -> None:
    made.folder.keys.unlink()
    with pytest.raises(KeysMissing):
        site.try_phrase(made.folder, made.phrases[0])


@pytest.mark.parametrize("damage", [b"", b"{", b"\x00" * 40, b'{"format": 1, "site": "abc", "slots": []}'])
def test_it_says_plainly_when_the_keys_are_damaged(made: NewSite, damage: bytes) -> None:
    made.folder.keys.write_bytes(damage)
    with pytest.raises(KeysDamaged):
        site.try_phrase(made.folder, made.phrases[0])


def test_one_changed_letter_in_a_slot_never_opens(made: NewSite) -> None:
    data = json.loads(made.folder.keys.read_text())
    wrapped = data["slots"][0]["wrapped"]
    data["slots"][0]["wrapped"] = ("B" if wrapped[4] == "A" else "A").join((wrapped[:4], wrapped[5:]))
    made.folder.keys.write_text(json.dumps(data))
    with pytest.raises(WrongPhrase):
        slots.open_master(slots.read(made.folder.keys), made.phrases[0])


@pytest.mark.sqlcipher("a server has no files that could be missing")
def test_it_says_plainly_when_a_database_is_missing(made: NewSite) -> None:
    made.folder.keyring.unlink()
    with pytest.raises(DatabaseDamaged):
        site.try_phrase(made.folder, made.phrases[0])


def test_it_refuses_a_folder_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "something").write_text("mine")
    with pytest.raises(SiteExists):
        site.make_site(tmp_path, wanted=SiteSettings(site="a", name="b"), keyholders=1, cost=CHEAP)
    assert (tmp_path / "something").read_text() == "mine"


def test_a_full_disk_leaves_nothing_half_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("posada.vault.slots.os.fsync", full)
    with pytest.raises(CannotWrite):
        site.make_site(tmp_path / "site", wanted=SiteSettings(site="a", name="b"), keyholders=1, cost=CHEAP)
    assert not (tmp_path / "site").exists()


def test_a_folder_without_a_site_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoSite):
        SiteFolder(tmp_path).settings()


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize(
    "error",
    [
        WrongPhrase(),
        KeysMissing(),
        KeysDamaged(),
        DatabaseDamaged(),
        CannotWrite(),
        NoSite(),
        SiteExists(),
        MustWait(4),
    ],
)
def test_every_error_is_a_sentence_in_both_languages(error: VaultError, language: str) -> None:
    with translation.override(language):
        text = str(error)
    assert text.endswith(".") or "posada init" in text
    assert len(text.split()) > 5


def test_while_sealed_only_the_unlock_page_answers(made: NewSite) -> None:
    with override_settings(SITE_ROOT=made.folder.root):
        opening.close()
        client = Client()
        for address in ("/", "/people/register/", "/family/", "/nowhere/", "/account/sign-in/"):
            answer = client.get(address)
            assert (answer.status_code, answer["Location"]) == (303, "/unlock/")
        page = client.get("/unlock/")
        assert page.status_code == 200
        assert "Casa de paso" in page.content.decode()


def test_a_session_from_before_does_not_disturb_the_unlock_page(made: NewSite) -> None:
    with override_settings(SITE_ROOT=made.folder.root):
        opening.close()
        client = Client(raise_request_exception=False)
        client.cookies["posada_session"] = "abcdefgh" * 4
        assert client.get("/unlock/").status_code == 200


def test_a_wrong_phrase_gets_a_calm_sentence_and_no_traceback(made: NewSite) -> None:
    with override_settings(SITE_ROOT=made.folder.root):
        opening.close()
        page = Client().post(
            "/unlock/", {"phrase": "uno dos tres cuatro cinco seis"}, headers={"accept-language": "es"}
        )
        assert page.status_code == 200
        assert "Traceback" not in page.content.decode()
        assert 'role="alert"' in page.content.decode() or "error" in page.content.decode()
        assert not state.is_open()


def test_only_this_machine_may_unlock(made: NewSite) -> None:
    with override_settings(SITE_ROOT=made.folder.root):
        opening.close()
        page = Client(REMOTE_ADDR="192.0.2.7").post("/unlock/", {"phrase": made.phrases[0]})
        assert page.status_code == 403
        assert not state.is_open()


def test_an_address_that_the_caller_claims_is_not_believed(made: NewSite) -> None:
    claimed = {"X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1", "Forwarded": "for=127.0.0.1"}
    with override_settings(SITE_ROOT=made.folder.root):
        opening.close()
        page = Client(REMOTE_ADDR="192.0.2.7", headers=claimed).post("/unlock/", {"phrase": made.phrases[0]})
        assert page.status_code == 403
        assert not state.is_open()


def test_a_real_site_has_no_press_that_opens_it(made: NewSite) -> None:
    with override_settings(SITE_ROOT=made.folder.root):
        opening.close()
        made.folder.demonstration_phrase.write_text(made.phrases[0])
        answer = Client().post("/unlock/demonstration/")
        assert answer["Location"] == "/unlock/"
        assert not state.is_open()
