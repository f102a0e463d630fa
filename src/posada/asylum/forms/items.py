"""Meetings, decisions, appeals, permits, offers and signed papers: one line each, as they are typed."""

import uuid
from typing import Any, ClassVar

import msgspec
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.asylum.forms.parts import AheadField, HourField, ItemForm, LongWordsField, ToldField, chosen
from posada.asylum.rules import part_words
from posada.asylum.rules.casefile import (
    Appeal,
    CaseFile,
    Decided,
    Decision,
    Interpreter,
    Meeting,
    MeetingKind,
    Permit,
    Went,
)
from posada.asylum.rules.dates_in_words import told_in_words
from posada.asylum.rules.offers import Counsel, Effect, Offer, Signed
from posada.ground import clock, ids
from posada.people.forms.fields import WordsField, told_as_typed
from posada.ui.forms import SegmentedChoice, StackedChoice

_TOLD = frozenset({"on", "notified_on", "filed_on", "issued_on"})


class LineForm(ItemForm):
    """A line of one of the file's lists: `FIELD` is the list, `KIND` what its lines are."""

    FIELD: ClassVar[str]
    KIND: ClassVar[type[msgspec.Struct]]
    # Which event a field's date is, and the word by which a clash names this kind of line.
    EVENTS: ClassVar[dict[str, str]] = {}
    WORD: ClassVar[str] = ""

    def typed(self, file: CaseFile, **more: Any) -> dict[str, Any]:
        """The line as it was typed."""
        if self.item is None:
            return {}
        held = {name: getattr(self.item, name) for name in self.base_fields if hasattr(self.item, name)}
        return {name: told_as_typed(value) if name in _TOLD and isinstance(value, str) else value
                for name, value in held.items()}  # fmt: skip

    def made(self, key: uuid.UUID) -> Any:
        """The line as it is sealed."""
        names = set(self.KIND.__struct_fields__) & set(self.cleaned_data)
        return msgspec.convert({"id": key, **{name: self.cleaned_data[name] for name in names}}, self.KIND)

    def applied(self, file: CaseFile) -> CaseFile:
        """The file with this line, in the place of the one that is changed or as the last."""
        held = getattr(file, self.FIELD)
        if self.item is None:
            return msgspec.structs.replace(file, **{self.FIELD: (*held, self.made(self._fresh()))})
        changed = tuple(self.made(one.id) if one.id == self.item.id else one for one in held)
        return msgspec.structs.replace(file, **{self.FIELD: changed})

    def _fresh(self) -> uuid.UUID:
        if not hasattr(self, "_key"):
            self._key = ids.new_id()
        return self._key

    def field_at(self, event: str, where: str) -> str | None:
        """A date of this line, if the clash speaks of this very line."""
        key = self.item.id if self.item is not None else self._fresh()
        return self.EVENTS.get(event) if where == f"{self.WORD} {key}" else None


class MeetingForm(LineForm):
    """An interview, a hearing or an appointment, past or to come."""

    FIELD = "meetings"
    KIND = Meeting
    voluntary = frozenset({"language", "interpreter", "said"})

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[(one.value, label) for one, label in part_words.MEETING_WORDS.items()],
        widget=SegmentedChoice(),
        **chosen(_("Choose what it is.")),
    )
    on = AheadField(label=_("Day"))
    hour = HourField(label=_("Hour there"), help_text=_("Empty if nobody said it."))
    place = WordsField(label=_("Where, or how"), help_text=_("An address, a room, or: by telephone."))
    language = WordsField(label=_("In which language they speak best"))
    interpreter = forms.ChoiceField(
        label=_("Interpreter, as the person asks for it"),
        help_text=_("Never a child or a relative."),
        choices=[(one.value, label) for one, label in part_words.INTERPRETER_WORDS.items()],
        initial=Interpreter.NONE.value,
        widget=SegmentedChoice(),
        **chosen(_("Choose one of the answers shown.")),
    )
    went = forms.ChoiceField(
        label=_("What became of it"),
        choices=[(one.value, label) for one, (label, _look) in part_words.WENT_WORDS.items()],
        initial=Went.PLANNED.value,
        widget=SegmentedChoice(),
        **chosen(_("Choose one of the answers shown.")),
    )
    said = WordsField(
        label=_("What is to be known about it"),
        help_text=_("Why it was missed, what to bring. What the person told belongs in their account, not here."),
        lines=True,
    )

    def clean(self) -> dict[str, Any]:
        """What has not come cannot have been kept or missed; who wants an interpreter says the language."""
        data = super().clean() or self.cleaned_data
        on, went = data.get("on"), data.get("went")
        if on and on > clock.today() and went in {Went.KEPT.value, Went.MISSED.value}:
            self.add_error("went", gettext("This day has not come yet. Leave it as planned, or correct the day."))
        if data.get("interpreter") not in {None, Interpreter.NONE.value} and not data.get("language"):
            self.add_error("language", gettext("Write the language, so that the right interpreter is asked for."))
        return data

    def made(self, key: uuid.UUID) -> Meeting:
        """The meeting as it is sealed."""
        held = self.cleaned_data
        return Meeting(
            id=key, kind=MeetingKind(held["kind"]), on=held["on"], hour=held["hour"], place=held["place"],
            language=held["language"], interpreter=Interpreter(held["interpreter"]), went=Went(held["went"]),
            said=held["said"],
        )  # fmt: skip


