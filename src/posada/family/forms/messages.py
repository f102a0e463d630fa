"""A message: sentences that are picked, a text, a recording; how it went; a reply, and whether it was told."""

import hashlib
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from posada.family.forms.message_words import CHECK_LABELS, FAILURE_LABELS, FAULT_WORDS, WAY_LABELS
from posada.family.forms.sending import SentOnce
from posada.family.forms.words import CHANNEL_LABELS, HOW_LABELS
from posada.family.models import Channel, Check, How, MessageContent
from posada.family.rules import recordings, sentences
from posada.family.rules.messages import (
    MOST_LINES,
    MOST_SIGNS,
    MOST_SMS,
    Failure,
    MessageKind,
    MessageState,
    Told,
    Way,
    lines_of,
    ways_of,
)
from posada.family.rules.recordings import MEDIA, Fault, Recording
from posada.people.rules import TooLong, clean_text
from posada.ui.forms import PlainArea, SegmentedChoice, StackedChoice, StackedMultiple

_TYPED = 20_000


class LetterField(forms.CharField):
    """About thirty lines. Control and direction signs are left out; what is too long gets a sentence with figures."""

    def __init__(self, **options: Any) -> None:
        attrs = {"dir": "auto", "rows": 12, "data-count-lines": str(MOST_LINES), "data-count-signs": str(MOST_SIGNS)}
        super().__init__(**{"widget": PlainArea(attrs=attrs), "strip": False, **options})

    def clean(self, value: Any) -> str:
        """The words as they are kept."""
        typed = str(value or "").replace("\x00", "")
        try:
            cleaned = clean_text(typed[:_TYPED], MOST_SIGNS, lines=True)
        except TooLong as error:
            raise ValidationError(_too_long(error.length), code="too_long") from error
        if (lines := lines_of(cleaned)) > MOST_LINES:
            raise ValidationError(_too_many(lines), code="too_many_lines")
        super().clean(cleaned)
        return cleaned


def _too_long(length: int) -> str:
    return gettext(
        "The message has %(length)d signs and at most %(most)d fit on the form. Shorten it, or write two messages."
    ) % {"length": length, "most": MOST_SIGNS}


def _too_many(lines: int) -> str:
    said = ngettext(
        "The message has %(count)d line and at most %(most)d fit on the form. Shorten it, or write two messages.",
        "The message has %(count)d lines and at most %(most)d fit on the form. Shorten it, or write two messages.",
        lines,
    )
    return said % {"count": lines, "most": MOST_LINES}


def _way_field(kind: MessageKind) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("How it is sent"),
        choices=[(way.value, WAY_LABELS[way]) for way in ways_of(kind)],
        initial=ways_of(kind)[0].value,
        widget=StackedChoice(),
        error_messages={"required": _("Choose how it is sent.")},
    )


class WriteForm(SentOnce):
    """What all messages have: a language, a way, and the mark of what was looked at before it is kept."""

    looked = forms.CharField(required=False, widget=forms.HiddenInput())
    kind: MessageKind

    def content(self) -> MessageContent:
        """What is sealed."""
        raise NotImplementedError  # each kind of message says what it seals (below); a form cannot be an ABC

    @property
    def goes_by(self) -> Way:
        """By what it goes."""
        return Way(self.cleaned_data["way"])

    @property
    def mark(self) -> str:
        """A mark of exactly these words: what is kept is what was looked at."""
        return hashlib.sha256(f"{self.goes_by}\n{self.content().whole}".encode()).hexdigest()

    @property
    def was_looked_at(self) -> bool:
        """Whether these very words were shown before."""
        return bool(self.cleaned_data.get("looked") == self.mark)

    def clean(self) -> dict[str, Any]:
        """A short text message is short."""
        cleaned = super().clean() or {}
        if not self.errors and self.goes_by is Way.SMS and (signs := len(self.content().whole)) > MOST_SMS:
            wrong = gettext(
                "With the sentence about money this has %(signs)d signs; a short text message takes %(most)d. "
                "Shorten it, or choose another way."
            )
            self.add_error("way", ValidationError(wrong % {"signs": signs, "most": MOST_SMS}, code="sms"))
        return cleaned


