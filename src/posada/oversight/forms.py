"""What is asked: to what the list is narrowed, and the twelve words of a sheet."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from posada.oversight.queries.trail import Narrowed
from posada.oversight.rules.words import ACT_WORDS
from posada.vault import head_words, phrase

_HEX = re.compile(r"[0-9a-f]{8,16}")


class NarrowForm(forms.Form):
    """By whom, what, when, about which pseudonym. Everything may be left empty."""

    user = forms.TypedChoiceField(label=_("Who"), required=False, coerce=int, empty_value=None)
    act = forms.ChoiceField(label=_("What was done"), required=False)
    day = forms.DateField(label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    about = forms.CharField(
        label=_("Pseudonym"),
        required=False,
        max_length=24,
        help_text=_("As it stands in the sentences, such as 4F7A-21BC-90DE."),
    )

    def __init__(self, staff: Sequence[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].choices = [("", _("Everybody")), *staff]  # type: ignore[attr-defined]  # a choice field
        acts = sorted((str(capfirst(words.name)), act) for act, words in ACT_WORDS.items())
        self.fields["act"].choices = [("", _("Everything")), *((act, name) for name, act in acts)]  # type: ignore[attr-defined]  # a choice field

    def clean_about(self) -> str:
        """The hex digits of a pseudonym, eight at least."""
        typed = re.sub(r"[\s-]", "", str(self.cleaned_data["about"])).lower()
        if typed and not _HEX.fullmatch(typed):
            raise forms.ValidationError(_("This is no pseudonym. Copy it from a sentence, such as 4F7A-21BC-90DE."))
        return typed

    @property
    def narrowed(self) -> Narrowed:
        """What was asked, as far as it could be read."""
        data = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return Narrowed(
            user=data.get("user"), act=data.get("act", ""), day=data.get("day"), subject=data.get("about", "")
        )


def what_is_wrong_with(words: str) -> str:
    """What is wrong with twelve words as they were typed; empty if nothing is. Says which word, not which is right."""
    typed = phrase.tidy(words).split()
    if len(typed) != head_words.WORDS_OF_A_HEAD:
        text = ngettext(
            "A head has twelve words; here stands %(count)d. Type them all, in their order.",
            "A head has twelve words; here stand %(count)d. Type them all, in their order.",
            len(typed),
        )
        return text % {"count": len(typed)}
    wrong = phrase.unknown_words(words)
    if wrong:
        places = ", ".join(str(place) for place in wrong)
        return str(_("Words that are in no head stand at these places: %(places)s. Look at the sheet again.")) % {
            "places": places
        }
    return ""


class HeadForm(forms.Form):
    """What stands on an earlier sheet."""

    entries = forms.IntegerField(
        label=_("Entries"), min_value=0, max_value=2**62, help_text=_("The number that stands above the twelve words.")
    )
    words = forms.CharField(
        label=_("The twelve words"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("In their order. They are no secret; capitals do not matter."),
    )

    def clean_words(self) -> str:
        """Twelve words of the list."""
        typed = str(self.cleaned_data["words"])
        wrong = what_is_wrong_with(typed)
        if wrong:
            raise forms.ValidationError(wrong)
        return typed
