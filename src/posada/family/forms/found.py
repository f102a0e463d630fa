"""What the found person chooses."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.family.forms.sending import SentOnce
from posada.family.models import FoundChoice
from posada.family.rules.choices import CHOICE_LABELS, Choice, Reach
from posada.ground import clock
from posada.people.forms.fields import WordsField
from posada.ui.forms import SegmentedChoice, StackedChoice

_LASTS = [("30", _("One month")), ("180", _("Six months")), ("", _("Until I say otherwise"))]
_WAYS = [("spoken", _("Spoken")), ("written", _("Written")), ("mark", _("A mark, with a witness"))]


class FoundForm(SentOnce):
    """The choice of the found person, on a screen that is turned to them."""

    choice = forms.ChoiceField(
        label=_("What would you like?"),
        choices=[(one.value, words) for one, words in CHOICE_LABELS.items()],
        widget=StackedChoice(),
        error_messages={"required": _("Choose one. You can also choose to be asked later.")},
    )
    message = WordsField(
        label=_("Your message, or how they may reach you"),
        lines=True,
        help_text=_("Only if you chose to tell them something"),
    )
    reach = forms.ChoiceField(
        label=_("For whom"),
        choices=[
            (Reach.THIS_ENQUIRER.value, _("Only for this person who asks")),
            (Reach.ANY_RELATIVE.value, _("For any relative who asks")),
        ],
        initial=Reach.THIS_ENQUIRER.value,
        widget=StackedChoice(),
    )
    lasts = forms.ChoiceField(
        label=_("For how long"),
        choices=_LASTS,
        required=False,
        initial="180",
        widget=StackedChoice(),
        help_text=_("“Do not ask me again” has no end: it holds until you change it"),
    )
    how = forms.ChoiceField(label=_("How it was said"), choices=_WAYS, initial="spoken", widget=SegmentedChoice())
    language = WordsField(label=_("In which language"))
    witness = WordsField(label=_("Witness"), help_text=_("Never a child or a relative"))
    represented_by = WordsField(
        label=_("Who decides with them"),
        help_text=_("A parent who is here, or the child-protection authority; the child is heard"),
    )

    voluntary = frozenset({"language", "witness", "message"})

    def __init__(self, *args: Any, child: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if child:
            self._never_tell_where()
            self.fields["represented_by"].required = True
            self.fields["represented_by"].error_messages["required"] = gettext(
                "A child, or somebody whose age is not known, does not decide this alone. Write who decides with them."
            )
        else:
            del self.fields["represented_by"]

    def _never_tell_where(self) -> None:
        """Where a child is, or somebody whose age is not known, is told to nobody, whoever decides with them."""
        self.fields["message"].label = _("Your message")
        choice = self.fields["choice"]
        if isinstance(choice, forms.ChoiceField):
            kept = [(one.value, words) for one, words in CHOICE_LABELS.items() if one is not Choice.GIVE_CONTACT]
            choice.choices = kept

    def clean(self) -> dict[str, Any]:
        """A mark is a signature when somebody saw it; a way to be reached must be told to be given."""
        cleaned = super().clean() or {}
        if cleaned.get("how") == "mark" and not cleaned.get("witness"):
            message = gettext("A mark counts with a witness: write who saw it.")
            self.add_error("witness", ValidationError(message, code="no_witness"))
        if cleaned.get("choice") in {Choice.GIVE_CONTACT, Choice.SEND_MESSAGE} and not cleaned.get("message"):
            message = gettext("Write what is to be passed on.")
            self.add_error("message", ValidationError(message, code="no_message"))
        return cleaned

    def content(self, *, by: int | None) -> FoundChoice:
        """What is sealed."""
        held = self.cleaned_data
        return FoundChoice(
            choice=Choice(held["choice"]),
            reach=Reach(held["reach"]),
            expires_on=self._expires_on(),
            at=clock.now(),
            how=held["how"],
            language=held["language"],
            witness=held["witness"],
            message=held["message"],
            represented_by=held.get("represented_by", ""),
            by=by,
        )

    def _expires_on(self) -> date | None:
        """Until when the choice holds. That somebody is never to be asked again does not end by itself."""
        if self.cleaned_data["choice"] == Choice.NEVER_ASK:
            return None
        days = self.cleaned_data["lasts"]
        return clock.today() + timedelta(days=int(days)) if days else None
