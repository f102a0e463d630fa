"""A birth in the house: sex and names, all of which can wait."""

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.people.forms.fields import WordsField
from posada.people.rules import FIELD_LABELS, SEX_WORDS
from posada.people.rules.birth_here import Newborn
from posada.people.rules.contents import Sex
from posada.ui.forms import SegmentedChoice


class NewbornForm(forms.Form):
    """Nothing is required: the child is born today, of this mother. `once` is the form's own key."""

    voluntary = frozenset({"given_names", "surnames"})

    once = forms.UUIDField(widget=forms.HiddenInput(), required=False)
    sex = forms.ChoiceField(
        label=FIELD_LABELS["sex"],
        choices=[(Sex.FEMALE.value, _("Girl")), (Sex.MALE.value, _("Boy")), (Sex.OTHER.value, SEX_WORDS[Sex.OTHER])],
        widget=SegmentedChoice(keys={Sex.FEMALE.value: "f", Sex.MALE.value: "m", Sex.OTHER.value: "o"}),
        required=False,
    )
    given_names = WordsField(label=FIELD_LABELS["given_names"])
    surnames = WordsField(label=FIELD_LABELS["surnames"])

    def child(self) -> Newborn:
        """What was said."""
        held = self.cleaned_data
        return Newborn(held["given_names"], held["surnames"], Sex(held["sex"]))
