"""The guides that are in use: read from their files, the last good one kept where a file has a mistake.

A site's own file, `guides/<iso2>.toml` in its folder, stands before the packaged one. Of every good file a copy is kept
in `guides/kept/` there, so that a mistake made later leaves the site with the last good guide, also after a new start.
"""

import logging
import os
from contextlib import suppress
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TypeAlias

import msgspec
from django.conf import settings
from django.utils.translation import gettext as _

from posada.asylum.models.guides import GuideChange
from posada.asylum.rules.guide import Guide
from posada.asylum.rules.guide_changes import Change, DoesNotFit, changed
from posada.asylum.rules.guide_changes import read as rules_read
from posada.asylum.rules.guide_faults import Fault, contradictions, faults, in_words
from posada.ground import clock

_Stamp: TypeAlias = tuple[str, int, int]  # which file, when it was written, how long it is
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Read:
    """A file as it was read: the guide in use (none: none was ever good), and what is wrong with the file."""

    guide: Guide | None
    faults: tuple[Fault, ...] = ()


_kept: dict[tuple[Path, str], tuple[_Stamp, Read]] = {}


def countries() -> tuple[str, ...]:
    """The codes of the countries of which there is a guide file, in order."""
    found = {path.stem for folder in (_packaged(), _own()) if folder.is_dir() for path in folder.glob("*.toml")}
    return tuple(sorted(code.upper() for code in found if len(code) == len("co")))


def guide(country: str) -> Guide | None:
    """The last good guide of a country, with the changes that this house took on; none where there is no guide."""
    return in_use(country).guide


def problems(country: str) -> tuple[str, ...]:
    """What is wrong with a country's guide, in sentences; nothing where it is sound, or where there is none."""
    return tuple(str(fault) for fault in in_use(country).faults)


def in_use(country: str) -> Read:
    """The file as it was read, with every change that was taken on and still fits it; one that does not is said."""
    held = read(country)
    if held.guide is None:
        return held
    found, wrong = held.guide, list(held.faults)
    rows = GuideChange.objects.filter(country=country, state=GuideChange.State.TAKEN_ON).order_by("pk")
    for row in rows:
        try:
            found = fit(changed(found, change_of(row)), country)
        except (DoesNotFit, Unfit, msgspec.MsgspecError):
            what = _("a change taken on on %(day)s does not fit this guide any more, and is not used: look at it again")
            wrong.append(Fault(row.rule, what % {"day": f"{row.decided_on:%Y-%m-%d}" if row.decided_on else ""}))
    return Read(found, tuple(wrong))


def change_of(row: GuideChange) -> Change:
    """A change from its row."""
    return Change(rules_read(row.was), rules_read(row.becomes))


def read(country: str) -> Read:
    """A country's guide in use and the faults of its file. A file that did not change is not read again."""
    if country not in countries():
        return Read(None)
    file = _file_of(country)
    try:
        about = file.stat()
    except OSError as error:
        return Read(_last_good(country), (Fault("", in_words(error)),))
    stamp = (str(file), about.st_mtime_ns, about.st_size)
    held = _kept.get((_own(), country))
    if held is None or held[0] != stamp:
        held = stamp, _read_anew(file, country, held[1].guide if held else None)
        _kept[_own(), country] = held
    return held[1]


def understood(text: str, country: str) -> Guide:
    """A guide from its text. Raises `Unfit` with everything that is wrong with it."""
    try:
        found = msgspec.toml.decode(text, type=Guide)
    except (msgspec.MsgspecError, ValueError) as error:
        raise Unfit((Fault("", in_words(error)),)) from None
    return fit(found, country)


def fit(found: Guide, country: str) -> Guide:
    """The guide itself, if nothing is wrong with it; raises `Unfit` otherwise.

    A house whose clock is behind (a flat battery, a demonstration) keeps its guides: somebody has looked at them.
    """
    wrong = (*faults(found, max(clock.today(), found.checked), country), *contradictions(found))
    if wrong:
        raise Unfit(wrong)
    return found


class Unfit(ValueError):
    """A guide that must not be used, and why."""

    def __init__(self, wrong: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(str(fault) for fault in wrong))
        self.faults = wrong


def _packaged() -> Path:
    return Path(str(resources.files("posada.asylum.guides")))


def _own() -> Path:
    return Path(settings.SITE_ROOT) / "guides"


def _file_of(country: str) -> Path:
    name = f"{country.lower()}.toml"
    own = _own() / name
    return own if own.is_file() else _packaged() / name


def _read_anew(file: Path, country: str, earlier: Guide | None) -> Read:
    try:
        text = file.read_text(encoding="utf-8")
        found = understood(text, country)
    except Unfit as unfit:
        wrong = unfit.faults
    except (OSError, UnicodeDecodeError) as error:
        wrong = (Fault("", in_words(error)),)
    else:
        _keep(text, country)
        return Read(found)
    _log.warning("The guide of %s has a mistake: the last good one is used.", country)
    return Read(earlier or _last_good(country), wrong)


def _keep(text: str, country: str) -> None:
    """Keep a copy of a good file. Where the folder cannot be written the guide is used all the same."""
    place = _own() / "kept" / f"{country.lower()}.toml"
    with suppress(OSError, UnicodeDecodeError):
        if not Path(settings.SITE_ROOT).is_dir():
            return
        if place.is_file() and place.read_text(encoding="utf-8") == text:
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_suffix(".new")
        beside.write_text(text, encoding="utf-8")
        os.replace(beside, place)


def _last_good(country: str) -> Guide | None:
    """The kept copy, or else the packaged one; none where neither is good."""
    for place in (_own() / "kept", _packaged()):
        with suppress(OSError, UnicodeDecodeError, Unfit):
            return understood((place / f"{country.lower()}.toml").read_text(encoding="utf-8"), country)
    return None
