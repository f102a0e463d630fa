"""Whether somebody objects to being looked for. It stands sealed, so asking it is written down."""

import uuid

from posada.accounts.permissions import system_actor
from posada.family.models import NotMissing, NotMissingWords
from posada.records.door import Reason, open_record


def objects(person_id: uuid.UUID) -> bool:
    """Whether this person objected to being looked for and did not take it back: nobody proposes them for a request."""
    held = NotMissing.objects.filter(person_id=person_id).select_related("record", "person").first()
    if held is None:
        return False
    house = system_actor(held.person.site_id)
    return open_record(held.record, NotMissingWords, by=house, reason=Reason.SYSTEM).objects
