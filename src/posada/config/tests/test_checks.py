"""What is refused at the start, and the watch over idle sessions."""

from pathlib import Path

import msgspec
import pytest
from django.contrib.sessions.backends.db import SessionStore
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
    watch = idle.Watch(moved=1_000.0)
    assert not idle.should_seal(watch, running=1_000.0 + settings.SESSION_COOKIE_AGE - 5)
    assert idle.should_seal(watch, running=1_000.0 + settings.SESSION_COOKIE_AGE + 5)


def _use(seen_at: float) -> None:
    session = SessionStore()
    session["seen_at"] = seen_at
    session.save()


def test_setting_the_clock_neither_seals_a_house_in_use_nor_keeps_an_empty_one_open(settings: Settings) -> None:
    watch, day = idle.Watch(moved=0.0), 86_400.0
    now = clock.real_seconds()
    _use(now)
    assert not idle.should_seal(watch, running=settings.SESSION_COOKIE_AGE + 5.0)
    _use(now - 400 * day)  # the clock was set back, and somebody works on
    assert not idle.should_seal(watch, running=2 * settings.SESSION_COOKIE_AGE + 5.0)
    assert idle.should_seal(watch, running=4 * settings.SESSION_COOKIE_AGE)


def test_a_watch_that_cannot_look_goes_on_and_in_the_end_seals(monkeypatch: pytest.MonkeyPatch) -> None:
    died: list[bool] = []

    def broken() -> idle.Uses:
        raise OSError

    monkeypatch.setattr("posada.config.idle.uses_now", broken)
    monkeypatch.setattr("posada.config.idle.state.die", lambda: died.append(True))
    monkeypatch.setattr("posada.config.idle.connections.close_all", lambda: None)
    watch = idle.Watch(moved=clock.running_seconds())
    for _look in range(idle.MOST_FAILURES):
        assert not died
        idle.look(watch)
    assert died == [True]
