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


class UnknownShareWord(VaultError):
    """A word of a share is not in the list of SLIP-39."""

    def __init__(self, number: int, place: int, word: str) -> None:
        super().__init__(number, place)
        self.number, self.place, self.word = number, place, word

    def __str__(self) -> str:
        text = _(
            "Share %(number)d: word %(place)d, \u201c%(word)s\u201d, is a word of no share. Look at it on the paper, "
            "and type the share again."
        )
        return str(text) % {"number": self.number, "place": self.place, "word": self.word[:20]}


class ShareHasWrongLength(VaultError):
    """A share has too few or too many words."""

    def __init__(self, number: int, words: int, wanted: int) -> None:
        super().__init__(number, words, wanted)
        self.number, self.words, self.wanted = number, words, wanted

    def __str__(self) -> str:
        text = _(
            "Share %(number)d has %(words)d words; a share has %(wanted)d. A word is missing or was written twice: "
            "compare it with the paper."
        )
        return str(text) % {"number": self.number, "words": self.words, "wanted": self.wanted}


class ShareMistyped(VaultError):
    """All words are in the list, but the check in the last three does not fit."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    def __str__(self) -> str:
        text = _(
            "Share %(number)d is mistyped: each word exists, but one stands for another or two changed places. "
            "Compare it with the paper word by word."
        )
        return str(text) % {"number": self.number}


class SharesOfDifferentSets(VaultError):
    """The shares were not made together."""

    def __str__(self) -> str:
        return str(
            _(
                "These shares are of different sets. The first two words of all shares of a set are the same: "
                "look for papers that begin alike."
            )
        )


class SameShareTwice(VaultError):
    """One share was given twice."""

    def __str__(self) -> str:
        return str(_("The same share was given twice. Two different papers of the set are needed."))


class TooFewShares(VaultError):
    """One share alone."""

    def __str__(self) -> str:
        return str(_("One share opens nothing. Two of the three are needed."))


class SharesUnusable(VaultError):
    """Shares that are sound one by one and do not give a secret together."""

    def __str__(self) -> str:
        return str(
            _("These shares do not fit together, or were not made by Posada. Try the third share with one of them.")
        )


class BadRecipient(VaultError):
    """The text to which backups are sealed cannot be read."""

    def __str__(self) -> str:
        return str(_("The key to which backups are sealed cannot be read. Make new shares with: posada shares new"))


class WrongSharesForBackup(VaultError):
    """A backup sealed to another set of shares."""

    def __str__(self) -> str:
        return str(
            _(
                "This backup was sealed to other shares. A backup opens with the shares that were in force on the day "
                "it was made: look for the older papers."
            )
        )


class BackupDamaged(VaultError):
    """What was sealed is cut off or was changed."""

    def __str__(self) -> str:
        return str(_("This file is damaged or cut off, or is no backup. Nothing was taken from it. Use another copy."))
