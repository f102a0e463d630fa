"""The measurements of `bench.oversight`; imported once Django is set up."""

import random
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from posada.accounts import services as accounts
from posada.accounts.acts import Act, Role
from posada.audit import heads
from posada.audit.models import AuditEntry
from posada.audit.services import Event, write
from posada.config.making import make_whole
from posada.ground import clock
from posada.oversight.queries import access, days, summary, trail
from posada.records import staff
from posada.vault.folder import SiteSettings

SEED = 22
AT_ONCE = 1_000
A_DAY = 1_000
TURNS = 5
PERSONS = 5_000


def _fill(site: int, users: list[int], entries: int) -> None:
    """Entries as a house writes them: a thousand a day up to now, by everybody, over some thousands of persons."""
    chance, acts = random.Random(SEED), [act.value for act in Act]
    whom = [f"{chance.getrandbits(64):016x}" for _person in range(PERSONS)]
    real = clock.now()
    for start in range(0, entries, AT_ONCE):
        clock.start_at(real - timedelta(days=(entries - start) / A_DAY), since=real)
        write(
            *(
                Event(
                    act=chance.choice(acts),
                    actor=chance.choice(users),
                    role="desk",
                    site=site,
                    subject=chance.choice(whom),
                )
                for _entry in range(min(AT_ONCE, entries - start))
            )
        )
    clock.start_at(real, since=real)


def _median(work: Callable[[], object]) -> float:
    took = []
    for _turn in range(TURNS):
        began = time.perf_counter()
        work()
        took.append(1_000 * (time.perf_counter() - began))
    return sorted(took)[TURNS // 2]


def run(root: Path, *, entries: int) -> list[str]:
    """Every figure as a line."""
    _made, house = make_whole(root, SiteSettings(site="bench", name="Bench"), keyholders=1)
    users = []
    for place, role in enumerate(Role):
        user = accounts.create_user(name=f"{role}", password="x" * 20, site=house, roles=frozenset({role}))
        staff.name_staff(user, f"Staff {place}", site=house.pk)
        users.append(user.pk)
    began = time.perf_counter()
    _fill(house.pk, users, entries)
    lines = [f"{entries} entries written in {time.perf_counter() - began:.1f} s ({AT_ONCE} a transaction)"]
    middle = AuditEntry.objects.order_by("sequence")[entries // 2]
    asked = {
        "the newest page": trail.Narrowed(),
        "one user": trail.Narrowed(user=users[0]),
        "one act": trail.Narrowed(act=Act.EXPORT.value),
        "one person": trail.Narrowed(subject=middle.subject),
        "one day in the middle": trail.Narrowed(day=middle.at.date()),
        "one user on that day": trail.Narrowed(user=users[0], day=middle.at.date()),
        "an act that never was": trail.Narrowed(act="no.act"),
    }
    for what, to in asked.items():
        lines.append(f"a page of sentences, {what}: {_median(lambda to=to: trail.page(house.pk, to)):.1f} ms")
    began = time.perf_counter()
    days.days_of_use(house.pk)
    lines.append(f"four weeks of use, first time after unlocking: {1_000 * (time.perf_counter() - began):.0f} ms")
    lines.append(f"four weeks of use, afterwards: {_median(lambda: days.days_of_use(house.pk)):.1f} ms")
    lines.append(f"the summary of a week: {_median(lambda: summary.table(house.pk)):.1f} ms")
    lines.append(f"the access review: {_median(lambda: access.staff_to_review(house.pk)):.1f} ms")
    lines.append(f"the head and the number of entries: {_median(heads.standing):.1f} ms")
    began = time.perf_counter()
    found = heads.verify()
    lines.append(f"every entry verified ({found.verdict}): {time.perf_counter() - began:.1f} s")
    return lines
