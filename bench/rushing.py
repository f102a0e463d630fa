"""The figures of the short form and of five desks; imported once Django is set up."""

import threading
import time
import uuid
from collections.abc import Sequence
from random import Random
from statistics import median, quantiles

from django.core.management import call_command
from django.db import connections
from django.test import Client
from tools.demo.names import Names
from tools.demo.people import Population, Source
from tools.demo.shapes import Person as Invented

from bench.keystrokes import KEY_SECONDS, MIND_SECONDS, Cost, Stop, cost_of, stops_of
from bench.queueing import BUS_EVERY, BUSES, Group, simulate
from posada.accounts import services as accounts
from posada.accounts.acts import Role
from posada.accounts.http import SEEN_AT, SIGNED_IN_AT
from posada.accounts.models import Site
from posada.ground import clock
from posada.people.models import Person

ARRIVALS, DESKS, WORLD, SEED = 320, 5, 2000, 2019
ALONE = 40  # registered before, by one desk, to tell the work of the server from waiting for the other desks
ONE, TOGETHER, DRAFT = "/people/register/", "/people/register/household/", "/people/register/draft/"
TALK, EACH_MORE = 25.0, 10.0
MORE_LINES = 2  # keys: to the button, and Enter
MOST_KEYS, MOST_SECONDS, MOST_FOUR, MOST_MINUTES = 60, 35, 120, 90


class Missed(RuntimeError):
    """A page of the bench did not answer as it must: no figure is written."""


def _shows_pages() -> None:
    """What the pages link to is collected, as when the house is served."""
    call_command("collectstatic", interactive=False, verbosity=0)


def _signed_in(house: Site, name: str) -> Client:
    user = accounts.create_user(name=name, password="x" * 20, site=house, roles=frozenset({Role.DESK}))
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    session = client.session
    session[SIGNED_IN_AT] = session[SEEN_AT] = clock.real_seconds()
    session.save()
    client.cookies["posada_language"] = "es"
    return client


def _said(one: Invented) -> dict[str, str]:
    """What is asked first of somebody: names, sex, age or year."""
    age = "" if one.age is None else str(one.age)
    name = one.given_names or one.call_name or one.full_name
    return {"given_names": name, "surnames": one.surnames, "sex": one.sex, "birth": one.birth[:4] or age}


def _line(place: int, one: Invented) -> dict[str, str]:
    relation = "" if place == 0 or one.household_relation == "head" else one.household_relation
    return {f"line-{place}-{name}": value for name, value in {**_said(one), "relation": relation}.items()}


def groups_of(count: int, seed: int) -> list[list[Invented]]:
    """So many invented people as they come: households together, and those who are alone."""
    households: dict[str, list[Invented]] = {}
    for one in Population(Names(Random(seed)), Source("house")).fill(WORLD):
        if not one.listed_by and (one.given_names or one.call_name or one.surnames):
            households.setdefault(one.household or one.key, []).append(one)
    rows = [sorted(row, key=lambda one: one.household_relation != "head") for row in households.values()]
    Random(seed).shuffle(rows)
    chosen: list[list[Invented]] = []
    for row in rows:
        chosen.append(row[: count - sum(map(len, chosen))])
        if sum(map(len, chosen)) == count:
            return chosen
    raise Missed(f"the invented world is too small for {count}")


def _page(client: Client, address: str) -> str:
    answer = client.get(address)
    if answer.status_code != 200:
        raise Missed(f"{address} answered {answer.status_code}")
    return answer.content.decode()


def _pages(client: Client, longest: int) -> list[list[Stop]]:
    """The stops of the household's page as it is first served, and with more lines as often as asked for."""
    found = [stops_of(_page(client, TOGETHER))]
    while _lines_on(found[-1]) < longest:
        sent = {"act": "more", "line-TOTAL_FORMS": str(_lines_on(found[-1])), "line-INITIAL_FORMS": "0"}
        found.append(stops_of(client.post(TOGETHER, sent).content.decode()))
    return found


def _lines_on(stops: Sequence[Stop]) -> int:
    return sum(stop.name.endswith("-given_names") for stop in stops)


def _costs(client: Client, groups: Sequence[Sequence[Invented]]) -> list[Cost]:
    """What each group's form costs on the pages as they are served now."""
    one, together = stops_of(_page(client, ONE)), _pages(client, max(map(len, groups)))
    found = []
    for group in groups:
        if len(group) == 1:
            found.append(cost_of(one, _said(group[0])))
        else:
            asked, stops = next((n, stops) for n, stops in enumerate(together) if _lines_on(stops) >= len(group))
            cost = cost_of(stops, _of_household(group))
            found.append(Cost(cost.keys + asked * MORE_LINES, cost.fields + asked))
    return found


def _of_household(group: Sequence[Invented]) -> dict[str, str]:
    return {name: value for place, one in enumerate(group) for name, value in _line(place, one).items()}


def _sent(group: Sequence[Invented]) -> tuple[str, dict[str, str]]:
    once = {"once": str(uuid.uuid4())}
    if len(group) == 1:
        return ONE, {**once, **_said(group[0]), "company": "alone"}
    management = {"line-TOTAL_FORMS": str(len(group)), "line-INITIAL_FORMS": "0"}
    blank = {
        f"line-{place}-{name}": ""
        for place in range(len(group))
        for name in ("given_names", "surnames", "sex", "birth", "relation")
    }
    return TOGETHER, {**once, **management, **blank, **_of_household(group)}


