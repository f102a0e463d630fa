"""Who joins a household."""

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.people.forms.fields import NumberField
from posada.people.rules import RELATION_WORDS
from posada.people.rules.contents import HouseholdRelation


class JoinForm(forms.Form):
    """The number of somebody of the household to join, and what the person is in it."""

    member = NumberField(
        label=_("Number of somebody of the household"), help_text=_("It stands on their card"), required=True
    )
    relation = forms.ChoiceField(
        label=_("In the household"),
        help_text=_("To the one who speaks for it"),
        choices=[(one.value, words) for one, words in RELATION_WORDS.items() if one is not HouseholdRelation.HEAD],
        initial=HouseholdRelation.OTHER.value,
    )
