"""A person as the engine reads them, and back: what a masked card shows is made of what the index holds."""

from datetime import date

import kinmatch
from posada.people.models import Identity, Sex

_SEXES = {sex.value: sex for sex in Sex}


def to_kinmatch_record(identity: Identity, phone: str = "", record_id: str = "") -> kinmatch.Record:
    """An identity as the engine reads it."""
    return kinmatch.Record(
        record_id=record_id,
        given_names=identity.given_names,
        surnames=identity.surnames,
        full_name=identity.full_name or identity.other_names,
        nickname=identity.call_name,
        sex="" if identity.sex is Sex.OTHER else identity.sex.value,
        birth_date=identity.birth,
        age=identity.age,
        age_on=identity.age_on.isoformat() if identity.age_on else "",
        birth_place=identity.origin,
        mother=identity.mother,
        father=identity.father,
        phone=phone,
        document=identity.document,
    )


def as_indexed(record: kinmatch.Record) -> Identity:
    """What the index holds of a person, as an identity: enough to make a mask of."""
    return Identity(
        given_names=record.given_names,
        surnames=record.surnames,
        full_name=record.full_name,
        call_name=record.nickname,
        sex=_SEXES.get(record.sex, Sex.UNKNOWN),
        birth=record.birth_date,
        age=record.age,
        age_on=date.fromisoformat(record.age_on) if record.age_on else None,
        origin=record.birth_place,
    )
