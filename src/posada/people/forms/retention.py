"""What is past its time: kept for longer, with a reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.records.models import Kept
from posada.ui.forms import SegmentedChoice, StackedChoice

DAYS = [("90", _("3 months")), ("180", _("6 months")), ("365", _("1 year"))]


class KeepForm(forms.Form):
    """Why it is still kept, and for how long."""

    why = forms.ChoiceField(
        label=_("Why it is still kept"),
        choices=Kept.WhyKept.choices,
        widget=StackedChoice(),
        error_messages={"required": _("Say why it is still kept. Choose one of the three.")},
    )
    days = forms.TypedChoiceField(
        label=_("Look again in"),
        choices=DAYS,
        coerce=int,
        widget=SegmentedChoice(),
        error_messages={"required": _("Say when it is to be looked at again.")},
    )
