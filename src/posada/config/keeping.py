"""Backups for the commands and for the serving process: make, check, put back, and a thread that keeps the schedule."""

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import click
from django.db import connections
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posada.accounts import queries
from posada.accounts.permissions import system_actor
from posada.config import passing
from posada.config.databases import bring_up_to_date
from posada.config.making import show_phrases
from posada.ground import clock
from posada.records import examining, restoring, safekeeping
from posada.records.examining import Report
from posada.vault import site, slots, state
from posada.vault.backup import diary, manifest, reading, writing
from posada.vault.backup.errors import BackupError, LivingSite, NotTheSame
from posada.vault.errors import VaultError
from posada.vault.folder import SiteFolder

logger = logging.getLogger("posada.config")

LOOK_EVERY_SECONDS = 60.0


class Unsound(VaultError):
    """An examination found something; the sentences were printed before."""

    def __str__(self) -> str:
        return _("Not sound. To put the last good backup into a new folder: posada restore FOLDER --to NEW")


class NoFolder(VaultError):
    """Neither --to nor site.toml says where to."""

    def __str__(self) -> str:
        return _(
            "Say where to: posada backup --to FOLDER, or write backup_folder into site.toml, "
            'such as backup_folder = "/media/stick".'
        )


def _nothing(_done: int, _total: int) -> None:
    return


def back_up_now(*, to: Path | None) -> None:
    """`posada backup`: the keys are held."""
    chosen = site.current_settings().backup_folder
    if to is None and not chosen:
        raise NoFolder
    kept = safekeeping.back_up(by=system_actor(queries.the_site().pk), to=to or Path(chosen))
    made, place = kept.manifest, to or Path(chosen)
    click.echo(_("The backup is whole and was read back. It lies in %(folder)s:") % {"folder": place})
    for name in (made.data.name, made.keyring.name, made.stem + manifest.SUFFIX):
        click.echo(f"  {name}")
    click.echo(_("Only two of the three recovery shares open it. This machine cannot."))
    if kept.taken_away:
        text = ngettext(
            "%(n)d keyring copy older than 30 days was taken away there: who was erased since is gone from it.",
            "%(n)d keyring copies older than 30 days were taken away there: who was erased since is gone from them.",
            kept.taken_away,
        )
        click.echo(text % {"n": kept.taken_away})
    click.echo(_("Copies on other sticks are yours to destroy after 30 days."))


def say_status() -> None:
    """`posada status`: what can be said without a key."""
    folder = site.current_folder()
    folder.settings()
    click.echo(_("Open.") if site.process_with_keys(folder) else _("Sealed, or not started."))
    click.echo(safekeeping.age_line())
    warning = safekeeping.book().warning
    if warning:
        click.echo(warning)


def verify_site(*, words: str) -> None:
    """`posada verify` without a folder: the site itself, beginning with what needs no key."""
    safekeeping.must_be_files()
    folder = site.current_folder()
    holder = site.process_with_keys(folder)
    early = examining.look_before_opening(folder) if holder is None else []
    try:
        site.try_phrase(folder, words)
    except VaultError as error:
        if not early:
            raise
        _print_findings(Report(tuple(early)))
        raise Unsound from error
    report = examining.examine(folder, cold=holder is None)
    _print_report(report)
    if report.is_sound:
        diary.warn(folder, "")
        restoring.note("verify")


def verify_backup(*, place: Path, shares: Sequence[str]) -> None:
    """`posada verify FOLDER`: every backup there is whole; with shares, the newest is right to the last row."""
    bad = 0
    paths = reading.found(place)
    for path in paths:
        try:
            made = reading.check(path)
            click.echo(_("Whole: %(name)s, audit head %(head)s") % {"name": made.stem, "head": made.head[:16]})
        except BackupError as error:
            bad += 1
            click.echo(str(error))
    if shares:
        safekeeping.must_be_files()
        _prove(paths[-1], shares)
    if bad:
        raise Unsound


def _prove(path: Path, shares: Sequence[str]) -> None:
    # What is unpacked is still encrypted by SQLCipher; the folder is this user's alone, and goes at once.
    root = site.current_folder().root
    contents = restoring.open_backup(path, root, shares)
    bring_up_to_date(_nothing)
    report = examining.examine(SiteFolder(root), cold=True)
    if report.is_sound and report.head != contents.head:
        raise NotTheSame("main.db")
    rows = sum(table.rows for table in contents.tables)
    click.echo(_("Opened: %(name)s, %(rows)d rows, each as it was.") % {"name": path.name, "rows": rows})
    _print_report(report)


