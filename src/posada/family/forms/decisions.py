"""A decision on a proposal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.family.forms.sending import SentOnce
from posada.family.models import ProposalState
from posada.people.forms.fields import WordsField


class DecideForm(SentOnce):
    """Same person, not yet, different person; with a note, and the versions that were looked at."""

    voluntary = frozenset({"note"})

    decision = forms.ChoiceField(
        choices=[(one.value, one.value) for one in ProposalState if one != ProposalState.PROPOSED]
    )
    note = WordsField(label=_("Why"), lines=True, help_text=_("For whoever looks at this after you"))
    seen = forms.RegexField(r"^\d{1,9}-\d{1,9}-\d{1,9}$", widget=forms.HiddenInput())

    @property
    def versions(self) -> tuple[int, int, int]:
        """The versions that were looked at: both records, and the last decision."""
        left, right, note = self.cleaned_data["seen"].split("-")
        return int(left), int(right), int(note)
