"""What runs when the site is unlocked, in order, and who reads the change log: by dotted name, in this one list."""

from django.utils.translation import gettext_lazy as _

from posada.vault.opening import BootStep

STEPS: list[BootStep] = [
    BootStep(_("Looking whether a file was damaged"), "posada.config.keeping.look_at_files"),
    BootStep(_("Checking the databases"), "posada.config.databases.bring_up_to_date"),
    BootStep(_("Checking what kind of site it is"), "posada.config.databases.check_kind"),
    BootStep(_("Checking that keyring and data belong together"), "posada.vault.epochs.check"),
    BootStep(_("Looking at the key file"), "posada.config.holding.check_keys_file"),
    BootStep(_("Looking at the clock"), "posada.config.clocks.check"),
    BootStep(_("Ending the sessions from before"), "posada.config.idle.end_sessions"),
    BootStep(_("Finishing what was to be erased"), "posada.records.resealing.at_boot"),
    BootStep(_("Deleting keys that seal nothing"), "posada.people.matching.sweep_keys"),
    BootStep(_("Reading who works here"), "posada.records.staff.load"),
    BootStep(_("Writing down that the house was opened"), "posada.oversight.services.note_opened"),
    BootStep(_("Building the search index"), "posada.people.matching.build"),
    BootStep(_("Reading the open searches"), "posada.family.matching.build"),
    BootStep(_("Catching up with what changed"), "posada.records.changes.start"),
    BootStep(_("Keeping the search index for the next time"), "posada.people.matching.start_saving"),
    BootStep(_("Erasing what is past its time"), "posada.interop.services.sweeping.at_boot"),
    BootStep(_("Wiping requests that nobody renewed"), "posada.family.services.wiping.at_boot"),
    BootStep(_("Wiping false callers past their time"), "posada.family.services.callers.at_boot"),
    BootStep(_("Erasing call slots of earlier days"), "posada.family.services.slots.sweep"),
    BootStep(_("Erasing register forms that were begun and never saved"), "posada.people.services.drafts.at_boot"),
    BootStep(_("Erasing accounts that were typed and never kept"), "posada.asylum.services.drafts.at_boot"),
    BootStep(_("Erasing why something was asked, when it is past its time"), "posada.records.agreeing.at_boot"),
    BootStep(_("Ending what strangers may no longer open"), "posada.family.services.strangers.start"),
    BootStep(_("Starting to wipe what is let go"), "posada.records.resealing.start"),
    BootStep(_("Starting the watch over idle sessions"), "posada.config.idle.start"),
    BootStep(_("Starting the nightly look for double files"), "posada.config.doubling.start"),
    BootStep(_("Starting the schedule of backups"), "posada.config.keeping.start"),
]

# What each room removes when somebody is erased; the upper rooms first, for their rows point at the lower ones'.
ERASERS: list[str] = [
    "posada.interop.services.erasing.ROOM",
    "posada.family.services.erasing.ROOM",
    "posada.asylum.services.erasing.ROOM",
    "posada.shelter.services.erasing.ROOM",
    "posada.people.services.erasing.ROOM",
]

CHANGE_READERS: list[str] = [
    "posada.people.matching.READER",
    "posada.family.matching.HOLDER",
    "posada.family.matching.READER",
]

# What upper rooms keep under subjects of their own because of a person: it is opened by urgency with the person.
HANGING_ON: list[str] = ["posada.family.services.entrusting.hanging_on"]

# What each room does when two files of one person are put together, and taken apart.
MERGERS: list[str] = [
    "posada.shelter.services.merging.ROOM",
    "posada.family.services.merging.ROOM",
    "posada.asylum.services.merging.ROOM",
]
