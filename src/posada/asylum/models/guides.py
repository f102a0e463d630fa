"""A change of a country's guide: proposed by a lawyer, taken on by the manager. The packaged file stays as it is."""

from __future__ import annotations

from django.db import models

from posada.accounts.models import User


class GuideChange(models.Model):
    """What should stand in a guide. It is about the law of a country, and about nobody.

    `was` are the rules as they were when it was proposed, `becomes` those that take their place and what is added; both
    as JSON. `looked_at` and `differing` count the proposer's open cases of that country, and those with another day.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed"
        TAKEN_ON = "taken_on"
        REFUSED = "refused"
        TAKEN_BACK = "taken_back"

    country = models.CharField(max_length=2)
    rule = models.CharField(max_length=60)
    was = models.TextField()
    becomes = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True)
    looked_at = models.PositiveIntegerField(default=0)
    differing = models.PositiveIntegerField(default=0)