class DecisionForm(LineForm):
    """A decision: what, of which day, and the day on which the person was told."""

    FIELD = "decisions"
    KIND = Decision
    EVENTS = {"decision": "on", "notification": "notified_on"}
    WORD = "decision"

    what = forms.ChoiceField(
        label=_("What was decided"),
        choices=[(one.value, label) for one, label in part_words.DECIDED_WORDS.items()],
        widget=StackedChoice(),
        **chosen(_("Choose what was decided.")),
    )
    on = ToldField(label=_("Day of the decision, as it stands on the paper"))
    notified_on = ToldField(
        label=_("Day on which the person was told"),
        help_text=_(
            "The time for an appeal runs from this day: write it exactly if you can. 14/3/2026, 3/2026 or 2026."
        ),
    )
    words = LongWordsField(label=_("What the decision says, in its own words"))

    def made(self, key: uuid.UUID) -> Decision:
        """The decision as it is sealed."""
        held = self.cleaned_data
        return Decision(
            id=key, what=Decided(held["what"]), on=held["on"], notified_on=held["notified_on"], words=held["words"]
        )


class AppealForm(LineForm):
    """An appeal, against one of the decisions written down."""

    FIELD = "appeals"
    KIND = Appeal
    EVENTS = {"appeal": "filed_on"}
    WORD = "appeal"

    against = forms.TypedChoiceField(
        label=_("Against which decision"),
        coerce=uuid.UUID,
        widget=StackedChoice(),
        **chosen(_("Choose the decision. If it is not here, write it down first, under decisions.")),
    )
    filed_on = ToldField(label=_("Handed in on"), required=True)
    words = LongWordsField(label=_("What it asks for"))
    answer = LongWordsField(label=_("What was answered"))

    def prepare(self, **more: Any) -> None:
        """Offer the decisions."""
        field = self.fields["against"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(one.id), _decision_line(one)) for one in self.file.decisions]

    def made(self, key: uuid.UUID) -> Appeal:
        """The appeal as it is sealed."""
        held = self.cleaned_data
        return Appeal(
            id=key, against=held["against"], filed_on=held["filed_on"], words=held["words"], answer=held["answer"]
        )


def _decision_line(one: Decision) -> str:
    return ", ".join(filter(None, (str(part_words.DECIDED_WORDS[one.what]), told_in_words(one.on or one.notified_on))))


class PermitForm(LineForm):
    """A permit or a paper of stay, and the one that it renews."""

    FIELD = "permits"
    KIND = Permit
    EVENTS = {"permit_issued": "issued_on", "permit_until": "until"}
    WORD = "permit"

    name = WordsField(
        label=_("What the paper is called"),
        help_text=_("As it stands on it."),
        required=True,
        error_messages={"required": _("Write what the paper is called.")},
    )
    issued_on = ToldField(label=_("Issued on"), required=True)
    until = AheadField(label=_("Good until"), required=False, help_text=_("Empty if the paper names no day."))
    renews = forms.TypedChoiceField(
        label=_("Renews"), coerce=uuid.UUID, required=False, empty_value=None, **chosen(_("Choose one of the papers."))
    )

    def prepare(self, **more: Any) -> None:
        """Offer the other papers; without any there is nothing to renew."""
        others = [one for one in self.file.permits if self.item is None or one.id != self.item.id]
        field = self.fields["renews"]
        if not others:
            del self.fields["renews"]
        elif isinstance(field, forms.ChoiceField):
            lines = [(str(one.id), f"{one.name}, {told_in_words(one.issued_on)}") for one in others]
            field.choices = [("", gettext("No earlier paper")), *lines]

    def clean(self) -> dict[str, Any]:
        """No ring: what it renews does not itself renew it."""
        data = super().clean() or self.cleaned_data
        held = {one.id: one.renews for one in self.file.permits}
        seen, step = set(), data.get("renews")
        while step is not None and step not in seen:
            if self.item is not None and step == self.item.id:
                self.add_error("renews", gettext("That paper renews this one. One of the two is the earlier."))
                break
            seen.add(step)
            step = held.get(step)
        return data

    def made(self, key: uuid.UUID) -> Permit:
        """The permit as it is sealed."""
        held = self.cleaned_data
        return Permit(
            id=key, name=held["name"], issued_on=held["issued_on"], until=held["until"], renews=held.get("renews")
        )


