"""One false call, as it is typed at the desk."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.family.forms.sending import SentOnce
from posada.family.models import FalseCall, SaidToBe, Wanted
from posada.family.queries.callers import normal_phone
from posada.ground import clock
from posada.people.forms.fields import DayField, WordsField, day_as_typed
from posada.ui.forms import StackedMultiple

SAID_LABELS = {
    SaidToBe.OFFICIAL: _("A public office"),
    SaidToBe.POLICE: _("The police or another armed body of the State"),
    SaidToBe.LAWYER: _("A lawyer"),
    SaidToBe.HOSPITAL: _("A hospital or a doctor"),
    SaidToBe.AID: _("An aid organisation"),
    SaidToBe.HOUSE: _("Somebody of this house"),
    SaidToBe.RELATIVE: _("A relative or a friend"),
    SaidToBe.CAPTOR: _("Somebody who says that they hold a relative"),
    SaidToBe.OTHER: _("Somebody else"),
}
WANTED_LABELS = {
    Wanted.MONEY: _("Money"),
    Wanted.PLACE: _("Where somebody is"),
    Wanted.NAMES: _("Names or telephone numbers"),
    Wanted.CODES: _("A code that came to the telephone"),
    Wanted.MEETING: _("A meeting"),
    Wanted.OTHER: _("Something else"),
}


class FalseCallForm(SentOnce):
    """When, from which number or under which name, what they said they were, what they asked for."""

    voluntary = frozenset({"name", "words"})

    on = DayField(
        label=_("When"),
        required=True,
        initial=lambda: day_as_typed(clock.today()),
        error_messages={"required": _("Write a day, such as 26/2/2019.")},
    )
    phone = WordsField(label=_("Number that was shown"), help_text=_("With the sign + and the country, if it was seen"))
    name = WordsField(label=_("Name that was used"))
    said_to_be = forms.ChoiceField(
        label=_("What they said they were"),
        choices=list(SAID_LABELS.items()),
        error_messages={"required": _("Choose one; there is one for every case.")},
    )
    wanted = forms.MultipleChoiceField(
        label=_("What they asked for"),
        choices=list(WANTED_LABELS.items()),
        widget=StackedMultiple(),
        error_messages={"required": _("Mark at least one.")},
    )
    words = WordsField(label=_("What was said"), lines=True, help_text=_("No name of a resident is needed here"))

    def clean_phone(self) -> str:
        """As every number is kept, so that the same one is known again."""
        typed = self.cleaned_data["phone"]
        found = normal_phone(typed)
        if typed and not any(sign.isdecimal() for sign in found):
            message = gettext("There is no number in this. Leave it empty if none was shown.")
            raise ValidationError(message, code="no_number")
        return found

    def content(self) -> FalseCall:
        """What is sealed."""
        held = self.cleaned_data
        return FalseCall(
            on=held["on"].isoformat(),
            phone=held["phone"],
            name=held["name"],
            said_to_be=SaidToBe(held["said_to_be"]),
            wanted=tuple(Wanted(word) for word in held["wanted"]),
            words=held["words"],
        )


class KnownForm(forms.Form):
    """A number that somebody wants to know before they answer it."""

    phone = WordsField(
        label=_("Number"), required=True, error_messages={"required": _("Write the number that was shown.")}
    )
