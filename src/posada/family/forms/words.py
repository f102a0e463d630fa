"""What the fixed words of this room are called on screens."""

from django.utils.translation import gettext_lazy as _

from posada.family.models import (
    Cause,
    Channel,
    Check,
    ContactKind,
    How,
    ProposalState,
    RequestState,
    Risk,
    Share,
)
from posada.family.rules.calling import Why
from posada.people.models import Answer

CHANNEL_LABELS = {
    Channel.VOICE: _("Voice"),
    Channel.VOICE_NOTE: _("Voice note"),
    Channel.TEXT: _("Text"),
    Channel.THROUGH_SOMEONE: _("Through somebody"),
    Channel.IN_PERSON: _("In person"),
    Channel.UNKNOWN: "",
}
BY_CHANNEL = {
    Channel.VOICE: _("by voice"),
    Channel.VOICE_NOTE: _("by voice note"),
    Channel.TEXT: _("by text"),
    Channel.THROUGH_SOMEONE: _("through somebody"),
    Channel.IN_PERSON: _("in person"),
    Channel.UNKNOWN: "",
}
HOW_LABELS = {
    How.WELL: _("Well"),
    How.WORRIED: _("Worried"),
    How.IN_DANGER: _("In danger"),
    How.UNKNOWN: _("Not known"),
}
THEY_WERE = {
    How.WELL: _("they were well"),
    How.WORRIED: _("they were worried"),
    How.IN_DANGER: _("they were in danger"),
    How.UNKNOWN: "",
}
CONTACT_WORDS = {
    ContactKind.HEARD: _("Heard from"),
    ContactKind.NO_ANSWER: _("No answer"),
    ContactKind.WORRYING: _("Something worries"),
    ContactKind.STOP: _("Contact was stopped"),
}
CHECK_LABELS = {
    Check.NOT_ASKED: _("Not asked"),
    Check.SAID: _("Yes"),
    Check.NOT_SAID: _("No"),
    Check.ALARM: _("The words of alarm were said"),
}
CHECKED_WORDS = {
    Check.NOT_ASKED: _("not checked"),
    Check.SAID: _("the agreed words were said"),
    Check.NOT_SAID: _("the agreed words were not said: not believed"),
    Check.ALARM: _("the words of alarm were said"),
}
RISK_LABELS = {
    Risk.NOT_ASKED: _("Not asked"),
    Risk.NONE_KNOWN: _("None known"),
    Risk.SOME: _("Some"),
    Risk.HIGH: _("High"),
}
AGAINST_WORDS = {
    Why.YES: "",
    Why.STOPPED: _("after a stop"),
    Why.FROZEN: _("while all was frozen"),
    Why.WITHHELD: _("although we do not contact them first"),
    Why.ALARM: _("after the words of alarm"),
    Why.UNKNOWN_ZONE: _("the safe hours were not known"),
    Why.NEVER: _("the safe hours name no day"),
    Why.TRIED: _("soon after another call"),
    Why.HOURS: _("outside the safe hours"),
}
CAUSE_LABELS = {
    Cause.UNKNOWN: _("Not told"),
    Cause.CROSSING: _("At a crossing"),
    Cause.VIOLENCE: _("Violence"),
    Cause.DETENTION: _("Somebody was detained"),
    Cause.FLIGHT: _("They fled in different directions"),
    Cause.MIGRATION: _("One left first"),
    Cause.ILLNESS: _("Illness"),
    Cause.POVERTY: _("Lack of food or work"),
    Cause.DISASTER: _("Flood, earthquake or fire"),
    Cause.OTHER: _("Something else"),
}
SHARE_LABELS = {
    Share.NAME: _("My name and what we are to each other"),
    Share.RELATION: _("Only what we are to each other"),
    Share.NOTHING: _("Nothing"),
    Share.NOT_ASKED: _("Not asked yet"),
}
ANSWER_LABELS = {
    Answer.YES: _("Yes"),
    Answer.NO: _("No"),
    Answer.NOT_ASKED: _("Not asked yet"),
}
REQUEST_STATES = {
    RequestState.OPEN: (_("open"), "note"),
    RequestState.TRACING: (_("tracing"), "wait"),
    RequestState.VERIFIED: (_("verified"), "good"),
    RequestState.IN_CONTACT: (_("in contact"), "good"),
    RequestState.CLOSED: (_("closed"), "neutral"),
}
PROPOSAL_STATES = {
    ProposalState.PROPOSED: (_("to decide"), "wait"),
    ProposalState.NOT_YET: (_("not yet"), "note"),
    ProposalState.SAME: (_("same person"), "good"),
    ProposalState.DIFFERENT: (_("different person"), "neutral"),
}
NUMBER_WORDS = {None: "", True: _("the caller's number hidden"), False: _("the caller's number shown")}
