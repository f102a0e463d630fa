"""What can be wrong with a backup, each a sentence that says what to do."""

from django.utils.translation import gettext_lazy as _

from posada.vault.errors import VaultError


class BackupError(VaultError):
    """A backup could not be made, read or put back."""


class NoRecoveryKey(BackupError):
    """site.keys names no recipient."""

    def __str__(self) -> str:
        return str(
            _(
                "This house has no recovery shares yet, so that no backup can be sealed. "
                "Make them with: posada shares new"
            )
        )


class OnPostgres(BackupError):
    """The databases are not files of this folder."""

    def __str__(self) -> str:
        return str(
            _(
                "The databases of this house lie on a PostgreSQL server. Back up each of the two there with pg_dump, "
                "apart from each other, as the operators' page on backups says; and this site folder with them."
            )
        )


class NoTarget(BackupError):
    """The folder to write to is not there."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self.folder = folder

    def __str__(self) -> str:
        text = _("The folder %(folder)s is not there. Put the stick in, or name another folder. Nothing was written.")
        return str(text) % {"folder": self.folder}


class CannotKeep(BackupError):
    """The target is full, was pulled out, or refuses."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self.folder = folder

    def __str__(self) -> str:
        text = _(
            "The backup could not be written to %(folder)s: it is full, was pulled out, or refuses. "
            "Nothing of it counts as a backup; the earlier ones are untouched. Free some space or take another stick."
        )
        return str(text) % {"folder": self.folder}


class ReadsBackWrong(BackupError):
    """What the target gives back is not what was written."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self.folder = folder

    def __str__(self) -> str:
        text = _(
            "What was written to %(folder)s reads back differently. The stick or disk is failing. "
            "This backup was taken away again; use another stick."
        )
        return str(text) % {"folder": self.folder}


class NoRoomToCopy(BackupError):
    """The machine's own disk is too full for the passing copy."""

    def __str__(self) -> str:
        return str(
            _("The disk of this machine is too full to make a copy of the databases. Free some space. Nothing changed.")
        )


class SourceDamaged(BackupError):
    """A database is damaged: a backup of it would be worthless."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        text = _(
            "%(file)s is damaged. Do not go on writing: seal the house and put the last good backup into a new folder "
            "with: posada restore FOLDER --to NEW"
        )
        return str(text) % {"file": self.name}


class KeysChange(BackupError):
    """Keys were erased or replaced during each try."""

    def __str__(self) -> str:
        return str(
            _("Files are being erased just now, and data and keys did not hold still together. Try again in a minute.")
        )


class BackupRuns(BackupError):
    """Another backup of this site runs now."""

    def __str__(self) -> str:
        return str(_("A backup of this house is being made just now. Wait until it has ended."))


class NoBackup(BackupError):
    """No manifest there."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self.folder = folder

    def __str__(self) -> str:
        text = _(
            "There is no backup in %(folder)s: no file whose name ends with -manifest.json. "
            "A data or keyring file without its manifest was never finished."
        )
        return str(text) % {"folder": self.folder}


class PartMissing(BackupError):
    """One of the two sealed files is not there."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        text = _(
            "%(file)s is missing. A backup is two files, data and keyring; one alone opens nothing. "
            "Look for it beside the other copy. A keyring older than 30 days is taken away on purpose: "
            "then take a newer backup."
        )
        return str(text) % {"file": self.name}


class PartDamaged(BackupError):
    """A file of a backup is not as it was written."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        text = _("%(file)s is damaged or was changed. Do not rely on this backup: use another copy, or an older one.")
        return str(text) % {"file": self.name}


class NotTheSame(BackupError):
    """What came out of a backup is not what its contents say."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        text = _("%(name)s is not what it was when the backup was made. Nothing was put back. Use another backup.")
        return str(text) % {"name": self.name}


class LivingSite(BackupError):
    """The folder to restore to holds something."""

    def __str__(self) -> str:
        return str(
            _(
                "There is a site or something else in this folder already. A backup is only put into a folder that "
                "does not exist yet. Nothing was changed."
            )
        )


class UnknownFormat(BackupError):
    """Made by a newer Posada."""

    def __str__(self) -> str:
        return str(_("This backup was made by a newer version of Posada. Install that version, then try again."))
