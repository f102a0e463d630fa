"""Vouchers by number, kept apart from who had them: no row of a voucher leads to a person, nor the other way.

A voucher has neither a day nor a moment: together with the arrivals of a day they would name somebody.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

import msgspec
from django.db import models

from posada.accounts.acts import Act
from posada.accounts.models import Site
from posada.accounts.permissions import Actor
from posada.records.contents import Content
from posada.shelter.rules.vouchers import Receipt, VoucherKind, VoucherState
from posada.vault.keyring import Compartment


class HadOfKind(msgspec.Struct, frozen=True):
    """How many of a kind somebody had."""

    kind: VoucherKind
    many: int


class VouchersHad(Content, frozen=True):
    """How many vouchers of each kind somebody had: no number of one, no amount, no day."""

    KIND: ClassVar[str] = "person.vouchers"
    COMPARTMENT: ClassVar[Compartment] = Compartment.PROTECTION
    READ: ClassVar[Act | None] = Act.READ_NEEDS

    had: tuple[HadOfKind, ...] = ()


class VoucherSeriesQuerySet(models.QuerySet["VoucherSeries"]):
    def visible_to(self, actor: Actor) -> VoucherSeriesQuerySet:
        """Those of the actor's own site."""
        return self.filter(site_id=actor.site)


class VoucherSeries(models.Model):
    """So many vouchers of one kind and amount."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    kind = models.CharField(max_length=9, choices=[(one.value, one.value) for one in VoucherKind])
    amount = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)
    made_on = models.DateField()

    objects = VoucherSeriesQuerySet.as_manager()


class Voucher(models.Model):
    """One voucher. Its random number has a check digit and says nothing of when it was given."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    series = models.ForeignKey(VoucherSeries, on_delete=models.PROTECT, related_name="vouchers")
    number = models.PositiveIntegerField(unique=True)
    state = models.CharField(
        max_length=9, choices=[(one.value, one.value) for one in VoucherState], default=VoucherState.LEFT.value
    )
    receipt = models.CharField(max_length=6, choices=[(one.value, one.value) for one in Receipt], default="")
