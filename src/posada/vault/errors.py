"""What can be wrong with keys and with the site folder, each a sentence that says what to do."""

from django.utils.translation import gettext_lazy as _


class VaultError(Exception):
    """Something about the keys or the site folder; its text may be shown to people."""


class SiteIsSealed(VaultError):
    """A key was wanted while the site is sealed."""

    def __str__(self) -> str:
        return str(_("The house is sealed. Open it with a keyholder's phrase."))


class WrongPhrase(VaultError):
    """No slot opens with this phrase."""

    def __str__(self) -> str:
        return str(_("These words do not open the house. Check each word and try again."))


class MustWait(VaultError):
    """Too many wrong phrases: the next try is not looked at before `seconds` have passed."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds

    def __str__(self) -> str:
        text = _("Several wrong phrases came one after the other. Wait %(seconds)d seconds, then try again.")
        return str(text) % {"seconds": self.seconds}


class NoSite(VaultError):
    """The folder holds no site."""

    def __str__(self) -> str:
        return str(_("There is no site in this folder. Make one with: posada init FOLDER"))


class SiteExists(VaultError):
    """The folder holds something already."""

    def __str__(self) -> str:
        return str(_("This folder is not empty. Nothing was changed. Choose a folder that does not exist yet."))


class KeysMissing(VaultError):
    """The key file is not there."""

    def __str__(self) -> str:
        return str(
            _(
                "The key file site.keys is missing from the site folder. Without it nothing can be read. "
                "Put it back from your copy of the folder; do not make a new one."
            )
        )


class KeysDamaged(VaultError):
    """The key file cannot be understood."""

    def __str__(self) -> str:
        return str(
            _(
                "The key file site.keys is damaged. Put it back from your copy of the folder; "
                "the databases are untouched."
            )
        )


class DatabaseDamaged(VaultError):
    """A database is missing, or does not open with the site's key."""

    def __str__(self) -> str:
        return str(
            _(
                "The phrase is right, but a database of the site folder is missing or damaged. "
                "Nothing was changed. Put the folder back from a backup."
            )
        )


class CannotWrite(VaultError):
    """The disk is full or refuses."""

    def __str__(self) -> str:
        return str(
            _("The disk is full or cannot be written. Nothing was made. Free some space and run the command again.")
        )


class CannotOpenNow(VaultError):
    """The machine could not do the work: no memory, or the disk refuses."""

    def __str__(self) -> str:
        return str(
            _(
                "The machine could not open the house now: too little memory or a full disk. "
                "Close other programs, free some space, and try again."
            )
        )


class Unreadable(VaultError):
    """A sealed record does not open: another person's, an older version, or damaged."""

    def __str__(self) -> str:
        return str(_("This record cannot be opened: its keys were erased, or it was changed from outside."))
