"""When something happened in a case, wherever the case says it: among its dates, its decisions, its appeals."""

from collections.abc import Mapping

from posada.asylum.rules.casefile import CaseFile, Decided, Decision
from posada.asylum.rules.guide import Anchor, Ends
from posada.asylum.rules.known import Known

# Which decisions are the event itself, on their own day.
_DECIDED = {
    Decided.ADMITTED: Anchor.ADMISSION.value,
    Decided.ARCHIVED: Anchor.ARCHIVED.value,
    Decided.RECOGNISED: Anchor.RECOGNITION.value,
}
# Against which somebody may want to appeal: the time runs from the day on which they were told.
_AGAINST = frozenset({Decided.REFUSED, Decided.OTHER})


def events_of(file: CaseFile) -> Mapping[str, Known]:
    """Every event that is known to have been, and when. An event without a day stands here, too: its day is to ask.

    A decision gives its events where the dates of the case do not; of several the latest.
    """
    found: dict[str, Known] = {}
    for decision in sorted(file.decisions, key=_order):
        found |= _of_decision(decision)
    if refused := _last_against(file):
        found[Anchor.NOTIFICATION.value] = Known.read(refused.notified_on)
        appeal = next((one for one in reversed(file.appeals) if one.against == refused.id), None)
        found |= {Ends.APPEAL.value: Known.read(appeal.filed_on)} if appeal else {}
    return found | {one.event: one.known for one in file.dates}


def _of_decision(decision: Decision) -> dict[str, Known]:
    on = Known.read(decision.on)
    found = {_DECIDED[decision.what]: on} if decision.what in _DECIDED else {}
    return found if decision.what is Decided.ADMITTED else found | {Ends.DECISION.value: on}


def _last_against(file: CaseFile) -> Decision | None:
    against = [one for one in file.decisions if one.what in _AGAINST]
    return max(against, key=_order) if against else None


def _order(decision: Decision) -> str:
    return decision.on or decision.notified_on
