"""Writing one part of a case: on the file as it stands at that moment, refused where two dates cannot both be right."""

import uuid
from collections.abc import Callable, Iterable

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require
from posada.asylum.models import Case
from posada.asylum.queries.cases import file_of
from posada.asylum.rules.casefile import CaseFile
from posada.asylum.rules.clashes import Clash, clashes
from posada.asylum.services.cases import write
from posada.records.door import Reason
from posada.records.services import Stale

# The word for the audit. What is done for somebody, offers and signed papers have none of their own: an auditor who
# counts words learns of nobody that there are any.
REASONS = {
    "nationality": "nationality",
    "dates": "dates",
    "members": "members",
    "steps": "steps",
    "safety": "steps",
    "meetings": "meetings",
    "documents": "papers",
    "offers": "papers",
    "signed": "papers",
    "decisions": "decisions",
    "appeals": "decisions",
    "permits": "decisions",
}


class WrongOrder(ValueError):
    """Dates of the case cannot all be right; nothing was changed."""

    def __init__(self, found: Iterable[Clash]) -> None:
        super().__init__()
        self.found = tuple(sorted(found, key=lambda one: (one.earlier.event, one.later.event)))


def change_part(
    *,
    by: Actor,
    case: Case,
    part: str,
    alter: Callable[[CaseFile], CaseFile],
    seen: int | None = None,
    once: uuid.UUID | None = None,
) -> None:
    """Change a case's file. `Stale` if it is no longer version `seen`; `WrongOrder` where it makes dates contradict.

    What contradicted before does not stand in the way of anything else.
    """
    require(by, Act.WRITE_CASE, case.subject)
    with transaction.atomic():
        held = Case.objects.select_for_update(of=("self",)).select_related("record", "person", "site").get(pk=case.pk)
        if seen is not None and held.record.version != seen:
            raise Stale
        file = file_of(held, by, Reason.CORRECT)
        changed = alter(file)
        found = clashes(changed) - clashes(file)
        if found:
            raise WrongOrder(found)
        if changed != file:
            write(by=by, case=held, changed_file=changed, reason=REASONS[part], once=once)
