"""Input of the house: a room's floor, mats, blocked beds, beds for a household, what became of who waited."""

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.accounts.permissions import Actor
from posada.people.models import Person
from posada.shelter import queries, rules
from posada.shelter.forms.beds import OnceForm
from posada.shelter.models import Bed, Room
from posada.shelter.rules.house import Became, Blocked, RoomRule
from posada.shelter.rules.suggesting import Proposal
from posada.shelter.services.house import MOST_MATS
from posada.ui.forms import StackedChoice

_SHORT = {"inputmode": "decimal", "class": "input--short"}
MOST_M2 = 2000


class FloorForm(OnceForm):
    """What a room is good for, and its floor."""

    rule = forms.ChoiceField(
        label=_("What the room is good for"),
        help_text=_("Never who somebody is: this may be said aloud at the door."),
        choices=RoomRule.choices,
        required=False,
        error_messages={"invalid_choice": _("Choose one of the rules shown.")},
    )
    m2 = forms.DecimalField(
        label=_("Floor, in square metres"),
        help_text=_("Length by width. Leave it empty if nobody measured it."),
        required=False,
        min_value=Decimal(1),
        max_value=Decimal(MOST_M2),
        max_digits=5,
        decimal_places=1,
        localize=True,
        widget=forms.TextInput(_SHORT),
    )

    def __init__(self, data: Any = None, room: Room | None = None) -> None:
        floor = Decimal(room.tenths_m2) / 10 if room and room.tenths_m2 else None
        super().__init__(data, initial={"rule": room.rule if room else RoomRule.ANY, "m2": floor})
        words = gettext("Write square metres from 1 to %(most)d, with one decimal at most, for example 14,5.")
        codes = ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits")
        self.fields["m2"].error_messages.update(dict.fromkeys(codes, words % {"most": MOST_M2}))
        for check in self.fields["m2"].validators:
            if hasattr(check, "message"):
                check.message = words % {"most": MOST_M2}

    def clean_rule(self) -> RoomRule:
        """The rule; none chosen is no rule."""
        return RoomRule(self.cleaned_data["rule"] or RoomRule.ANY)

    @property
    def tenths(self) -> int | None:
        """The floor in tenths of a square metre, or none."""
        m2 = self.cleaned_data["m2"]
        return None if m2 is None else int(m2 * 10)


class MatsForm(OnceForm):
    """How many mats are laid, and where."""

    room = forms.ChoiceField(
        label=_("Room"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of the rooms shown.")),
    )
    mats = forms.IntegerField(
        label=_("Mats"),
        help_text=_("They show on the board as mats, and count over the planning ratios."),
        min_value=1,
        max_value=MOST_MATS,
        widget=forms.NumberInput({"inputmode": "numeric", "class": "input--short"}),
    )

    def __init__(self, actor: Actor, data: Any = None) -> None:
        super().__init__(data)
        self.rooms = {str(room.position): room for room in Room.objects.visible_to(actor).order_by("position")}
        field = cast("forms.ChoiceField", self.fields["room"])
        field.choices = [(place, room.name) for place, room in self.rooms.items()]
        whole = gettext("Write a whole number from 1 to %(most)d.") % {"most": MOST_MATS}
        codes = ("required", "invalid", "min_value", "max_value")
        self.fields["mats"].error_messages.update(dict.fromkeys(codes, whole))

    def clean_room(self) -> Room:
        """The room itself, of this house."""
        return self.rooms[self.cleaned_data["room"]]


class BlockForm(OnceForm):
    """Why a bed is not given."""

    why = forms.ChoiceField(
        label=_("Why it is not given"),
        widget=StackedChoice(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of the reasons shown.")),
    )

    def __init__(self, bed: Bed, data: Any = None) -> None:
        super().__init__(data)
        why = cast("forms.ChoiceField", self.fields["why"])
        why.choices = [one for one in Blocked.choices if bed.is_mat or one[0] != Blocked.AWAY]


class BecameForm(OnceForm):
    """What became of somebody who waited for a bed."""

    became = forms.ChoiceField(
        label=_("What became of them"),
        widget=StackedChoice(),
        choices=Became.choices,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of the answers shown.")),
    )


class FiguresForm(OnceForm):
    """What the planning ratios need besides the rooms."""

    toilets = forms.IntegerField(
        label=_("Toilets that work"), required=False, min_value=0, max_value=999, widget=forms.TextInput(_SHORT)
    )
    litres_a_day = forms.IntegerField(
        label=_("Litres of water that come in a day"),
        required=False,
        min_value=0,
        max_value=9_999_999,
        widget=forms.TextInput(_SHORT),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for field in ("toilets", "litres_a_day"):
            most = cast("forms.IntegerField", self.fields[field]).max_value
            words = gettext("Write a whole number from 0 to %(most)d, or nothing.") % {"most": most}
            self.fields[field].error_messages.update(dict.fromkeys(("invalid", "min_value", "max_value"), words))


class ProposalForm(OnceForm):
    """Which of the proposals; the beds stand in it, so that what was read is what is given."""

    beds = forms.RegexField(
        regex=r"\d{1,5}(,\d{1,5})*",
        max_length=6 * rules.MOST_BEDS * 2,
        error_messages=dict.fromkeys(
            ("required", "invalid", "max_length"), _("Choose one of the proposals shown. Nothing was changed.")
        ),
    )

    def __init__(self, actor: Actor, party: list[Person], data: Any = None) -> None:
        super().__init__(data)
        self.actor, self.party = actor, party

    def clean_beds(self) -> dict[Person, Bed]:
        """A bed for each of the party. The service has the last word on whether they are free still."""
        numbers = [int(one) for one in self.cleaned_data["beds"].split(",")]
        found = {bed.number: bed for bed in Bed.objects.visible_to(self.actor).filter(number__in=numbers)}
        if len(numbers) != len(self.party) or len(found) != len(numbers):
            raise forms.ValidationError(
                _("Somebody of the household was given a bed meanwhile, or a bed is gone. Look at the proposals again.")
            )
        return {person: found[number] for person, number in zip(self.party, numbers, strict=True)}


def beds_of(proposal: Proposal, party: list[Person]) -> str:
    """The bed numbers of a proposal in the order of the party, as the form sends them."""
    by_person = {guest.key: number for guest, _room, number in proposal.places}
    return ",".join(str(by_person[one.pk]) for one in party)


class ShiftForm(OnceForm):
    """From one bed to another, as somebody drags it on the board."""

    origin = forms.IntegerField(min_value=1)
    target = forms.IntegerField(min_value=1)


class BesideForm(OnceForm):
    """Beside which adult of the household an infant sleeps."""

    adult = forms.ChoiceField(
        label=_("In the bed of"),
        widget=StackedChoice(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of the persons shown.")),
    )

    def __init__(self, infant: Person, data: Any = None) -> None:
        super().__init__(data)
        self.adults = {str(one.number): one for one in queries.who_may_take_in(infant)}
        field = cast("forms.ChoiceField", self.fields["adult"])
        field.choices = [(number, number) for number in self.adults]
        if len(self.adults) == 1:
            self.fields["adult"].initial = next(iter(self.adults))

    def clean_adult(self) -> Person:
        """The person who has that number."""
        return self.adults[self.cleaned_data["adult"]]
