"""A roll call of forty on a telephone: presses counted from the page as it is served, seconds by a stated model."""

import time
from html.parser import HTMLParser
from statistics import median

from django.test import Client

from bench.rushing import Missed, _shows_pages, _signed_in
from posada.accounts.models import Site
from posada.accounts.permissions import system_actor
from posada.ground import clock
from posada.people import services as people
from posada.people.models import Identity
from posada.shelter import services as shelter
from posada.shelter.models import RollCall

PERSONS, ROOMS, MISSING, MOST_SECONDS = 40, 8, 3, 180.0
TAP, POINT, MIND, SCROLL = 0.2, 1.1, 1.35, 0.5  # keystroke-level model: a tap, reaching for it, a thought, a swipe
SCREENFUL = 5  # persons in sight at 360 x 640 px, between the heading and the bar below


class _Presses(HTMLParser):
    """What one page asks to be pressed: a pair of radios for each person, one button to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.radios: dict[str, list[str]] = {}
        self.hidden: dict[str, str] = {}
        self.buttons = 0
        self._main = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Only the form that is the page's main act counts."""
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._main = "data-main" in said
        if not self._main:
            return
        if tag == "input" and said.get("type") == "radio":
            self.radios.setdefault(said["name"], []).append(said["value"])
        elif tag == "input" and said.get("type") == "hidden":
            self.hidden[said["name"]] = said["value"]
        elif tag == "button" and said.get("type") == "submit":
            self.buttons += 1

    def handle_endtag(self, tag: str) -> None:
        """The end of a form."""
        if tag == "form":
            self._main = False


def _fill(house: Site) -> None:
    by = system_actor(house.pk)
    beds = [
        bed
        for place in range(ROOMS)
        for bed in shelter.make_room(by=by, name=f"Pase {place}", beds=PERSONS // ROOMS).beds.select_related("room")
    ]
    for number, bed in enumerate(beds, start=1):
        person = people.register_person(by=by, identity=Identity(given_names=f"Inventada {number}"))
        shelter.assign_bed(by=by, person=person, bed=bed)


def _got(client: Client, took: list[float], url: str, data: dict[str, str] | None = None) -> tuple[str, str]:
    """A page and its address, following where it leads; the time of all of it counts."""
    began = time.perf_counter()
    answer = client.get(url) if data is None else client.post(url, data)
    while answer.status_code == 302:
        url = answer["Location"]
        answer = client.get(url)
    took.append(time.perf_counter() - began)
    if answer.status_code != 200:
        raise Missed(f"{url}: {answer.status_code}")
    return answer.content.decode(), url


def run(house: Site) -> list[str]:
    """Walk the whole roll call over the real pages; lines of text."""
    _fill(house)
    _shows_pages()
    client = _signed_in(house, "Pase de lista")
    took: list[float] = []
    presses, seconds, looked_at, rooms = 2, 2 * (POINT + TAP), 0, 0  # begin; at the end, finish
    page, url = _got(client, took, "/house/roll/begin/", {})
    while "/roll/" in url and not url.endswith("/roll/"):
        form = _Presses()
        form.feed(page)
        if form.buttons != 1 or any(len(pair) != 2 for pair in form.radios.values()):
            raise Missed("a room of the roll call is not one press for each person and one to go on")
        rooms += 1
        people_here = len(form.radios)
        presses += people_here + form.buttons
        seconds += people_here * (MIND + POINT + TAP) + POINT + TAP + SCROLL * (people_here // SCREENFUL + 1)
        said = {name: "not" if looked_at + at < MISSING else "here" for at, name in enumerate(form.radios)}
        looked_at += people_here
        page, url = _got(client, took, url, {**form.hidden, **said})
    _got(client, took, "/house/roll/finish/", {})
    call = RollCall.objects.get(site=house, is_finished=True, on=clock.today())
    if call.missing != min(MISSING, looked_at) or call.here + call.missing != looked_at:
        raise Missed("the roll call did not count whom it was told")
    return _lines(looked_at, rooms, presses, seconds, took, call.missing)


def _lines(looked_at: int, rooms: int, presses: int, seconds: float, took: list[float], missing: int) -> list[str]:
    served = sum(took)
    for_forty = (seconds + served) * PERSONS / looked_at
    kept = "kept" if for_forty <= MOST_SECONDS else "NOT KEPT"
    return [
        "A roll call on a telephone of 360 px, counted on the pages as they are served (for each person 1.35 s of",
        "  thought, 1.1 s to reach, 0.2 s to tap; each room a press more, 0.5 s a swipe; no walking between rooms):",
        f"  {looked_at} persons in {rooms} rooms, {missing} not found: {presses} presses, {seconds:.0f} s of them",
        f"  the server, {len(took)} pages: median {1000 * median(took):.0f} ms, in all {served:.1f} s",
        f"  for {PERSONS} persons together {for_forty:.0f} s (at most {MOST_SECONDS:.0f}: {kept})",
    ]
