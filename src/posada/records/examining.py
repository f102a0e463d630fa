"""Look through a whole site: are its files as they should be, do keys and records fit, does the audit follow?"""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connections
from django.utils.translation import gettext as _

from posada.audit import services as audit
from posada.audit.models import AuditEntry
from posada.ground.giving_way import gently
from posada.records import probing
from posada.records.models import SealedRecord
from posada.vault import epochs, slots
from posada.vault.backup import copying, diary, walfile, writing
from posada.vault.backup.errors import BackupError
from posada.vault.backup.writing import Facts
from posada.vault.errors import VaultError
from posada.vault.folder import SiteFolder

SAMPLE = 20  # records of each kind


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: with which file, and a sentence."""

    file: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an examination found, and how much it looked at."""

    findings: tuple[Finding, ...] = ()
    entries: int = 0
    head: str = ""
    records: int = 0
    opened: int = 0

    @property
    def is_sound(self) -> bool:
        return not self.findings


def facts_of(data: Path, keyring: Path) -> Facts:
    """What the audit and the records say in a copy: its head, how many migrations, records without a key."""
    with copying.opened(data, attached=keyring) as connection:
        found = audit.verify(entries_of(connection))
        migrations = connection.execute("SELECT count(*) FROM django_migrations").fetchone()[0]
        unkeyed = connection.execute(_UNKEYED).fetchone()[0]
    return Facts(found.head, migrations, unkeyed)


# A record is without its key for a reason if its subject was erased, or its key is noted to go.
_UNKEYED = """
    SELECT count(*) FROM records_sealedrecord AS r
    WHERE NOT EXISTS (SELECT 1 FROM keyring.vault_wrappedkey AS k
                      WHERE k.subject = r.subject AND k.compartment = r.compartment)
      AND NOT EXISTS (SELECT 1 FROM records_erasure AS e WHERE e.subject = r.subject AND e.state = 'erased')
      AND NOT EXISTS (SELECT 1 FROM records_keydue AS d WHERE d.subject = r.subject)
"""


def entries_of(connection: Any) -> Iterator[AuditEntry]:
    """The audit of a copy, in order."""
    with closing(connection.execute("SELECT * FROM audit_auditentry ORDER BY sequence")) as rows:
        names = [column[0] for column in rows.description]
        for row in gently(rows):
            found = dict(zip(names, row, strict=True))
            found["at"] = datetime.fromisoformat(found["at"]).replace(tzinfo=UTC)
            yield AuditEntry(**found)


def look_before_opening(folder: SiteFolder) -> list[Finding]:
    """What can be seen without a key, before SQLite opens anything: the small files, and the ends of the logs."""
    found = [Finding(Path(name).name, _changed(name)) for name in diary.changed(folder)]
    if diary.is_damaged(folder):
        name = diary.path_in(folder).name
        found.append(Finding(name, _("%(file)s is damaged. Make a backup: it is written anew.") % {"file": name}))
    try:
        slots.read(folder.keys)
    except VaultError as error:
        found.append(Finding(folder.keys.name, str(error)))
    try:
        folder.settings()
    except VaultError:
        found.append(Finding(folder.settings_file.name, _damaged(folder.settings_file.name)))
    for database in (folder.main, folder.keyring):
        log = database.with_name(database.name + "-wal")
        if not walfile.look(log).sound:
            found.append(Finding(log.name, _torn(log.name)))
    return found


def examine(folder: SiteFolder, *, cold: bool) -> Report:
    """Look through a site whose keys are held. `cold`: no other process has it open, so that its files hold still."""
    findings = look_before_opening(folder) if cold else []
    torn = {one.file for one in findings}
    found = Report()
    try:
        with writing.passing(folder.root) as place:
            for path in (folder.main, folder.keyring):
                # A torn log is left as it is: opening would cut it to what follows.
                if path.name + "-wal" not in torn:
                    findings += _tried(path.name, lambda path=path: _prove(path, place, cold=cold))  # type: ignore[misc]
        if not findings:
            found, more = _read_through(folder)
            findings += more
    except (BackupError, DatabaseError):
        findings.append(Finding(folder.main.name, _damaged(folder.main.name)))
    finally:
        connections.close_all()
    return Report(tuple(findings), found.entries, found.head, found.records, found.opened)


def _prove(path: Path, place: Path, *, cold: bool) -> None:
    if cold:
        copying.prove(path)
    else:
        copying.copy(path, place / path.name)
        copying.prove(place / path.name)


def _tried(name: str, look: Callable[[], None]) -> list[Finding]:
    try:
        look()
    except BackupError as error:
        return [Finding(name, str(error))]
    return []


def _read_through(folder: SiteFolder) -> tuple[Report, list[Finding]]:
    findings = []
    chain = audit.verify()
    if chain.broken_at is not None:
        sentence = _("The audit does not follow at entry %(number)d: an entry was changed or removed.")
        findings.append(Finding(folder.main.name, sentence % {"number": chain.broken_at}))
    with copying.opened(folder.main, attached=folder.keyring) as connection:
        unkeyed = connection.execute(_UNKEYED).fetchone()[0]
    if unkeyed:
        findings.append(Finding(folder.keyring.name, _lacking(unkeyed)))
    try:
        epochs.check(lambda _done, _total: None)
    except VaultError as error:
        findings.append(Finding(folder.keyring.name, str(error)))
    opened, failed = probing.probe(SAMPLE)
    if failed:
        sentence = _("Of %(tried)d sealed records that were tried, %(failed)d do not open.")
        findings.append(Finding(folder.main.name, sentence % {"tried": opened + failed, "failed": failed}))
    return Report((), chain.entries, chain.head, SealedRecord.objects.count(), opened), findings


def _changed(name: str) -> str:
    if "/" in name:  # what other machines reach the house by
        text = _(
            "%(file)s is not as it was at the last good backup. If nobody changed it since then, it is damaged: "
            "make it again with: posada certificate"
        )
        return text % {"file": name}
    text = _(
        "%(file)s is not as it was at the last good backup. If nobody changed it since then, it is damaged: "
        "put it back from the backup."
    )
    return text % {"file": name}


def _damaged(name: str) -> str:
    text = _(
        "%(file)s is damaged. Do not go on writing: seal the house and put the last good backup into a new folder "
        "with: posada restore FOLDER --to NEW"
    )
    return text % {"file": name}


def _torn(name: str) -> str:
    text = _(
        "The end of %(file)s does not follow from its beginning. After a power cut this is harmless: what was lost was "
        "never confirmed. Otherwise the file is damaged, and the last acts may be missing: compare the audit's head "
        "with the last shift sheet, and if it is not in the audit any more, restore the last good backup."
    )
    return text % {"file": name}


def _lacking(count: int) -> str:
    text = _(
        "%(count)d records have no key in keyring.db, and nobody erased them: the keyring is older than the data. "
        "Put both back from one backup."
    )
    return text % {"count": count}
