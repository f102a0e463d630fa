"""The two doors to strangers are off unless site.toml says otherwise, soundly; open ones are said aloud."""

import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from pytest_django import Settings

from posada.config import checks
from posada.vault.errors import NoSite
from posada.vault.folder import SiteFolder, SiteSettings

REAL = SiteSettings(site="real", name="Casa")
SOUND = {"public_address": "https://puerta.example", "relative_pages": True, "enquiry_form": True}
ASK = """
import json
from django.conf import settings
print(json.dumps([sorted(settings.OPEN_OUTSIDE), settings.PUBLIC_HOST, sorted(settings.FLED_FROM),
    settings.PUBLIC_HOST in settings.ALLOWED_HOSTS]))
"""


def _found(settings: Settings, **said: object) -> list[str]:
    settings.SITE = msgspec.structs.replace(REAL, **said)
    return [str(found.id) for found in checks.doors_to_strangers()]


@pytest.mark.parametrize(
    "address",
    [
        "http://puerta.example",
        "puerta.example",
        "https://",
        "https://puerta.example/r/",
        "https://puerta.example?x=1",
        "https://somebody@puerta.example",
        "https://[puerta",
    ],
)
def test_an_address_that_is_none_stops_the_start(settings: Settings, address: str) -> None:
    assert _found(settings, **{**SOUND, "public_address": address}) == ["posada.E006"]
    assert settings.SITE.public_host == ""


def test_a_door_without_an_address_stops_the_start(settings: Settings) -> None:
    assert _found(settings, relative_pages=True) == ["posada.E007"]
    assert _found(settings, enquiry_form=True) == ["posada.E007"]
    assert _found(settings) == []


@pytest.mark.parametrize("state", ["ve", "VEN", "", "V1"])
def test_a_state_that_is_none_stops_the_start(settings: Settings, state: str) -> None:
    assert _found(settings, fled_from=(state,)) == ["posada.E008"]


def test_an_open_door_is_warned_of_at_each_start(settings: Settings) -> None:
    assert _found(settings, **SOUND, fled_from=("XX",)) == ["posada.W001"]
    assert _found(settings, **SOUND) == ["posada.W001", "posada.W002"]
    assert _found(settings, public_address="https://puerta.example/") == []


def test_a_value_of_the_wrong_kind_is_no_site(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text('site = "x"\nname = "y"\nrelative_pages = "yes"\n')
    with pytest.raises(NoSite):
        SiteFolder(tmp_path).settings()


def _said(folder: Path) -> list[object]:
    """The settings as a server of its own would have them."""
    said = {"POSADA_SITE": str(folder), "DJANGO_SETTINGS_MODULE": "posada.config.settings"}
    plain = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    answer = subprocess.run(
        [sys.executable, "-c", ASK], env={**plain, **said}, check=True, capture_output=True, text=True
    )
    found: list[object] = json.loads(answer.stdout)
    return found


def test_a_new_house_has_no_door_to_strangers(tmp_path: Path) -> None:
    SiteFolder(tmp_path).write_settings(REAL)
    assert _said(tmp_path) == [[], "", [], False]


def test_site_toml_opens_each_door_for_itself_and_only_with_a_sound_address(tmp_path: Path) -> None:
    folder = SiteFolder(tmp_path)
    page, ask = ["page_outside", "page_outside_style"], ["ask_outside", "ask_outside_style"]
    for said, opened in (
        (SOUND, [*ask, *page]),
        ({**SOUND, "enquiry_form": False}, page),
        ({**SOUND, "relative_pages": False}, ask),
        ({**SOUND, "public_address": "http://puerta.example"}, []),
    ):
        folder.write_settings(msgspec.structs.replace(REAL, **said, fled_from=("XX",)))
        assert _said(tmp_path)[0] == opened
