"""A document is written down: what it is, where it is, and until when it holds."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.ground import clock
from posada.people.forms.fields import WordsField
from posada.people.rules import WrongBirth, read_birth
from posada.people.rules.documents import DocumentKind, DocumentWords, HeldBy, Seen
from posada.ui.forms import DateOrAge, SegmentedChoice, StackedChoice

KIND_WORDS = {
    DocumentKind.PASSPORT: _("Passport"),
    DocumentKind.ID_CARD: _("Identity card"),
    DocumentKind.BIRTH: _("Birth certificate"),
    DocumentKind.PERMIT: _("Permit to stay"),
    DocumentKind.REQUEST: _("Receipt of a request"),
    DocumentKind.OTHER: _("Another document"),
}
HELD_WORDS = {
    HeldBy.PERSON: _("With the person"),
    HeldBy.HOUSE: _("Kept by the house"),
    HeldBy.LOST: _("Lost or taken away"),
}
SEEN_WORDS = {Seen.ORIGINAL: _("The original"), Seen.COPY: _("A copy"), Seen.NOTHING: _("Nothing")}
_YEARS_AHEAD = 40


class WhenField(forms.CharField):
    """A year, a month or a day, as exact as somebody knows it; gives 2027, 2027-03 or 2027-03-14."""

    def __init__(self, *, ahead: bool, **options: Any) -> None:
        self.ahead = ahead
        super().__init__(**{"required": False, "widget": DateOrAge(), **options})

    def clean(self, value: Any) -> str:
        """What was read; a sentence otherwise."""
        text = super().clean(str(value or "").replace("\x00", ""))
        today = clock.today()
        until = date(today.year + _YEARS_AHEAD, 12, 31) if self.ahead else today
        try:
            read = read_birth(text, until)
        except WrongBirth as error:
            raise ValidationError(self._sentence(), code=error.problem.value) from error
        if text and not read.birth:
            raise ValidationError(self._sentence(), code="unreadable")
        return read.birth

    def _sentence(self) -> str:
        if self.ahead:
            return gettext("Write a year (2027), a month (3/2027) or a day (14/3/2027), or leave it empty.")
        return gettext("Write a year (2019), a month (2/2019) or a day (23/2/2019) that has come, or leave it empty.")


def _choice(label: Any, words: Any, widget: Any) -> forms.ChoiceField:
    errors = dict.fromkeys(("required", "invalid_choice"), _("Choose one of them."))
    choices = [(one.value, said) for one, said in words.items()]
    return forms.ChoiceField(label=label, choices=choices, widget=widget, error_messages=errors)


class DocumentForm(forms.Form):
    """One document. Only what it is and where it is must be said."""

    kind = _choice(_("What it is"), KIND_WORDS, StackedChoice())
    held_by = _choice(_("Where it is"), HELD_WORDS, StackedChoice())
    seen = _choice(_("What was seen here"), SEEN_WORDS, SegmentedChoice())
    number = WordsField(label=_("Number of the document"))
    issuer = WordsField(label=_("Who issued it"))
    country = WordsField(label=_("Country"))
    valid_until = WhenField(label=_("Valid until"), help_text=_("A year is enough"), ahead=True)
    lost_when = WhenField(label=_("Lost when"), help_text=_("A year is enough"), ahead=False)
    lost_where = WordsField(label=_("Lost where"))
    once = forms.UUIDField(widget=forms.HiddenInput(), required=False)

    def clean(self) -> dict[str, Any]:
        """What was lost is not in anybody's hand."""
        held = super().clean() or {}
        is_lost = held.get("held_by") == HeldBy.LOST
        if not is_lost and (held.get("lost_when") or held.get("lost_where")) and held.get("held_by"):
            words = gettext(
                "It says when or where it was lost, and that it is here. Choose “lost”, or empty those two."
            )
            self.add_error("held_by", ValidationError(words, code="lost"))
        return held

    def words(self) -> DocumentWords:
        """What was typed."""
        held = self.cleaned_data
        return DocumentWords(
            kind=DocumentKind(held["kind"]),
            held_by=HeldBy(held["held_by"]),
            seen=Seen(held["seen"]),
            **{name: held[name] for name in ("number", "issuer", "country", "valid_until", "lost_when", "lost_where")},
        )

    @staticmethod
    def initial_of(words: DocumentWords) -> dict[str, Any]:
        """What the form shows at first."""
        return {
            "kind": words.kind.value,
            "held_by": words.held_by.value,
            "seen": words.seen.value,
            **{name: getattr(words, name) for name in ("number", "issuer", "country", "lost_where")},
            **{name: _typed(getattr(words, name)) for name in ("valid_until", "lost_when")},
        }


def _typed(text: str) -> str:
    """2027-03-14 as people write it."""
    return "/".join(str(int(part)) for part in reversed(text.split("-"))) if text else ""
