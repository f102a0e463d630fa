"""A list in or out at the shell takes the phrases of two keyholders; a single keeper's act is marked."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from posada.accounts.acts import Act
from posada.accounts.approvals.rules import WithoutSecond
from posada.accounts.models import Site
from posada.audit.models import AuditEntry
from posada.config import two_phrases, without_second
from posada.ground import clock
from posada.vault import keyholders, slots
from posada.vault import site as sites
from posada.vault.errors import MustWait, WrongPhrase
from posada.vault.folder import SiteSettings
from posada.vault.site import NewSite, Opened

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
QUICK = slots.Cost(memory_kib=8, passes=1, lanes=1)


@pytest.fixture
def house(site: Site, tmp_path: Path, settings: Any) -> NewSite:
    """A site of two keyholders that began a month ago."""
    root = tmp_path / "casa"
    made = sites.make_site(root, wanted=SiteSettings(site="casa", name="Casa"), keyholders=2, cost=QUICK)
    settings.SITE_ROOT = str(root)
    began = clock.today() - timedelta(days=30)
    Site.objects.update(created_on=began)
    slots.write(made.folder.keys, _since(slots.read(made.folder.keys), made.master, began))
    return made


def _since(keys: slots.KeyFile, master: bytes, day: date) -> slots.KeyFile:
    held = [msgspec.structs.replace(slot, since=day.isoformat()) for slot in keys.slots]
    return slots.sealed(msgspec.structs.replace(keys, slots=held), master)


def _opened(house: NewSite) -> Opened:
    return Opened(slots.read(house.folder.keys), house.master, 1)


def _reasons() -> list[str]:
    return list(AuditEntry.objects.filter(act=Act.EXPORT).values_list("reason", flat=True))


def test_another_keyholders_phrase_goes_on_and_is_written_down(house: NewSite) -> None:
    assert two_phrases.is_needed()
    two_phrases.check(words=house.phrases[1], opened=_opened(house), act=Act.EXPORT)
    assert _reasons() == ["two_phrases"]


def test_the_same_phrase_twice_is_refused(house: NewSite) -> None:
    with pytest.raises(two_phrases.SameKeyholder):
        two_phrases.check(words=house.phrases[0], opened=_opened(house), act=Act.EXPORT)
    assert not _reasons()


@pytest.mark.parametrize("words", ["", "run yo-yo shirt cafe pinata down"])
def test_a_wrong_second_phrase_is_refused_and_the_tries_are_counted(house: NewSite, words: str) -> None:
    opened, said = _opened(house), []
    for _number in range(12):
        with pytest.raises((WrongPhrase, MustWait)) as caught:
            two_phrases.check(words=words, opened=opened, act=Act.EXPORT)
        said.append(caught.type)
    assert said[0] is WrongPhrase
    assert said[-1] is MustWait
    assert house.folder.attempts.exists()
    assert not _reasons()


def test_a_phrase_made_today_by_one_who_holds_another_is_no_second_until_tomorrow(
    house: NewSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = clock.today()
    keys, _number, fresh = keyholders.add(
        slots.read(house.folder.keys), house.master, since=today.isoformat(), cost=QUICK
    )
    opened = Opened(keys, house.master, 1)
    with pytest.raises(two_phrases.TooFresh):
        two_phrases.check(words=fresh, opened=opened, act=Act.EXPORT)
    assert not _reasons()
    monkeypatch.setattr(clock, "today", lambda: today + timedelta(days=1))
    two_phrases.check(words=fresh, opened=opened, act=Act.EXPORT)
    assert _reasons() == ["two_phrases"]


def test_the_phrases_of_the_day_the_house_began_count_at_once(house: NewSite) -> None:
    today = clock.today()
    Site.objects.update(created_on=today)
    opened = Opened(_since(slots.read(house.folder.keys), house.master, today), house.master, 1)
    two_phrases.check(words=house.phrases[1], opened=opened, act=Act.EXPORT)
    assert _reasons() == ["two_phrases"]


def test_a_single_keeper_goes_on_alone_and_is_marked(house: NewSite) -> None:
    Site.objects.update(single_keeper=True)
    assert not two_phrases.is_needed()
    two_phrases.note_alone(act=Act.EXPORT)
    assert _reasons() == ["single_keeper"]


def test_what_happens_without_a_second_is_set_and_only_loosening_it_takes_two(site: Site) -> None:
    assert not without_second.is_looser(wanted=WithoutSecond.REFUSE)
    without_second.set_to(wanted=WithoutSecond.REFUSE)
    site.refresh_from_db()
    assert site.without_second == "refuse"
    assert without_second.is_looser(wanted=WithoutSecond.WAIT)
    without_second.set_to(wanted=WithoutSecond.WAIT)
    rows = AuditEntry.objects.filter(act=without_second.ACT).order_by("sequence")
    assert list(rows.values_list("reason", flat=True)) == ["refuse", "wait"]
    assert not without_second.is_looser(wanted=WithoutSecond.REFUSE)