class SentencesForm(WriteForm):
    """Two or three fixed sentences, in one language."""

    kind = MessageKind.SENTENCES
    chosen = forms.MultipleChoiceField(
        label=_("What is said"),
        help_text=_("Two or three are enough. None tells where the resident is, or with whom."),
        widget=StackedMultiple(),
        error_messages={
            "required": _("Pick at least one sentence."),
            "invalid_choice": _("One of these sentences is not there any more. Pick again."),
        },
    )
    way = _way_field(MessageKind.SENTENCES)

    def __init__(self, *args: Any, language: sentences.Language, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = language
        cast("forms.MultipleChoiceField", self.fields["chosen"]).choices = list(language.sentences.items())

    def clean_chosen(self) -> tuple[str, ...]:
        """Not more than anybody reads at once."""
        chosen = tuple(self.cleaned_data["chosen"])
        if len(chosen) > sentences.MOST:
            said = gettext("These are %(count)d sentences; pick at most %(most)d.")
            raise ValidationError(said % {"count": len(chosen), "most": sentences.MOST}, code="many")
        return chosen

    def content(self) -> MessageContent:
        return MessageContent(language=self.language.code, sentences=tuple(self.cleaned_data["chosen"]))


class LetterForm(WriteForm):
    """A message of about thirty lines, typed or dictated."""

    kind = MessageKind.LETTER
    language = forms.ChoiceField(
        label=_("Language"),
        choices=lambda: [(one.code, one.name) for one in sentences.written_in()],
        widget=SegmentedChoice(),
        help_text=_("In it the sentence about money is added"),
        error_messages={
            "required": _("Choose the language of the message."),
            "invalid_choice": _("There is no written sentence in this language: let it be said by voice, interpreted."),
        },
    )
    text = LetterField(
        label=_("Family news"),
        help_text=_("Only about the family. About thirty lines; whoever sends it reads it."),
        error_messages={"required": _("Write what is to be said, or choose the fixed sentences.")},
    )
    way = _way_field(MessageKind.LETTER)

    def content(self) -> MessageContent:
        return MessageContent(language=self.cleaned_data["language"], text=self.cleaned_data["text"])


class VoiceForm(WriteForm):
    """A recording made on the telephone of the house, in any language."""

    kind = MessageKind.VOICE
    language = forms.ChoiceField(
        label=_("Language"),
        choices=lambda: [(one.code, one.name) for one in sentences.languages()],
        widget=SegmentedChoice(),
        error_messages={"required": _("Choose the language that is spoken.")},
    )
    file = forms.FileField(
        label=_("Recording"),
        help_text=_("Ogg or Opus, M4A, MP3 or WAV, up to 2 MB: some three minutes."),
        error_messages={
            "required": _("Choose the recording, of at most 2 MB."),
            "missing": _("Choose the recording, of at most 2 MB."),
            "empty": FAULT_WORDS[Fault.EMPTY],
            "invalid": _("No file arrived. Choose it again."),
            "max_length": FAULT_WORDS[Fault.NOT_SOUND],
        },
        widget=forms.FileInput(attrs={"accept": "audio/*,.opus,.ogg,.m4a,.mp3,.wav"}),
    )
    money = forms.BooleanField(
        label=_("At its end it is said that we never ask for money"),
        error_messages={"required": _("Record it again with the sentence about money at its end, in that language.")},
    )

    def clean_file(self) -> Recording:
        """What it is, by what stands in it."""
        file = self.cleaned_data["file"]
        fault: Recording | Fault = Fault.TOO_LARGE
        if file.size <= recordings.MOST_BYTES:
            fault = recordings.read(file.read())
        if isinstance(fault, Fault):
            raise ValidationError(FAULT_WORDS[fault], code=fault.value)
        return fault

    @property
    def goes_by(self) -> Way:
        return Way.VOICE_NOTE

    def content(self) -> MessageContent:
        held: Recording = self.cleaned_data["file"]
        return MessageContent(language=self.cleaned_data["language"], audio=held.content, audio_type=MEDIA[held.kind])


class StepForm(SentOnce):
    """How a message went."""

    state = forms.ChoiceField(
        label=_("What happened"),
        widget=StackedChoice(),
        error_messages={"required": _("Choose what happened.")},
    )
    reason = forms.ChoiceField(
        label=_("If it did not go: why"),
        choices=[("", _("Choose")), *((one.value, words) for one, words in FAILURE_LABELS.items())],
        required=False,
    )
    sequence = forms.IntegerField(required=False, widget=forms.HiddenInput())
    shown = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, states: list[tuple[str, Any]], ways: tuple[Way, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["state"]).choices = states
        if len(ways) > 1:
            offered = [(way.value, WAY_LABELS[way]) for way in ways]
            self.fields["way"] = forms.ChoiceField(label=_("How it was sent"), choices=offered, required=False)

    def clean(self) -> dict[str, Any]:
        """A failure has a reason."""
        cleaned = super().clean() or {}
        if cleaned.get("state") == MessageState.FAILED and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", ValidationError(gettext("Choose why it did not go."), code="no_reason"))
        return cleaned

    def said(self) -> Told:
        """What is noted."""
        held = self.cleaned_data
        state = MessageState(held["state"])
        reason = Failure(held["reason"]) if state is MessageState.FAILED else None
        return Told(state, Way(held["way"]) if held.get("way") else None, reason)


class ReplyForm(SentOnce):
    """What came from a relative."""

    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=[(one.value, words) for one, words in CHANNEL_LABELS.items() if one],
        initial=Channel.TEXT.value,
        widget=SegmentedChoice(),
        error_messages={"required": _("Choose how it came.")},
    )
    text = LetterField(
        label=_("What they say"),
        help_text=_("As they said it. It is deleted once the resident has had it."),
        error_messages={"required": _("Write what they say.")},
    )
    check = forms.ChoiceField(
        label=_("Were the agreed words in it?"),
        choices=[(one.value or "unknown", words) for one, words in CHECK_LABELS.items()],
        widget=StackedChoice(),
        error_messages={"required": _("Say whether the agreed words were in it: somebody may have forced them.")},
    )

    def content(self) -> MessageContent:
        """What is sealed: of a reply the words alone."""
        return MessageContent(text=self.cleaned_data["text"])

    @property
    def checked(self) -> Check:
        """Whether the agreed words stood in it."""
        said = self.cleaned_data["check"]
        return Check.NOT_ASKED if said == "unknown" else Check(said)


class TellForm(SentOnce):
    """The resident has had a reply."""

    is_news = forms.BooleanField(
        label=_("The resident says: these are news of them, and they are to be believed"), required=False
    )
    how = forms.ChoiceField(
        label=_("How they are, by this"),
        choices=[(one.value, words) for one, words in HOW_LABELS.items()],
        initial=How.UNKNOWN.value,
        required=False,
        widget=SegmentedChoice(),
    )
    sequence = forms.IntegerField(required=False, widget=forms.HiddenInput())
