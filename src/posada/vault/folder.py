"""The site folder: what lies in it, and the few settings that are read before the keys are there."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from posada.vault.errors import NoSite
from posada.vault.panic import PROCESS_FILE


class Store(StrEnum):
    """Where a site's two databases lie."""

    FILES = "files"
    POSTGRESQL = "postgresql"


class SiteSettings(msgspec.Struct, frozen=True):
    """site.toml: nothing in it is personal or secret.

    `demonstration` is believed only when the encrypted database says the same. `relative_pages` and `enquiry_form` are
    the two doors to strangers, at `public_address`; `fled_from` are the States (ISO 3166, two letters) that people here
    fled. `guest_duty`: a lawyer told this house that it must report its guests; it is only said so, nothing is sent.
    """

    site: str
    name: str
    language: str = "es"
    country: str = "CO"
    store: Store = Store.FILES
    time_zone: str = "America/Bogota"
    demonstration: bool = False
    clock_starts: datetime | None = None
    clock_since: datetime | None = None
    unlock_from: tuple[str, ...] = ("127.0.0.1", "::1")
    idle_minutes: int = 5
    backup_folder: str = ""
    backup_hours: int = 24
    quotas: dict[str, tuple[int, int]] = {}
    searches_an_hour: int = 120
    message_days: int = 30
    public_address: str = ""
    relative_pages: bool = False
    enquiry_form: bool = False
    fled_from: tuple[str, ...] = ()
    guest_duty: bool = False

    @property
    def public_host(self) -> str:
        """The host by which strangers reach the house; empty where there is none or it is not https://host."""
        try:
            parts = urlsplit(self.public_address)
            rest = (parts.path.strip("/"), parts.query, parts.fragment, parts.username or "", parts.password or "")
            return "" if parts.scheme != "https" or any(rest) else (parts.hostname or "")
        except ValueError:
            return ""

    def quotas_under(self, most: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
        """By role, how many persons may be opened in an hour and in a day: what the site says, never above `most`."""
        return {
            role: (min(hour, own[0]), min(day, own[1]))
            for role, (hour, day) in most.items()
            for own in [self.quotas.get(role, (hour, day))]
        }


@dataclass(frozen=True, slots=True)
class SiteFolder:
    """The paths of one site."""

    root: Path

    @property
    def settings_file(self) -> Path:
        return self.root / "site.toml"

    @property
    def keys(self) -> Path:
        return self.root / "site.keys"

    @property
    def main(self) -> Path:
        return self.root / "main.db"

    @property
    def keyring(self) -> Path:
        return self.root / "keyring.db"

    @property
    def tls(self) -> Path:
        """The site's own certificate for its local network."""
        return self.root / "tls"

    @property
    def certificate(self) -> Path:
        return self.tls / "site.pem"

    @property
    def certificate_key(self) -> Path:
        """The server's key, which it needs before anybody unlocks: the one key that lies here unsealed."""
        return self.tls / "site.key"

    @property
    def authority(self) -> Path:
        """What a phone is asked to trust."""
        return self.tls / "authority.pem"

    @property
    def authority_key(self) -> Path:
        """Sealed under the master key."""
        return self.tls / "authority.sealed"

    def saved(self, name: str) -> Path:
        """Something sealed that is kept to open sooner, like the search index; it may be missing at any time."""
        return self.root / f"{name}.saved"

    @property
    def attempts(self) -> Path:
        """How many wrong phrases came last, and when: survives a restart."""
        return self.root / "unlock.attempts"

    @property
    def travel_mark(self) -> Path:
        """Stands here while the keys are away: which file they went to, as a digest, and since when."""
        return self.root / "travel.toml"

    @property
    def lock(self) -> Path:
        """Held by the process that serves this folder; a second one is told so."""
        return self.root / "posada.lock"

    @property
    def worker_lock(self) -> Path:
        """Held by the worker, which may outlive a server that was killed."""
        return self.root / "worker.lock"

    @property
    def process(self) -> Path:
        """The number of the process that holds the keys, while it does."""
        return self.root / PROCESS_FILE

    @property
    def sealed_mark(self) -> Path:
        """Stands in a demonstration's folder from Seal until it is opened again."""
        return self.root / "demonstration.sealed"

    @property
    def demonstration_phrase(self) -> Path:
        """Only a demonstration keeps its phrase in its folder; `check` refuses it anywhere else."""
        return self.root / "demonstration.phrase"

    def settings(self) -> SiteSettings:
        """site.toml read; `NoSite` when there is none, or when it cannot be understood."""
        try:
            return msgspec.toml.decode(self.settings_file.read_bytes(), type=SiteSettings)
        except (OSError, UnicodeError, msgspec.DecodeError) as error:
            raise NoSite from error

    def write_settings(self, settings: SiteSettings) -> None:
        """Write site.toml."""
        plain = {name: value for name, value in msgspec.structs.asdict(settings).items() if value is not None}
        self.settings_file.write_bytes(msgspec.toml.encode(plain))
