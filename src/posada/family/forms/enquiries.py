"""The form from outside, in plain words for whoever stands alone before it; and how an officer decides on it."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.family.forms.requests import REFUSED
from posada.family.forms.sending import SentOnce
from posada.family.models import Enquirer, EnquiryWords, Separation, Sought, WhyRefused
from posada.family.rules.kinship import RELATION_CHOICES, Relation
from posada.people.forms.fields import BirthField, WordsField
from posada.people.models import Sex
from posada.people.rules import SEX_WORDS
from posada.ui.forms import StackedChoice

_ASKS: Final = [
    ("family", _("A relative, or somebody who is like family")),
    ("other", _("Somebody else who knows them")),
    *REFUSED.items(),
]
_NOBODY: Final = ("given_names", "surnames", "nickname")
WHY_REFUSED: Final[dict[WhyRefused, Any]] = {
    WhyRefused.FISHING: _("It looks like fishing: the same person asked for again and again"),
    WhyRefused.NOT_FAMILY: _("Whoever asks does not seem to be family"),
    WhyRefused.NO_WAY: _("There is no safe way to reach whoever asks"),
    WhyRefused.UNCLEAR: _("It cannot be understood whom they seek"),
}


class EnquiryForm(SentOnce):
    """Who asks, whom they seek, how they were parted, how to reach them. `heads` begin a part each."""

    heads = frozenset({"who_asks", "given_names", "separation_on", "safe_channel"})

    who_asks = forms.ChoiceField(
        label=_("Who are you?"),
        choices=_ASKS,
        widget=forms.RadioSelect(),
        error_messages={"required": _("Say first who you are.")},
    )
    name = WordsField(label=_("Your name"))
    relationship = forms.ChoiceField(
        label=_("What are you to the person you seek?"),
        choices=RELATION_CHOICES,
        error_messages={"required": _("Choose what they are to each other; there is one for every case.")},
    )
    given_names = WordsField(label=_("Their given names"))
    surnames = WordsField(label=_("Their surnames"))
    nickname = WordsField(label=_("What they are called"))
    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=[("", "–"), *((sex.value, SEX_WORDS[sex]) for sex in (Sex.FEMALE, Sex.MALE, Sex.OTHER))],
        required=False,
    )
    birth = BirthField(label=_("Birth or age"), help_text=_("31, 1987, 3/1987 or 14/3/1987"))
    origin = WordsField(label=_("Comes from"), help_text=_("Town, and more if it helps"))
    mother = WordsField(label=_("Mother"))
    father = WordsField(label=_("Father"))
    separation_on = BirthField(label=_("When"), help_text=_("A day, a month or a year: 23/2/2019, 2/2019"))
    separation_place = WordsField(label=_("Where"))
    circumstances = WordsField(label=_("What happened"), lines=True)
    last_contact = WordsField(label=_("When did you last hear of them, and by what?"))
    safe_channel = WordsField(
        label=_("A safe way to reach you"),
        help_text=_("A telephone that nobody else uses, or a person you trust. Nothing else is ever used."),
    )
    safe_hours = WordsField(label=_("At which hours is it safe?"))

    def clean_separation_on(self) -> str:
        """The date with the precision with which it was told."""
        read = self.cleaned_data["separation_on"]
        if read.age is not None:
            raise ValidationError(gettext("Write a day, a month or a year: 23/2/2019."), code="unreadable")
        return str(read.birth)

    def clean(self) -> dict[str, Any]:
        """Somebody asks, for somebody with a name, and can be reached."""
        cleaned = super().clean() or {}
        if not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", ValidationError(gettext("Write your name."), code="no_name"))
        if not any(cleaned.get(name) for name in _NOBODY):
            message = gettext("Write at least one name by which the sought person is known.")
            self.add_error("given_names", ValidationError(message, code="nobody"))
        if not cleaned.get("safe_channel") and "safe_channel" not in self.errors:
            message = gettext("Write how you can be reached; without it nobody can ever answer.")
            self.add_error("safe_channel", ValidationError(message, code="no_way"))
        return cleaned

    def words(self, language: str) -> EnquiryWords:
        """What is sealed."""
        held, read = self.cleaned_data, self.cleaned_data["birth"]
        named = {name: held[name] for name in (*_NOBODY, "origin", "mother", "father")}
        parted = Separation(
            on=held["separation_on"],
            place=held["separation_place"],
            circumstances=held["circumstances"],
            last_contact=held["last_contact"],
        )
        enquirer = Enquirer(
            name=held["name"],
            relationship=Relation(held["relationship"]),
            safe_channel=held["safe_channel"],
            safe_hours=held["safe_hours"],
        )
        sought = Sought(sex=Sex(held["sex"]), birth=read.birth, age=read.age, age_on=read.age_on, **named)
        separation = None if parted == Separation() else parted
        return EnquiryWords(enquirer=enquirer, sought=sought, separation=separation, language=language)


class RefuseEnquiryForm(forms.Form):
    """Why an enquiry is not followed: one of a few, so that no free words stand beside it."""

    why = forms.ChoiceField(
        label=_("Why is it not followed?"),
        choices=[(one.value, words) for one, words in WHY_REFUSED.items()],
        widget=StackedChoice(),
        error_messages={"required": _("Choose why it is not followed.")},
    )

    @property
    def chosen(self) -> WhyRefused:
        """The reason."""
        return WhyRefused(self.cleaned_data["why"])
