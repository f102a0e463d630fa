"""The measurements of `bench.house`; imported once Django is set up."""

import time
from pathlib import Path
from statistics import median, quantiles

from tools.demo.world import build_world

from posada.accounts import queries as accounts_queries
from posada.accounts import services as accounts
from posada.accounts.acts import Role
from posada.accounts.permissions import system_actor
from posada.config.making import make_whole
from posada.people import matching, services
from posada.people import queries as people
from posada.people.models import Identity, Sex
from posada.vault import site, slots, state
from posada.vault.folder import SiteSettings


def _ms(seconds: list[float]) -> str:
    return f"p50 {1000 * median(seconds):.1f} ms, p95 {1000 * quantiles(seconds, n=20)[-1]:.1f} ms"


def run(root: Path, *, persons: int, opened: int, searched: int) -> list[str]:
    """Every figure as a line."""
    made, house = make_whole(root, SiteSettings(site="bench", name="Bench"), keyholders=1)
    began = time.perf_counter()
    slots.open_master(slots.read(made.folder.keys), made.phrases[0])
    lines = [f"a phrase opens its slot (Argon2id 256 MiB, t=3, p=2): {time.perf_counter() - began:.2f} s"]
    user = accounts.create_user(name="desk", password="x" * 20, site=house, roles=frozenset({Role.DESK}))
    actor = accounts_queries.actor_for(user)
    if actor is None:
        raise RuntimeError("the bench has no desk")
    system = system_actor(house.pk)  # no quota stands between the bench and its figure
    took, made_persons = [], []
    for one in build_world(size=persons).persons:
        identity = Identity(
            given_names=one.given_names, surnames=one.surnames, sex=Sex(one.sex), birth=one.birth, origin=one.origin
        )
        began = time.perf_counter()
        made_persons.append(services.register_person(by=actor, identity=identity))
        took.append(time.perf_counter() - began)
    lines.append(f"a person registered, durable (synchronous FULL), {persons} times: {_ms(took)}")
    began = time.perf_counter()
    matching.build(lambda _done, _total: None)
    took_to_build = time.perf_counter() - began
    lines.append(f"the search index of {persons} persons built from sealed records: {took_to_build:.2f} s")
    took = []
    for person in made_persons[:searched]:
        words = people.identity_of(person, by=system)
        typed = matching.read_line(f"{words.given_names} {words.surnames}")
        began = time.perf_counter()
        matching.search(actor, typed)
        took.append(time.perf_counter() - began)
    lines.append(f"a search by name among them, {searched} times: {_ms(took)}")
    took = []
    for person in made_persons[-min(opened, 140) :]:
        began = time.perf_counter()
        people.identity_of(person, by=system)
        took.append(time.perf_counter() - began)
    lines.append(f"a person opened: audited, then unsealed: {_ms(took)}")
    state.forget()
    began = time.perf_counter()
    site.try_phrase(made.folder, made.phrases[0])
    lines.append(f"the same phrase again, with the databases there: {time.perf_counter() - began:.2f} s")
    return lines