def _desk(client: Client, groups: Sequence[Sequence[Invented]], start: threading.Barrier, waits: list[float]) -> None:
    """One desk does its groups as fast as the house answers: advice and draft as the page asks, then saving."""
    try:
        start.wait()
        for group in groups:
            address, form = _sent(group)
            if address == ONE:
                client.post(ONE, {**form, "act": "look"}, headers={"HX-Request": "true"})
            client.post(DRAFT, {**form, "act": "keep"}, headers={"HX-Request": "true"})
            began = time.perf_counter()
            answer = client.post(address, form, follow=True)
            waits.append(time.perf_counter() - began)
            if not answer.redirect_chain:
                raise Missed(f"{address} answered {answer.status_code}")
    finally:
        connections.close_all()


def _measured(clients: Sequence[Client], groups: Sequence[Sequence[Invented]]) -> list[float]:
    """How long each save and the next page took, with all desks at work at once; in the order of the groups."""
    waits: list[list[float]] = [[] for _client in clients]
    start = threading.Barrier(len(clients))
    threads = [
        threading.Thread(target=_desk, args=(client, groups[at :: len(clients)], start, waits[at]))
        for at, client in enumerate(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = [0.0] * len(groups)
    for at in range(len(clients)):
        row = groups[at :: len(clients)]
        if len(waits[at]) != len(row):
            raise Missed("a desk stopped in the middle")
        found[at :: len(clients)] = waits[at]
    return found


def _spread(values: Sequence[float]) -> str:
    cuts = quantiles(values, n=20, method="inclusive")
    return f"median {median(values):.0f}, 19 of 20 within {cuts[-1]:.0f}, most {max(values):.0f}"


def _verdict(value: float, most: float) -> str:
    return f"(at most {most:.0f}: {'kept' if value <= most else 'MISSED'})"


def short_form(house: Site) -> list[str]:
    """Keys and seconds of the short form, for one person and for a household of four."""
    _shows_pages()
    client = _signed_in(house, "bench form")
    people = [group[0] for group in groups_of(1000, SEED + 1)]
    costs = _costs(client, [[one] for one in people])
    keys, seconds = [cost.keys for cost in costs], [cost.seconds for cost in costs]
    fours = [group for group in groups_of(1000, SEED + 1) if len(group) == 4]
    of_four = [cost.seconds for cost in _costs(client, fours)]
    share = sum(one <= MOST_KEYS for one in keys) / len(keys)
    return [
        "The short form, counted on the page as it is served (bench/keystrokes.py: every sign, capital, accent, Tab",
        f"and choice is a key, {KEY_SECONDS:.1f} s at 40 words a minute; {MIND_SECONDS} s of thought before each",
        f"field), invented people of seed {SEED + 1}:",
        (
            f"  keys for one person, {len(keys)} invented people: {_spread(keys)} {_verdict(median(keys), MOST_KEYS)}; "
            f"{100 * share:.1f} % of them within {MOST_KEYS}"
        ),
        f"  seconds for one person: {_spread(seconds)} {_verdict(median(seconds), MOST_SECONDS)}",
        (
            f"  seconds for a household of four on one page, {len(of_four)} of them: {_spread(of_four)} "
            f"{_verdict(median(of_four), MOST_FOUR)}"
        ),
    ]


def five_desks(house: Site) -> list[str]:
    """So many arrivals at five desks: real pages for the server's part, a queue for the people's."""
    _shows_pages()
    clients = [_signed_in(house, f"bench desk {at}") for at in range(DESKS)]
    groups = groups_of(ARRIVALS, SEED)
    costs = _costs(clients[0], groups)
    alone = _measured(clients[:1], groups_of(ALONE, SEED + 2))
    before = Person.objects.count()
    waits = _measured(clients, groups)
    registered = Person.objects.count() - before
    if registered != ARRIVALS:
        raise Missed(f"{registered} of {ARRIVALS} were registered")
    rows = [Group(len(group), cost.seconds, wait) for group, cost, wait in zip(groups, costs, waits, strict=True)]
    cut = quantiles(waits, n=20, method="inclusive")[-1]
    lines = [
        (
            f"{ARRIVALS} arrivals in {len(groups)} groups at {DESKS} desks, seed {SEED}. All were registered through "
            f"the real pages by {DESKS} desks at once:"
        ),
        (
            f"  saving and the next page: median {1000 * median(waits):.0f} ms, 19 of 20 within {1000 * cut:.0f} ms, "
            f"most {1000 * max(waits):.0f} ms; {registered} of {ARRIVALS} registered, none twice"
        ),
        (
            "  (nobody types in this part: every desk sends its next form at once, so each waits for the others; "
            f"with one desk at work it takes {1000 * median(alone):.0f} ms in the median, most {1000 * max(alone):.0f})"
        ),
        (
            f"  then the queue, simulated: {BUSES} buses, one every {BUS_EVERY / 60:.0f} minutes; one queue; the "
            "typing and waiting above, and speaking besides:"
        ),
    ]
    for talk, more in ((TALK, EACH_MORE), (2 * TALK, 2 * EACH_MORE), (3 * TALK, 3 * EACH_MORE)):
        went = simulate(rows, desks=DESKS, talk=talk, each_more=more, seed=SEED)
        minutes = went.last_done / 60
        lines.append(
            f"  {talk:.0f} s of speaking with each group and {more:.0f} s for each further person (each half to one "
            f"and a half times): the last is done after {minutes:.0f} minutes "
            f"{_verdict(minutes, MOST_MINUTES) if talk == TALK else '(not the case asked for)'}; "
            f"median wait {went.median_wait / 60:.0f}, longest {went.longest_wait / 60:.0f} minutes"
        )
    return lines
