"""Who somebody is, as typed: shared by registering and correcting."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.people.forms.fields import BirthField, DayField, WordsField, day_as_typed
from posada.people.rules import FIELD_LABELS, SEX_WORDS
from posada.people.rules.contents import ContactDetails, HouseholdRelation, Identity, Sex
from posada.ui.forms import SegmentedChoice

_SEX_CHOICES = [(sex.value, SEX_WORDS[sex]) for sex in (Sex.FEMALE, Sex.MALE, Sex.OTHER)]
_SEX_KEYS = {Sex.FEMALE.value: "f", Sex.MALE.value: "m", Sex.OTHER.value: "o"}
_PLAIN = (
    *("given_names", "surnames", "other_names", "call_name", "origin", "mother", "father"),
    *("nationalities", "languages", "description", "arrival_place"),
)


class IdentityForm(forms.Form):
    """The fields of an identity. Only a name or a description is required."""

    voluntary = frozenset(
        {"mother", "father", "nationalities", "languages", "phone", "other_names", "call_name", "description"}
    )

    given_names = WordsField(label=FIELD_LABELS["given_names"])
    surnames = WordsField(label=FIELD_LABELS["surnames"])
    sex = forms.ChoiceField(
        label=FIELD_LABELS["sex"],
        help_text=_("As the person says"),
        choices=_SEX_CHOICES,
        widget=SegmentedChoice(keys=_SEX_KEYS),
        required=False,
    )
    birth = BirthField(label=FIELD_LABELS["birth"], help_text=_("31, 1987, 3/1987 or 14/3/1987"))
    origin = WordsField(label=FIELD_LABELS["origin"], help_text=_("Town, and more if it helps"))
    mother = WordsField(label=FIELD_LABELS["mother"])
    father = WordsField(label=FIELD_LABELS["father"])
    call_name = WordsField(label=FIELD_LABELS["call_name"], help_text=_("How this person wants to be called aloud"))
    other_names = WordsField(label=FIELD_LABELS["other_names"], help_text=_("Married name, nickname, another spelling"))
    nationalities = WordsField(label=FIELD_LABELS["nationalities"])
    languages = WordsField(label=FIELD_LABELS["languages"])
    phone = WordsField(label=FIELD_LABELS["phone"])
    arrived_on = DayField(label=FIELD_LABELS["arrived_on"])
    arrival_place = WordsField(label=FIELD_LABELS["arrival_place"])
    description = WordsField(
        label=FIELD_LABELS["description"], lines=True, help_text=_("For somebody who cannot say a name")
    )

    def clean(self) -> dict[str, Any]:
        """A name or a description is enough, and must be there."""
        cleaned = super().clean() or {}
        enough = ("given_names", "surnames", "call_name", "other_names", "description")
        if not self.errors and not any(cleaned.get(name) for name in enough):
            self.add_error(
                "given_names",
                ValidationError(
                    gettext("Write a name, or under “More, if there is time” a description. One of them is enough."),
                    code="nobody",
                ),
            )
        return cleaned

    def typed_identity(self) -> Identity:
        """The identity as far as it could be read; what is wrong or missing stays empty."""
        held = self.cleaned_data
        birth = held.get("birth")
        return Identity(
            **{name: held.get(name, "") for name in _PLAIN},
            sex=Sex(held.get("sex", "")),
            birth=birth.birth if birth else "",
            age=birth.age if birth else None,
            age_on=birth.age_on if birth else None,
            arrived_on=held.get("arrived_on"),
            household_relation=self.relation(),
        )

    def relation(self) -> HouseholdRelation:
        """What the person is in their household."""
        return HouseholdRelation.HEAD

    @property
    def has_one_letter(self) -> bool:
        """Whether a name is a single letter: taken, and told to the one who typed it."""
        names = (self.cleaned_data.get("given_names", ""), self.cleaned_data.get("surnames", ""))
        return any(len(name) == 1 for name in names)

    @property
    def lost_signs(self) -> bool:
        """Whether signs that are no letters were left out of a name."""
        return any(
            "".join(str(self.data.get(name, "")).split()) != "".join(self.cleaned_data.get(name, "").split())
            for name in ("given_names", "surnames", "call_name", "other_names")
        )


class CorrectForm(IdentityForm):
    """What is known of somebody, to be corrected; `version` is what the one who corrects has seen."""

    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, held: Identity, may_see_contact: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.held = held
        if not may_see_contact:
            del self.fields["phone"]

    @staticmethod
    def initial_of(identity: Identity, contact: ContactDetails, version: int) -> dict[str, Any]:
        """What the form shows at first."""
        birth = identity.birth or ("" if identity.age is None else str(identity.age))
        return {
            **{name: getattr(identity, name) for name in _PLAIN},
            "sex": identity.sex.value,
            "birth": birth,
            "arrived_on": day_as_typed(identity.arrived_on) if identity.arrived_on else "",
            "phone": contact.phone,
            "version": version,
        }

    def typed_identity(self) -> Identity:
        """The corrected identity. An age that was not touched keeps the day on which it was told."""
        typed = super().typed_identity()
        told = self.held.age if typed.age == self.held.age else None
        return Identity(
            **{name: getattr(typed, name) for name in _PLAIN},
            sex=typed.sex,
            birth=typed.birth,
            age=typed.age,
            age_on=self.held.age_on if told is not None else typed.age_on,
            arrived_on=typed.arrived_on,
            full_name=self.held.full_name,
            household_relation=self.held.household_relation,
            document=self.held.document,
            list_name=self.held.list_name,
        )
