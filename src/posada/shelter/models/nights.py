"""The first night: a day for each thing that was seen to, and what went out of the store in a month, for nobody."""

from __future__ import annotations

from django.db import models

from posada.accounts.models import Site
from posada.people.models import Person
from posada.shelter.rules.nights import Item


class FirstNight(models.Model):
    """On which day each thing was seen to for a person: given, exchanged, or not wanted. It does not say which.

    Of clothes it is the same day for everybody, whatever they came in; a size is kept with nobody.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="first_night")
    clothes_on = models.DateField(null=True)
    shoes_on = models.DateField(null=True)
    hygiene_on = models.DateField(null=True)
    charger_on = models.DateField(null=True)
    meal_on = models.DateField(null=True)


class WentOut(models.Model):
    """How many of a thing, in a size, went out of the store in a month: a count for ordering, without anybody."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE)
    item = models.CharField(max_length=8, choices=Item.choices)
    size = models.CharField(max_length=4, blank=True)
    month = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "item", "size", "month"], name="one_count_per_size")]
