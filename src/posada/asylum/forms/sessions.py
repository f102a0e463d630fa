"""Input of an information session."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.asylum.rules.topics import SPOKEN, TOPIC_WORDS, Topic
from posada.asylum.services.sessions import MOST_OTHERS
from posada.ground import clock
from posada.people.forms.fields import DayField, day_as_typed
from posada.shelter.forms.beds import OnceForm
from posada.ui.forms import StackedChoice

_WHOLE = _("Write a whole number from 0 to 500.")


class SessionForm(OnceForm):
    """A session that was held."""

    topic = forms.ChoiceField(
        label=_("About what"),
        choices=[(one.value, TOPIC_WORDS[one]) for one in Topic],
        widget=StackedChoice(),
        error_messages={"required": _("Choose what it was about."), "invalid_choice": _("Choose one of those shown.")},
    )
    on = DayField(label=_("Day"), required=True, error_messages={"required": _("Write the day on which it was held.")})
    language = forms.ChoiceField(
        label=_("In which language"),
        choices=list(SPOKEN.items()),
        error_messages={"invalid_choice": _("Choose one of those shown.")},
    )
    others = forms.IntegerField(
        label=_("How many came without a number"),
        min_value=0,
        max_value=MOST_OTHERS,
        initial=0,
        widget=forms.NumberInput({"inputmode": "numeric", "class": "input--short"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _WHOLE),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"on": day_as_typed(clock.today())})
