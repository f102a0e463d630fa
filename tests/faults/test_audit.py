"""S6: entries edited, removed, cut, swapped, or all written anew after a change: found with a head kept elsewhere.

`make test` tries 500, `POSADA_LONG=1` 10,000. The control is the audit as it was. Without a head kept elsewhere a cut
end and an audit written anew go unseen: counted and printed, for that is what the shift sheet is for.
"""

import copy
import os
import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from posada.accounts.acts import Act, Role
from posada.audit import heads, services
from posada.audit.heads import Kept, Verdict
from posada.audit.models import AuditEntry
from posada.vault import head_words

SEED = 20_260_226
COUNT = 10_000 if os.environ.get("POSADA_LONG") == "1" else 500
LENGTH = 60
Entries = list[AuditEntry]
FIELDS: dict[str, Callable[[random.Random], object]] = {
    "at": lambda chance: datetime(2026, 2, 1, tzinfo=UTC) + timedelta(seconds=chance.randrange(10**6), microseconds=7),
    "actor": lambda chance: chance.randrange(100, 200),
    "role": lambda _chance: "nobody",
    "site": lambda chance: chance.randrange(100, 200),
    "act": lambda _chance: "some.thing",
    "subject": lambda chance: f"{chance.getrandbits(64):016x}",
    "reason": lambda _chance: "because",
    "result": lambda _chance: "other",
    "count": lambda chance: chance.randrange(1_000, 2_000),
}


@pytest.fixture
def audit(db: None) -> Entries:
    """An audit as the product itself writes it."""
    chance = random.Random(SEED)  # noqa: S311 - chance of a test, repeatable
    acts, roles = [act.value for act in Act], [role.value for role in Role]
    for _entry in range(LENGTH):
        subject = f"{chance.getrandbits(64):016x}"
        services.write(
            services.Event(
                act=chance.choice(acts), actor=chance.randrange(9), role=chance.choice(roles), site=1, subject=subject
            )
        )
    return list(AuditEntry.objects.order_by("sequence"))


def _renumber(rows: Entries) -> None:
    for place, row in enumerate(rows, start=1):
        row.sequence = place


def rechain(rows: Entries) -> None:
    """What an attacker with the database does after a change: number anew, and compute every hash again."""
    _renumber(rows)
    previous = services._genesis(0)
    for row in rows:
        row.previous = previous
        row.hash = previous = services._hash(row)


def edited(rows: Entries, chance: random.Random) -> None:
    field = chance.choice(sorted(FIELDS))
    setattr(chance.choice(rows), field, FIELDS[field](chance))


def removed(rows: Entries, chance: random.Random) -> None:
    first = chance.randrange(len(rows) - 1)
    del rows[first : first + chance.randrange(1, len(rows) - first)]


def cut(rows: Entries, chance: random.Random) -> None:
    del rows[chance.randrange(len(rows)) :]


def swapped(rows: Entries, chance: random.Random) -> None:
    one, other = chance.sample(range(len(rows)), 2)
    rows[one], rows[other] = rows[other], rows[one]


def added(rows: Entries, chance: random.Random) -> None:
    more = copy.copy(chance.choice(rows))
    more.count = 77
    rows.insert(chance.randrange(len(rows)), more)


CHANGES = (edited, removed, cut, swapped, added)


def _kept(audit: Entries) -> Kept:
    words = head_words.words_of(audit[-1].hash)
    return Kept(len(audit), lambda head: head_words.is_of(words, head))


def test_every_change_is_found_against_twelve_words_kept_elsewhere(
    audit: Entries, capsys: pytest.CaptureFixture[str]
) -> None:
    chance, began = random.Random(SEED), time.perf_counter()  # noqa: S311 - chance of a test, repeatable
    kept, tried, missed, unseen = _kept(audit), Counter[str](), Counter[str](), Counter[str]()
    for _try in range(COUNT):
        rows = [copy.copy(row) for row in audit]
        change, anew = chance.choice(CHANGES), chance.random() < 0.5
        change(rows, chance)
        if anew:
            rechain(rows)
        what = f"{change.__name__}{', then all written anew' if anew else ''}"
        tried[what] += 1
        missed[what] += heads.verify(kept, rows).verdict is Verdict.AS_KEPT
        unseen[what] += heads.verify(None, rows).verdict is Verdict.WHOLE
    with capsys.disabled():
        print(f"\nS6: {COUNT} changed audits of {LENGTH} entries, seed {SEED}, {time.perf_counter() - began:.1f} s")
        print(f"  with a head kept elsewhere: {COUNT - missed.total()} of {COUNT} found")
        print(f"  without one: {COUNT - unseen.total()} of {COUNT} found; unseen: ")
        for what in sorted(tried):
            print(f"    {what}: {unseen[what]} of {tried[what]}")
    assert missed.total() == 0
    # What the product says it cannot see without a head: were these found, the test would not do what it says.
    assert unseen["cut"] == tried["cut"] > 0
    assert all(unseen[what] == tried[what] > 0 for what in tried if what.endswith("anew"))
    assert not any(unseen[what] for what in ("added", "edited", "removed", "swapped"))


def test_the_audit_as_it_was_is_found_whole(audit: Entries) -> None:
    assert heads.verify(_kept(audit), audit).verdict is Verdict.AS_KEPT
    assert heads.verify(None, audit).verdict is Verdict.WHOLE


def test_a_head_kept_earlier_still_agrees_when_entries_were_added(audit: Entries) -> None:
    kept = _kept(audit)
    services.write(services.Event(act="later.act"))
    found = heads.verify(kept)
    assert (found.verdict, found.entries) == (Verdict.AS_KEPT, LENGTH + 1)


def test_what_was_changed_after_the_kept_head_is_not_promised(audit: Entries) -> None:
    earlier = Kept(LENGTH // 2, lambda head: head == audit[LENGTH // 2 - 1].hash)
    rows = [copy.copy(row) for row in audit]
    rows[-1].role = "nobody"
    rechain(rows)
    assert heads.verify(earlier, rows).verdict is Verdict.AS_KEPT


def test_what_stands_now_is_what_a_walk_ends_with(audit: Entries) -> None:
    standing = heads.standing()
    assert (standing.entries, standing.head) == (LENGTH, audit[-1].hash)
    assert heads.verify().head == standing.head
