"""Ciphertext swapped in the database between persons, records and versions: nothing opens, nothing is shown (S8).

Real sealed records of several compartments, swapped by whoever can write to the database. `make test` tries 200,
POSADA_LONG=1 1,000. The control opens every record before and after.
"""

import os
import random
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.models import Site
from posada.accounts.permissions import system_actor
from posada.people.models import ContactDetails, Identity
from posada.people.rules.emergency import EmergencySheet
from posada.records import door, services
from posada.records.contents import Content
from posada.records.models import EarlierVersion, SealedRecord
from posada.vault.errors import Unreadable
from posada.vault.models import WrappedKey

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

COUNT = 1_000 if os.environ.get("POSADA_LONG") == "1" else 200
SEED = 8
PERSONS = 24


@dataclass(frozen=True, slots=True)
class Sealed:
    """A record with an earlier version, and the content that both say."""

    record: uuid.UUID
    as_: type[Content]

    def row(self) -> SealedRecord:
        return SealedRecord.objects.get(pk=self.record)


def _plant(site: Site) -> list[Sealed]:
    by = system_actor(site.pk)
    found = []
    for turn in range(PERSONS):
        subject = uuid.uuid4()
        for first, second in (
            (Identity(given_names=f"Canario {turn}"), Identity(given_names=f"Canario {turn} bis")),
            (ContactDetails(phone=f"555-{turn}"), ContactDetails(phone=f"556-{turn}")),
            (EmergencySheet(allergies=f"a {turn}"), EmergencySheet(allergies=f"b {turn}")),
        ):
            record = services.seal_new(first, subject=subject, by=by, act=Act.REGISTER)
            services.revise(record, second, by=by, act=Act.CORRECT)
            found.append(Sealed(record.pk, type(first)))
    return found


def _read(sealed: Sealed, row: SealedRecord | None = None) -> Content:
    row = row or sealed.row()
    by = system_actor(row.site_id)
    return door.open_record(row, sealed.as_, by=by, reason=door.Reason.SYSTEM)


def _body_of_another_person(one: Sealed, other: Sealed) -> None:
    SealedRecord.objects.filter(pk=one.record).update(body=other.row().body)


def _subject_of_another_person(one: Sealed, other: Sealed) -> None:
    SealedRecord.objects.filter(pk=one.record).update(subject=other.row().subject)


def _earlier_version_put_back(one: Sealed, _other: Sealed) -> None:
    """A roll-back: what it said before, in the place of what it says now."""
    earlier = EarlierVersion.objects.get(record=one.record)
    SealedRecord.objects.filter(pk=one.record).update(body=earlier.body)


def _version_number_changed(one: Sealed, _other: Sealed) -> None:
    SealedRecord.objects.filter(pk=one.record).update(version=1)


def _kind_and_body_of_another_compartment(one: Sealed, other: Sealed) -> None:
    row = other.row()
    SealedRecord.objects.filter(pk=one.record).update(body=row.body, compartment=row.compartment, kind=row.kind)


def _compartment_changed(one: Sealed, _other: Sealed) -> None:
    wrong = "kin" if one.row().compartment != "kin" else "contact"
    SealedRecord.objects.filter(pk=one.record).update(compartment=wrong)


def _key_of_another_person(one: Sealed, other: Sealed) -> None:
    row = one.row()
    key = WrappedKey.objects.get(subject=other.row().subject, compartment=row.compartment)
    WrappedKey.objects.filter(subject=row.subject, compartment=row.compartment).update(wrapped=key.wrapped)


def _body_and_key_of_another_person(one: Sealed, other: Sealed) -> None:
    _body_of_another_person(one, other)
    _key_of_another_person(one, other)


def _one_bit(one: Sealed, _other: Sealed) -> None:
    row = one.row()
    body = bytearray(row.body)
    body[len(body) // 2] ^= 4
    SealedRecord.objects.filter(pk=one.record).update(body=bytes(body))


ALIKE: tuple[Callable[[Sealed, Sealed], None], ...] = (
    _body_of_another_person,
    _subject_of_another_person,
    _earlier_version_put_back,
    _version_number_changed,
    _compartment_changed,
    _key_of_another_person,
    _body_and_key_of_another_person,
    _one_bit,
)
SWAPS = (*ALIKE, _kind_and_body_of_another_compartment)


def test_nothing_that_was_swapped_opens(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    began, chance = time.monotonic(), random.Random(SEED)  # noqa: S311 - which records are swapped is no secret
    sealed = _plant(site)
    assert len({str(_read(one)) for one in sealed}) == 3 * PERSONS
    refused = 0
    for turn in range(COUNT):
        swap = SWAPS[turn % len(SWAPS)]
        one = chance.choice(sealed)
        alike = swap in ALIKE
        other = chance.choice([row for row in sealed if row.record != one.record and (row.as_ is one.as_) == alike])
        with transaction.atomic(), transaction.atomic(using="keyring"):
            swap(one, other)
            with pytest.raises(Unreadable):
                _read(one)
            refused += 1
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="keyring")
    assert len({str(_read(one)) for one in sealed}) == 3 * PERSONS
    with capsys.disabled():
        print(f"\nswapped ciphertext: {refused} of {COUNT} refused, seed {SEED}, {time.monotonic() - began:.1f} s")
    assert refused == COUNT


def test_an_earlier_version_swapped_for_another_persons_does_not_open(site: Site) -> None:
    sealed = [one for one in _plant(site) if one.as_ is Identity]
    bodies = {one.record: EarlierVersion.objects.get(record=one.record).body for one in sealed}
    by = system_actor(site.pk)
    for one, other in zip(sealed, [*sealed[1:], sealed[0]], strict=True):
        assert len(door.open_history(one.row(), Identity, by=by)) == 2
        EarlierVersion.objects.filter(record=one.record).update(body=bodies[other.record])
        with pytest.raises(Unreadable):
            door.open_history(one.row(), Identity, by=by)
