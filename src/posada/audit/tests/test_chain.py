"""The audit is append-only and its chain shows every change."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from posada.audit import chains, services
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
    assert [step.head for step in services.walk()] == [entry.hash for entry in entries]


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
    for entry in entries:
        kept = entry.act
        entry.act = "people.other"
        assert services.verify(entries).broken_at == entry.sequence
        entry.act = kept


def test_a_removed_or_swapped_entry_is_found(entries: list[AuditEntry]) -> None:
    assert _changed(entries, lambda rows: rows.pop(4)) == entries[5].sequence

    def swap(rows: list[AuditEntry]) -> None:
        rows[3], rows[4] = rows[4], rows[3]

    assert _changed(entries, swap) == entries[4].sequence


def test_a_cut_end_is_seen_against_a_head_kept_elsewhere(entries: list[AuditEntry]) -> None:
    kept = services.verify().head
    cut = services.verify(entries[:-2])
    assert cut.broken_at is None
    assert cut.head != kept


def _in_chain(monkeypatch: pytest.MonkeyPatch, chain: int, *events: Event) -> None:
    monkeypatch.setattr(chains, "take", lambda: chain)
    services.write(*events)
    monkeypatch.undo()


@pytest.fixture
def three_chains(monkeypatch: pytest.MonkeyPatch) -> list[AuditEntry]:
    for number in range(12):
        _in_chain(monkeypatch, number % 3, Event(act="people.search", count=number))
    return list(AuditEntry.objects.order_by("sequence"))


def test_several_chains_are_joined_and_each_is_verified(three_chains: list[AuditEntry]) -> None:
    assert services.verify() == services.verify(three_chains)
    assert (services.verify().entries, services.verify().broken_at) == (12, None)
    for place in range(9):
        # The next entry of the same chain no longer follows.
        found = _changed(three_chains, lambda rows, place=place: rows.pop(place))  # type: ignore[misc]  # bound here
        assert found == three_chains[place + 3].sequence


def test_an_entry_moved_to_another_chain_is_found(three_chains: list[AuditEntry]) -> None:
    for entry in three_chains:
        kept = entry.chain
        entry.chain = (kept + 1) % 4
        assert services.verify(three_chains).broken_at == entry.sequence
        entry.chain = kept


def test_a_head_kept_of_several_chains_is_found_again_later(
    three_chains: list[AuditEntry], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = services.verify().head
    _in_chain(monkeypatch, 3, Event(act="people.search"))
    _in_chain(monkeypatch, 1, Event(act="people.search"))
    assert [step.entry.sequence for step in services.walk() if step.head == kept] == [three_chains[-1].sequence]
    whole_chain_gone = [entry for entry in three_chains if entry.chain != 2]
    assert services.verify(whole_chain_gone).broken_at is None
    assert kept not in {step.head for step in services.walk(whole_chain_gone)}


def test_no_chain_forks(entries: list[AuditEntry]) -> None:
    fork = AuditEntry.objects.get(pk=entries[3].pk)
    fork.sequence = entries[-1].sequence + 1
    with pytest.raises(DatabaseError), transaction.atomic():
        fork.save(force_insert=True)
    assert services.verify().entries == 12


def test_entries_of_an_act_that_failed_are_not_kept(entries: list[AuditEntry]) -> None:
    def write_then_fail() -> None:
        with transaction.atomic():
            services.write(Event(act="people.register"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_then_fail()
    assert services.verify().entries == 12
