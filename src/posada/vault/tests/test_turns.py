"""Writers of one process wait for each other in turn."""

import threading
from contextlib import suppress

import pytest
from django.db import connection, connections, transaction

from posada.vault.sqlcipher import turns

DATABASES = ["default", "keyring"]


def test_the_next_one_has_the_turn_as_soon_as_it_is_given_back() -> None:
    first = turns.take("a database of this test", seconds=1)
    assert first is not None
    assert turns.take("a database of this test", seconds=0.01) is None
    other = turns.take("another of this test", seconds=0.01)
    assert other is not None
    first.release()
    again = turns.take("a database of this test", seconds=0.01)
    assert again is first
    first.release()
    other.release()


@pytest.mark.django_db(transaction=True, databases=DATABASES)
@pytest.mark.parametrize("fails", [False, True])
def test_a_transaction_gives_its_turn_back_however_it_ends(*, fails: bool) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("a server has turns of its own")
    inside, go_on, order = threading.Event(), threading.Event(), []

    def hold() -> None:
        with suppress(AssertionError), transaction.atomic():
            inside.set()
            go_on.wait(10)
            order.append("first")
            assert not fails
        connections.close_all()

    def follow() -> None:
        inside.wait(10)
        with transaction.atomic():
            order.append("second")
        connections.close_all()

    threads = [threading.Thread(target=one) for one in (hold, follow)]
    for thread in threads:
        thread.start()
    inside.wait(10)
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert order == ["first", "second"]
    with transaction.atomic():
        order.append("third")
    free = turns.take(str(connection.settings_dict["NAME"]), seconds=0.01)
    assert free is not None
    free.release()
