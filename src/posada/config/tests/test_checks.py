"""What is refused at the start, and the watch over idle sessions."""

from pathlib import Path

import msgspec
import pytest
from pytest_django import Settings

from posada.accounts.models import Site
from posada.config import checks, databases, idle
from posada.ground import clock
from posada.vault import site as vault_site
from posada.vault import slots
from posada.vault.folder import SiteFolder, SiteSettings

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

REAL = SiteSettings(site="real", name="Casa")


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> SiteFolder:
    made = vault_site.make_site(
        tmp_path / "site", wanted=REAL, keyholders=1, cost=slots.Cost(memory_kib=64, passes=1, lanes=1)
    )
    settings.SITE_ROOT = made.folder.root
    settings.SITE = REAL
    return made.folder


def test_a_phrase_in_the_folder_of_a_real_site_is_refused(folder: SiteFolder) -> None:
    assert checks.no_shortcuts() == []
    folder.demonstration_phrase.write_text("x")
    assert [found.id for found in checks.no_shortcuts()] == ["posada.E001"]


def test_a_real_site_has_no_clock_of_its_own(folder: SiteFolder, settings: Settings) -> None:
    settings.SITE = msgspec.structs.replace(REAL, clock_since=clock.now())
    assert [found.id for found in checks.no_shortcuts()] == ["posada.E002"]


def test_it_runs_on_a_sound_sqlite_only(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.sound_sqlite() == []
    monkeypatch.setattr("posada.config.checks.sqlite_version", lambda: (3, 40, 1))
    assert [found.id for found in checks.sound_sqlite()] == ["posada.E003"]


def test_damaged_keys_and_cheap_slots_are_refused(folder: SiteFolder) -> None:
    assert [found.id for found in checks.costly_slots()] == ["posada.E005"]
    folder.keys.write_bytes(b"{")
    assert [found.id for found in checks.costly_slots()] == ["posada.E004"]


@pytest.mark.parametrize(("in_file", "in_database"), [(True, False), (False, True)])
def test_a_site_file_that_lies_about_its_kind_does_not_open(
    settings: Settings, site: Site, *, in_file: bool, in_database: bool
) -> None:
    Site.objects.update(demonstration=in_database)
    settings.SITE = msgspec.structs.replace(REAL, demonstration=in_file)
    with pytest.raises(databases.KindDiffers):
        databases.check_kind(lambda _done, _total: None)
    settings.SITE = msgspec.structs.replace(REAL, demonstration=in_database)
    databases.check_kind(lambda _done, _total: None)


def test_it_seals_when_nobody_came_for_as_long_as_a_session_lasts(settings: Settings) -> None:
    now = clock.real_seconds()
    assert not idle.should_seal(now)
    assert idle.should_seal(now - settings.SESSION_COOKIE_AGE - 5)


def test_a_watch_that_cannot_look_goes_on_and_in_the_end_seals(monkeypatch: pytest.MonkeyPatch) -> None:
    died: list[bool] = []

    def broken(_opened_at: float) -> bool:
        raise OSError

    monkeypatch.setattr("posada.config.idle.should_seal", broken)
    monkeypatch.setattr("posada.config.idle.state.die", lambda: died.append(True))
    monkeypatch.setattr("posada.config.idle.connections.close_all", lambda: None)
    failed = 0
    for _look in range(idle.MOST_FAILURES):
        failed = idle.look(0.0, failed)
    assert died == [True]
