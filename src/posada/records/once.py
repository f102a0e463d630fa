"""A page sent twice acts once: each form carries a key, claimed in the transaction of its act."""

import uuid

from posada.ground import clock
from posada.records.models import SentForm


class AlreadySent(Exception):
    """This form was carried out before; `result` is what came of it."""

    def __init__(self, result: uuid.UUID | None) -> None:
        super().__init__()
        self.result = result


def claim(key: uuid.UUID | None, result: uuid.UUID | None = None) -> None:
    """Claim a form's key inside the transaction of its act; `AlreadySent` if it was claimed before."""
    if key is None:
        return
    row, fresh = SentForm.objects.get_or_create(key=key, defaults={"result": result, "on": clock.today()})
    if not fresh:
        raise AlreadySent(row.result)
