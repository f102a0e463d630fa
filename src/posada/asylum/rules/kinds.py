"""What kind of thing a deadline asks for, in words that say nothing of anybody: for calendars that leave the house."""

from posada.asylum.rules.guide import Anchor, Rule
from posada.asylum.rules.reminders import Kind
from posada.asylum.rules.terms import OnWhom

_BY_ANCHOR = {
    Anchor.ENTRY: Kind.FILING,
    Anchor.LAST_ARRIVAL: Kind.FILING,
    Anchor.EVENT: Kind.FILING,
    Anchor.BORDER_CLAIM: Kind.FILING,
    Anchor.BORDER_SAFE_CONDUCT: Kind.CONFIRMING,
    Anchor.FILED_BY_ANOTHER: Kind.CONFIRMING,
    Anchor.CORRECTION_ASKED: Kind.CORRECTING,
    Anchor.INTERVIEW: Kind.ANSWERING,
    Anchor.FEE_NOTICE: Kind.ANSWERING,
    Anchor.NOTIFICATION: Kind.APPEAL,
    Anchor.ARCHIVED: Kind.APPEAL,
    Anchor.STAY_PERMIT: Kind.RENEWAL,
    Anchor.PERMIT_ISSUED: Kind.RENEWAL,
}


def kind_of(rule: Rule) -> Kind:
    """The kind of a rule with a time, by the event from which that runs; "something due" where none fits, or it is on
    the authority."""
    if rule.duration is None or rule.duration.on_whom is OnWhom.AUTHORITY:
        return Kind.OTHER
    if rule.duration.paper:
        return Kind.RENEWAL
    return _BY_ANCHOR.get(rule.duration.anchor, Kind.OTHER)
