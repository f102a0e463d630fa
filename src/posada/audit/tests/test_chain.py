"""The audit is append-only and its chain shows every change."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from posada.audit import services
from posada.audit.models import AuditEntry
from posada.audit.services import Event

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def entries() -> list[AuditEntry]:
    for number in range(12):
        services.write(Event(act="people.search", actor=number % 3, count=number))
    return list(AuditEntry.objects.order_by("sequence"))


def test_it_chains_every_entry_to_the_one_before(entries: list[AuditEntry]) -> None:
    chain = services.verify()
    assert (chain.entries, chain.broken_at) == (12, None)
    assert chain.head == entries[-1].hash
    assert entries[0].previous == services.GENESIS


@pytest.mark.parametrize("statement", ["DELETE FROM audit_auditentry", "UPDATE audit_auditentry SET act = 'x'"])
def test_the_database_refuses_to_change_or_remove(entries: list[AuditEntry], statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert services.verify().entries == 12


def _changed(entries: list[AuditEntry], how: Callable[[list[AuditEntry]], object]) -> int | None:
    rows = list(entries)
    how(rows)
    return services.verify(rows).broken_at


def test_a_changed_entry_is_found(entries: list[AuditEntry]) -> None:
    for place in range(len(entries)):
        kept = entries[place].act
        entries[place].act = "people.other"
        assert services.verify(entries).broken_at == place + 1
        entries[place].act = kept


def test_a_removed_or_swapped_entry_is_found(entries: list[AuditEntry]) -> None:
    assert _changed(entries, lambda rows: rows.pop(4)) == 6

    def swap(rows: list[AuditEntry]) -> None:
        rows[3], rows[4] = rows[4], rows[3]

    assert _changed(entries, swap) == 5


def test_a_cut_end_is_seen_against_a_head_kept_elsewhere(entries: list[AuditEntry]) -> None:
    kept = services.verify().head
    cut = services.verify(entries[:-2])
    assert cut.broken_at is None
    assert cut.head != kept


def test_entries_of_an_act_that_failed_are_not_kept(entries: list[AuditEntry]) -> None:
    def write_then_fail() -> None:
        with transaction.atomic():
            services.write(Event(act="people.register"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_then_fail()
    assert services.verify().entries == 12
