"""What goes onto the papers of a case: opened to be printed, and written down as that."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.asylum.guides import reading
from posada.asylum.models import Case
from posada.asylum.papers.given import Given, Typed
from posada.asylum.queries.cases import file_of
from posada.asylum.queries.counted import counted
from posada.asylum.rules.casefile import CaseFile, Part
from posada.asylum.rules.deadlines import Place
from posada.people import queries as people
from posada.people.models import Identity
from posada.records import door
from posada.records.door import Reason


def given_for(
    actor: Actor, case: Case, now: datetime, *, typed: Typed, reason: Reason, with_names: bool = True
) -> Given:
    """Everything that a paper of this case may say. Names are opened only where they are printed."""
    file = file_of(case, actor, reason)
    guide = reading.guide(case.country)
    return Given(
        number=case.number,
        person=case.person_id,
        guide=guide,
        file=file,
        today=Place(guide.country, guide.zone).day_of(now) if guide else now.date(),
        people=_named(actor, case, file, reason) if with_names else {},
        counted=counted(case, file, guide, now),
        typed=typed,
    )


def _named(actor: Actor, case: Case, file: CaseFile, reason: Reason) -> Mapping[uuid.UUID, Identity]:
    """Who they are whose claim it is, where this lawyer holds their file: nobody who needs a claim of their own."""
    wanted = [case.person_id, *(one.person for one in file.members if one.part is Part.INCLUDED)]
    persons = people.persons_by_id(actor, wanted).values()
    mine = [one for one in persons if people.may(actor, Act.READ_IDENTITY, one)]
    if not mine:
        return {}
    opened = door.open_records([one.identity for one in mine], Identity, by=actor, reason=reason)
    return {one.subject: one.content for one in opened}
