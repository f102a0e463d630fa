"""A household on one page: a line for each of them, the first for the one who speaks for it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.ground import clock
from posada.people.forms.fields import BirthField, DayField, WordsField
from posada.people.rules import FIELD_LABELS, RELATION_WORDS, SEX_WORDS
from posada.people.rules.contents import HouseholdRelation, Identity, Sex

FIRST_LINES = 6
MORE_LINES = 8
MOST_LINES = 80
PREFIX = "line"
_SEXES = [("", "—"), *((sex.value, SEX_WORDS[sex]) for sex in (Sex.FEMALE, Sex.MALE, Sex.OTHER))]
_RELATIONS = [
    ("", "—"),
    *((one.value, words) for one, words in RELATION_WORDS.items() if one is not HouseholdRelation.HEAD),
]


class LineForm(forms.Form):
    """One of the household. A line in which nothing stands is nobody."""

    voluntary: frozenset[str] = frozenset()

    given_names = WordsField(label=_("Name or call-name"))
    surnames = WordsField(label=FIELD_LABELS["surnames"])
    sex = forms.ChoiceField(label=FIELD_LABELS["sex"], choices=_SEXES, required=False)
    birth = BirthField(label=FIELD_LABELS["birth"])
    relation = forms.ChoiceField(label=_("In the household"), choices=_RELATIONS, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.is_first = self.prefix == f"{PREFIX}-0"
        self.words_first = gettext("Speaks for it")
        self.fields["birth"].widget.attrs["placeholder"] = "31"
        if self.is_first:
            del self.fields["relation"]

    @property
    def is_nobody(self) -> bool:
        """Whether nothing was written in the line; what it is to the first one says nothing by itself."""
        said = {name: str(self.data.get(self.add_prefix(name), "")).strip() for name in self.fields}
        return not any(value for name, value in said.items() if name != "relation")

    def clean(self) -> dict[str, Any]:
        """Somebody without any name is asked for one."""
        cleaned = super().clean() or {}
        if not (self.errors or self.is_nobody or cleaned.get("given_names") or cleaned.get("surnames")):
            words = gettext("Write a name or a call-name on this line, or empty the line.")
            self.add_error("given_names", ValidationError(words, code="nobody"))
        return cleaned

    def identity(self, arrived_on: Any) -> Identity:
        """Who the line says."""
        held = self.cleaned_data
        other = HouseholdRelation.OTHER
        relation = HouseholdRelation.HEAD if self.is_first else HouseholdRelation(held.get("relation") or other)
        return Identity(
            given_names=held["given_names"],
            surnames=held["surnames"],
            sex=Sex(held["sex"]),
            birth=held["birth"].birth,
            age=held["birth"].age,
            age_on=held["birth"].age_on,
            arrived_on=arrived_on,
            household_relation=relation,
        )


_Lines = forms.formset_factory(LineForm, extra=0, max_num=MOST_LINES, absolute_max=MOST_LINES, validate_max=True)


class TogetherForm(forms.Form):
    """What is said once of all of them; `once` is the page's own key."""

    once = forms.UUIDField(widget=forms.HiddenInput(), required=False)
    arrived_on = DayField(label=FIELD_LABELS["arrived_on"])

    def arrival(self) -> Any:
        """The day that was typed; today if none was."""
        return self.cleaned_data.get("arrived_on") or clock.today()


class HouseholdLines:
    """The lines of the page, bound to what was sent or empty."""

    def __init__(self, data: Any = None, *, count: int = FIRST_LINES, initial: Any = None) -> None:
        rows = initial if initial is not None else [{} for _line in range(count)]
        self.formset = _Lines(data, prefix=PREFIX, initial=None if data is not None else rows)
        empty = (line for line in self.forms if not any(line[name].value() for name in line.fields))
        for line in [*empty][:1]:  # writing goes on at the first line in which nothing stands
            line.fields["given_names"].widget.attrs["data-focus"] = True

    @property
    def forms(self) -> list[LineForm]:
        return self.formset.forms

    def is_valid(self) -> bool:
        """Whether every line can be read and the first has somebody, if any has."""
        lines = [line for line in self.forms if not line.is_nobody]
        if not self.formset.is_valid():
            return False
        if not lines or self.forms[0].is_nobody:
            words = gettext(
                "Begin with the first line: the one who speaks for the household, by a name or a call-name."
            )
            self.forms[0].add_error("given_names", ValidationError(words, code="nobody"))
            return False
        return True

    def identities(self, arrived_on: Any) -> list[Identity]:
        """Everybody, in the order of the lines."""
        return [line.identity(arrived_on) for line in self.forms if not line.is_nobody]
