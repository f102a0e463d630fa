"""An account and its versions as they are drawn."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from posada.asylum.queries.statement import AccountVersion
from posada.asylum.rules.account import Account, ToldSentence
from posada.asylum.rules.telling import paragraphs_of
from posada.ground import clock
from posada.records.staff import name_of
from posada.ui.parts import Fact


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version: when and by whom it was written, what changed with it, and all that it says."""

    number: int
    written: str
    paragraphs: list[list[ToldSentence]]
    facts: list[Fact]
    anew: tuple[str, ...]
    no_longer: tuple[str, ...]


def account_facts(said: Account) -> list[Fact]:
    """Who was there, and through whom it was told."""
    return [
        Fact(_("Told on"), date_format(said.on, "DATE_FORMAT")),
        Fact(_("Language"), said.language),
        Fact(_("Interpreter"), said.interpreter or _("nobody interpreted")),
        Fact(_("Who else was present"), said.present or _("not written down")),
        Fact(_("Read back as it stands"), _("Yes") if said.read_back else _("Not yet")),
    ]


def version_lines(versions: Iterable[AccountVersion]) -> list[VersionLine]:
    """Versions as they are read."""
    return [
        VersionLine(
            one.number,
            _written(one),
            paragraphs_of(one.content.sentences),
            account_facts(one.content),
            one.anew,
            one.no_longer,
        )
        for one in versions
    ]


def _written(one: AccountVersion) -> str:
    if one.written_at is None:
        return _("as it was first written down")
    when = date_format(one.written_at.astimezone(clock.house_zone()), "DATETIME_FORMAT")
    return _("%(when)s, by %(by)s") % {"when": when, "by": name_of(one.written_by)}
