"""Two files side by side: which one leads, what is taken from the other, and what somebody decides."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.people.forms.fields import NumberField
from posada.people.models import Person
from posada.people.rules import Difference
from posada.people.services.merging import Choice, Said
from posada.ui.forms import StackedChoice

LEADING, OTHER = "leading", "other"


class CompareForm(forms.Form):
    """Two numbers that may be one person's."""

    one = NumberField(label=_("One number"), help_text=_("It stands on their card"), required=True)
    two = NumberField(label=_("The other number"), required=True)


class MergeForm(forms.Form):
    """The fields in which two files differ, one choice each; and what only a person can choose (a bed)."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    versions = forms.RegexField(r"^[0-9]{1,9}-[0-9]{1,9}$", widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        leading: Person,
        other: Person,
        rows: Sequence[Difference],
        asked: Sequence[Choice],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.rows, self.asked = rows, asked
        words = (str(leading.number), str(other.number))
        for row in rows:
            if row.before and row.after:
                options_of = [(LEADING, f"{row.before} ({words[0]})"), (OTHER, f"{row.after} ({words[1]})")]
                self._add(f"field_{row.field}", row.label, options_of, initial=LEADING)
        for one in asked:
            self._add(f"say_{one.name}", one.label, list(one.options))

    def _add(self, name: str, label: str, options: list[tuple[str, str]], **more: Any) -> None:
        wrong = _("Choose one of the two.")
        self.fields[name] = forms.ChoiceField(
            label=label,
            choices=options,
            widget=StackedChoice(),
            error_messages={"required": wrong, "invalid_choice": wrong},
            **more,
        )

    @property
    def chosen(self) -> list[forms.BoundField]:
        """The fields to choose, in order."""
        return [self[name] for name in self.fields if name not in {"once", "versions"}]

    @property
    def read_versions(self) -> tuple[int, int]:
        """The versions of both identities that were read."""
        one, two = self.cleaned_data["versions"].split("-")
        return int(one), int(two)

    def said(self) -> Said:
        """What was chosen."""
        data = self.cleaned_data
        taken = {row.field for row in self.rows if data.get(f"field_{row.field}") == OTHER}
        answers = {one.name: data[f"say_{one.name}"] for one in self.asked}
        return Said(frozenset(taken), answers, self.read_versions)
