"""The rehearsal *Watch* in small: every silence rises within the hour, no call is offered that must not be made.

In full, as `make bench` runs it: `python -m bench.rehearsal watch`; its figures stand in bench/results/rehearsal.txt.
"""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from bench.rehearsed_watch import lines_of
from bench.watching import Rehearsal, Result

from posada.accounts.acts import Role
from posada.accounts.models import Site
from posada.ground import clock
from tests import cast

LONG = os.environ.get("POSADA_LONG") == "1"
DAYS, RESIDENTS, RELATIVES = (90, 50, 200) if LONG else (7, 10, 40)
SEED = 4
CONTROLS = ("outside the safe hours", "after a stop", "while frozen", "after the words of alarm")

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def rehearsal(site: Site) -> Iterator[Rehearsal]:
    user = cast.make_staff(site, Role.CASEWORKER)
    made = Rehearsal(site, user, cast.actor(user), SEED)
    made.fill(RESIDENTS, RELATIVES)
    yield made
    machine = datetime(2000, 1, 1, tzinfo=UTC)
    clock.start_at(machine, since=machine)


def _tell(result: Result, began: float) -> None:
    took = time.perf_counter() - began
    print(f"{DAYS} days, {RESIDENTS} residents, {RELATIVES} relatives, seed {SEED}, {took:.0f} s")
    print("\n".join(lines_of(result)))


def test_every_silence_rises_within_the_hour_and_no_call_is_offered_that_must_not_be_made(
    rehearsal: Rehearsal,
) -> None:
    began = time.perf_counter()
    result = rehearsal.run(DAYS)
    _tell(result, began)
    assert result.silences > RELATIVES / 2
    assert result.worst < timedelta(hours=1)
    assert {name: count for name, count in result.counts.items() if name.startswith("fault") and count} == {}
    # The same eyes find the faults of a watch that knows nothing of these rules, and of one that runs a day behind.
    assert all(result.counts[f"control: offered {name}"] > 0 for name in CONTROLS)
    assert result.counts["control: raised a day later"] > result.silences / 2
