"""What `posada guide` does: checks the guides' files, and prints one."""

from datetime import date

import click
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from posada.asylum.guides import reading
from posada.asylum.rules.guide import Guide, Rule
from posada.asylum.rules.guide_faults import is_old, old_sources
from posada.asylum.rules.guide_words import KIND_WORDS, source_in_words, time_in_words, validity_in_words
from posada.ground import clock

SOUND, FAULTY, NONE = 0, 1, 2


def check(*, countries: tuple[str, ...] = ()) -> int:
    """Say of each guide whether its file is sound, and which sources are old."""
    wanted = [code.upper() for code in countries] or list(reading.countries())
    results = [_check_one(code) for code in wanted]
    return max(results, default=NONE)


def _check_one(code: str) -> int:
    if code not in reading.countries():
        click.echo(_no_guide(code), err=True)
        return NONE
    held = reading.read(code)
    for fault in held.faults:
        click.echo(f"{code}  {fault}", err=True)
    if held.faults:
        kept = _("the last good guide is used") if held.guide else _("there is no good guide to use")
        click.echo(f"{code}  {kept}", err=True)
        return FAULTY
    if held.guide:
        click.echo(f"{code}  {_in_figures(held.guide)}")
        for rule in old_sources(held.guide, clock.today()):
            since = rule.source.dated or rule.source.read
            old = _("source older than twelve months: %(day)s") % {"day": f"{since:%Y-%m-%d}"}
            click.echo(f"{code}  {rule.id}: {old}")
    return SOUND


def _in_figures(guide: Guide) -> str:
    count = len(guide.rule)
    unverified = sum(rule.is_to_confirm for rule in guide.rule)
    rules = ngettext("sound: %(count)d rule", "sound: %(count)d rules", count) % {"count": count}
    rest = _("%(count)d of them to be confirmed; looked at on %(day)s") % {
        "count": unverified,
        "day": f"{guide.checked:%Y-%m-%d}",
    }
    return f"{rules}, {rest}"


def _no_guide(code: str) -> str:
    held = ", ".join(reading.countries())
    return _("There is no guide of %(country)s. There are: %(held)s.") % {"country": code, "held": held}


def show(*, country: str, on: date | None = None) -> int:
    """Print a guide as of a day."""
    code, day = country.upper(), on or clock.today()
    held = reading.read(code)
    if held.guide is None:
        click.echo(_no_guide(code), err=True)
        return NONE
    for fault in held.faults:
        click.echo(f"{code}  {fault}", err=True)
    language = get_language() or "es"
    guide = held.guide
    click.echo(f"{guide.name.in_language(language)}, {day:%Y-%m-%d}")
    if guide.note:
        click.echo(guide.note.in_language(language))
    click.echo(_("Posada is not a lawyer. Confirm with the authority or with legal aid."))
    for kind, words in KIND_WORDS.items():
        rules = [rule for rule in guide.of_kind(kind) if rule.holds_on(day)]
        if rules:
            click.echo(f"\n# {words}")
        for rule in rules:
            _print(rule, language)
    return FAULTY if held.faults else SOUND


def _print(rule: Rule, language: str) -> None:
    mark = (
        f" [{_('NOT VERIFIED')}]" if rule.is_unverified else f" [{_('TO BE CONFIRMED')}]" if rule.is_to_confirm else ""
    )
    click.echo(f"\n{rule.title.in_language(language)}{mark}")
    click.echo(f"  {rule.text.in_language(language)}")
    for text in (time_in_words(rule), rule.late.in_language(language) if rule.late else "", validity_in_words(rule)):
        if text:
            click.echo(f"  {text}")
    click.echo(f"  {source_in_words(rule)}")
    if is_old(rule, clock.today()):
        click.echo(f"  {_('Source older than twelve months')}")
