"""What is typed to print one paper. None of it is kept: it goes onto the paper and nowhere else."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.asylum.forms.parts import LongWordsField, chosen
from posada.asylum.papers.given import PaperKind, Typed
from posada.people.forms.fields import WordsField
from posada.ui.forms import SegmentedChoice, StackedChoice

_NAMED: Final = frozenset(PaperKind) - {PaperKind.APPOINTMENT, PaperKind.STEPS}
_FIELDS: Final[dict[PaperKind, tuple[str, ...]]] = {
    PaperKind.LETTER: ("address", "contact", "evidence", "reasons"),
    PaperKind.LATE: ("reasons", "evidence"),
    PaperKind.APPEAL: ("asked", "reasons", "evidence", "address", "contact"),
}
# What a paper is about, if it is about one thing of the case.
ABOUT_WORDS: Final = {
    PaperKind.IDENTITY: _("Whose declaration"),
    PaperKind.LATE: _("What is late, or may be"),
    PaperKind.APPEAL: _("Against which decision"),
    PaperKind.APPOINTMENT: _("Which one"),
}
_CHOOSE: Final = _("Choose one of those shown. Nothing was printed.")


class PrintForm(forms.Form):
    """One paper: what it is about, whether names are printed, and words that only this paper needs."""

    voluntary = frozenset({"address", "contact", "evidence", "reasons", "asked"})

    about = forms.ChoiceField(widget=StackedChoice(), **chosen(_CHOOSE))
    names = forms.ChoiceField(
        label=_("Names on this paper"),
        choices=[("print", _("Printed on it")), ("by_hand", _("Written by hand"))],
        initial="print",
        widget=SegmentedChoice(),
        **chosen(_("Say whether names are printed. Nothing was printed.")),
    )
    asked = LongWordsField(label=_("What is asked for"))
    reasons = LongWordsField(label=_("The reasons, in the person's own words"))
    evidence = LongWordsField(label=_("What shows it, a line for each thing"))
    address = WordsField(label=_("Address for letters of the authority"))
    contact = WordsField(label=_("Telephone or e-mail for the authority"))

    def __init__(self, data: Any = None, *, kind: PaperKind, about: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        keep = {*_FIELDS.get(kind, ()), *(["names"] if kind in _NAMED else []), *(["about"] if about else [])}
        for name in set(self.fields) - keep:
            del self.fields[name]
        if about:
            field = self.fields["about"]
            field.label = ABOUT_WORDS[kind]
            field.choices = list(about)  # type: ignore[attr-defined]  # the field of choices above
            field.initial = about[0][0]

    def typed(self) -> Typed:
        """What is printed."""
        held = self.cleaned_data
        words = {name: held.get(name, "") for name in ("about", "address", "contact", "evidence", "reasons", "asked")}
        return Typed(names_by_hand=held.get("names") == "by_hand", **words)
