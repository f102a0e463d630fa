"""Input of handing a case over."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from posada.asylum.queries.due import LawyerLine
from posada.shelter.forms.beds import OnceForm
from posada.ui.forms import StackedChoice


class HandForm(OnceForm):
    """To which lawyer of the house, and whether whoever holds it now stays."""

    to = forms.TypedChoiceField(
        label=_("To whom"),
        coerce=int,
        widget=StackedChoice(),
        error_messages={
            "required": _("Choose who shall hold the case."),
            "invalid_choice": _("This is no lawyer who works here now. Choose one of those shown."),
        },
    )
    stays = forms.BooleanField(
        label=_("Whoever holds it now goes on holding it, too"),
        help_text=_("Without this, the case is closed to them at once."),
        required=False,
    )

    def __init__(self, lawyers: Sequence[LawyerLine], data: Any = None) -> None:
        super().__init__(data)
        self.fields["to"].choices = [(one.pk, _held(one)) for one in lawyers]  # type: ignore[attr-defined]  # a choice field has them


def _held(one: LawyerLine) -> str:
    """A name, and how much they hold: what somebody can take on is seen before it is given."""
    cases = ngettext("%(count)d open case", "%(count)d open cases", one.cases) % {"count": one.cases}
    soon = ngettext("%(count)d with a day soon", "%(count)d with a day soon", one.soon) % {"count": one.soon}
    return f"{one.name} · {cases} · {soon}"
