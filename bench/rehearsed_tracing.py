"""The section *Tracing* of the rehearsals; imported once Django is set up."""

import argparse
from pathlib import Path

from bench.tracing import Rehearsal, Result
from posada.accounts import queries, services
from posada.accounts.acts import Role
from posada.accounts.models import Site
from posada.accounts.permissions import Actor
from posada.config.making import make_whole
from posada.records import staff
from posada.vault.folder import SiteSettings

_ORDER = (
    *("separations", "findable", "found first", "found in the first ten", "proposed", "decided rightly"),
    *("decided: same person", "decided: same person, wrongly", "set aside by the answers of kin"),
    *("asked", "asked within a day", "released by two", "told", "in contact", "findable: in contact"),
)


def run(root: Path, asked: argparse.Namespace) -> tuple[list[str], int]:
    """The lines of the section, and how much was found that must be nought."""
    _made, house = make_whole(root, SiteSettings(site="bench", name="Bench"), keyholders=1)
    officers = [_officer(house, f"t{place}") for place in range(asked.officers)]
    rehearsal = Rehearsal(house, officers, asked.seed)
    rehearsal.fill(asked.background, asked.separations, asked.impostors)
    result = rehearsal.run(asked.weeks * 7)
    head = f"{asked.weeks} simulated weeks, {len(officers)} officers, {rehearsal.registered} others in the register"
    return [head, *lines_of(result)], result.faults


def _officer(house: Site, name: str) -> Actor:
    user = services.create_user(name=name, password="x" * 20, site=house, roles=frozenset({Role.TRACING_OFFICER}))
    staff.name_staff(user, name, site=house.pk)
    actor = queries.actor_for(user)
    if actor is None:
        raise LookupError("the officer just made has no role")
    return actor


def lines_of(result: Result) -> list[str]:
    """What was counted, in the order of the work; then what must be nought, and what the play's persons did."""
    counts = result.counts
    lines = [f"{name}: {counts[name]}" for name in _ORDER]
    faults = sorted(name for name in counts if name.startswith("fault"))
    lines += [f"{name.removeprefix('fault: ')}: {counts[name]}" for name in faults]
    rest = sorted(name for name in counts if name not in _ORDER and name not in faults)
    lines += [f"({name}: {counts[name]})" for name in rest]
    lines += [
        f"findable with the error «{error}»: {count}, not proposed {result.missed[error]}"
        for error, count in sorted(result.by_error.items())
    ]
    return lines
