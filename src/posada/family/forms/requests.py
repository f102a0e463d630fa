"""A tracing request told as a story: who asks, whom they seek, how they were parted."""

from typing import Any

import msgspec
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.family.forms.asking import AskingForm, asked_from, typed_birth
from posada.family.forms.sending import SentOnce
from posada.family.forms.words import CAUSE_LABELS
from posada.family.models import Cause, Contents, RenewalWords, Separation, Share, Sought, WhyRenewed
from posada.family.rules.kinship import Relation
from posada.family.rules.representing import REPRESENTS_LABELS, Represents
from posada.people.forms.fields import BirthField, NumberField, WordsField
from posada.people.models import Sex
from posada.people.rules import SEX_WORDS
from posada.ui.forms import SegmentedChoice, StackedChoice

REFUSED = {
    "state": _("A public office, a ministry, a consulate"),
    "army": _("An army or an armed group"),
    "police": _("The police or an intelligence service"),
    "employer": _("An employer"),
    "media": _("Somebody from the press, radio or television"),
}
_ASKS = [
    ("family", _("A relative, or somebody who is like family")),
    ("resident", _("Somebody who lives in this house")),
    *REFUSED.items(),
]
_SEXES = [(sex.value, SEX_WORDS[sex]) for sex in (Sex.FEMALE, Sex.MALE, Sex.OTHER)]
_FROM_SOUGHT = (
    *("given_names", "surnames", "nickname", "other_names", "origin", "mother", "father", "phone", "document", "marks"),
)


class StoryForm(AskingForm):
    """Whom they seek, and how they were parted: the heart of each request."""

    voluntary = frozenset({"document", "phone", "marks", "circumstances"})

    given_names = WordsField(label=_("Given names"))
    surnames = WordsField(label=_("Surnames"))
    nickname = WordsField(label=_("What they are called"))
    other_names = WordsField(label=_("Other names"), help_text=_("Married name, another spelling"))
    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=_SEXES,
        required=False,
        widget=SegmentedChoice(keys={"female": "f", "male": "m", "other": "o"}),
    )
    birth = BirthField(label=_("Birth or age"), help_text=_("31, 1987, 3/1987 or 14/3/1987"))
    origin = WordsField(label=_("Comes from"), help_text=_("Town, and more if it helps"))
    mother = WordsField(label=_("Mother"))
    father = WordsField(label=_("Father"))
    phone = WordsField(label=_("Phone"))
    document = WordsField(label=_("Document"))
    marks = WordsField(
        label=_("Marks by which a relative would know them"), lines=True, help_text=_("Never compared by machine")
    )

    separation_on = BirthField(label=_("When"), help_text=_("A day, a month or a year: 23/2/2019, 2/2019"))
    separation_place = WordsField(label=_("Where"))
    cause = forms.ChoiceField(
        label=_("Why"), choices=[(one.value, words) for one, words in CAUSE_LABELS.items()], required=False
    )
    circumstances = WordsField(label=_("What happened, in their own words"), lines=True)
    last_contact = WordsField(label=_("Last time they spoke"), help_text=_("When, and by what"))
    last_known_place = WordsField(label=_("Where the sought person was, as far as known"))

    sought_represented_by = forms.ChoiceField(
        label=_("If the sought person is a child: who speaks for it here"),
        choices=[(one.value, words) for one, words in REPRESENTS_LABELS.items()],
        required=False,
        help_text=_("An age that nobody knows is treated as a child's"),
    )

    def clean_separation_on(self) -> str:
        """The date with the precision with which it was told."""
        read = self.cleaned_data["separation_on"]
        if read.age is not None:
            raise ValidationError(gettext("Write a day, a month or a year: 23/2/2019."), code="unreadable")
        birth: str = read.birth
        return birth

    def clean(self) -> dict[str, Any]:
        """Nobody is sought without a name: a place, an age or a sex alone finds nothing (rule 5)."""
        cleaned = super().clean() or {}
        if not any(cleaned.get(name) for name in ("given_names", "surnames", "nickname", "other_names")):
            message = gettext("Write at least one name by which the sought person is known.")
            self.add_error("given_names", ValidationError(message, code="no_name"))
        return cleaned

    def sought(self) -> Sought:
        """The sought person."""
        held, read = self.cleaned_data, self.cleaned_data["birth"]
        words = {name: held[name] for name in _FROM_SOUGHT}
        return Sought(
            sex=Sex(held["sex"]),
            birth=read.birth,
            age=read.age,
            age_on=read.age_on,
            represented_by=Represents(held["sought_represented_by"]),
            **words,
        )

    def separation(self) -> Separation | None:
        """How they were parted; none if nothing was told."""
        held = self.cleaned_data
        told = Separation(
            on=held["separation_on"],
            place=held["separation_place"],
            cause=Cause(held["cause"]),
            circumstances=held["circumstances"],
            last_contact=held["last_contact"],
            last_known_place=held["last_known_place"],
        )
        return None if told == Separation() else told


class SeekForm(StoryForm):
    """A request made of a card: the resident asks, so that there is no first question."""

    @property
    def contents(self) -> Contents:
        """What is sealed."""
        return self.enquirer(), self.sought(), self.separation()


