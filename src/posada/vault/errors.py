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


class UnknownAlgorithm(Unreadable):
    """The first byte of something sealed names no algorithm that this version knows."""

    def __str__(self) -> str:
        return str(
            _(
                "This was sealed in a way that this version of Posada does not know: by a newer version, or it was "
                "changed from outside. Use the version that wrote it."
            )
        )


class KeysTooNew(VaultError):
    """site.keys was written by a later version."""

    def __str__(self) -> str:
        return str(
            _("The key file site.keys was written by a newer version of Posada. Nothing was changed. Use that version.")
        )


class KeysChanged(VaultError):
    """The phrase opens its slot, but the seal over the whole file does not fit."""

    def __str__(self) -> str:
        return str(
            _(
                "The phrase is right, but the key file site.keys was changed by somebody who does not hold the keys. "
                "Nothing was opened. Put site.keys back from a copy, and ask who had this computer."
            )
        )


class KeysOfAnotherSite(VaultError):
    """site.keys and site.toml are of different sites."""

    def __str__(self) -> str:
        return str(
            _(
                "The key file site.keys belongs to another site. Nothing was changed. "
                "Put back the key file that was made with this folder."
            )
        )


class KeysAway(VaultError):
    """Travel mode: the keys are not aboard."""

    def __str__(self) -> str:
        return str(
            _(
                "The keys of this house are not on this computer: it is in travel mode, and no phrase opens it. "
                "Bring the key file back with: posada travel end"
            )
        )


class SiteInUse(VaultError):
    """Another process serves this folder."""

    def __str__(self) -> str:
        return str(
            _("This house is running already, from the same folder. Use that one, or stop it first (Ctrl-C there).")
        )


class NoSuchKeyholder(VaultError):
    """No slot has this number."""

    def __str__(self) -> str:
        return str(_("There is no keyholder of this number. See them with: posada keyholder list"))


class LastKeyholder(VaultError):
    """The one slot that is left."""

    def __str__(self) -> str:
        return str(_("This is the last keyholder: without them no phrase opens the house. Add another first."))


class TooManyKeyholders(VaultError):
    """More slots than are wise."""

    def __str__(self) -> str:
        return str(_("A house has at most nine keyholders. Remove one first. Nothing was done."))


class NoShares(VaultError):
    """The site has no recovery yet."""

    def __str__(self) -> str:
        return str(_("This house has no recovery shares yet. Make them with: posada shares new"))


class SharesOfAnotherSet(VaultError):
    """Sound shares that are not those in force."""

    def __init__(self, given: str, wanted: str) -> None:
        super().__init__(given, wanted)
        self.given, self.wanted = given, wanted

    def __str__(self) -> str:
        text = _(
            "These shares do not open this house. Its papers begin with “%(wanted)s”, these with "
            "“%(given)s”: they are of another house, or older than the last new set."
        )
        return str(text) % {"wanted": self.wanted, "given": self.given}


class ShareError(VaultError):
    """Something about the shares that were typed."""


class UnknownShareWord(ShareError):
    """A word of a share is not in the list of SLIP-39."""

    def __init__(self, number: int, place: int, word: str) -> None:
        super().__init__(number, place)
        self.number, self.place, self.word = number, place, word

    def __str__(self) -> str:
        text = _(
            "Share %(number)d: word %(place)d, “%(word)s”, is a word of no share. Look at it on the paper, "
            "and type the share again."
        )
        return str(text) % {"number": self.number, "place": self.place, "word": self.word[:20]}


class ShareHasWrongLength(ShareError):
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


class ShareMistyped(ShareError):
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


class SharesOfDifferentSets(ShareError):
    """The shares were not made together."""

    def __str__(self) -> str:
        return str(
            _(
                "These shares are of different sets. The first two words of all shares of a set are the same: "
                "look for papers that begin alike."
            )
        )


class SameShareTwice(ShareError):
    """One share was given twice."""

    def __str__(self) -> str:
        return str(_("The same share was given twice. Two different papers of the set are needed."))


class TooFewShares(ShareError):
    """One share alone."""

    def __str__(self) -> str:
        return str(_("One share opens nothing. Two of the three are needed."))


class SharesUnusable(ShareError):
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
