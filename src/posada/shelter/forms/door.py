"""Input of the door: who came with a child, what the authority was told, who is kept apart."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.ground import clock
from posada.people.forms.fields import WordsField
from posada.people.models import Person
from posada.shelter.forms.beds import OnceForm, PersonNumberForm
from posada.shelter.forms.tonight import day_field
from posada.shelter.models import ChildExceptionWords, ChildWords, Claimed
from posada.shelter.rules.children import MOST_EXCEPTION_DAYS
from posada.ui.forms import StackedChoice

CLAIMED_WORDS = {
    Claimed.NOBODY: _("Nobody came with the child"),
    Claimed.PARENT: _("Says to be a parent"),
    Claimed.SIBLING: _("Says to be a brother or sister"),
    Claimed.GRANDPARENT: _("Says to be a grandparent"),
    Claimed.OTHER_KIN: _("Says to be other kin"),
    Claimed.NEIGHBOUR: _("Knows the child from home"),
    Claimed.STRANGER: _("Found the child on the way"),
    Claimed.NOT_SAID: _("Not said"),
}


class DoorNumberForm(PersonNumberForm):
    """Whom an answer at the door is about."""


class ChildForm(OnceForm):
    """A child alone: who brought them, what is claimed, who was present."""

    claimed = forms.ChoiceField(
        label=_("Who came with the child"),
        help_text=_("What they say is kept as not checked."),
        choices=list(CLAIMED_WORDS.items()),
        widget=StackedChoice(),
        error_messages={"required": _("Choose who came with the child, or “Not said”.")},
    )
    brought_by = WordsField(label=_("Who brought them"), help_text=_("As they call themselves, and how to find them"))
    says = WordsField(
        label=_("What the child says"), help_text=_("In their own words, only if they want to"), lines=True
    )
    one = WordsField(
        label=_("An adult of the house who is present"),
        required=True,
        error_messages={"required": _("Two adults of the house are with the child, always. Write who.")},
    )
    two = WordsField(
        label=_("The other adult"),
        required=True,
        error_messages={"required": _("Two adults of the house are with the child, always. Write who.")},
    )

    voluntary = frozenset({"brought_by", "says"})

    def clean(self) -> dict[str, Any]:
        """Two different adults."""
        return _two_names(self, super().clean() or {})

    def words(self) -> ChildWords:
        """What is kept."""
        held = self.cleaned_data
        return ChildWords(
            brought_by=held["brought_by"],
            claimed=Claimed(held["claimed"]),
            present=(held["one"], held["two"]),
            says=held["says"],
        )


class ToldForm(OnceForm):
    """The authority was told."""

    to = WordsField(
        label=_("Whom you told"), required=True, error_messages={"required": _("Write the office, and who took it.")}
    )
    how = WordsField(
        label=_("How"), required=True, error_messages={"required": _("Write how: by telephone, in person, on paper.")}
    )
    reference = WordsField(label=_("Their number for it"))

    voluntary = frozenset({"reference"})


class CheckedForm(OnceForm):
    """A claimed relation was checked."""

    checked_by = WordsField(
        label=_("Who checked it"), required=True, error_messages={"required": _("Write who checked it.")}
    )
    how = WordsField(
        label=_("How it was checked"),
        help_text=_("A paper, the child alone, kin by telephone"),
        lines=True,
        required=True,
        error_messages={"required": _("Write how it was checked: others must understand it.")},
    )


class ExceptionForm(OnceForm):
    """A full house and a child: why, who decided, who watches, until which day."""

    why = WordsField(
        label=_("Why there is no better bed"),
        help_text=_("What was tried: a household's room, mats, another site."),
        lines=True,
        required=True,
        error_messages={"required": _("Write why: others must understand it.")},
    )
    decided_by = WordsField(
        label=_("Who decided it"), required=True, error_messages={"required": _("Write who decided it.")}
    )
    one = WordsField(
        label=_("An adult of the house who watches"),
        required=True,
        error_messages={"required": _("Two adults of the house watch this room, always. Write who.")},
    )
    two = WordsField(
        label=_("The other adult who watches"),
        required=True,
        error_messages={"required": _("Two adults of the house watch this room, always. Write who.")},
    )
    until_on = day_field(label=_("Until which day"), help_text=_("At most a week. It shows on Today until you end it."))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"until_on": clock.today() + timedelta(days=1)})

    def clean_until_on(self) -> date:
        """From today to the most days that it may go."""
        day: date = self.cleaned_data["until_on"]
        today = clock.today()
        if not today <= day <= today + timedelta(days=MOST_EXCEPTION_DAYS):
            words = gettext("Write a day from today to %(days)d days ahead, or look at the computer's clock.")
            raise forms.ValidationError(words % {"days": MOST_EXCEPTION_DAYS})
        return day

    def clean(self) -> dict[str, Any]:
        """Two different adults."""
        return _two_names(self, super().clean() or {})

    def words(self) -> ChildExceptionWords:
        """What is kept."""
        held = self.cleaned_data
        return ChildExceptionWords(held["why"], held["decided_by"], (held["one"], held["two"]))


def _two_names(form: forms.Form, cleaned: dict[str, Any]) -> dict[str, Any]:
    one, two = (" ".join(str(cleaned.get(name, "")).split()).casefold() for name in ("one", "two"))
    if one and one == two:
        form.add_error("two", _("This is the same name twice. Two different adults are with the child."))
    return cleaned


class ApartForm(PersonNumberForm):
    """From whom somebody is kept apart."""

    why = WordsField(
        label=_("Why, in few words"),
        help_text=_("Read only by the caseworker. The beds only know that the two do not share a room."),
        required=True,
        error_messages={"required": _("Write why in a few words.")},
    )

    def __init__(self, person: Person, *args: Any) -> None:
        super().__init__(*args)
        self.person = person
        self.fields["number"].label = _("Number of the other person")

    def clean_number(self) -> Person:
        """Somebody else."""
        other = super().clean_number()
        if other.pk == self.person.pk:
            raise forms.ValidationError(_("This is the same person. Write the number of the other one."))
        return other
