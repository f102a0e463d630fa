"""What happened to a relative, whom it may be told to, and what was said in public."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.family.forms.sending import SentOnce
from posada.family.models import Appearance, HarmEvent, Medium, PressChoice
from posada.family.rules.harm import (
    FORCE_LABELS,
    HARM_LABELS,
    HOW_SAID,
    PART_LABELS,
    SURE_LABELS,
    Force,
    Harm,
    How,
    Part,
    Stands,
    Sure,
    Yes,
)
from posada.ground import clock, ids
from posada.people.forms.fields import DayOrMonthField, WordsField, told_as_typed
from posada.ui.forms import SegmentedChoice, StackedChoice, StackedMultiple

MEDIUM_LABELS = {
    Medium.PAPER: _("Newspaper"),
    Medium.RADIO: _("Radio"),
    Medium.TELEVISION: _("Television"),
    Medium.WEB: _("A web page"),
    Medium.SOCIAL: _("A social network or a group"),
    Medium.REPORT: _("A published report"),
    Medium.OTHER: _("Something else"),
}
_YES_NO = [("yes", _("Yes")), ("no", _("No"))]
_OUTSIDE = "outside"


def _witnessed(form: forms.Form, cleaned: dict[str, Any]) -> None:
    if cleaned.get("how") == How.MARK and not cleaned.get("witness") and "witness" not in form.errors:
        message = gettext("A mark counts with a witness: write who saw it.")
        form.add_error("witness", ValidationError(message, code="no_witness"))


class HarmForm(SentOnce):
    """What happened: as much as is known, nothing that must be known."""

    voluntary = frozenset({"who_knows", "said", "documents", "seen_by"})

    harm = forms.ChoiceField(
        label=_("What happened?"),
        choices=list(HARM_LABELS.items()),
        widget=StackedChoice(),
        error_messages={"required": _("Choose what happened; if several things did, note the gravest first.")},
    )
    on = DayOrMonthField(label=_("When"), help_text=_("A day, a month or a year, as it was told: 23/2/2019, 2/2019"))
    place = WordsField(label=_("Where"))
    by_whom = forms.ChoiceField(
        label=_("By whom"), choices=list(FORCE_LABELS.items()), initial=Force.UNKNOWN.value, widget=SegmentedChoice()
    )
    seen_on = DayOrMonthField(label=_("Last seen: when"))
    seen_where = WordsField(label=_("Last seen: where"))
    seen_by = WordsField(label=_("Last seen: by whom"))
    who_knows = WordsField(label=_("Who knows of it"), lines=True)
    said = WordsField(label=_("What was said, in the words that were used"), lines=True)
    documents = WordsField(label=_("Which papers there are, and where"), lines=True)
    source = WordsField(label=_("Who tells it"))
    sure = forms.ChoiceField(
        label=_("How sure"), choices=list(SURE_LABELS.items()), initial=Sure.UNKNOWN.value, widget=StackedChoice()
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def content(self) -> HarmEvent:
        """The event as it is sealed."""
        held = self.cleaned_data
        words = ("on", "place", "seen_on", "seen_where", "seen_by", "who_knows", "said", "documents", "source")
        return HarmEvent(
            harm=Harm(held["harm"]),
            by_whom=Force(held["by_whom"]),
            sure=Sure(held["sure"]),
            **{name: held[name] for name in words},
        )


def initial_of(event: HarmEvent, version: int) -> dict[str, object]:
    """The fields of an event as they were typed."""
    names = ("place", "seen_where", "seen_by", "who_knows", "said", "documents", "source")
    return {
        **{name: getattr(event, name) for name in names},
        "harm": event.harm.value,
        "by_whom": event.by_whom.value,
        "sure": event.sure.value,
        "on": told_as_typed(event.on),
        "seen_on": told_as_typed(event.seen_on),
        "version": version,
    }


class ContactDecisionForm(SentOnce):
    """What the resident decided about turning to the relative, after advice."""

    advised = forms.ChoiceField(
        label=_("Was the resident advised before, in private?"),
        choices=_YES_NO,
        widget=SegmentedChoice(),
        error_messages={"required": _("Say whether the resident was advised.")},
    )
    may = forms.ChoiceField(
        label=_("May somebody turn to this relative?"),
        choices=_YES_NO,
        widget=SegmentedChoice(),
        error_messages={"required": _("Say what the resident decided.")},
    )
    words = WordsField(
        label=_("What the resident decided, in their words"),
        lines=True,
        required=True,
        error_messages={"required": _("Write what the resident decided: by whom, how and when it may be done.")},
    )

    def clean_advised(self) -> str:
        """Without advice there is no decision to write."""
        if self.cleaned_data["advised"] != "yes":
            message = _("Speak with the resident first: what may happen to the relative when a telephone rings.")
            raise ValidationError(message, code="not_advised")
        return "yes"


class ReferForm(SentOnce):
    """The resident's yes: to whom, what, how it was said. Without a yes nothing is referred."""

    voluntary = frozenset({"language"})

    asked = forms.ChoiceField(
        label=_("What did the resident say, in private?"),
        choices=[("yes", _("Yes, this may be told")), ("no", _("No, or not now"))],
        widget=StackedChoice(),
        error_messages={"required": _("Ask first. No, or not now, is an answer, too.")},
    )
    to = forms.ChoiceField(
        label=_("To whom"), widget=StackedChoice(), error_messages={"required": _("Choose to whom it may be told.")}
    )
    body = WordsField(label=_("Name of the body outside"), help_text=_("A legal aid service, or one that documents"))
    parts = forms.MultipleChoiceField(
        label=_("What may be told"),
        choices=list(PART_LABELS.items()),
        widget=StackedMultiple(),
        required=False,
        help_text=_("Only what is marked is copied for them. Nothing is marked beforehand."),
    )
    how = forms.ChoiceField(
        label=_("How it was said"), choices=list(HOW_SAID.items()), initial=How.SPOKEN.value, widget=SegmentedChoice()
    )
    language = WordsField(label=_("In which language"))
    witness = WordsField(label=_("Witness"), help_text=_("Never a child or a relative"))

    def __init__(self, *args: Any, lawyers: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        to = self.fields["to"]
        if isinstance(to, forms.ChoiceField):
            inside = [(str(pk), gettext("%(name)s, lawyer of this house") % {"name": name}) for pk, name in lawyers]
            to.choices = [*inside, (_OUTSIDE, gettext("A body outside, on a printed sheet"))]

    @property
    def said_no(self) -> bool:
        """Whether the answer was no: then nothing else is asked, and nothing follows from it."""
        return self.data.get("asked") == "no"

    def clean(self) -> dict[str, Any]:
        """A yes says what, and to whom; a mark has its witness."""
        cleaned = super().clean() or {}
        if not cleaned.get("parts") and "parts" not in self.errors:
            message = gettext("Mark at least one thing that may be told.")
            self.add_error("parts", ValidationError(message, code="no_part"))
        if cleaned.get("to") == _OUTSIDE and not cleaned.get("body") and "body" not in self.errors:
            message = gettext("Write to which body it may be told.")
            self.add_error("body", ValidationError(message, code="no_body"))
        _witnessed(self, cleaned)
        return cleaned

    def yes(self) -> Yes:
        """The consent as it is carried out."""
        held = self.cleaned_data
        outside = held["to"] == _OUTSIDE
        return Yes(
            parts=frozenset(Part(word) for word in held["parts"]),
            to=None if outside else int(held["to"]),
            body=held["body"] if outside else "",
            how=How(held["how"]),
            language=held["language"],
            witness=held["witness"],
        )


class AnswerForm(SentOnce):
    """What became of a referral."""

    stands = forms.ChoiceField(
        label=_("The answer"),
        choices=[
            (Stands.ACCEPTED.value, _("Accepted")),
            (Stands.REFUSED.value, _("Refused")),
            (Stands.DONE.value, _("Done")),
        ],
        widget=SegmentedChoice(),
        error_messages={"required": _("Choose an answer.")},
    )
    words = WordsField(label=_("In a few words"), lines=True)
    seen = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, possible: frozenset[Stands], **options: Any) -> None:
        super().__init__(*args, **options)
        stands = self.fields["stands"]
        if isinstance(stands, forms.ChoiceField):
            choices: Any = stands.choices
            stands.choices = [(value, label) for value, label in choices if Stands(value) in possible]


