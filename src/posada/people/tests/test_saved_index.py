"""The index is kept sealed between two unlocks: loaded, caught up, and dropped when somebody was taken out."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from posada.accounts.models import Site
from posada.accounts.permissions import Actor
from posada.audit.models import AuditEntry
from posada.people import matching
from posada.people.matching import saving
from posada.people.matching.held import held, read_everybody
from posada.people.models import Identity, Person, Sex
from posada.people.rules.coarse import Coarse, coarse_of
from posada.records import changes
from posada.records.models import Change
from posada.vault import saved
from posada.vault.models import WrappedKey
from posada.vault.site import current_folder

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Register = Callable[..., Person]


@pytest.fixture(autouse=True)
def _no_file() -> Iterator[None]:
    """Each test begins and ends without a file: it belongs to the database of one test."""
    _file().unlink(missing_ok=True)
    yield
    _file().unlink(missing_ok=True)


def _file() -> Path:
    return current_folder().saved("people")


def _found(desk: Actor, line: str) -> list[int]:
    return [hit.known.number for hit in matching.search(desk, matching.read_line(line))]


def _unlock_again(monkeypatch: pytest.MonkeyPatch) -> bool:
    """A new process opens the site; whether it had to read everybody."""
    cold: list[bool] = []

    def whole(report: Callable[[int, int], None]) -> None:
        cold.append(True)
        read_everybody(report)

    monkeypatch.setattr(saving, "read_everybody", whole)
    held.sites.clear()
    changes.start_at("people", 0)
    matching.build(lambda _done, _total: None)
    return bool(cold)


def test_what_was_saved_is_loaded_and_what_changed_since_is_caught_up(
    register: Register, yulesi: Person, desk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _found(desk, "Yulesi Ramirez 1987") == [yulesi.number]
    assert saving.save()
    later = register(given_names="Wilmer", surnames="Chacón Useche", birth="1984")
    assert not _unlock_again(monkeypatch), "it was loaded"
    assert _found(desk, "Yulesi Ramirez 1987") == [yulesi.number]
    assert _found(desk, "Wilmer Chacon") == [later.number]
    entry = AuditEntry.objects.filter(reason="index:saved").get()
    assert entry.count == 1


def test_the_file_says_nothing_and_only_its_owner_reads_it(yulesi: Person, desk: Actor) -> None:
    _found(desk, "Yulesi Ramirez")
    assert saving.save()
    lying = _file().read_bytes()
    for word in ("Yulesi", "yulesi", "Ramírez", "ramirez", yulesi.pk.hex):
        assert word.encode() not in lying
        assert word.encode("utf-16-le") not in lying
    assert _file().stat().st_mode & 0o077 == 0


def test_whoever_is_taken_out_is_gone_from_the_file_at_once(
    yulesi: Person, desk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    _found(desk, "Yulesi Ramirez")
    assert saving.save()
    copy = _file().read_bytes()
    changes.append(yulesi.identity, Change.What.REMOVED)
    assert _found(desk, "Yulesi Ramirez 1987") == []
    assert not _file().exists()
    assert saving.is_due(0.0)
    _file().write_bytes(copy)  # somebody kept a copy: its key is gone
    assert saved.read("people") is None


def test_a_file_that_was_taken_away_opens_no_more_when_somebody_is_taken_out(yulesi: Person, desk: Actor) -> None:
    _found(desk, "Yulesi Ramirez")
    assert saving.save()
    taken = _file().read_bytes()
    _file().unlink()
    changes.append(yulesi.identity, Change.What.REMOVED)
    assert _found(desk, "Yulesi Ramirez 1987") == []
    _file().write_bytes(taken)
    assert saved.read("people") is None


def test_whoever_writes_the_file_cannot_have_a_persons_keys_deleted(yulesi: Person, desk: Actor) -> None:
    _found(desk, "Yulesi Ramirez")
    assert saving.save()
    keys = WrappedKey.objects.filter(subject=yulesi.pk).count()
    assert keys
    for act in (saving.save, lambda: saved.drop("people")):
        _file().write_bytes(yulesi.pk.bytes + _file().read_bytes()[16:])
        act()
        assert WrappedKey.objects.filter(subject=yulesi.pk).count() == keys
    assert _file().exists() is False


def test_a_process_that_dies_while_saving_leaves_nothing_that_opens(
    yulesi: Person, desk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    _found(desk, "Yulesi Ramirez")
    before = WrappedKey.objects.count()

    def dies(*_words: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr("posada.vault.saved.keyring.wrap", dies)
    with pytest.raises(KeyboardInterrupt):
        saving.save()
    left = current_folder().root / "people.new"
    assert WrappedKey.objects.count() == before, "no key was kept that opens it"
    left.replace(_file())
    assert saved.read("people") is None


def test_a_file_of_another_past_is_not_believed(yulesi: Person, desk: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    _found(desk, "Yulesi Ramirez")
    assert saving.save()
    Change.objects.all().delete()
    assert _unlock_again(monkeypatch), "the change log is not the one that the file was made with"
    assert _found(desk, "Yulesi Ramirez 1987") == [yulesi.number]


@pytest.mark.parametrize("at", [3, 20, -1])
def test_one_changed_byte_leads_to_reading_everybody(
    at: int, yulesi: Person, desk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    _found(desk, "Yulesi Ramirez")
    assert saving.save()
    lying = bytearray(_file().read_bytes())
    lying[at] ^= 1
    _file().write_bytes(bytes(lying))
    assert _unlock_again(monkeypatch)
    assert _found(desk, "Yulesi Ramirez 1987") == [yulesi.number]


def test_a_full_disk_keeps_nothing_and_stops_nothing(
    yulesi: Person, desk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = WrappedKey.objects.count()

    def full(_descriptor: int) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("posada.vault.saved.os.fsync", full)
    assert not saving.save()
    assert not _file().exists()
    assert not list(current_folder().root.glob("people.*"))
    assert WrappedKey.objects.count() == keys
    assert _found(desk, "Yulesi Ramirez 1987") == [yulesi.number]


def test_an_older_file_takes_its_key_along(yulesi: Person, desk: Actor) -> None:
    _found(desk, "Yulesi Ramirez")
    keys = WrappedKey.objects.count()
    for _ in range(3):
        assert saving.save()
    assert WrappedKey.objects.count() == keys + 1


def test_the_coarse_table_is_kept_with_it(
    register: Register, site: Site, desk: Actor, yulesi: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    boy = register(given_names="Samuel", surnames="Ramírez Peña", sex=Sex.MALE, age=2, age_on=yulesi.registered_on)
    before = matching.coarse_table(site.pk)
    assert sum(before.values()) == 2
    assert before[coarse_of(Identity(sex=Sex.MALE, age=2, age_on=boy.registered_on), boy.registered_on)] == 1
    assert saving.save()
    assert not _unlock_again(monkeypatch)
    assert matching.coarse_table(site.pk) == before
    matching.remove(boy.pk)
    assert sum(matching.coarse_table(site.pk).values()) == 1


@pytest.mark.parametrize(
    ("words", "band"),
    [
        ({"birth": "2015-02-26"}, "0-4"),
        ({"birth": "2015-02-25"}, "0-4"),
        ({"birth": "2014-02-25"}, "5-11"),
        ({"birth": "2001-02-26"}, "12-17"),
        ({"birth": "2001-02-25"}, "18-59"),
        ({"birth": "1940"}, "60+"),
        ({"age": 17, "age_on": date(2019, 2, 25)}, "12-17"),
        ({}, ""),
    ],
)
def test_ages_are_counted_in_the_bands_of_unhcr(words: dict[str, object], band: str) -> None:
    counted = coarse_of(Identity(nationalities="Venezolana, Colombiana", **words), date(2019, 2, 25))  # type: ignore[arg-type]
    assert counted == Coarse("", band, "venezolana", "2019-W09")
