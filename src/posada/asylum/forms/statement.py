"""An account as it is typed: the words themselves, who was there, and which names become marks."""

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.asylum.rules.account import Account
from posada.asylum.rules.marks import SHORTEST
from posada.asylum.rules.telling import text_of
from posada.asylum.services.statement import Erasable, Telling
from posada.ground import ids
from posada.people.forms.fields import DayField, WordsField, day_as_typed
from posada.people.rules import TooLong, clean_text
from posada.ui.forms import PlainArea, SegmentedChoice, StackedChoice

# Some forty printed pages. What is longer is sent by nobody who tells.
LONGEST: Final = 120_000
_MOST_WAYS: Final = 20
NEW_MARK: Final = ""


class AccountField(forms.CharField):
    """Somebody's own words: long, a line for each paragraph, letters of any alphabet."""

    def __init__(self, **options: Any) -> None:
        widget = PlainArea(attrs={"dir": "auto", "rows": 18})
        super().__init__(**{"widget": widget, "strip": False, **options})

    def clean(self, value: Any) -> str:
        """The words; refused with a sentence if there are none, or too many."""
        typed = str(value or "").replace("\x00", "")
        try:
            cleaned = clean_text(typed, LONGEST, lines=True)
        except TooLong as error:
            message = gettext(
                "This has %(length)s characters and at most %(limit)s fit in one account. "
                "Nothing was kept yet: copy what is too much, and keep the rest first."
            )
            raise ValidationError(message % {"length": error.length, "limit": error.limit}, code="too_long") from error
        super().clean(cleaned)
        return cleaned


class AccountForm(forms.Form):
    """An account, told for the first time or again."""

    voluntary = frozenset({"interpreter", "present"})

    text = AccountField(
        label=_("The account, in the person's own words"),
        help_text=_("As it is said, in the first person, a line for each paragraph. No form of words is better."),
        error_messages={"required": _("Write at least one sentence as the person says it.")},
    )
    on = DayField(
        label=_("Told on"),
        required=True,
        help_text=_("The day on which it was told last: 23/2/2019"),
        error_messages={"required": _("Write the day on which it was told.")},
    )
    language = WordsField(
        label=_("In which language"),
        required=True,
        error_messages={"required": _("Write in which language the person told it.")},
    )
    interpreter = WordsField(
        label=_("Through which interpreter"),
        help_text=_("Empty if nobody interpreted. Never a child or a relative."),
    )
    present = WordsField(
        label=_("Who else was present"),
        lines=True,
        help_text=_("By their part in it, such as counsel or a person of trust; a name only if it is needed."),
    )
    read_back = forms.ChoiceField(
        label=_("Was it read back as it stands here, and did the person say that it is so?"),
        choices=[("yes", _("Yes")), ("no", _("Not yet"))],
        widget=SegmentedChoice(),
        error_messages={"required": _("Say whether it was read back as it stands here.")},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput())
    once = forms.UUIDField(widget=forms.HiddenInput(), required=False, initial=ids.new_id)

    def told(self) -> Telling:
        """What is kept."""
        held = self.cleaned_data
        words = {name: held[name] for name in ("text", "on", "language", "interpreter", "present")}
        return Telling(**words, read_back=held["read_back"] == "yes")


def initial_of(account: Account, seen: str) -> dict[str, object]:
    """An account as it was typed. Whether it was read back is asked anew each time."""
    return {
        "text": text_of(account.sentences),
        "on": day_as_typed(account.on),
        "language": account.language,
        "interpreter": account.interpreter,
        "present": account.present,
        "seen": seen,
    }


class NamesForm(forms.Form):
    """Which name becomes a mark, in all the ways in which it is written."""

    names = WordsField(
        label=_("The name, each way of writing it on a line of its own"),
        lines=True,
        required=True,
        help_text=_("First the whole name, then its parts and what the person is called."),
        error_messages={"required": _("Write the name that is to be replaced.")},
    )
    mark = forms.ChoiceField(label=_("By which mark"), widget=StackedChoice(), required=False, initial=NEW_MARK)
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, held: list[str], following: str, **options: Any) -> None:
        super().__init__(*args, **options)
        mark = self.fields["mark"]
        if isinstance(mark, forms.ChoiceField):
            fresh = gettext("%(mark)s, somebody who has no mark yet") % {"mark": following}
            known = [(one, gettext("%(mark)s, who has this mark already") % {"mark": one}) for one in held]
            mark.choices = [(NEW_MARK, fresh), *known]

    def clean_names(self) -> tuple[str, ...]:
        """The ways of writing it; a single letter would be found everywhere."""
        ways = tuple(dict.fromkeys(self.cleaned_data["names"].splitlines()))
        if any(len(re.sub(r"[\W\d_]", "", way)) < SHORTEST for way in ways):
            message = gettext("Write at least two letters in each line: one letter alone is no name.")
            raise ValidationError(message, code="too_short")
        if len(ways) > _MOST_WAYS:
            message = gettext("At most %(most)s lines fit here. Replace these first, then the others by the same mark.")
            raise ValidationError(message % {"most": _MOST_WAYS}, code="too_many")
        return ways


class SentenceForm(forms.Form):
    """Which sentence goes: shown, and named by a key that says nothing."""

    sentence = forms.ChoiceField(
        label=_("Which sentence"),
        widget=StackedChoice(),
        error_messages={
            "required": _("Choose the sentence that is to be erased."),
            "invalid_choice": _("Choose the sentence that is to be erased."),
        },
    )

    def __init__(self, *args: Any, held: list[Erasable], **options: Any) -> None:
        super().__init__(*args, **options)
        labels = {name: field.label for name, field in AccountForm.base_fields.items()}
        sentence = self.fields["sentence"]
        if isinstance(sentence, forms.ChoiceField):
            sentence.choices = [(one.key, _line(one, labels.get(one.field, ""))) for one in held]


def _line(one: Erasable, label: Any) -> str:
    """A sentence with what it is about, and its earlier wordings, which go with it."""
    words = f"{label}: {one.wordings[0]}" if label else one.wordings[0]
    if not one.is_said:
        words = gettext("Said only before: %(words)s") % {"words": words}
    before = " / ".join(one.wordings[1:])
    return gettext("%(words)s (before: %(before)s)") % {"words": words, "before": before} if before else words
