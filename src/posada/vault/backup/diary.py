"""What is known of backups without any key: the last ones, good or not. A small file in the site folder."""

import hashlib
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from posada.vault.folder import SiteFolder

KEPT = 20


class Entry(msgspec.Struct, frozen=True):
    """One try: when (UTC), where to, its stem if it is good, else what was wrong."""

    at: datetime
    folder: str
    stem: str = ""
    problem: str = ""

    @property
    def is_good(self) -> bool:
        return not self.problem


class Diary(msgspec.Struct, frozen=True):
    """The tries, newest first; digests of the small files as of the last good one; a warning."""

    tries: list[Entry] = []
    digests: dict[str, str] = {}
    warning: str = ""

    @property
    def last_good(self) -> Entry | None:
        return next((one for one in self.tries if one.is_good), None)


def path_in(folder: SiteFolder) -> Path:
    """Where it lies."""
    return folder.root / "backup.diary"


def read(folder: SiteFolder) -> Diary:
    """What is known; a missing or damaged diary knows nothing, so that a backup is asked for."""
    return _read(folder) or Diary()


def is_damaged(folder: SiteFolder) -> bool:
    """Whether there is a diary that cannot be believed."""
    return _read(folder) is None


def _read(folder: SiteFolder) -> Diary | None:
    try:
        raw = path_in(folder).read_bytes()
        check, _line, body = raw.partition(b"\n")
        return msgspec.json.decode(body, type=Diary) if check == _check(body) else None
    except FileNotFoundError:
        return Diary()
    except (OSError, UnicodeError, msgspec.MsgspecError):
        return None


def _check(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()


def note(folder: SiteFolder, entry: Entry) -> None:
    """Write down one try."""
    held = read(folder)
    digests = digests_now(folder) if entry.is_good else held.digests
    tries = [entry, *held.tries][:KEPT]
    good = held.last_good
    if good is not None and not any(one.is_good for one in tries):
        tries[-1] = good  # twenty failures do not forget the last success
    _write(folder, Diary(tries, digests, held.warning))


def warn(folder: SiteFolder, sentence: str) -> None:
    """Keep a warning in view until a good check of the site takes it away (an empty sentence)."""
    held = read(folder)
    if held.warning != sentence:
        _write(folder, msgspec.structs.replace(held, warning=sentence))


def digests_now(folder: SiteFolder) -> dict[str, str]:
    """SHA-256 of the small files that no database protects; no secret, for keys are stretched, sealed or random."""
    found = {}
    for path in (folder.settings_file, folder.keys, *_tls(folder)):
        with suppress(OSError):
            found[path.relative_to(folder.root).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def _tls(folder: SiteFolder) -> tuple[Path, ...]:
    return folder.certificate, folder.certificate_key, folder.authority, folder.authority_key


def note_certificate(folder: SiteFolder) -> None:
    """The house made its certificate anew: from now on these are the files as they should be."""
    held = read(folder)
    if held.digests:
        names = {path.relative_to(folder.root).as_posix() for path in _tls(folder)}
        made = {name: digest for name, digest in digests_now(folder).items() if name in names}
        _write(folder, msgspec.structs.replace(held, digests=held.digests | made))


def changed(folder: SiteFolder) -> list[str]:
    """Which of the small files are not as they were at the last good backup."""
    now = digests_now(folder)
    return [name for name, digest in read(folder).digests.items() if now.get(name) != digest]


def hours_since(folder: SiteFolder, now: datetime) -> float | None:
    """Hours since the last good backup; none if there never was one."""
    last = read(folder).last_good
    return None if last is None else max(0.0, (now.astimezone(UTC) - last.at).total_seconds() / 3600)


def _write(folder: SiteFolder, diary: Diary) -> None:
    draft = path_in(folder).with_suffix(".new")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
        body = msgspec.json.encode(diary)
        handle.write(_check(body) + b"\n" + body)
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(path_in(folder))
