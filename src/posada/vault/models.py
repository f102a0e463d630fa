"""The keyring: one wrapped key for each person and compartment; and how the data knows an older keyring."""

from django.db import models


class WrappedKey(models.Model):
    """A person's key for one compartment, wrapped by the compartment's key. Deleting it erases what it sealed."""

    subject = models.UUIDField()
    compartment = models.CharField(max_length=16)
    wrapped = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "compartment"], name="one_key_per_person_compartment")
        ]


class KeyringEpoch(models.Model):
    """How many changes the keyring has seen: counted by triggers inside keyring.db, so that none is forgotten."""

    value = models.BigIntegerField(default=0)


class KeyringMark(models.Model):
    """In main.db: the highest epoch of the keyring that this data has been used with, which never goes back; and the
    key file that was last seen (SHA-256): one that was changed by other ways than the commands is written to the audit.
    """

    value = models.BigIntegerField(default=0)
    keys_seen = models.BinaryField(default=b"")
