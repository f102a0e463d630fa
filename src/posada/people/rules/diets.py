"""What somebody does not eat, as fixed words: for the cook's counts. Voluntary; it may tell of health or of faith."""

from enum import StrEnum
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from posada.accounts.acts import Act
from posada.records.contents import Content
from posada.vault.keyring import Compartment


class Diet(StrEnum):
    """A way to cook, never a reason for it."""

    NO_MEAT = "no_meat"
    NO_PORK = "no_pork"
    NO_MILK = "no_milk"
    NO_WHEAT = "no_wheat"
    NO_NUTS = "no_nuts"
    NO_FISH = "no_fish"
    NO_SUGAR = "no_sugar"
    SOFT = "soft"


DIET_WORDS = {
    Diet.NO_MEAT: _("without meat"),
    Diet.NO_PORK: _("without pork"),
    Diet.NO_MILK: _("without milk"),
    Diet.NO_WHEAT: _("without wheat"),
    Diet.NO_NUTS: _("without nuts"),
    Diet.NO_FISH: _("without fish and shellfish"),
    Diet.NO_SUGAR: _("without sugar"),
    Diet.SOFT: _("soft food"),
}


class Diets(Content, frozen=True):
    """What is cooked for somebody. An empty one says that they eat of everything, or prefer not to say."""

    KIND: ClassVar[str] = "person.diets"
    COMPARTMENT: ClassVar[Compartment] = Compartment.PROTECTION
    READ: ClassVar[Act | None] = Act.GIVE_FIRST_NIGHT

    diets: tuple[Diet, ...] = ()


def both_diets(one: Diets, two: Diets) -> Diets:
    """What neither of two files of one person lets be cooked."""
    return Diets(diets=tuple(sorted({*one.diets, *two.diets})))