def must_be_empty() -> None:
    """Refuse a folder that holds something before anybody types a share."""
    root = site.current_folder().root
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise LivingSite


def restore(*, place: Path, shares: Sequence[str], keyholders: int, cost: slots.Cost | None = None) -> None:
    """`posada restore`: the newest whole backup (or the named one) into the folder of this process."""
    safekeeping.must_be_files()
    must_be_empty()
    root = site.current_folder().root
    path = reading.found(place)[-1]
    made = reading.check(path)
    was_there = root.exists()
    try:
        restoring.open_backup(path, root, shares)
        phrases = restoring.renew_phrases(SiteFolder(root), shares, keyholders=keyholders, cost=cost or slots.Cost())
        bring_up_to_date(_nothing)
        later = _later(path, shares)
        restoring.apply(later)
        restoring.note("restore")
        connections.close_all()
    except BaseException:
        connections.close_all()
        state.forget()
        site.remove_unfinished(root, was_there=was_there)
        raise
    click.echo(_("Put back into %(folder)s: %(name)s, each row as it was.") % {"folder": root, "name": made.stem})
    show_phrases(phrases)
    click.echo(_("The earlier phrases do not open this copy. Destroy their papers."))
    _warn_of_age(made, path, later)


def _later(path: Path, shares: Sequence[str]) -> restoring.Later:
    made = manifest.read(path)
    newer = []
    for other in reading.found(path.parent):
        try:
            found = manifest.read(other)
        except BackupError:
            continue
        if found.site == made.site and found.moment > made.moment:
            newer.append(other)
    with passing.folder() as inside:
        return restoring.erased_since(newer, inside, shares)


def _warn_of_age(made: manifest.Manifest, path: Path, later: restoring.Later) -> None:
    if later.erasures or later.records:
        text = _(
            "Erased since, as newer backups tell: %(n)d erased here again; %(left)d single records are yours to erase."
        )
        click.echo(text % {"n": len(later.erasures), "left": later.records})
    for name in later.unread:
        text = _("%(name)s is newer and could not be read: whoever was erased before it was made may have come back.")
        click.echo(text % {"name": name})
    if clock.now() - made.moment > timedelta(days=1):
        click.echo("")
        click.echo(
            _(
                "This backup is of %(day)s. Whoever was erased since then is erased here again only as far as newer "
                "backups in %(folder)s tell: compare with your list of erasures, and erase again whoever came back."
            )
            % {"day": made.moment.date().isoformat(), "folder": path.parent}
        )


def _print_findings(report: Report) -> None:
    for one in report.findings:
        click.echo(f"{one.file}: {one.sentence}")


def _print_report(report: Report) -> None:
    _print_findings(report)
    if not report.is_sound:
        raise Unsound
    line = _(
        "Sound: both databases, %(records)d sealed records, %(opened)d of a sample opened, "
        "%(entries)d audit entries that follow, head %(head)s."
    )
    click.echo(
        line
        % {
            "records": report.records,
            "opened": report.opened,
            "entries": report.entries,
            "head": report.head[:16],
        }
    )


def look_at_files(_report: Callable[[int, int], None]) -> None:
    """Boot step, before a database is opened: what looks damaged is kept in view, and the house opens all the same."""
    folder = site.current_folder()
    writing.sweep(folder)
    found = examining.look_before_opening(folder)
    if found:
        try:
            diary.warn(folder, " ".join(one.sentence for one in found))
        except OSError:
            logger.exception("the warning about damaged files could not be kept")


def look(by_site: int) -> bool:
    """One look of the schedule: make a backup if one is due. Whether one was made."""
    try:
        if not safekeeping.is_due() or safekeeping.is_running():
            return False
        safekeeping.back_up(by=system_actor(by_site), to=Path(site.current_settings().backup_folder))
    except (VaultError, OSError) as error:
        logger.warning("the backup of the schedule failed: %s", type(error).__name__)
        return False
    finally:
        connections.close_all()
    return True


def _watch(by_site: int) -> None:
    pause = threading.Event()
    while True:
        try:
            look(by_site)
        except Exception:
            logger.exception("the schedule of backups could not look")
        pause.wait(LOOK_EVERY_SECONDS)


def start(_report: Callable[[int, int], None]) -> None:
    """Boot step: keep the schedule of site.toml; a folder set later is seen without a restart."""
    threading.Thread(target=_watch, args=(queries.the_site().pk,), name="backups", daemon=True).start()
