"""A clock set back is written down and said; it undoes no wait, no lock-out and no used code."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client, override_settings
from pytest_django import Settings

from posada.accounts.acts import Role
from posada.accounts.models import Site
from posada.audit import services as audit
from posada.audit.models import AuditEntry
from posada.config import clocks as watch
from posada.ground import clock
from posada.vault import attempts, clocks, opening, slots
from posada.vault import site as vault_site
from posada.vault.errors import MustWait
from posada.vault.folder import SiteSettings

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

HOUR = 3_600.0


@pytest.fixture(autouse=True)
def _real_house(settings: Settings) -> Iterator[None]:
    settings.SITE = SiteSettings(site="real", name="Casa")
    clocks.forget()
    yield
    clocks.forget()


def _set_back(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    real, moment = clock.real_seconds, clock.now
    monkeypatch.setattr("posada.ground.clock.real_seconds", lambda: real() - seconds)
    monkeypatch.setattr("posada.ground.clock.now", lambda: moment() - timedelta(seconds=seconds))


def _check() -> None:
    watch.check(lambda _done, _total: None)


def _found() -> int:
    return AuditEntry.objects.filter(act=watch.BEHIND).count()


def test_a_right_clock_says_nothing(site: Site) -> None:
    audit.write(audit.Event(act="desk.see_today", site=site.pk))
    _check()
    assert (clocks.sentence(), _found()) == ("", 0)


def test_a_clock_set_back_is_written_down_and_shown_on_today(
    site: Site, browse: Callable[[Role], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    audit.write(audit.Event(act="desk.see_today", site=site.pk))
    _set_back(monkeypatch, HOUR)
    _check()
    assert _found() == 1
    page = browse(Role.DESK).get("/", headers={"accept-language": "en"}).content.decode()
    assert "clock of this computer is set back" in page
    assert audit.verify().broken_at is None


def test_the_unlock_page_says_it_while_the_house_is_sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = slots.Cost(memory_kib=64, passes=1, lanes=1)
    made = vault_site.make_site(tmp_path / "s", wanted=SiteSettings(site="abc", name="C"), keyholders=1, cost=cheap)
    with override_settings(SITE_ROOT=made.folder.root):
        for seconds, said in ((0.0, False), (HOUR, True)):
            with monkeypatch.context() as patch:
                _set_back(patch, seconds)
                monkeypatch.setattr("posada.vault.opening.is_ready", lambda: False)
                monkeypatch.setattr("posada.vault.opening.progress", opening.Progress)
                page = Client().get("/unlock/", headers={"accept-language": "en"}).content.decode()
            assert ("clock of this computer is set back" in page) is said


def test_a_clock_that_was_ahead_and_is_right_again_can_be_accepted(
    site: Site, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SITE_ROOT = tmp_path
    (tmp_path / "main.db").touch()
    audit.write(audit.Event(act="desk.see_today", site=site.pk))
    _set_back(monkeypatch, HOUR)
    _check()
    assert clocks.sentence(known=clocks.newest_file(vault_site.current_folder()))
    watch.accept()
    _check()
    assert not clocks.sentence(known=clocks.newest_file(vault_site.current_folder()))


def test_the_wait_after_wrong_phrases_is_neither_skipped_nor_stretched_by_the_clock(tmp_path: Path) -> None:
    path, now = tmp_path / "unlock.attempts", 1_000_000.0
    for _try in range(5):
        attempts.note_wrong(path, at=now)
    assert attempts.wait_after(5) == 8
    with pytest.raises(MustWait) as caught:
        attempts.check(path, at=now - 400 * 24 * HOUR)
    assert caught.value.seconds <= 9
    with pytest.raises(MustWait):
        attempts.check(path, at=now - 400 * 24 * HOUR + 7)
    attempts.check(path, at=now - 400 * 24 * HOUR + 8)
