"""Who is added to the drawing, who is tied to whom, and whose card is of the same relative."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.family.forms.sending import SentOnce
from posada.family.rules.kinship import RELATION_CHOICES, RELATION_LABELS, STEP_LABELS, Relation, Step
from posada.people.forms.fields import NumberField, WordsField
from posada.ui.forms import SegmentedChoice, StackedChoice


class BesideForm(SentOnce):
    """A relative beside somebody of the drawing; what was agreed with them is written on their card."""

    voluntary = frozenset({"must_not_know"})

    step = forms.ChoiceField(
        label=_("Who is it to them"),
        choices=[(one.value, words) for one, words in STEP_LABELS.items()],
        widget=SegmentedChoice(),
        error_messages={"required": _("Choose how the two are bound.")},
    )
    who = WordsField(
        label=_("Who"),
        help_text=_("A name, initials or what she or he is called; initials are enough"),
        required=True,
        error_messages={"required": _("Write initials or any name by which the resident knows this relative.")},
    )
    relation = forms.ChoiceField(
        label=_("What this relative is to the resident"),
        choices=[("", _("As it follows from the drawing")), *RELATION_CHOICES[1:]],
        required=False,
    )
    must_not_know = WordsField(
        label=_("Who must not know"), help_text=_("And what: for example, that she is here"), lines=True
    )

    @property
    def chosen_step(self) -> Step:
        """How they are bound."""
        return Step(self.cleaned_data["step"])

    @property
    def chosen_relation(self) -> Relation | None:
        """What was said of the resident; none if it is to follow from the drawing."""
        chosen = self.cleaned_data["relation"]
        return Relation(chosen) if chosen else None


class TieForm(SentOnce):
    """Another resident who is family although they came apart."""

    other = NumberField(label=_("Number of the other resident"), help_text=_("It stands on their card"), required=True)
    relation = forms.ChoiceField(
        label=_("What they are to this resident"),
        choices=[choice for choice in RELATION_CHOICES if choice[0] != Relation.FRIEND],
        error_messages={"required": _("Choose what they are to each other; there is one for every case.")},
    )


class SameForm(SentOnce):
    """Which card of another resident is of the same relative."""

    card = forms.ChoiceField(label=_("The same as"), widget=StackedChoice(), required=False)

    def __init__(self, *args: Any, cards: Sequence[tuple[UUID, int, str, Relation]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [
            (
                str(pk),
                _("%(who)s, %(relation)s of resident %(number)d")
                % {"who": who, "relation": _said(kin), "number": number},
            )
            for pk, number, who, kin in cards
        ]
        field = self.fields["card"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Nobody else's relative")), *choices]


def _said(relation: Relation) -> str:
    return str(RELATION_LABELS[relation]).lower()