class OfferForm(LineForm):
    """An offer of an authority, or of who would be one. Kept as what it is, never as advice."""

    FIELD = "offers"
    KIND = Offer

    by_whom = WordsField(
        label=_("Who offers it"),
        help_text=_("The authority, or who says that they are one. As they called themselves."),
        required=True,
        error_messages={"required": _("Write who offers it; if nobody knows, write that.")},
    )
    words = LongWordsField(
        label=_("In which words"),
        help_text=_("Exactly as it was said or stands there, also what sounds good."),
        required=True,
        error_messages={"required": _("Write the words in which it was offered.")},
    )
    on = ToldField(label=_("When"))
    about = forms.BooleanField(label=_("This date is about right, not certain"), required=False)
    effect = forms.ChoiceField(
        label=_("What it is worth in law"),
        choices=[(one.value, label) for one, (label, _look) in part_words.EFFECT_WORDS.items()],
        initial=Effect.UNKNOWN.value,
        widget=StackedChoice(),
        **chosen(_("Choose one of the answers shown.")),
    )
    source = WordsField(
        label=_("From where that is known"), help_text=_("An article, a decree, a page that was read, and its date.")
    )

    def clean(self) -> dict[str, Any]:
        """Without a source nothing is known."""
        data = super().clean() or self.cleaned_data
        if data.get("effect") == Effect.KNOWN.value and not data.get("source") and "source" not in self.errors:
            self.add_error("source", gettext("Write from where it is known; without a source it is not known."))
        return data

    def made(self, key: uuid.UUID) -> Offer:
        """The offer as it is sealed."""
        held = self.cleaned_data
        return Offer(
            id=key, by_whom=held["by_whom"], words=held["words"], on=held["on"], about=held["about"],
            effect=Effect(held["effect"]), source=held["source"],
        )  # fmt: skip


class SignedForm(LineForm):
    """The exact words of something signed, or laid before somebody to sign."""

    FIELD = "signed"
    KIND = Signed
    voluntary = frozenset({"language", "interpreter"})

    is_signed = forms.TypedChoiceField(
        label=_("Is it signed?"),
        choices=[("yes", _("Yes")), ("no", _("No, it was laid before them to sign"))],
        coerce=lambda answer: answer == "yes",
        widget=StackedChoice(),
        **chosen(_("Say whether it is signed.")),
    )
    of_whom = WordsField(
        label=_("Whose paper it is"),
        required=True,
        error_messages={"required": _("Write whose paper it is; if nobody knows, write that.")},
    )
    words = LongWordsField(
        label=_("Its exact words"),
        help_text=_("Copied from the paper. If there is no copy, as the person remembers them, and say so."),
        required=True,
        error_messages={"required": _("Write the words of the paper, as exactly as they are known.")},
    )
    on = ToldField(label=_("When"))
    language = WordsField(label=_("In which language"))
    interpreter = WordsField(label=_("Who interpreted"), help_text=_("Never a child or a relative."))
    counsel = forms.ChoiceField(
        label=_("Was a lawyer offered before?"),
        choices=[(one.value, label) for one, (label, _look) in part_words.COUNSEL_WORDS.items()],
        initial=Counsel.NOT_ASKED.value,
        widget=StackedChoice(),
        **chosen(_("Choose one of the answers shown.")),
    )

    def typed(self, file: CaseFile, **more: Any) -> dict[str, Any]:
        """Yes or no as words."""
        held = super().typed(file, **more)
        return held | {"is_signed": "yes" if self.item.is_signed else "no"} if self.item is not None else held

    def made(self, key: uuid.UUID) -> Signed:
        """The paper as it is sealed."""
        held = self.cleaned_data
        return Signed(
            id=key, of_whom=held["of_whom"], words=held["words"], on=held["on"], is_signed=held["is_signed"],
            language=held["language"], interpreter=held["interpreter"], counsel=Counsel(held["counsel"]),
        )  # fmt: skip