class PressChoiceForm(SentOnce):
    """What the resident decided about the press, once the risk was explained."""

    voluntary = frozenset({"language"})

    explained = forms.ChoiceField(
        label=_("Was the risk explained, in private, in a language they speak?"),
        choices=_YES_NO,
        widget=SegmentedChoice(),
        error_messages={"required": _("Say whether the risk was explained.")},
    )
    wants = forms.ChoiceField(
        label=_("Does the resident want to talk to the press?"),
        choices=[("no", _("Does not want it")), ("yes", _("Wants it"))],
        widget=SegmentedChoice(),
        error_messages={"required": _("Say what the resident decided.")},
    )
    how = forms.ChoiceField(
        label=_("How it was said"), choices=list(HOW_SAID.items()), initial=How.SPOKEN.value, widget=SegmentedChoice()
    )
    language = WordsField(label=_("In which language"))
    witness = WordsField(label=_("Witness"), help_text=_("Never a child or a relative"))

    def clean_explained(self) -> str:
        """A choice without the explanation is none."""
        if self.cleaned_data["explained"] != "yes":
            message = _("Explain it first: read the words beside this aloud. Then ask.")
            raise ValidationError(message, code="not_explained")
        return "yes"

    def clean(self) -> dict[str, Any]:
        """A mark has its witness."""
        cleaned = super().clean() or {}
        _witnessed(self, cleaned)
        return cleaned

    def choice(self) -> PressChoice:
        """What is kept."""
        held = self.cleaned_data
        return PressChoice(
            wants=held["wants"] == "yes",
            on=clock.today(),
            how=How(held["how"]),
            language=held["language"],
            witness=held["witness"],
        )


class AppearanceForm(SentOnce):
    """What was said, and where it appeared."""

    voluntary = frozenset({"link"})

    on = DayOrMonthField(
        label=_("When it appeared"),
        required=True,
        error_messages={"required": _("Write a day, a month or a year: 23/2/2019.")},
    )
    medium = forms.ChoiceField(
        label=_("Where"),
        choices=list(MEDIUM_LABELS.items()),
        error_messages={"required": _("Choose where it appeared.")},
    )
    where = WordsField(label=_("Its name"))
    link = WordsField(label=_("Where it can be found"), help_text=_("An address in words; this house never opens it"))
    said = WordsField(label=_("What was said, and who can be recognised"), lines=True)

    def appearance(self) -> Appearance:
        """What is kept."""
        held = self.cleaned_data
        words = {name: held[name] for name in ("on", "where", "link", "said")}
        return Appearance(id=ids.new_id(), medium=Medium(held["medium"]), **words)


class LowerForm(forms.Form):
    """Why something that appeared raises the risk no more."""

    why = WordsField(
        label=_("Why it raises the risk no more"),
        required=True,
        error_messages={"required": _("Write why: whoever reads this after you must understand it.")},
    )
