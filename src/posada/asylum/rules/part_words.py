"""The words for what a case says: its events, its questions, its states."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from posada.asylum.rules.casefile import Decided, Interpreter, Manner, MeetingKind, PaperState, Part, Stands, Went
from posada.asylum.rules.facts import Fact
from posada.asylum.rules.guide import Anchor
from posada.asylum.rules.offers import Counsel, Effect, Measure, StepStands

# The events of a case: a guide's anchors, and the others that `order` knows.
EVENT_WORDS = {
    "birth": _("Birth"),
    Anchor.ENTRY.value: _("Entry into the country"),
    Anchor.LAST_ARRIVAL.value: _("Last arrival in the country"),
    Anchor.EVENT.value: _("What happened after leaving, and makes going back impossible"),
    Anchor.BORDER_CLAIM.value: _("Claim made at the border"),
    Anchor.BORDER_SAFE_CONDUCT.value: _("Safe-conduct issued at the border"),
    "ratification": _("Claim confirmed or expanded"),
    Anchor.FILING.value: _("Claim handed in"),
    Anchor.FILED_BY_ANOTHER.value: _("Claim handed in by somebody else"),
    Anchor.ADMISSION.value: _("Claim admitted"),
    Anchor.STAY_PERMIT.value: _("Paper of stay issued"),
    Anchor.CORRECTION_ASKED.value: _("The authority asked to complete the claim"),
    Anchor.INTERVIEW.value: _("Interview"),
    Anchor.ARCHIVED.value: _("Claim archived"),
    "withdrawal": _("Claim withdrawn"),
    "decision": _("Decision"),
    Anchor.NOTIFICATION.value: _("The person was told of the decision"),
    "appeal": _("Appeal handed in"),
    Anchor.FINAL_REFUSAL.value: _("Refusal became final"),
    Anchor.RECOGNITION.value: _("Recognition"),
    Anchor.STATELESS_FILING.value: _("Request as a stateless person handed in"),
    Anchor.PERMIT_FILING.value: _("Permit asked for"),
    Anchor.PERMIT_ISSUED.value: _("Permit issued"),
    Anchor.ABSENCE.value: _("The person left the country for a time"),
    Anchor.HELD.value: _("The person was held"),
    Anchor.LODGING.value: _("Lodging began"),
    Anchor.FEE_NOTICE.value: _("Notice of a fee"),
}

TIE_WORDS = {
    Fact.PARENT_NATIONAL_HERE: _("Mother or father of this nationality: %(country)s"),
    Fact.GRANDPARENT_NATIONAL_HERE: _("Grandmother or grandfather of this nationality: %(country)s"),
    Fact.NATIONAL_HERE: _("Has this nationality already, perhaps beside another: %(country)s"),
    Fact.BINATIONAL_PEOPLE: _("Belongs to an indigenous people on both sides of the border"),
    Fact.SPOUSE_NATIONAL_HERE: _("Spouse or partner of this nationality: %(country)s"),
    Fact.STATELESS: _("No country takes the person for its national"),
}

STANDS_WORDS = {
    Stands.NOT_ASKED: _("Not asked"),
    Stands.YES: _("Yes"),
    Stands.PERHAPS: _("Perhaps"),
    Stands.NO: _("No"),
}

MANNER_WORDS = {
    Manner.NOT_SAID: _("Not said"),
    Manner.CHECKPOINT: _("At a checkpoint"),
    Manner.ELSEWHERE: _("Elsewhere"),
}

PART_WORDS = {
    Part.APPLICANT: _("Asks for themselves; the claim is theirs"),
    Part.INCLUDED: _("Included in this claim"),
    Part.OWN_CLAIM: _("Needs a claim of their own"),
    Part.TO_DECIDE: _("Still to be decided"),
}

MEETING_WORDS = {
    MeetingKind.INTERVIEW: _("Interview"),
    MeetingKind.HEARING: _("Hearing"),
    MeetingKind.APPOINTMENT: _("Appointment"),
}

WENT_WORDS = {
    Went.PLANNED: (_("Planned"), "wait"),
    Went.KEPT: (_("They went"), "good"),
    Went.MISSED: (_("Missed"), "danger"),
    Went.MOVED: (_("Moved to another day"), "neutral"),
}

INTERPRETER_WORDS = {
    Interpreter.NONE: _("None needed"),
    Interpreter.WOMAN: _("A woman"),
    Interpreter.MAN: _("A man"),
    Interpreter.EITHER: _("A woman or a man"),
}

PAPER_WORDS = {
    PaperState.NOT_ASKED: (_("Not asked"), "neutral"),
    PaperState.HAVE: (_("Here"), "good"),
    PaperState.MISSING: (_("Missing"), "wait"),
    PaperState.DECLARED: (_("Declared"), "note"),
    PaperState.HANDED_IN: (_("Handed in"), "good"),
}

DECIDED_WORDS = {
    Decided.ADMITTED: _("Claim admitted"),
    Decided.RECOGNISED: _("Recognised"),
    Decided.REFUSED: pgettext_lazy("decision", "Refused"),
    Decided.ARCHIVED: _("Archived"),
    Decided.OTHER: pgettext_lazy("decision", "Something else"),
}

EFFECT_WORDS = {
    Effect.UNKNOWN: (_("Legal effect not known"), "wait"),
    Effect.KNOWN: (_("Legal effect known from a source"), "note"),
}

COUNSEL_WORDS = {
    Counsel.NOT_ASKED: (_("Not asked whether a lawyer was offered before"), "wait"),
    Counsel.TAKEN: (_("A lawyer was offered before, and they spoke"), "good"),
    Counsel.DECLINED: (_("A lawyer was offered before, and declined"), "note"),
    Counsel.NOT_OFFERED: (_("No lawyer was offered before"), "danger"),
}

MEASURE_WORDS = {
    Measure.SEPARATE_LODGING: _("Separate lodging"),
    Measure.COUNSEL_FIRST: _("Legal aid first, before anything is written or signed"),
    Measure.NO_LOOK_UP_ABROAD: _("Nobody asks about them across the border"),
}

STEP_STANDS_WORDS = {
    StepStands.NOT_ASKED: (_("Not asked"), "neutral"),
    StepStands.PENDING: (_("Awaited"), "wait"),
    StepStands.DONE: (_("The authority says it is done"), "good"),
    StepStands.WITHDRAWN: (_("Taken back"), "note"),
}
