"""Opening a case, how it stands, and who may see that."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.asylum.models import CaseState
from posada.ground import ids
from posada.ui.forms import SegmentedChoice, StackedMultiple

YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class CaseForm(forms.Form):
    """A form of a case: the key that makes it count once."""

    once = forms.UUIDField(widget=forms.HiddenInput(), initial=ids.new_id)

    @property
    def key(self) -> uuid.UUID:
        """The key of this page."""
        found: uuid.UUID = self.cleaned_data["once"]
        return found


class OpenCaseForm(CaseForm):
    """A case: by which country's guide, whether the household may know of it, whether its state may be seen."""

    country = forms.ChoiceField(
        label=_("In which country the person asks, or thinks of asking"),
        help_text=_("The deadlines are counted by the guide of this country."),
        error_messages={"required": _("Choose the country."), "invalid_choice": _("No guide is kept of this country.")},
    )
    alone = forms.ChoiceField(
        label=_("Keep this case from everybody of the household?"),
        help_text=_(
            "Ask this in private: everybody may ask for themselves. If yes, no page of the household and no other case"
            " leads here."
        ),
        choices=YES_NO,
        widget=SegmentedChoice,
        error_messages={"required": _("Ask the person, in private, and answer yes or no.")},
    )
    tells = forms.ChoiceField(
        label=_("Does the person want whoever accompanies them to see how it stands?"),
        help_text=_("Only whether it is under way, decided or closed, and the next day. Not a word of what is in it."),
        choices=YES_NO,
        widget=SegmentedChoice,
        error_messages={"required": _("Ask the person, and answer yes or no.")},
    )

    def __init__(self, *args: Any, countries: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["country"].choices = [("", _("Choose")), *countries]  # type: ignore[attr-defined]  # a choice field


class StateForm(CaseForm):
    """How a case stands."""

    state = forms.ChoiceField(
        label=_("How the case stands"),
        help_text=_("What was decided is written among its decisions. A closed case waits for no day."),
        choices=[
            (CaseState.OPEN.value, _("Under way")),
            (CaseState.DECIDED.value, _("Decided")),
            (CaseState.CLOSED.value, _("Closed")),
        ],
        widget=SegmentedChoice,
        error_messages={"required": _("Choose one of the three.")},
    )


class WhoSeesForm(CaseForm):
    """Whether the household may know of a case, and who in it wants its state to be seen."""

    version = forms.IntegerField(widget=forms.HiddenInput())
    alone = forms.ChoiceField(
        label=_("Keep this case from everybody of the household?"),
        choices=YES_NO,
        widget=SegmentedChoice,
        error_messages={"required": _("Answer yes or no.")},
    )
    tells = forms.MultipleChoiceField(
        label=_("Who wants whoever accompanies them to see how it stands?"),
        help_text=_("Only whether it is under way, decided or closed, and the next day. Each is asked alone."),
        widget=StackedMultiple,
        required=False,
        error_messages={"invalid_choice": _("Choose among those who stand in this case.")},
    )

    def __init__(self, *args: Any, persons: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["tells"].choices = persons  # type: ignore[attr-defined]  # a choice field
