"""What `bench.doubles` measures; imported once Django is set up."""

import time
from pathlib import Path

from bench import filling
from kinmatch.synthetic import make_world
from posada.accounts.permissions import system_actor
from posada.config.making import make_whole
from posada.people import matching
from posada.people.models import Pair, Person
from posada.people.services import doubles
from posada.vault.folder import SiteSettings


def _nothing(_done: int, _total: int) -> None:
    return


def lines(root: Path, persons: int) -> list[str]:
    """The first look over everybody, and precision and recall of its two bands."""
    _made, house = make_whole(root, SiteSettings(site="bench", name="Bench"), keyholders=1)
    filling.fill(house.pk, persons)
    world = make_world(persons, filling.SEED)
    numbers = {record.record_id: filling.FIRST_NUMBER + place for place, record in enumerate(world.records)}
    truth = {frozenset((numbers[one], numbers[two])) for one, two in world.truth()}
    began = time.monotonic()
    matching.build(_nothing)
    built = time.monotonic() - began
    began = time.monotonic()
    doubles.look_through(by=system_actor(house.pk), most=len(world.records))
    seconds = time.monotonic() - began
    files = f"{Person.objects.count():,} files, {len(truth):,} true pairs, seed {filling.SEED}"
    found = [f"{files}; index built in {built:.1f} s"]
    found.append(f"all files looked at in {seconds:.1f} s, {1000 * seconds / persons:.1f} ms each")
    found.append(f"a night is at most {doubles.MOST_A_NIGHT:,} changed files")
    rows = Pair.objects.values_list("first__number", "second__number", "band")
    for name, bands in (("very alike", ("likely",)), ("very alike and alike", ("likely", "possible"))):
        pairs = {frozenset((one, two)) for one, two, band in rows if band in bands}
        right = len(pairs & truth)
        found.append(
            f"{name}: {len(pairs):,} pairs, precision {right / max(1, len(pairs)):.3f}, recall {right / len(truth):.3f}"
        )
    return found
