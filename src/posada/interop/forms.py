"""What is asked: a file, what its columns mean, why people are written out."""

from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from msgspec import structs

from posada.interop.items import FileFacts
from posada.interop.messages import FIELDS
from posada.interop.models import ImportFile
from posada.interop.sheets.fields import Field
from posada.interop.sheets.mapping import Mapping, column_letters
from posada.interop.uploads import LARGEST_UPLOAD
from posada.interop.vocabulary import Danger, ReasonToExport
from posada.ui.forms import PlainText, StackedChoice, StackedMultiple

KINDS: Final = [
    (ImportFile.Kind.PEOPLE.value, _("People who are somewhere: they come into the register as a list")),
    (ImportFile.Kind.REQUESTS.value, _("People who are sought: each becomes a tracing request")),
]


def too_large() -> str:
    """What is said about an upload that is larger than a browser may send here."""
    return gettext(
        "The file has more than %(most)s MB, and a browser may send no larger one. Nothing was read. On the computer "
        "of the house it can be brought in with the command: posada import FILE"
    ) % {"most": LARGEST_UPLOAD // 1_000_000}


class UploadForm(forms.Form):
    """A file, as what it is read, and what the list is called."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("PFIF, CSV or XLSX, up to 32 MB. It is read apart from everything else and sealed at once."),
        error_messages={
            "required": _("Choose a file."),
            "missing": _("Choose a file."),
            "empty": _("The file is empty. Check that it was copied completely."),
            "invalid": _("No file arrived. Choose it again."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xls,.ods,.xml,.pfif"}),
    )
    kind = forms.ChoiceField(
        label=_("Who stands on it"), choices=KINDS, widget=StackedChoice(), initial=ImportFile.Kind.PEOPLE.value
    )
    list_name = forms.CharField(
        label=_("Whose list it is"),
        help_text=_("For example: the parish's list. It is shown beside each person that it brings."),
        required=False,
        max_length=80,
        widget=PlainText(),
    )
    once = forms.UUIDField(widget=forms.HiddenInput(), required=False)

    @property
    def upload(self) -> UploadedFile:
        """The file that came."""
        return cast("UploadedFile", self.cleaned_data["file"])


class OnceForm(forms.Form):
    """A press that acts once."""

    once = forms.UUIDField(widget=forms.HiddenInput(), required=False)


class WhyForm(forms.Form):
    """Why, in the words of who asks, for the one who is to agree. Sealed."""

    why = forms.CharField(
        label=_("Why"),
        help_text=_("For the one who is to agree. They see how many, the purpose and these words; never a file."),
        required=False,
        max_length=400,
        widget=PlainText(),
    )


_NOT_USED = ("", _("not used"))
_DAYS = [("1", _("day/month/year")), ("0", _("month/day/year"))]
_SEXES = [("0", _("M is a man")), ("1", _("M is a woman (mujer)"))]


class MappingForm(forms.Form):
    """One select for each column; then how days and sexes are written, and which sheet."""

    day_first = forms.ChoiceField(label=_("Dates such as 3/4/1987"), choices=_DAYS)
    m_is_female = forms.ChoiceField(label=_("The letter M under sex"), choices=_SEXES)
    header_row = forms.IntegerField(
        label=_("Row of the headers"),
        help_text=_("0 if the table has none and begins with a person."),
        min_value=0,
        max_value=50,
        widget=forms.NumberInput(attrs={"class": "input--short", "inputmode": "numeric"}),
        error_messages={"required": _("Write the number of a row, or 0.")},
    )
    keep = forms.BooleanField(label=_("Keep this for the next file with the same headers"), required=False)
    once = forms.UUIDField(widget=forms.HiddenInput(), required=False)

    def __init__(self, data: Any = None, *, facts: FileFacts, **options: Any) -> None:
        self.mapping = facts.mapping or Mapping(columns=())
        self.facts = facts
        initial = {
            "day_first": "1" if self.mapping.day_first else "0",
            "m_is_female": "1" if self.mapping.m_is_female else "0",
            "sheet": facts.sheet,
            "header_row": self.mapping.header_row or (1 if self._is_unknown else 0),
            "keep": True,
        }
        super().__init__(data, initial={**initial, **options.pop("initial", {})}, **options)
        choices = [_NOT_USED, *((field.value, words) for field, words in FIELDS.items())]
        for use in self.mapping.columns:
            self.fields[f"column_{use.column}"] = forms.ChoiceField(
                label=use.header or column_letters(use.column),
                choices=choices,
                required=False,
                initial=use.field.value if use.field else "",
                help_text=self._samples(use.column),
            )
        if len(facts.sheets) > 1:
            sheets = [(name, name) for name in facts.sheets]
            self.fields["sheet"] = forms.ChoiceField(label=_("Sheet"), choices=sheets)

    @property
    def _is_unknown(self) -> bool:
        """Nobody knows a header yet: the first row may well hold them, in words of its own."""
        return not self.mapping.header_row and not self.mapping.fields()

    @property
    def pairs(self) -> list[list[forms.BoundField]]:
        """The select of each column, then how the table is written, two by two."""
        columns = [self[f"column_{use.column}"] for use in self.mapping.columns]
        options = [self[name] for name in ("day_first", "m_is_female", "header_row", "sheet") if name in self.fields]
        return [some[at : at + 2] for some in (columns, options) for at in range(0, len(some), 2)]

    def _samples(self, column: int) -> str:
        shown = [row[column] for row in self.facts.samples if column < len(row) and row[column]]
        return "  ·  ".join(dict.fromkeys(shown)) or gettext("empty in the first rows")

    def clean(self) -> dict[str, Any]:
        """One column at least, or there is nobody to read."""
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(f"column_{use.column}") for use in self.mapping.columns):
            raise ValidationError(
                gettext("No column is used, so nobody could be read. Say at least where the names stand."),
                code="no_column",
            )
        return cleaned

    @property
    def chosen(self) -> Mapping:
        """The mapping as it was chosen."""
        mapping = self.mapping
        for use in mapping.columns:
            word = self.cleaned_data[f"column_{use.column}"]
            mapping = mapping.with_column(use.column, Field(word) if word else None)
        row = self.cleaned_data["header_row"]
        columns = mapping.columns
        if row != mapping.header_row:  # the reader takes the headers from the row that was named
            columns = tuple(structs.replace(use, header="") for use in columns)
        return Mapping(
            columns=columns,
            header_row=row,
            sheet=self.sheet,
            day_first=self.cleaned_data["day_first"] == "1",
            m_is_female=self.cleaned_data["m_is_female"] == "1",
            utc_offset_hours=mapping.utc_offset_hours,
            fingerprint=mapping.fingerprint,
        )

    @property
    def sheet(self) -> str:
        """The sheet that was chosen; the only one where there is no choice."""
        return str(self.cleaned_data.get("sheet") or self.facts.sheet)

    @property
    def is_other_sheet(self) -> bool:
        """Whether another sheet was chosen: its columns are guessed afresh."""
        return self.sheet != self.facts.sheet


REASONS: Final = [
    (ReasonToExport.TRACING.value, _("To compare with the list of a tracing service")),
    (ReasonToExport.HANDOVER.value, _("To hand people over to another house of ours")),
]
DANGERS: Final = [
    (
        Danger.BIRTH.value,
        _("Date of birth. With a name it is enough for a state that holds the population register."),
    ),
    (Danger.AGE.value, _("Age. With a name and a place it narrows a search to one family.")),
    (Danger.ORIGIN.value, _("Place of origin. It says at whose door to ask, and that is where the relatives live.")),
    (
        Danger.DESCRIPTION.value,
        _("Description. It is free text and may hold anything, also what somebody did or fled."),
    ),
]


class ExportForm(forms.Form):
    """Why, what more than the names, and again the password. A second person sees it before anything goes out."""

    reason = forms.ChoiceField(
        label=_("Why"),
        choices=REASONS,
        widget=StackedChoice(),
        error_messages={"required": _("Say why. It is written down beside your name.")},
    )
    include = forms.MultipleChoiceField(
        label=_("Give out as well"),
        help_text=_("Left out unless you tick it. Tick only what the one who receives the file cannot do without."),
        choices=DANGERS,
        widget=StackedMultiple(),
        required=False,
    )
    why = forms.CharField(
        label=_("For whom, and why now"),
        help_text=_("For the one who is to agree. It is sealed."),
        max_length=400,
        widget=PlainText(),
        error_messages={"required": _("Write for whom the list is and why: the one who is to agree reads it.")},
    )
    password = forms.CharField(
        label=_("Your password, again"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type your password again: whoever sits down at an open desk must not export.")},
    )

    def __init__(self, *args: Any, asks_password: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not asks_password:
            del self.fields["password"]

    @property
    def question(self) -> tuple[ReasonToExport, frozenset[Danger], str]:
        """What is asked of a second: why, the dangerous fields that were named, and the words."""
        return ReasonToExport(self.cleaned_data["reason"]), self.named, self.cleaned_data["why"]

    @property
    def named(self) -> frozenset[Danger]:
        """The dangerous fields that were named."""
        return frozenset(Danger(word) for word in self.cleaned_data["include"])


class AgainForm(forms.Form):
    """The password again, right before the file is made."""

    password = forms.CharField(
        label=_("Your password, again"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type your password again: whoever sits down at an open desk must not export.")},
    )

    def __init__(self, *args: Any, asks_password: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not asks_password:
            del self.fields["password"]
