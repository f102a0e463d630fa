"""Back the house up: permission, a verified and sealed copy, an audit entry; and how old the last good one is."""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.db import DatabaseError, connection, connections
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require
from posada.audit import services as audit
from posada.ground import clock
from posada.records import examining
from posada.vault import site
from posada.vault.backup import diary, reading, writing
from posada.vault.backup.diary import Diary, Entry
from posada.vault.backup.errors import BackupError, OnPostgres
from posada.vault.backup.manifest import Manifest
from posada.vault.errors import VaultError

OLD_DAYS = 7
_runs = threading.Event()


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup just made, and how many keyring copies past their 30 days were taken away beside it."""

    manifest: Manifest
    taken_away: int


def back_up(*, by: Actor, to: Path) -> Kept:
    """A verified, sealed copy of the site in a folder. What goes wrong is written down too, then raised."""
    role = require(by, Act.BACK_UP)
    folder, moment = site.current_folder(), clock.now()

    def note(result: audit.Result) -> None:
        event = audit.Event(act=Act.BACK_UP, actor=by.user, role=role, site=by.site, reason="backup", result=result)
        audit.write(event)

    _runs.set()
    try:
        must_be_possible()
        made = writing.write(folder, to, look=examining.facts_of, moment=moment)
        old = reading.old_keyrings(to, moment)
        reading.take_away(to, old)
    except (VaultError, OSError) as error:
        # What went wrong may stand in the way of writing it down, too: the first sentence is the one to be read.
        with suppress(OSError):
            diary.note(folder, Entry(moment, str(to), problem=str(error) or type(error).__name__))
        with suppress(DatabaseError):
            note(audit.Result.NOTHING)
        raise
    finally:
        _runs.clear()
    diary.note(folder, Entry(moment, str(to), stem=made.stem))
    note(audit.Result.DONE)
    return Kept(made, len(old))


def begin(*, by: Actor) -> bool:
    """Start a backup to the folder of site.toml in a thread; False if none is set or one runs already."""
    to = site.current_settings().backup_folder
    require(by, Act.BACK_UP)
    if not to or _runs.is_set():
        return False
    _runs.set()
    threading.Thread(target=_quietly, args=(lambda: back_up(by=by, to=Path(to)),), name="backup", daemon=True).start()
    return True


def _quietly(work: Callable[[], Kept]) -> None:
    """In a thread of the server: what went wrong stands in the diary."""
    try:
        work()
    except (BackupError, VaultError, OSError):
        return
    finally:
        _runs.clear()
        connections.close_all()


def must_be_files() -> None:
    """Refuse what works on the files of a folder while the databases lie on a server."""
    if connection.vendor != "sqlite":
        raise OnPostgres


def must_be_possible() -> None:
    """Raise what stands in the way of any backup: no recovery shares, a changed key file, a database elsewhere."""
    must_be_files()
    writing.recipient_of(site.current_folder())


def is_running() -> bool:
    """Whether this process makes a backup now."""
    return _runs.is_set()


def book() -> Diary:
    """The last tries, and what is known of the files."""
    return diary.read(site.current_folder())


def is_due() -> bool:
    """Whether the schedule of site.toml asks for a backup now: counted from the last try, good or not."""
    chosen = site.current_settings()
    if not chosen.backup_folder:
        return False
    tries = book().tries
    return not tries or clock.now() - tries[0].at >= timedelta(hours=chosen.backup_hours)


def days_old() -> int | None:
    """Whole days since the last good backup; none if there never was one."""
    hours = diary.hours_since(site.current_folder(), clock.now())
    return None if hours is None else int(hours // 24)


def is_old() -> bool:
    """Whether everybody should know: no backup at all, or none for more than a week."""
    days = days_old()
    return days is None or days >= OLD_DAYS


def age_line() -> str:
    """The age of the last good backup, in words."""
    hours = diary.hours_since(site.current_folder(), clock.now())
    if hours is None:
        return _("There is no backup yet.")
    if hours < 1:
        return _("Last good backup: less than an hour ago.")
    if hours < 48:
        number = int(hours)
        text = ngettext("Last good backup: %(n)d hour ago.", "Last good backup: %(n)d hours ago.", number)
        return text % {"n": number}
    days = int(hours // 24)
    return ngettext("Last good backup: %(n)d day ago.", "Last good backup: %(n)d days ago.", days) % {"n": days}
