"""The person's own requests: taking one down, prolonging, answering."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.ground import clock, ids
from posada.people.forms.fields import day_as_typed
from posada.people.models import PersonClaim
from posada.ui.forms import PlainArea, PlainText, StackedChoice

LONGEST = 2_000
DAYS = ["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"]


class ClaimForm(forms.Form):
    """What the person asks, and when they asked it."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What the person asks"),
        choices=PersonClaim.Kind.choices,
        widget=StackedChoice(),
        error_messages={"required": _("Say what the person asks. Choose one of the three.")},
    )
    received_on = forms.DateField(
        label=_("When they asked it"),
        help_text=_("Day, month and year. The term runs from this day."),
        input_formats=DAYS,
        widget=PlainText(attrs={"class": "input--short"}),
        error_messages={
            "required": _("Say on which day the person asked it."),
            "invalid": _("This is no day. Write day, month and year, such as 26/02/2026."),
        },
    )
    asked = forms.CharField(
        label=_("In their words"),
        help_text=_("It is sealed like the rest of the file."),
        required=False,
        max_length=LONGEST,
        widget=PlainArea(),
        error_messages={"max_length": _("This is too long. At most 2,000 letters.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["once"].initial = ids.new_id
        self.fields["received_on"].initial = day_as_typed(clock.today())

    def clean_received_on(self) -> date:
        """Not in the future, and not so long ago that it must be a slip."""
        day: date = self.cleaned_data["received_on"]
        if day > clock.today():
            raise ValidationError(gettext("This day is still to come. When did the person ask it?"))
        if day.year < clock.today().year - 5:
            raise ValidationError(gettext("This is more than five years ago. Look at the year again."))
        return day

    @property
    def form(self) -> uuid.UUID:
        """The key of this form."""
        key: uuid.UUID = self.cleaned_data["once"]
        return key


class ProlongForm(forms.Form):
    """Why it takes longer; the person is told."""

    why_longer = forms.ChoiceField(
        label=_("Why it takes longer"),
        choices=PersonClaim.WhyLonger.choices,
        widget=StackedChoice(),
        error_messages={"required": _("Say why it takes longer. The person is told.")},
    )


class AnswerForm(forms.Form):
    """What the person is answered."""

    answered = forms.CharField(
        label=_("What the person is answered"),
        max_length=LONGEST,
        widget=PlainArea(),
        error_messages={
            "required": _("Write what the person is answered; it is printed for them."),
            "max_length": _("This is too long. At most 2,000 letters."),
        },
    )
