"""The house's phones, who has them, phones handed in for charging, and the slots of a day. Numbers and days, no word.

Of a phone of the house only its tag is kept, never its own telephone number: nothing here needs it, and it would lead
from a family's telephone to this house.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models

from posada.accounts.models import Site
from posada.accounts.permissions import Actor
from posada.family.models.relatives import WatchCard
from posada.family.rules.slots import LAST_QUARTER, starts_at
from posada.ground import clock
from posada.people.models import Person
from posada.records.models import Hidden


class ThingKind(models.TextChoices):
    """What is lent."""

    PHONE = "phone"
    CHARGER = "charger"
    HEADSET = "headset"


class ThingState(models.TextChoices):
    """Whether it can be lent: only what is ready is."""

    READY = "ready"
    TO_CLEAR = "to_clear"  # it came back and nobody said that the last number was erased
    BROKEN = "broken"
    LOST = "lost"
    AWAY = "away"  # taken out of use


class HousePhoneQuerySet(models.QuerySet["HousePhone"]):
    def visible_to(self, actor: Actor) -> HousePhoneQuerySet:
        """The things of the actor's own site."""
        return self.filter(site_id=actor.site)

    def in_use(self) -> HousePhoneQuerySet:
        """Those that are not taken out of use."""
        return self.exclude(state=ThingState.AWAY)


class HousePhone(models.Model):
    """A phone, charger or headset of the house, known by the number on its tag."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    tag = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=ThingKind.choices, default=ThingKind.PHONE)
    state = models.CharField(max_length=8, choices=ThingState.choices, default=ThingState.READY)

    objects = HousePhoneQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "tag"], name="one_thing_per_tag")]


class PhoneLoanQuerySet(models.QuerySet["PhoneLoan"]):
    def visible_to(self, actor: Actor) -> PhoneLoanQuerySet:
        """The loans of the actor's own site, without those of somebody who is hidden."""
        return self.filter(thing__site_id=actor.site).exclude(person_id__in=Hidden.all())


class PhoneLoan(models.Model):
    """Who has a thing of the house, and since which day. It goes when the thing comes back or is lost.

    One loan to a thing: the constraint has the last word when two desks press at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thing = models.OneToOneField(HousePhone, on_delete=models.PROTECT, related_name="loan")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="phone_loans")
    from_on = models.DateField()

    objects = PhoneLoanQuerySet.as_manager()


class ChargingTicketQuerySet(models.QuerySet["ChargingTicket"]):
    def visible_to(self, actor: Actor) -> ChargingTicketQuerySet:
        """The tickets of the actor's own site, without those of somebody who is hidden."""
        return self.filter(site_id=actor.site).exclude(person_id__in=Hidden.all())


class ChargingTicket(models.Model):
    """A resident's own phone that lies here to be charged, under the number of a paper tag. It goes when collected."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    ticket = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="charging_tickets")
    from_on = models.DateField()

    objects = ChargingTicketQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "ticket"], name="one_phone_per_ticket")]


class SlotState(models.TextChoices):
    """How a slot stands. What was heard in it stands only on the relative's card."""

    GIVEN = "given"
    DONE = "done"
    NO_ANSWER = "no_answer"
    NOT_COME = "not_come"


class CallSlotQuerySet(models.QuerySet["CallSlot"]):
    def visible_to(self, actor: Actor) -> CallSlotQuerySet:
        """The slots of the actor's own site, without those of somebody who is hidden."""
        return self.filter(thing__site_id=actor.site).exclude(person_id__in=Hidden.all())


class CallSlot(models.Model):
    """A quarter of an hour at a phone of the house, given to a resident; for a relative's card if `card` is set.

    `quarter` counts the quarters of the house's day from midnight (76 is 19:00): a plan of the house, and no moment
    at which anything happened. A slot of an earlier day is deleted; one that is called off, at once. `held_back`: since
    it was given its relative may not be reached then; it does not say why.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thing = models.ForeignKey(HousePhone, on_delete=models.PROTECT, related_name="slots")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="call_slots")
    card = models.ForeignKey(WatchCard, null=True, on_delete=models.PROTECT, related_name="call_slots")
    day = models.DateField()
    quarter = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=SlotState.choices, default=SlotState.GIVEN)
    held_back = models.BooleanField(default=False)

    objects = CallSlotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thing", "day", "quarter"], name="one_call_per_slot"),
            models.UniqueConstraint(fields=["person", "day", "quarter"], name="one_slot_per_person_at_a_time"),
            models.CheckConstraint(condition=models.Q(quarter__lte=LAST_QUARTER), name="a_quarter_of_the_day"),
        ]

    @property
    def starts(self) -> datetime:
        """When it begins, in the house's time."""
        return starts_at(self.day, self.quarter, clock.house_zone())


class CallOffer(models.Model):
    """That somebody was offered the first call home, and on which day; never what they answered."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="call_offer")
    offered_on = models.DateField()
