"""Guides read from their files: sound ones are used, a mistake leaves the site with the last good one, and says so."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from django.template.loader import render_to_string
from django.utils import translation

from posada.asylum import shell
from posada.asylum.guides import reading
from posada.asylum.rules.deadline_words import confidence_in_words
from posada.asylum.rules.guide import Guide, Kind, Referral
from posada.asylum.rules.guide_faults import contradictions, is_old
from posada.config.commands import main
from posada.ground import clock

PACKAGED = Path(reading.__file__).parent
pytestmark = pytest.mark.django_db


@pytest.fixture
def own(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """The folder of a site's own guides."""
    settings.SITE_ROOT = tmp_path
    folder = tmp_path / "guides"
    folder.mkdir()
    yield folder
    reading._kept.clear()


def _used(country: str) -> Guide:
    guide = reading.guide(country)
    assert guide is not None
    return guide


def _write(path: Path, text: str, second: int) -> None:
    path.write_text(text, encoding="utf-8")
    os.utime(path, (second, second))


def test_every_packaged_guide_is_sound_and_names_legal_aid() -> None:
    assert set(reading.countries()) == {"BR", "CL", "CO", "EC", "ES", "MX", "PE", "US"}
    for code in reading.countries():
        assert reading.problems(code) == ()
        guide = reading.guide(code)
        assert guide is not None
        assert guide.country == code
        assert any(rule.referral is Referral.LEGAL for rule in guide.of_kind(Kind.CONTACT))


def test_a_mistake_in_a_file_leaves_the_last_good_guide_and_says_so(own: Path) -> None:
    good = (PACKAGED / "pe.toml").read_text(encoding="utf-8")
    own_file = own / "pe.toml"
    _write(own_file, good.replace("value = 30,", "value = 31,"), 1_000)
    assert _days(reading.guide("PE")) == 31
    for second, broken in enumerate(
        (
            good.replace('kind = "deadline"', 'kind = "dedline"'),
            good.replace('en = "Peru"', 'en = ""'),
            good.replace('id = "PE-BODY-CEPR"', 'id = "PE-DEF-LAW"'),
            good.replace('warnings = ["PE-ASY-DEADLINE"]', 'warnings = ["PE-NONE"]'),
            good.replace('confidence = "B"', 'confidence = "Z"'),
            good.replace('zone = "America/Lima"', 'zone = "America/Nowhere"'),
            good.replace('country = "PE"', 'country = "CO"'),
            good.replace('referral = "legal"', 'referral = "child"'),
            good[: len(good) // 2] + '"',
            "\x00",
            "",
        ),
        start=2_000,
    ):
        assert broken != good
        _write(own_file, broken, second)
        assert _days(reading.guide("PE")) == 31, "the last good one is used"
        assert reading.problems("PE"), "and it is said"
    _write(own_file, good, 3_000)
    assert _days(reading.guide("PE")) == 30
    assert reading.problems("PE") == ()


def _days(guide: Guide | None) -> int:
    rule = guide and guide.find("PE-ASY-DEADLINE")
    assert rule
    assert rule.duration
    return rule.duration.value


def test_the_last_good_guide_outlives_a_new_start(own: Path) -> None:
    good = (PACKAGED / "pe.toml").read_text(encoding="utf-8")
    _write(own / "pe.toml", good.replace("value = 30,", "value = 31,"), 1_000)
    assert _days(reading.guide("PE")) == 31
    reading._kept.clear()
    _write(own / "pe.toml", "not a guide", 2_000)
    assert _days(reading.guide("PE")) == 31
    (own / "kept" / "pe.toml").unlink()
    reading._kept.clear()
    assert _days(reading.guide("PE")) == 30, "without a kept copy the packaged one is used"


def test_a_country_without_a_guide_has_none_and_is_no_mistake(own: Path) -> None:
    assert reading.guide("FR") is None
    assert reading.problems("FR") == ()
    assert reading.guide("../CO") is None
    _write(own / "fr.toml", "broken", 1_000)
    assert reading.guide("FR") is None
    assert reading.problems("FR")


def test_a_guide_that_says_two_things_at_once_is_not_used() -> None:
    text = (PACKAGED / "pe.toml").read_text(encoding="utf-8")
    rule = text[text.index('[[rule]]\nid = "PE-ASY-DEADLINE"') : text.index('[[rule]]\nid = "PE-ASY-CARD"')]
    again = rule.replace("PE-ASY-DEADLINE", "PE-ASY-OTHER").replace("value = 30", "value = 60")
    with pytest.raises(reading.Unfit) as unfit:
        reading.understood(text + "\n" + again + 'subject = "PE-ASY-DEADLINE"\n', "PE")
    assert "PE-ASY-OTHER" in str(unfit.value)
    assert contradictions(reading.understood(text, "PE")) == ()


def test_a_source_older_than_twelve_months_is_flagged() -> None:
    rule = _used("CL").rule[[one.id for one in _used("CL").rule].index("CL-ASY-DEADLINE")]
    assert rule.source.dated == date(2024, 2, 20)
    assert is_old(rule, date(2019, 2, 26)), "a clock that is behind makes nothing young"
    read = msgspec.structs.replace(rule, source=msgspec.structs.replace(rule.source, read=date(2024, 2, 21)))
    assert not is_old(read, date(2025, 2, 19))
    assert is_old(read, date(2025, 2, 20))


@pytest.mark.parametrize("language", ["es", "en"])
def test_no_statement_is_shown_without_id_source_and_confidence(language: str) -> None:
    with translation.override(language):
        for code in reading.countries():
            for rule in _used(code).rule:
                page = render_to_string("asylum/parts/fact.html", {"rule": rule})
                for needed in (rule.id, rule.source.article, rule.source.address, confidence_in_words(rule.confidence)):
                    assert needed.split("&")[0].split("'")[0] in page, (rule.id, needed)
                assert str((rule.source.dated or rule.source.read).year) in page
                assert "<a " not in page, "no page leads outside the site"
                assert ("badge--danger" in page) is rule.is_unverified


def test_the_command_checks_every_guide_and_ends_with_one_for_a_mistake(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shell.check() == shell.SOUND
    assert len(capsys.readouterr().out.splitlines()) >= len(reading.countries())
    assert shell.check(countries=("xx",)) == shell.NONE
    _write(own / "pe.toml", "[[rule]]", 1_000)
    assert shell.check(countries=("PE",)) == shell.FAULTY
    assert shell.check(countries=("CO",)) == shell.SOUND


def test_the_command_shows_a_guide_with_the_source_of_each_statement(capsys: pytest.CaptureFixture[str]) -> None:
    assert shell.show(country="co") == shell.SOUND
    said = capsys.readouterr().out
    for rule in _used("CO").rule:
        assert (f"{rule.id} · {rule.source.article}" in said) is rule.holds_on(clock.today()), rule.id
    shell.show(country="CO", on=date(2020, 1, 1))
    assert "CO-DEF-TORTURE ·" not in capsys.readouterr().out, "the law of 2025 did not hold in 2020"


def test_the_program_has_the_command() -> None:
    assert "check" in CliRunner().invoke(main, ["guide", "--help"]).output
