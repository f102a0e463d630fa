"""The keyring: one wrapped key for each person and compartment."""

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
