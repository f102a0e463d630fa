"""What the fixed words of messages are called on screens."""

from django.utils.translation import gettext_lazy as _

from posada.family.models import Check
from posada.family.rules.messages import Failure, MessageKind, MessageState, Way
from posada.family.rules.recordings import Fault

KIND_LABELS = {
    MessageKind.SENTENCES: _("Fixed sentences"),
    MessageKind.LETTER: _("Own words"),
    MessageKind.VOICE: _("Voice note"),
}
WAY_LABELS = {
    Way.WHATSAPP: _("WhatsApp, from the telephone of the house"),
    Way.SMS: _("Short text message (SMS)"),
    Way.CALL: _("Read out by voice in a call"),
    Way.PAPER: _("On paper, by somebody who carries it"),
    Way.VOICE_NOTE: _("Voice note, from the telephone of the house"),
}
WAY_SHORT = {
    Way.WHATSAPP: _("WhatsApp"),
    Way.SMS: _("SMS"),
    Way.CALL: _("in a call"),
    Way.PAPER: _("on paper"),
    Way.VOICE_NOTE: _("voice note"),
}
STATE_WORDS = {
    MessageState.PREPARED: (_("to be sent"), "wait"),
    MessageState.SENT: (_("sent, not known whether it arrived"), "note"),
    MessageState.FAILED: (_("did not go"), "danger"),
    MessageState.DELIVERED: (_("arrived"), "good"),
    MessageState.READ: (_("read"), "good"),
    MessageState.GIVEN_UP: (_("given up"), "neutral"),
    MessageState.NOTED: (_("to be told"), "wait"),
    MessageState.TOLD: (_("told"), "good"),
}
# A paper does not arrive: somebody hands it over.
PAPER_WORDS = {
    MessageState.SENT: (_("given to whoever carries it"), "note"),
    MessageState.DELIVERED: (_("handed over"), "good"),
}
FAILURE_LABELS = {
    Failure.NO_ANSWER: _("Nobody answered"),
    Failure.NO_SIGNAL: _("No signal, no electricity, no credit"),
    Failure.WRONG_NUMBER: _("The number is wrong or no longer theirs"),
    Failure.SOMEBODY_ELSE: _("Somebody else answered"),
    Failure.BLOCKED: _("The telephone does not take it"),
    Failure.CAME_BACK: _("The paper came back"),
    Failure.OTHER: _("Something else"),
}
CHECK_LABELS = {
    Check.SAID: _("Yes, they were in it"),
    Check.NOT_SAID: _("No"),
    Check.ALARM: _("The words of alarm were in it"),
    Check.NOT_ASKED: _("No words were agreed, or it is not known"),
}
FAULT_WORDS = {
    Fault.EMPTY: _("The file is empty. Record the voice note again."),
    Fault.TOO_LARGE: _("The file has more than 2 MB. Record it again, shorter: up to some three minutes."),
    Fault.NOT_SOUND: _(
        "This is no recording that can be kept. Ogg or Opus, M4A, MP3 and WAV can be: record it on the telephone of "
        "the house and choose that file."
    ),
    Fault.HAS_PLACE: _(
        "This recording tells where it was made. Switch off the location in the telephone's recorder, delete the file, "
        "and record it again."
    ),
    Fault.HAS_PICTURE: _("This file also holds a picture or a film. Record only the voice, and choose that file."),
}


def state_words(state: MessageState, way: str) -> tuple[object, str]:
    """A state's words and the kind of its badge."""
    if way == Way.PAPER and state in PAPER_WORDS:
        return PAPER_WORDS[state]
    return STATE_WORDS[state]
