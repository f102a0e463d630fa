"""Two files that may be one person's, and files that were put together: ids, versions and days, no word of anybody."""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from posada.accounts.models import Site
from posada.accounts.permissions import Actor
from posada.people.models.persons import Consents, Identity, Person
from posada.records.contents import Content
from posada.records.models import Hidden, SealedRecord
from posada.vault.keyring import Compartment


class MergeKept(Content, frozen=True, kw_only=True):
    """What undoing a merge needs: both sides of what was chosen, and every row that was moved (label, pk, column)."""

    KIND: ClassVar[str] = "person.merge"
    COMPARTMENT: ClassVar[Compartment] = Compartment.IDENTITY

    identity_before: Identity
    identity_after: Identity
    consents_before: Consents
    consents_after: Consents
    moved: tuple[tuple[str, str, str], ...] = ()
    ended: tuple[tuple[str, str], ...] = ()
    copied: tuple[tuple[str, str], ...] = ()
    entrusted: tuple[int, ...] = ()
    joined: tuple[tuple[str, int], ...] = ()  # each record that says what both said, its version
    household: uuid.UUID | None = None
    other_household: uuid.UUID | None = None
    due_on: date | None = None


class PairQuerySet(models.QuerySet["Pair"]):
    def visible_to(self, actor: Actor) -> PairQuerySet:
        """Those of the actor's own site of whom nobody is hidden."""
        hidden = Hidden.all()
        return self.filter(site_id=actor.site).exclude(first__in=hidden).exclude(second__in=hidden)

    def waiting(self) -> PairQuerySet:
        """Those that nobody decided for good, and whose two files still stand apart."""
        apart = self.filter(first__merged_into=None, second__merged_into=None)
        return apart.filter(state__in=[Pair.State.OPEN, Pair.State.LATER])


class Pair(models.Model):
    """Two files that may be one person's. The versions are those that were compared: a refusal holds for them."""

    class Band(models.TextChoices):
        LIKELY = "likely", _("Very alike")
        POSSIBLE = "possible", _("Alike")
        SAID = "said", _("Somebody here thinks so")

    class State(models.TextChoices):
        OPEN = "open", _("not looked at")
        LATER = "later", _("not yet")
        DIFFERENT = "differ", _("two persons")
        SAME = "same", _("the same person")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    band = models.CharField(max_length=8, choices=Band.choices)
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    first_version = models.PositiveIntegerField()
    second_version = models.PositiveIntegerField()
    found_on = models.DateField()
    decided_on = models.DateField(null=True)
    decided_by = models.BigIntegerField(null=True)

    objects = PairQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="one_row_per_pair")]
        indexes = [models.Index(fields=["site", "state"], name="people_pair_state")]


class Merge(models.Model):
    """Two files that somebody put together: `other` leads to `leading` until it is undone."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    leading = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merges_led")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merges")
    record = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()  # of the leading identity, as the merge wrote it
    merged_on = models.DateField()
    merged_by = models.BigIntegerField(null=True)
    undone_on = models.DateField(null=True)
    undone_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["other"], condition=models.Q(undone_on__isnull=True), name="one_open_merge_per_person"
            ),
            models.CheckConstraint(condition=~models.Q(leading=models.F("other")), name="nobody_leads_to_themselves"),
        ]


class DoublesRun(models.Model):
    """How far the nightly look read the change log in a site, and when."""

    site = models.OneToOneField(Site, on_delete=models.CASCADE)
    upto = models.PositiveBigIntegerField(default=0)
    on = models.DateField(null=True)
