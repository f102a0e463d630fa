"""What the found person chooses, on a screen turned to them; what somebody notes of telling it; what was said after."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.family.forms.sending import SentOnce
from posada.family.forms.words import CHANNEL_LABELS
from posada.family.models import Channel, EnquirerWord, FoundChoice
from posada.family.rules.choices import CARRIED_OUT, CHOICE_LABELS, REACH_LABELS, WITH_WORDS, Choice, Reach
from posada.family.rules.representing import REPRESENTS_LABELS, Represents
from posada.ground import clock
from posada.people.forms.fields import WordsField
from posada.ui.forms import SegmentedChoice, StackedChoice

SHORTEST = 30  # days that a choice to tell something holds where nothing is said: the least that is asked
LATEST = 365  # days within which somebody is asked again
_LASTS = [("30", _("One month")), ("180", _("Six months")), ("always", _("Until I say otherwise"))]
_WAYS = [("spoken", _("Spoken")), ("written", _("Written")), ("mark", _("A mark, with a witness"))]
_REPRESENTS = [(one.value, REPRESENTS_LABELS[one]) for one in Represents if one is not Represents.NOBODY]


class FoundForm(SentOnce):
    """The choice of the found person. Nothing is ticked before; what is left open is read as the least."""

    voluntary = frozenset({"language", "interpreter", "witness", "words", "named", "ask_again_on"})

    choice = forms.ChoiceField(
        label=_("What would you like?"),
        choices=[(one.value, words) for one, words in CHOICE_LABELS.items()],
        widget=StackedChoice(),
        error_messages={"required": _("Choose one. You can also choose to be asked later.")},
    )
    words = WordsField(
        label=_("Your message, or how they may reach you"),
        lines=True,
        help_text=_("Only if you chose to tell them something. Nothing about where you are."),
    )
    ask_again_on = forms.DateField(
        label=_("When shall we ask you again?"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "input--short"}),
        help_text=_("Only if you chose to be asked later"),
    )
    reach = forms.ChoiceField(
        label=_("For whom"),
        choices=[(one.value, words) for one, words in REACH_LABELS.items()],
        required=False,
        widget=StackedChoice(),
        help_text=_("If you choose nothing here, it is only for this person who asks"),
    )
    named = WordsField(label=_("Which relatives"), help_text=_("Only if you name them"))
    lasts = forms.ChoiceField(
        label=_("For how long"),
        choices=_LASTS,
        required=False,
        widget=StackedChoice(),
        help_text=_("If you choose nothing here: one month. “Do not ask me again” has no end."),
    )
    how = forms.ChoiceField(
        label=_("How it was said"),
        choices=_WAYS,
        widget=SegmentedChoice(),
        error_messages={"required": _("Say how the person answered: spoken, written, or a mark with a witness.")},
    )
    language = WordsField(label=_("In which language"))
    interpreter = WordsField(label=_("Interpreter"), help_text=_("Never a child or a relative"))
    witness = WordsField(label=_("Witness"), help_text=_("Never a child or a relative"))
    represented_by = WordsField(label=_("Who decides with them"), help_text=_("Name and office, or what they are"))
    represents = forms.ChoiceField(label=_("As what"), choices=_REPRESENTS, widget=StackedChoice())
    child_heard = WordsField(
        label=_("What the child said"), lines=True, help_text=_("Heard alone, in words of their age; never forced")
    )
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput())

    def __init__(self, *args: Any, child: bool, needs_witness: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self._needs_witness = needs_witness
        if child:
            self._never_tell_where()
            self.fields["represented_by"].required = True
            self.fields["represented_by"].error_messages["required"] = gettext(
                "A child, or somebody whose age is not known, does not decide this alone. Write who decides with them."
            )
            self.fields["represents"].error_messages["required"] = gettext(
                "Say as what they decide with the child: a parent, a guardian, or the authority for a child alone."
            )
            self.fields["child_heard"].required = True
            self.fields["child_heard"].error_messages["required"] = gettext(
                "The child is heard. Write what they said, or that they did not want to speak."
            )
        else:
            for name in ("represented_by", "represents", "child_heard"):
                del self.fields[name]

    def _never_tell_where(self) -> None:
        """Where a child is, or somebody whose age is not known, is told to nobody, whoever decides with them."""
        self.fields["words"].label = _("Your message")
        choice = self.fields["choice"]
        if isinstance(choice, forms.ChoiceField):
            kept = [(one.value, words) for one, words in CHOICE_LABELS.items() if one is not Choice.GIVE_CONTACT]
            choice.choices = kept

    def clean(self) -> dict[str, Any]:
        """A mark is a signature when somebody saw it; what is to be passed on must be told; later has a day."""
        cleaned = super().clean() or {}
        if not cleaned.get("witness") and "witness" not in self.errors:
            self._want_witness(cleaned)
        choice = cleaned.get("choice")
        if choice in WITH_WORDS and not cleaned.get("words"):
            self._wrong("words", gettext("Write what is to be passed on."), "no_message")
        if choice == Choice.ASK_LATER and "ask_again_on" not in self.errors:
            self._want_day(cleaned.get("ask_again_on"))
        if cleaned.get("reach") == Reach.NAMED and not cleaned.get("named"):
            self._wrong("named", gettext("Write which relatives, or choose another answer."), "no_name")
        return cleaned

    def _want_witness(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("how") == "mark":
            self._wrong("witness", gettext("A mark counts with a witness: write who saw it."), "no_witness")
        elif self._needs_witness:
            self._wrong("witness", gettext("Two persons of this house are in the room: write the second."), "no_second")

    def _want_day(self, day: date | None) -> None:
        if day is None:
            self._wrong("ask_again_on", gettext("Choose a day on which we ask you again."), "no_day")
        elif not clock.today() < day <= clock.today() + timedelta(days=LATEST):
            self._wrong("ask_again_on", gettext("Choose a day after today, and within a year."), "other_day")

    def _wrong(self, name: str, words: str, code: str) -> None:
        self.add_error(name, ValidationError(words, code=code))

    def content(self, *, by: int | None) -> FoundChoice:
        """What is sealed."""
        held, choice = self.cleaned_data, Choice(self.cleaned_data["choice"])
        return FoundChoice(
            choice=choice,
            reach=Reach(held["reach"] or Reach.THIS_ENQUIRER),
            named=held["named"] if held["reach"] == Reach.NAMED else "",
            expires_on=self._expires_on(choice),
            ask_again_on=held["ask_again_on"] if choice is Choice.ASK_LATER else None,
            at=clock.now(),
            how=held["how"],
            language=held["language"],
            interpreter=held["interpreter"],
            witness=held["witness"],
            represented_by=held.get("represented_by", ""),
            represents=Represents(held.get("represents") or Represents.NOBODY),
            child_heard=held.get("child_heard", ""),
            by=by,
        )

    @property
    def passed_on(self) -> str:
        """What is to be passed on; nothing if the choice passes nothing on."""
        words: str = self.cleaned_data["words"]
        return words if self.cleaned_data["choice"] in WITH_WORDS else ""

    def _expires_on(self, choice: Choice) -> date | None:
        """Until when the choice holds. That somebody is never to be asked again does not end by itself."""
        lasts = self.cleaned_data["lasts"]
        if choice in {Choice.NEVER_ASK, Choice.ASK_LATER, Choice.CHECK_FIRST} or lasts == "always":
            return None
        if not lasts and choice not in CARRIED_OUT:
            return None
        return clock.today() + timedelta(days=int(lasts or SHORTEST))


_BY = [(one.value, words) for one, words in CHANNEL_LABELS.items() if one is not Channel.UNKNOWN]
_REACHED = [("yes", _("Reached, and told")), ("no", _("Not reached, nothing said"))]


class TriedForm(SentOnce):
    """One try to tell."""

    voluntary = frozenset({"note"})

    reached = forms.ChoiceField(
        label=_("How it went"),
        choices=_REACHED,
        widget=SegmentedChoice(),
        error_messages={"required": _("Say whether the right person was reached and told.")},
    )
    channel = forms.ChoiceField(
        label=_("By"),
        choices=_BY,
        widget=SegmentedChoice(),
        error_messages={"required": _("Say by which channel you tried.")},
    )
    note = WordsField(label=_("In a few words"), help_text=_("Not what was told: only how it went"))


WORD_LABELS = {
    EnquirerWord.IN_CONTACT: _("We are in contact. Keep it open."),
    EnquirerWord.NO_NEWS: _("We lost each other again, or I hear nothing. Keep it open."),
    EnquirerWord.REUNITED: _("We are together again. Close it."),
    EnquirerWord.NO_LONGER: _("I need you no longer. Close it."),
}


class WordForm(SentOnce):
    """What the one who asked says after contact: only their word ends a request."""

    word = forms.ChoiceField(
        label=_("In the words of the one who asked"),
        choices=[(one.value, words) for one, words in WORD_LABELS.items()],
        widget=StackedChoice(),
        error_messages={"required": _("Choose what they said. Nobody else can say it for them.")},
    )
