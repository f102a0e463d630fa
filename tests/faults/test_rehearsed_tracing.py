"""The rehearsal *Tracing* in small: nobody is told anything before the found person allowed it, and nobody wrong.

In full: `python -m bench.rehearsal tracing`; its figures stand in bench/results/rehearsal.txt.
"""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from bench.rehearsed_tracing import lines_of
from bench.tracing import Rehearsal

from posada.accounts.acts import Role
from posada.accounts.models import Site
from posada.family import matching
from posada.ground import clock
from posada.people import matching as people
from posada.records import changes
from tests import cast

LONG = os.environ.get("POSADA_LONG") == "1"
SEPARATIONS, OTHERS, BACKGROUND, WEEKS = (200, 100, 1_500, 6) if LONG else (18, 9, 40, 5)
SEED = 4

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def rehearsal(site: Site) -> Iterator[Rehearsal]:
    people.build(lambda _done, _total: None)
    matching.build(lambda _done, _total: None)
    changes.start_at("people", changes.head())
    officers = [
        cast.actor(cast.make_staff(site, Role.TRACING_OFFICER, name=name)) for name in ("Nora", "Inés", "Ulises")
    ]
    made = Rehearsal(site, officers, SEED)
    made.fill(BACKGROUND, SEPARATIONS, OTHERS)
    yield made
    machine = datetime(2000, 1, 1, tzinfo=UTC)
    clock.start_at(machine, since=machine)


def test_nothing_is_told_before_consent_nor_for_the_wrong_person_and_the_answer_never_changes(
    rehearsal: Rehearsal,
) -> None:
    began = time.perf_counter()
    result = rehearsal.run(7 * WEEKS)
    print(f"{SEPARATIONS} separations, {OTHERS} others, seed {SEED}, {time.perf_counter() - began:.0f} s")
    print("\n".join(lines_of(result)))
    counts = result.counts
    assert {name: count for name, count in counts.items() if name.startswith("fault") and count} == {}
    assert counts["told"] > SEPARATIONS / 5
    assert counts["answers looked at"] > SEPARATIONS
    assert counts["found in the first ten"] >= 0.9 * counts["findable"]
    # The same eyes find what a house would tell that asks nobody.
    assert counts["control: would be told by a house that asks nobody"] == counts["misuse: held up"] > 0
