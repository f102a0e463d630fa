"""Input of going on: leaving, a notice, another site and what goes along, its answer."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from posada.ground import clock
from posada.people.models import Answer
from posada.shelter.forms.beds import OnceForm
from posada.shelter.forms.tonight import day_field
from posada.shelter.models import Destination, LeaveNotice, OnwardMove
from posada.shelter.rules.leaving import GoesAlong
from posada.ui.forms import PlainText, SegmentedChoice, StackedChoice

DESTINATION_WORDS = {
    Destination.SHELTER: _("Another shelter"),
    Destination.RELATIVES: _("To relatives or friends"),
    Destination.ONWARD: _("Onward, in this country"),
    Destination.COUNTRY: _("To another country"),
    Destination.NOT_SAID: _("Prefers not to say"),
}
_FINDABLE = [
    (Answer.YES.value, pgettext_lazy("consent", "Yes")),
    (Answer.NO.value, pgettext_lazy("consent", "No")),
    (Answer.NOT_ASKED.value, pgettext_lazy("consent", "Not asked")),
]
ALONG_WORDS = {
    "summary": _("A summary of the file, on paper, by number"),
    "belongings": _("Belongings"),
    "medicines": _("Medicines"),
    "documents": _("Their documents"),
    "household": _("The whole household"),
}


class LeaveForm(OnceForm):
    """On which day; and, from whoever may write it down, where to and whether they want to be found."""

    voluntary = frozenset({"destination", "findable"})

    left_on = day_field(label=_("Day on which they left"))
    destination = forms.ChoiceField(
        label=_("Where to"),
        choices=[(one.value, words) for one, words in DESTINATION_WORDS.items()],
        required=False,
        widget=StackedChoice(),
        error_messages={"invalid_choice": _("Choose one of the lines shown.")},
    )
    findable = forms.ChoiceField(
        label=_("May relatives who look for them learn that they are alive?"),
        help_text=_("Their own answer, asked in private. Nothing is ticked before; they are asked again each time."),
        choices=_FINDABLE,
        required=False,
        widget=SegmentedChoice(),
        error_messages={"invalid_choice": _("Choose one of the answers shown.")},
    )

    def __init__(self, data: Any = None, *, since: date, asks_where: bool) -> None:
        super().__init__(data, initial={"left_on": clock.today()})
        self.since = since
        if not asks_where:
            del self.fields["destination"], self.fields["findable"]

    def clean_left_on(self) -> date:
        """Neither before their bed was theirs nor after today."""
        on: date = self.cleaned_data["left_on"]
        if on > clock.today():
            raise forms.ValidationError(
                _("This day has not come yet. Write the day on which they left, or look at the computer's clock.")
            )
        if on < self.since:
            raise forms.ValidationError(
                _("They came to this bed after that day. Write the day on which they left, or look at the clock.")
            )
        return on

    def where(self) -> Destination | None:
        """Where to, if it was written down."""
        said = self.cleaned_data.get("destination")
        return Destination(said) if said else None

    def wish(self) -> Answer:
        """Whether they want to be found; not asked if nothing was pressed."""
        return Answer(self.cleaned_data.get("findable") or Answer.NOT_ASKED)


class NoticeForm(OnceForm):
    """A date by which somebody is to leave, and who said so."""

    given_by = forms.ChoiceField(
        label=_("Who gave it"),
        choices=LeaveNotice.Giver.choices,
        widget=StackedChoice(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose who gave the notice.")),
    )
    given_on = day_field(label=_("Given on"))
    leave_by = day_field(label=_("To leave by"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"given_on": clock.today()})

    def clean_given_on(self) -> date:
        """Not a day that has not come."""
        on: date = self.cleaned_data["given_on"]
        if on > clock.today():
            raise forms.ValidationError(
                _("This day has not come yet. Write the day on which the notice was given, or look at the clock.")
            )
        return on

    def clean(self) -> dict[str, Any]:
        """The date of leaving comes after the day of the notice."""
        data = super().clean() or self.cleaned_data
        given, leave_by = data.get("given_on"), data.get("leave_by")
        if given and leave_by and leave_by < given:
            self.add_error("leave_by", _("This day is before the notice was given. Read both days again."))
        return data


class StepsForm(OnceForm):
    """What was done about a notice."""

    aid_told = forms.BooleanField(label=_("They were told of free legal aid, and how to reach it"), required=False)
    bed_asked = forms.BooleanField(label=_("A bed was asked for elsewhere"), required=False)
    heard = forms.BooleanField(label=_("They were asked what they want, in private"), required=False)


class MoveForm(OnceForm):
    """Which site is asked, and what goes along."""

    to = forms.CharField(
        label=_("Which site"),
        help_text=_("Sealed: only who may move this person on reads it."),
        max_length=80,
        widget=PlainText(),
        error_messages={
            "required": _("Write which site is asked."),
            "max_length": _("Use at most 80 letters."),
        },
    )
    summary = forms.BooleanField(label=ALONG_WORDS["summary"], required=False)
    belongings = forms.BooleanField(label=ALONG_WORDS["belongings"], required=False)
    medicines = forms.BooleanField(label=ALONG_WORDS["medicines"], required=False)
    documents = forms.BooleanField(label=ALONG_WORDS["documents"], required=False)
    household = forms.BooleanField(label=ALONG_WORDS["household"], required=False)

    def along(self) -> GoesAlong:
        """What was ticked."""
        return GoesAlong(**{name: self.cleaned_data[name] for name in ALONG_WORDS})


class AnswerForm(OnceForm):
    """What the other site said."""

    answer = forms.ChoiceField(
        label=_("What they answered"),
        choices=OnwardMove.Answer.choices,
        widget=StackedChoice(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose what they answered.")),
    )
