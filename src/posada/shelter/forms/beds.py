"""Input of the house: a bed, a person's number, a new room."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.accounts.permissions import Actor
from posada.ground import ids
from posada.people import services as people
from posada.people.models import Person
from posada.records.quotas import QuotaReached
from posada.shelter import queries, rules
from posada.shelter.models import Bed
from posada.shelter.rules.house import telling_word
from posada.ui.forms import PlainText


class OnceForm(forms.Form):
    """A form with a key of its own, so that a page sent twice acts once."""

    once = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=ids.new_id,
        error_messages=dict.fromkeys(
            ("required", "invalid"),
            _("This page was damaged on its way. Nothing was changed. Open it again."),
        ),
    )


class BedChoice(forms.RadioSelect):
    """Beds as large cells, room by room; the choices are groups of a room's name and its beds."""

    template_name = "shelter/forms/beds.html"
    option_template_name = "shelter/forms/bed.html"


class BedForm(OnceForm):
    """Which of the free beds. The service has the last word on whether it is free still."""

    bed = forms.IntegerField(
        label=_("Free beds"),
        widget=BedChoice,
        error_messages={"required": _("Choose a bed."), "invalid": _("Choose one of the beds shown.")},
    )

    def __init__(self, actor: Actor, data: Any = None) -> None:
        super().__init__(data)
        self.actor = actor
        self.rooms = queries.boxes(queries.free_beds(actor))
        widget = cast("BedChoice", self.fields["bed"].widget)
        widget.choices = [(room.name, [(bed.number, str(bed.number)) for bed in room.beds]) for room in self.rooms]

    def clean_bed(self) -> Bed:
        """The bed itself, of this house."""
        number = self.cleaned_data["bed"]
        bed = Bed.objects.visible_to(self.actor).select_related("room").filter(number=number).first()
        if bed is None:
            raise forms.ValidationError(_("Choose one of the beds shown."))
        return bed


class PersonNumberForm(OnceForm):
    """A person's number as it is read from their card."""

    number = forms.CharField(
        label=_("Number of the person"),
        help_text=_("As on their card, with its last digit."),
        max_length=16,
        widget=PlainText({"inputmode": "numeric", "class": "input--short", "autocapitalize": "off"}),
        error_messages={
            "required": _("Write the number from their card."),
            "max_length": _("This is longer than any number here. Read it again from the card."),
        },
    )

    def __init__(self, actor: Actor, data: Any = None) -> None:
        super().__init__(data)
        self.actor = actor

    def clean_number(self) -> Person:
        """The registered person of this house who has the number; one that nobody has counts as a search."""
        typed = "".join(self.cleaned_data["number"].split()).replace("-", "").replace(".", "")
        if not typed.isdecimal():
            raise forms.ValidationError(_("A number has only digits. Read it again from the card."))
        if not ids.is_sound_number(int(typed)):
            raise forms.ValidationError(
                _("This number has a slip in it: a digit is wrong, or two are swapped. Read it again.")
            )
        try:
            person = people.look_for_number(self.actor, int(typed))
        except Person.DoesNotExist as error:
            raise forms.ValidationError(
                _("Nobody in this house has this number. Look at the card, or register the person first.")
            ) from error
        except QuotaReached as reached:
            raise forms.ValidationError(str(reached)) from reached
        if person.is_listed:
            raise forms.ValidationError(
                _("This person stands only on a list that was brought in. Register them first.")
            )
        return person


class RoomForm(OnceForm):
    """A room and how many beds it has."""

    name = forms.CharField(
        label=_("Name of the room"),
        help_text=_("A neutral word or a number. It must not tell who sleeps there."),
        max_length=24,
        widget=PlainText({"class": "input--short"}),
        error_messages={
            "required": _("Give the room a name, for example its number."),
            "max_length": _("Use at most 24 letters."),
        },
    )
    beds = forms.IntegerField(
        label=_("Beds"),
        help_text=_("Their numbers go on from the last bed of the house."),
        min_value=1,
        max_value=rules.MOST_BEDS,
        widget=forms.NumberInput({"inputmode": "numeric", "class": "input--short"}),
    )

    def __init__(self, actor: Actor, data: Any = None) -> None:
        place = queries.next_position(actor)
        super().__init__(data, initial={"name": gettext("Room %(number)d") % {"number": place}})
        whole = gettext("Write a whole number from 1 to %(most)d.") % {"most": rules.MOST_BEDS}
        codes = ("required", "invalid", "min_value", "max_value")
        self.fields["beds"].error_messages.update(dict.fromkeys(codes, whole))

    def clean_name(self) -> str:
        """The name with single spaces; one that tells who sleeps there is not taken."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        if word := telling_word(name):
            words = gettext("“%(word)s” tells who sleeps there. Take a number, a colour or the name of a plant.")
            raise forms.ValidationError(words % {"word": word})
        return name
