"""Contents of this room as the engine reads them."""

import kinmatch
from posada.family.models import Enquirer, Sought
from posada.people.models import Sex


def sought_record(sought: Sought, record_id: str = "") -> kinmatch.Record:
    """A sought person as the engine reads it. Marks, photographs and circumstances are never matched."""
    return kinmatch.Record(
        record_id=record_id,
        given_names=sought.given_names,
        surnames=sought.surnames,
        full_name=sought.full_name or sought.other_names,
        nickname=sought.nickname,
        sex="" if sought.sex is Sex.OTHER else sought.sex.value,
        birth_date=sought.birth,
        age=sought.age,
        age_on=sought.age_on.isoformat() if sought.age_on else "",
        birth_place=sought.origin,
        mother=sought.mother,
        father=sought.father,
        document=sought.document,
    )


def enquirer_record(enquirer: Enquirer, record_id: str = "") -> kinmatch.Record:
    """An enquirer from outside as the engine reads it: no more than a name."""
    return kinmatch.Record(record_id=record_id, full_name=enquirer.name)
