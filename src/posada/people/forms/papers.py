"""A paper is added: the picture, what it is, and a word for it."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.people.forms.fields import WordsField
from posada.people.rules.papers import PaperKind, kinds_for
from posada.ui.forms import StackedChoice

PAPER_WORDS = {
    PaperKind.IDENTITY: _("Proof of identity"),
    PaperKind.MIGRATION: _("Of an authority: permit, summons, receipt"),
    PaperKind.HEALTH: _("Health"),
    PaperKind.CONSENT: _("Signed here"),
    PaperKind.OTHER: _("Another paper"),
}


class PaperForm(forms.Form):
    """One paper."""

    file = forms.FileField(
        label=_("Photograph or PDF"),
        help_text=_("It is drawn anew: place, hour and camera are left out. Up to 15 MB."),
        error_messages={
            "required": _("Choose a file, or take a photograph."),
            "missing": _("Choose a file, or take a photograph."),
            "empty": _("The file is empty. Take the photograph again."),
            "invalid": _("No file arrived. Choose it again."),
        },
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )
    kind = forms.ChoiceField(
        label=_("What it is"),
        widget=StackedChoice(),
    )
    title = WordsField(label=_("A word for it"), help_text=_("Only if it helps to find it again."))
    once = forms.UUIDField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, with_health: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(kind.value, PAPER_WORDS[kind]) for kind in kinds_for(with_health=with_health)]
        cast("forms.ChoiceField", self.fields["kind"]).choices = offered
