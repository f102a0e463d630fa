"""A register of invented people, written in bulk: what P1 and P2 are measured on. Imported once Django is set up."""

import time
import uuid
from collections.abc import Iterator
from itertools import islice

from kinmatch.records import Record
from kinmatch.synthetic import make_world
from posada.accounts.models import Assignment
from posada.audit import services as audit
from posada.ground import clock, ids
from posada.people.models import Consents, Identity, Person, Sex, Source
from posada.records import changes, contents
from posada.records.contents import Content
from posada.records.models import Change, ReaderPosition, SealedRecord
from posada.vault import ciphers, keyring
from posada.vault.models import WrappedKey

SOME = 5_000
SEED = 2019
FIRST_NUMBER = 1_000_000
_SEXES = {"m": Sex.MALE, "f": Sex.FEMALE}


def fill(house: int, persons: int) -> float:
    """So many persons, each with an identity and consents, as a registration leaves them; the seconds it took."""
    began = time.monotonic()
    records = iter(make_world(persons, SEED).records)
    done = 0
    while batch := list(islice(records, SOME)):
        _write(house, batch, FIRST_NUMBER + done)
        done += len(batch)
    for name in ("people", "family"):  # in a house that was open all the while they would have read on
        ReaderPosition.objects.update_or_create(reader=name, defaults={"sequence": changes.head()})
    return time.monotonic() - began


def entrust(house: int, user: int, count: int) -> list[int]:
    """Entrust the first so many to a caseworker; their numbers."""
    rows = list(Person.objects.filter(site_id=house).order_by("number")[:count])
    Assignment.objects.bulk_create(
        Assignment(user_id=user, site_id=house, subject=row.pk, since=clock.today()) for row in rows
    )
    return [row.number for row in rows]


def _identity(record: Record) -> Identity:
    return Identity(
        given_names=record.given_names,
        surnames=record.surnames,
        full_name=record.full_name,
        sex=_SEXES.get(record.sex, Sex.UNKNOWN),
        birth=record.birth_date,
        origin=record.birth_place,
        mother=record.mother,
        father=record.father,
        nationalities="venezolana",
    )


def _write(house: int, batch: list[Record], first: int) -> None:
    keys: list[WrappedKey] = []
    rows: list[SealedRecord] = []
    persons: list[Person] = []
    for place, record in enumerate(batch):
        subject = uuid.uuid4()
        identity, consents = (sealed for sealed in _sealed(house, subject, (_identity(record), Consents()), keys))
        rows += [identity, consents]
        persons.append(
            Person(
                id=subject,
                site_id=house,
                number=first + place,
                source=Source.HOUSE,
                registered_on=clock.today(),
                identity=identity,
                consents=consents,
            )
        )
    WrappedKey.objects.bulk_create(keys)
    SealedRecord.objects.bulk_create(rows)
    Person.objects.bulk_create(persons)
    Change.objects.bulk_create(
        Change(record=row.pk, subject=row.subject, kind=row.kind, what=Change.What.WRITTEN) for row in rows
    )
    audit.write(*(audit.Event(act="people.register", role="system", site=house) for _ in batch))


def _sealed(
    house: int, subject: uuid.UUID, held: tuple[Content, ...], keys: list[WrappedKey]
) -> Iterator[SealedRecord]:
    made: dict[str, bytes] = {}
    for content in held:
        compartment = content.COMPARTMENT
        if compartment not in made:
            made[compartment] = ciphers.new_key()
            wrapped = keyring.wrap(made[compartment], subject, compartment)
            keys.append(WrappedKey(subject=subject, compartment=compartment, wrapped=wrapped))
        data = keyring.sealing_data(subject, compartment, f"{content.KIND}/{content.SCHEMA}", 1)
        yield SealedRecord(
            id=ids.new_id(),
            subject=subject,
            site_id=house,
            compartment=compartment,
            kind=content.KIND,
            registered_on=clock.today(),
            body=keyring.seal(made[compartment], contents.encode(content), data),
        )
