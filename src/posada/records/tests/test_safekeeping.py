"""How old the last good backup is, when the next is due, and what is taken away in time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from tests import cast

from posada.accounts.acts import Role
from posada.accounts.permissions import Actor, Refused
from posada.ground import clock
from posada.records import safekeeping
from posada.vault.backup import diary, manifest, reading, walfile
from posada.vault.backup.diary import Entry
from posada.vault.backup.errors import PartDamaged
from posada.vault.backup.manifest import Manifest, Part
from posada.vault.errors import VaultError
from posada.vault.folder import SiteFolder, SiteSettings

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    """A site folder with a schedule."""
    found = SiteFolder(tmp_path)
    found.write_settings(SiteSettings(site="casa", name="Casa", backup_folder=str(tmp_path / "stick"), backup_hours=24))
    found.keys.write_text("{}")
    monkeypatch.setattr("posada.vault.site.current_folder", lambda: found)
    return found


def _tried(folder: SiteFolder, *, hours: float, good: bool) -> None:
    at = clock.now() - timedelta(hours=hours)
    diary.note(folder, Entry(at, "/stick", stem="casa-1" if good else "", problem="" if good else "full"))


def test_it_is_due_when_none_was_tried_and_again_after_its_hours(folder: SiteFolder) -> None:
    assert safekeeping.is_due()
    _tried(folder, hours=23, good=True)
    assert not safekeeping.is_due()
    diary.path_in(folder).unlink()
    _tried(folder, hours=25, good=True)
    assert safekeeping.is_due()


def test_a_failed_try_never_makes_the_last_good_one_younger(folder: SiteFolder) -> None:
    _tried(folder, hours=24 * 8, good=True)
    for _try in range(diary.KEPT + 5):
        _tried(folder, hours=0, good=False)
    assert safekeeping.days_old() == 8
    assert safekeeping.is_old()
    assert "8" in safekeeping.age_line()


def test_a_damaged_diary_asks_for_a_backup(folder: SiteFolder) -> None:
    _tried(folder, hours=1, good=True)
    assert not safekeeping.is_old()
    raw = bytearray(diary.path_in(folder).read_bytes())
    raw[-3] ^= 1
    diary.path_in(folder).write_bytes(raw)
    assert diary.is_damaged(folder)
    assert safekeeping.is_old()


def test_a_changed_key_file_is_seen_against_the_last_good_backup(folder: SiteFolder) -> None:
    _tried(folder, hours=1, good=True)
    assert diary.changed(folder) == []
    folder.keys.write_text("{ }")
    assert diary.changed(folder) == ["site.keys"]


def _manifest(place: Path, days: int) -> Manifest:
    made_at = (datetime.now(UTC) - timedelta(days=days)).strftime("%Y%m%dT%H%M%SZ")
    parts = [Part(f"casa-{made_at}-{kind}.age", 4, "0" * 64) for kind in ("data", "keyring")]
    made = manifest.checked(Manifest(1, "casa", made_at, 1, "0" * 64, parts[0], parts[1]))
    (place / (made.stem + manifest.SUFFIX)).write_bytes(manifest.to_bytes(made))
    for part in parts:
        (place / part.name).write_bytes(b"body")
    return made


def test_keyring_copies_older_than_thirty_days_go_and_data_stay(tmp_path: Path) -> None:
    old, young = _manifest(tmp_path, 31), _manifest(tmp_path, 29)
    found = reading.old_keyrings(tmp_path, datetime.now(UTC))
    assert found == [old]
    reading.take_away(tmp_path, found)
    assert not (tmp_path / old.keyring.name).exists()
    assert (tmp_path / old.data.name).exists()
    assert (tmp_path / young.keyring.name).exists()


def test_every_turned_bit_of_a_manifest_is_seen(tmp_path: Path) -> None:
    made = _manifest(tmp_path, 1)
    path = tmp_path / (made.stem + manifest.SUFFIX)
    raw = path.read_bytes()
    for bit in range(len(raw) * 8):
        turned = bytearray(raw)
        turned[bit // 8] ^= 1 << bit % 8
        path.write_bytes(turned)
        with pytest.raises(PartDamaged):
            manifest.read(path)


@pytest.mark.parametrize("made_at", ["20200101T000000Z", "once"])
def test_a_planted_manifest_speaks_of_no_file_but_its_own(tmp_path: Path, made_at: str) -> None:
    victim = tmp_path / "house" / "site.keys"
    victim.parent.mkdir()
    victim.write_text("the keys")
    stick = tmp_path / "stick"
    stick.mkdir()
    for word in (str(victim), "../house/site.keys", "evil-other-keyring.age"):
        data = Part(f"evil-{made_at}-data.age", 4, "0" * 64)
        made = manifest.checked(Manifest(1, "evil", made_at, 1, "0" * 64, data, Part(word, 4, "0" * 64)))
        (stick / (made.stem + manifest.SUFFIX)).write_bytes(manifest.to_bytes(made))
        found = reading.old_keyrings(stick, datetime.now(UTC))
        reading.take_away(stick, found)
        assert found == []
        with pytest.raises(PartDamaged):
            reading.check(stick / (made.stem + manifest.SUFFIX))
    assert victim.exists()


def test_a_log_of_nothing_is_sound_and_a_cut_head_is_not(tmp_path: Path) -> None:
    assert walfile.look(tmp_path / "none").sound
    (tmp_path / "short").write_bytes(b"7")
    assert not walfile.look(tmp_path / "short").sound


def test_only_the_site_manager_makes_backups(folder: SiteFolder, actors: dict[Role, Actor]) -> None:
    for role, actor in actors.items():
        if role is not Role.SITE_MANAGER:
            with pytest.raises(Refused):
                safekeeping.back_up(by=actor, to=folder.root)
            with pytest.raises(Refused):
                safekeeping.begin(by=actor)


def test_a_backup_is_started_only_with_the_password_again(
    folder: SiteFolder, browse: Callable[[Role], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Actor] = []

    def begin(by: Actor) -> bool:
        started.append(by)
        return True

    monkeypatch.setattr(safekeeping, "begin", begin)
    monkeypatch.setattr(safekeeping, "must_be_possible", lambda: None)
    client = browse(Role.SITE_MANAGER)
    assert 'name="password"' in client.get("/backup/").content.decode()
    for typed in ({}, {"password": "wrong"}):
        answer = client.post("/backup/", typed)
        assert answer.status_code == 422
        assert 'name="password"' in answer.content.decode()
    assert started == []
    assert client.post("/backup/", {"password": cast.PASSWORD}).status_code == 302
    assert len(started) == 1


def test_what_failed_is_written_down_and_raised(folder: SiteFolder, actors: dict[Role, Actor]) -> None:
    with pytest.raises(VaultError):
        safekeeping.back_up(by=actors[Role.SITE_MANAGER], to=folder.root / "gone")
    assert not diary.read(folder).tries[0].is_good
    assert diary.read(folder).last_good is None


def test_its_age_stands_on_the_managers_page_and_on_everybodys_when_old(
    folder: SiteFolder, browse: Callable[[Role], Client]
) -> None:
    assert "Aún no hay copia de respaldo" in browse(Role.DESK).get("/").content.decode()
    _tried(folder, hours=3, good=True)
    assert "hace 3 horas" in browse(Role.SITE_MANAGER).get("/backup/").content.decode()
    assert "copia de respaldo" not in browse(Role.DESK).get("/").content.decode()
    assert browse(Role.DESK).get("/backup/").status_code == 403
