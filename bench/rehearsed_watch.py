"""The section *Watch* of the rehearsals; imported once Django is set up."""

import argparse
from pathlib import Path

from bench.watching import Rehearsal, Result
from posada.accounts import queries, services
from posada.accounts.acts import Role
from posada.config.making import make_whole
from posada.records import staff
from posada.vault.folder import SiteSettings


def run(root: Path, asked: argparse.Namespace) -> tuple[list[str], int]:
    """The lines of the section, and how much was found that must be nought."""
    _made, house = make_whole(root, SiteSettings(site="bench", name="Bench"), keyholders=1)
    user = services.create_user(name="c", password="x" * 20, site=house, roles=frozenset({Role.CASEWORKER}))
    staff.name_staff(user, "Beatriz", site=house.pk)
    actor = queries.actor_for(user)
    if actor is None:
        raise LookupError("the caseworker just made has no role")
    rehearsal = Rehearsal(house, user, actor, asked.seed)
    rehearsal.fill(asked.residents, asked.relatives)
    result = rehearsal.run(asked.days)
    head = f"{asked.days} simulated days, {asked.residents} residents, {asked.relatives} relatives"
    return [head, *lines_of(result)], result.faults


def lines_of(result: Result) -> list[str]:
    """What was measured, the faults beside their controls."""
    counts = result.counts
    worst = result.worst.total_seconds() / 60
    lines = [
        f"Today looked at {result.looks} times, {counts['lines read on Today']} of its lines read on the page",
        f"silences raised: {result.silences}; worst delay {worst:.0f} min (looked at every 30 min)",
        f"calls made: {counts['calls made']}; offers seen: {counts['offers']}; cards opened: {counts['cards opened']}",
    ]
    for name in sorted(name for name in counts if name.startswith("fault")):
        control = counts.get(name.replace("fault", "control"))
        beside = f" (control, a watch without this rule: {control})" if control is not None else ""
        lines.append(f"{name.removeprefix('fault: ')}: {counts[name]}{beside}")
    late = "control: raised a day later"
    lines.append(f"control, a watch that runs a day behind: {counts[late]} of {result.silences} not raised in time")
    return lines
