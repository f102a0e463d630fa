"""How forms are drawn: `FORM_RENDERER = "posada.ui.forms.Renderer"`, and the few widgets of our own.

`{{ form.name.as_field_group }}` draws one field: label, help, error, control. A form class may say
`voluntary = frozenset({"mother_names"})`: those labels carry the word.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """Draws forms and fields with the templates of this room."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"


class SegmentedChoice(forms.RadioSelect):
    """A choice of a few, as one row of large buttons. `keys` names the one key that picks each value."""

    template_name = "ui/forms/segmented.html"
    option_template_name = "ui/forms/segmented_option.html"

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        keys: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(attrs, choices)
        self.keys = dict(keys or {})

    def create_option(
        self,
        name: str,
        value: Any,
        label: int | str,
        selected: bool,  # noqa: FBT001 - the signature is Django's
        index: int,
        subindex: int | None = None,
        attrs: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        key = self.keys.get(str(value), "")
        option["key"] = key.upper()
        if key:
            option["attrs"]["data-key"] = key.lower()
        return option


class StackedChoice(forms.RadioSelect):
    """A choice with long words: one large row each, as on the screen that is turned around."""

    template_name = "ui/forms/stacked.html"
    option_template_name = "ui/forms/stacked_option.html"


class StackedMultiple(forms.CheckboxSelectMultiple):
    """Several of a few, as one large row each."""

    template_name = "ui/forms/stacked.html"
    option_template_name = "ui/forms/stacked_option.html"


class PlainText(forms.TextInput):
    """One line of words about a person: the browser neither remembers, corrects nor sends it to a spelling
    service."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        plain = {"autocomplete": "off", "autocapitalize": "words", "spellcheck": "false"}
        super().__init__({**plain, **(attrs or {})})


class DateOrAge(PlainText):
    """A day, a month, a year or an age, typed as people say it; the form's own field reads it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocapitalize": "off", "class": "input--short", **(attrs or {})})


class PlainArea(forms.Textarea):
    """Several lines of words about a person."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", "rows": 3, **(attrs or {})})


class PhraseInput(forms.PasswordInput):
    """A phrase or password; with scripts, a press shows the words while they are typed."""

    template_name = "ui/forms/phrase.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false", **(attrs or {})})


class CodeInput(forms.TextInput):
    """A code of a few digits."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        digits = {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "class": "input--short input--code",
        }
        super().__init__({**digits, **(attrs or {})})
