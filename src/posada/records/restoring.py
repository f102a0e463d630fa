"""Open a backup with the recovery shares: to prove it wholly, or to put it back on an empty machine."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
from django.db import transaction

from posada.accounts.acts import Act
from posada.audit import services as audit
from posada.ground import clock
from posada.records import erasing
from posada.records.models import Erasure, Tombstone
from posada.vault import forgetting, phrase, recovery, slots, state
from posada.vault.backup import copying, reading
from posada.vault.backup.manifest import Contents
from posada.vault.errors import VaultError
from posada.vault.folder import SiteFolder

_Row = tuple[int, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Later:
    """What newer backups beside an old one know: whom somebody erased since, and what must not come back."""

    erasures: tuple[_Row, ...] = ()
    tombstones: tuple[tuple[int, str, str], ...] = ()
    records: int = 0  # single records, which are erased again by hand
    unread: tuple[str, ...] = ()  # newer backups that tell nothing: damaged, planted, or sealed to other shares


def open_backup(manifest: Path, root: Path, shares: Sequence[str]) -> Contents:
    """A whole backup as a site folder in `root`, its keys held, each row compared with what the backup says."""
    secret = recovery.combine(shares)
    contents = reading.open_to(manifest, root, secret)
    folder = SiteFolder(root)
    state.open_with(slots.open_with_shares(slots.read(folder.keys), shares))
    reading.compare(folder, contents)
    return contents


def renew_phrases(folder: SiteFolder, shares: Sequence[str], *, keyholders: int, cost: slots.Cost) -> tuple[str, ...]:
    """New phrases in the place of all old ones: what was on a lost machine's paper opens this one no more."""
    keys = slots.read(folder.keys)
    master = slots.open_with_shares(keys, shares)
    phrases = tuple(phrase.new_phrase() for _one in range(keyholders))
    since = clock.today().isoformat()
    fresh = [
        slots.new_slot(master, words, site=keys.site, number=number, cost=cost, since=since)
        for number, words in enumerate(phrases, start=1)
    ]
    slots.write(folder.keys, slots.sealed(msgspec.structs.replace(keys, slots=fresh), master))
    return phrases


def erased_since(newer: Sequence[Path], place: Path, shares: Sequence[str]) -> Later:
    """Read newer backups in the same folder for what was erased after the one that is put back.

    One that cannot be read stops nothing: anybody who held the stick can lay it there. It is named.
    """
    secret = recovery.combine(shares)
    erasures: set[_Row] = set()
    stones: set[tuple[int, str, str]] = set()
    records: set[str] = set()
    unread = []
    for manifest in newer:
        try:
            told = _told(manifest, place / manifest.stem, secret)
        except VaultError:
            unread.append(manifest.name)
            continue
        erasures |= told[0]
        records |= told[1]
        stones |= told[2]
    return Later(tuple(sorted(erasures)), tuple(sorted(stones)), len(records), tuple(unread))


def _told(manifest: Path, place: Path, secret: bytes) -> tuple[set[_Row], set[str], set[tuple[int, str, str]]]:
    """What one backup knows erased: persons, single records, and what must not come back."""
    reading.check_data(manifest)
    data = reading.open_data(manifest, place, secret)
    with copying.opened(data) as connection:
        line = "FROM records_erasure WHERE state = 'erased' AND record IS"
        whole = set(connection.execute(f"SELECT site_id, subject, what, why, asked_on, ended_on {line} NULL"))
        records = {row[0] for row in connection.execute(f"SELECT record {line} NOT NULL")}
        return whole, records, set(connection.execute("SELECT site_id, fingerprint, since FROM records_tombstone"))


def apply(later: Later) -> None:
    """Whoever was erased since is unreadable here, too: their keys go, and their tombstones stand."""
    gone: dict[uuid.UUID, Erasure] = {}
    for site, subject, what, why, asked_on, ended_on in later.erasures:
        for one in _all_of(uuid.UUID(subject)):
            row = Erasure(site_id=site, subject=one, what=what, why=why, asked_on=asked_on, ended_on=ended_on)
            row.state = Erasure.State.ERASED
            gone[one] = row
    with transaction.atomic():
        rows = [Tombstone(site_id=site, fingerprint=mark, since=since) for site, mark, since in later.tombstones]
        Tombstone.objects.bulk_create(rows, ignore_conflicts=True)
        known = set(Erasure.objects.filter(state=Erasure.State.ERASED, record=None).values_list("subject", flat=True))
        Erasure.objects.bulk_create([row for subject, row in gone.items() if subject not in known])
    forgetting.forget(gone)


def _all_of(subject: uuid.UUID) -> set[uuid.UUID]:
    return {subject, *(one for room in erasing.rooms() for one in room.subjects_of(subject))}


def note(reason: str) -> None:
    """Write down that this site was put back from a backup, or examined."""
    audit.write(audit.Event(act=Act.BACK_UP, role="system", reason=reason))