class RequestForm(StoryForm):
    """A new request. The first question decides whether there will be one."""

    who_asks = forms.ChoiceField(
        label=_("Who asks?"),
        choices=_ASKS,
        widget=StackedChoice(),
        error_messages={"required": _("Say first who asks.")},
    )
    name = WordsField(label=_("Name of the one who asks"))
    resident = NumberField(label=_("Or their number, if they live here"))
    note = WordsField(label=_("Note"), lines=True)

    def clean(self) -> dict[str, Any]:
        """Somebody must ask: a name, or the number of a resident."""
        cleaned = super().clean()
        resident = cleaned.get("who_asks") == "resident"
        if resident and not cleaned.get("resident") and "resident" not in self.errors:
            self.add_error("resident", ValidationError(gettext("Write the number on their card."), code="no_number"))
        if cleaned.get("who_asks") == "family" and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", ValidationError(gettext("Write the name of the one who asks."), code="no_name"))
        return cleaned

    @property
    def contents(self) -> Contents:
        """What is sealed."""
        held = self.cleaned_data
        return self.enquirer(held["name"], held["note"]), self.sought(), self.separation()


class UpdateForm(StoryForm):
    """A request corrected or completed. It carries the versions that were read."""

    name = WordsField(label=_("Name of the one who asks"))
    note = WordsField(label=_("Note"), lines=True)
    versions = forms.RegexField(r"^\d+-\d+-\d+$", widget=forms.HiddenInput())

    @property
    def expected(self) -> tuple[int, int, int]:
        """The versions of enquirer, sought person and separation that were read."""
        first, second, third = self.cleaned_data["versions"].split("-")
        return int(first), int(second), int(third)

    @property
    def contents(self) -> Contents:
        """What is sealed."""
        held = self.cleaned_data
        return self.enquirer(held["name"], held["note"]), self.sought(), self.separation()


def initial_from(contents: Contents) -> dict[str, Any]:
    """The fields of a request as they were typed."""
    enquirer, sought, separation = contents
    parted = separation or Separation()
    names = sought.given_names or sought.full_name
    return {
        **{name: getattr(sought, name) for name in _FROM_SOUGHT},
        "given_names": names,
        "sex": sought.sex.value,
        "birth": typed_birth(sought.birth, sought.age),
        "separation_on": parted.on,
        "separation_place": parted.place,
        "cause": parted.cause.value,
        "circumstances": parted.circumstances,
        "last_contact": parted.last_contact,
        "last_known_place": parted.last_known_place,
        "sought_represented_by": sought.represented_by.value,
        **asked_from(enquirer),
    }


def kept_whole(typed: Sought, held: Sought) -> Sought:
    """A name that came as one piece from a list stays in one piece unless somebody changed it."""
    whole = held.full_name and not held.given_names and not typed.surnames
    if whole and typed.given_names == held.full_name:
        return msgspec.structs.replace(typed, given_names="", full_name=held.full_name)
    return typed


class AddSoughtForm(StoryForm):
    """One more person whom the same enquirer seeks: what is known of who asks is not asked again, nor shown."""

    _KEPT = (
        *("enquirer_birth", "represented_by", "representative", "safe_channel", "safe_hours", "hours_begins"),
        *("hours_until", "hours_zone", "safe_words", "alarm_words", "languages", "share_onward", "flags"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in self._KEPT:
            del self.fields[name]

    @property
    def relation(self) -> Relation:
        """What the one who asks is to this one."""
        return Relation(self.cleaned_data["relationship"])

    @property
    def share(self) -> Share:
        """What this one may be told of them."""
        return Share(self.cleaned_data["share_with"])


WHY_RENEWED = {
    WhyRenewed.THEY_WANT_IT: _("The one who asks wants us to keep looking"),
    WhyRenewed.NEW_TRACE: _("There is a new trace"),
    WhyRenewed.NOT_REACHED: _("The one who asks could not be reached yet"),
    WhyRenewed.OPENED_AGAIN: _("It was closed and is opened again"),
}


class RenewForm(SentOnce):
    """Why a request goes on, and whether the one who asks was asked."""

    why = forms.ChoiceField(
        label=_("Why it goes on"),
        choices=[(one.value, words) for one, words in WHY_RENEWED.items()],
        widget=StackedChoice(),
        error_messages={"required": _("Say why it goes on. Without a reason it ends on its day.")},
    )
    asked = forms.BooleanField(label=_("The one who asks was asked, by the way that is safe for them"), required=False)
    note = WordsField(label=_("Note"), lines=True)

    def clean(self) -> dict[str, Any]:
        """Whoever wants it was asked."""
        cleaned = super().clean() or {}
        if cleaned.get("why") == WhyRenewed.THEY_WANT_IT and not cleaned.get("asked"):
            words = gettext("If they want it, they were asked: tick it, or choose another reason.")
            self.add_error("asked", ValidationError(words, code="not_asked"))
        return cleaned

    def words(self) -> RenewalWords:
        """What is sealed."""
        held = self.cleaned_data
        return RenewalWords(why=WhyRenewed(held["why"]), asked=held["asked"], note=held["note"])


class RefuseForm(SentOnce):
    """Who asks in truth, as it was found out later."""

    kind = forms.ChoiceField(
        label=_("Who asks in truth?"),
        choices=list(REFUSED.items()),
        widget=StackedChoice(),
        error_messages={"required": _("Say who asks in truth: it is counted, without names.")},
    )
