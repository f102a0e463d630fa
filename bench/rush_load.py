"""P3 of the threat model: 2,000 registrations in ten minutes from five desks, while backups run. Part of `make bench`.

Five signed-in sessions at the real server over TLS, the short form as its page sends it: advice when each field is
left, the draft, then the saving and the next form. The times are set beforehand (an open loop): a desk that
falls behind does not slow the arrivals, and what is counted is the time from when the press was due. Backups run one
after the other in the third and fourth fifth of the time. `python -m bench.rush_load [COUNT [SECONDS]]`.
"""

import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any

from tests import cluster
from tests.faults import server
from tools.demo.names import Names
from tools.demo.people import Population, Source

from bench.pages import Browser

COUNT, SECONDS, DESKS, SEED = 2000, 600.0, 5, 2019
BEFORE = 3000  # who is in the register already
WORLD = 12_000
GOAL = 0.5
GENTLY = ("nice", "-n", "19")  # as docs/operators/backup.md says
ONE, DRAFT = "/people/register/", "/people/register/draft/"
FIELDS = ("given_names", "surnames", "sex", "birth")
FROM, UNTIL = 0.4, 0.8  # of the time: backups
CHILD = """
import json, os, sys
from importlib import import_module
from pathlib import Path
import django
django.setup()
print(json.dumps(getattr(import_module("bench.loaded"), sys.argv[1])(Path(sys.argv[2]), *sys.argv[3:])), flush=True)
os._exit(0)
"""


class Missed(RuntimeError):
    """A page of the bench did not answer as it must: no figure is written."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One person at a desk: when the form is begun, and what is typed."""

    at: float
    typed: dict[str, str]


@dataclass(slots=True)
class Desk:
    """One session: its arrivals, and what came of them."""

    browser: Browser
    arrivals: list[Arrival]
    shown: list[tuple[int, str]] = field(default_factory=list)
    times: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    rested: int = 0
    problem: str = ""


def _in_child(act: str, root: Path, *words: str) -> dict[str, Any]:
    environment = os.environ | {"POSADA_SITE": str(root), "DJANGO_SETTINGS_MODULE": "posada.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", CHILD, act, str(root), *words], env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise Missed(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _people(count: int) -> list[dict[str, str]]:
    """So many invented people, no two of one name, as a desk types them."""
    found: dict[str, dict[str, str]] = {}
    for one in Population(Names(random.Random(SEED)), Source("house")).fill(WORLD):
        given, surnames = " ".join(one.given_names.split()), " ".join(one.surnames.split())
        if not one.listed_by and given.replace(" ", "").isalpha() and surnames.replace(" ", "").isalpha():
            typed = {"given_names": given, "surnames": surnames, "sex": one.sex, "birth": one.birth[:4]}
            found.setdefault(f"{given} {surnames}".casefold(), typed)
    rows = list(found.values())[:count]
    if len(rows) < count:
        raise Missed(f"the invented world is too small for {count}")
    return rows


def _arrivals(count: int, seconds: float) -> list[list[Arrival]]:
    """Each desk's arrivals: one after the other at even times, shifted by up to a quarter of the distance."""
    chance, gap = random.Random(SEED), seconds / count
    rows: list[list[Arrival]] = [[] for _desk in range(DESKS)]
    for place, typed in enumerate(_people(count)):
        shift = chance.uniform(0, DESKS * gap / 4)
        rows[place % DESKS].append(Arrival(place * gap + shift, typed))
    return rows


def _work(desk: Desk, start: float, apart: float) -> None:
    try:
        page = desk.browser.page("GET", ONE)[1]
        for arrival in desk.arrivals:
            page = _register(desk, arrival, start, apart, page)
    except (Missed, OSError) as error:
        desk.problem = f"{type(error).__name__}: {error}"


def _register(desk: Desk, arrival: Arrival, start: float, apart: float, page: str) -> str:
    """One person: a look after each field, the draft, the saving. Each press is due `apart` seconds after the last."""
    hidden, typed, due = desk.browser.hidden(page), {"company": "alone"}, arrival.at
    for name in FIELDS:
        typed[name] = arrival.typed[name]
        answer = _press(desk, "advice", start + due, ONE, {**hidden, **typed, "act": "look"})
        desk.rested += "advice-rests" in answer or "descansa" in answer
        due += apart
    _press(desk, "draft", start + due, DRAFT, {**hidden, **typed, "act": "keep"})
    due += apart
    page = _press(desk, "saving", start + due, ONE, {**hidden, **typed})
    number = desk.browser.last_number(page)
    if number is None or (desk.shown and desk.shown[-1][0] == number):
        raise Missed(f"no new number after {len(desk.shown)}")
    desk.shown.append((number, f"{typed['given_names']} {typed['surnames']}"))
    return page


def _press(desk: Desk, what: str, due: float, address: str, form: dict[str, str]) -> str:
    """Wait until the press is due, send, follow where it leads; the time counts from when it was due."""
    time.sleep(max(0.0, due - time.monotonic()))
    quiet = address != ONE or form.get("act") == "look"
    status, page = desk.browser.page("POST", address, form, quiet=quiet)
    desk.times.setdefault(what, []).append((due, time.monotonic() - due))
    if status not in {200, 204}:
        raise Missed(f"{address} ({what}) answered {status}")
    return page


class Backups:
    """Backups one after the other between two moments, and when each ran."""

    def __init__(self, made: dict[str, Any], root: Path, manager: Browser, on_server: dict[str, str]) -> None:
        self.made, self.root, self.manager, self.on_server = made, root, manager, on_server
        self.spans: list[tuple[float, float]] = []
        self.problem = ""

    def run(self, start: float, begin: float, end: float) -> None:
        time.sleep(max(0.0, start + begin - time.monotonic()))
        try:
            while time.monotonic() < start + end:
                began = time.monotonic()
                self._dump(len(self.spans)) if self.on_server else self._press()
                self.spans.append((began, time.monotonic()))
        except (OSError, subprocess.SubprocessError, Missed) as error:
            self.problem = f"{type(error).__name__}: {error}"

    def _press(self) -> None:
        """As the site manager does: the button of the page, in the process that serves."""
        stick = Path(self.made["stick"])
        whole = len(list(stick.glob("*.manifest*")) or list(stick.iterdir()))
        page = self.manager.page("GET", "/backup/")[1]
        again = {"password": self.made["users"][-1]["password"]}
        self.manager.page("POST", "/backup/", {**self.manager.hidden(page), **again})
        diary = self.root / "backup.diary"
        before = diary.stat().st_mtime_ns if diary.exists() else 0
        began = time.monotonic()
        while not diary.exists() or diary.stat().st_mtime_ns == before:
            if time.monotonic() - began > 300:
                raise Missed(f"the backup after {whole} did not end")
            time.sleep(0.02)
        time.sleep(1.0)  # a backup bears the second it was made in

    def _dump(self, number: int) -> None:
        """As docs/operators/backup.md says for PostgreSQL: each database by itself, straight into age."""
        seal = "import sys, pyrage; pyrage.encrypt_io(sys.stdin.buffer, sys.stdout.buffer, [R])".replace(
            "R", "pyrage.x25519.Recipient.from_str(sys.argv[1])"
        )
        for variable, name in (("DATABASE_URL", "data"), ("KEYRING_URL", "keyring")):
            target = Path(self.made["stick"]) / f"{number}-{name}.age"
            dump = subprocess.Popen(
                [*GENTLY, cluster.BINARIES / "pg_dump", "--format=custom", self.on_server[variable]],
                stdout=subprocess.PIPE,
            )
            with target.open("wb") as out:
                subprocess.run(
                    [*GENTLY, sys.executable, "-c", seal, self.made["recipient"]],
                    stdin=dump.stdout,
                    stdout=out,
                    check=True,
                )
            if dump.wait() or not target.stat().st_size:
                raise Missed(f"pg_dump of {name} ended with {dump.returncode}")


@contextmanager
def _serving(root: Path, made: dict[str, Any]) -> Iterator[int]:
    port, (certificate, key, authority) = server.free_port(), made["tls"]
    command = ("posada", "run", "--site", str(root), "--port", str(port), "--certificate", certificate, "--key", key)
    with server.started(*command) as process:
        visitor = Browser(port, authority)
        for _try in range(600):
            if process.poll() is not None:
                raise Missed(process.stdout.read() if process.stdout else "the server ended")
            try:
                page = visitor.page("GET", "/unlock/")[1]
                break
            except OSError:
                time.sleep(0.1)
        visitor.page("POST", "/unlock/", {**visitor.hidden(page), "phrase": made["phrase"]})
        while "data-main" not in visitor.page("GET", "/account/sign-in/")[1] or visitor.place != "/account/sign-in/":
            time.sleep(0.2)
        yield port


def _quantiles(name: str, values: Sequence[float]) -> str:
    if len(values) < 2:
        return f"  {name}: none"
    cuts = quantiles(values, n=100, method="inclusive")
    shown = ", ".join(
        f"{word} {1000 * one:.0f}" for word, one in (("p50", cuts[49]), ("p95", cuts[94]), ("p99", cuts[98]))
    )
    return f"  {name}: {len(values)}, {shown}, most {1000 * max(values):.0f} ms"


def _lines(
    where: str, desks: list[Desk], backups: Backups, start: float, took: float, found: dict[str, Any]
) -> list[str]:
    saving = [row for desk in desks for row in desk.times.get("saving", [])]
    during = [spent for due, spent in saving if any(a <= due + spent and due <= b for a, b in backups.spans)]
    apart = [spent for due, spent in saving if not any(a <= due + spent and due <= b for a, b in backups.spans)]
    shown, spans = sum(len(desk.shown) for desk in desks), [b - a for a, b in backups.spans]
    lines = [
        f"{where}: {sum(len(desk.arrivals) for desk in desks)} registrations from {DESKS} sessions in {took:.0f} s "
        f"({shown / took:.2f} a second), seed {SEED}, {BEFORE} persons before; "
        f"{len(spans)} backups one after the other, {sum(spans):.0f} s in all"
        + (f" (each {min(spans):.1f} to {max(spans):.1f} s)" if spans else ""),
        "  from the press to the next open form, counted from when the press was due:",
        _quantiles("  all", [spent for _due, spent in saving]),
        _quantiles("  while a backup ran", during),
        _quantiles("  with no backup", apart),
        _quantiles("advice beside the form", [one for desk in desks for _due, one in desk.times.get("advice", [])]),
        _quantiles("a draft kept", [one for desk in desks for _due, one in desk.times.get("draft", [])]),
        *_found(found),
    ]
    kept = _is_kept(desks, [spent for _due, spent in saving], during, found)
    lines.append(f"  P3 (0 lost, p99 at most {1000 * GOAL:.0f} ms): {'kept' if kept else 'MISSED'}")
    problems = [desk.problem for desk in desks] + [backups.problem]
    return lines + [f"  {problem}" for problem in problems if problem]


def _found(found: dict[str, Any]) -> list[str]:
    control, chain = found["control"], "whole" if found["broken_at"] is None else "BROKEN"
    seen = (
        f"  then read anew from the disk: {found['held']} registered, {found['lost']} lost, "
        f"{found['doubled']} doubled, {found['changed']} with another name; audit of {found['entries']} entries "
        f"{chain}; left behind: {found['drafts']} drafts, {found['keys_due']} keys due, "
        f"{found['keys_of_nobody']} keys of nobody"
    )
    mended = (
        "  control: with one taken out, one twice and one name changed the same look counts "
        f"{control['lost']} lost, {control['doubled']} doubled, {control['changed']} changed"
    )
    return [seen, mended]


def _is_kept(desks: list[Desk], saving: list[float], during: list[float], found: dict[str, Any]) -> bool:
    """P3 as it is written: nobody lost, and the slowest hundredth in time, over all and while a backup ran."""
    if len(during) < 2 or len(saving) != sum(len(desk.arrivals) for desk in desks):
        return False
    slowest = [quantiles(times, n=100, method="inclusive")[98] for times in (saving, during)]
    return max(slowest) <= GOAL and found["lost"] == 0 and found["doubled"] == 0


def measure(place: Path, where: str, on_server: dict[str, str], count: int, seconds: float) -> list[str]:
    """Make a house, register, look; gives lines of text."""
    root, noted = place / "site", place / "noted.json"
    os.environ.update(on_server)
    try:
        made = _in_child("make", root, str(BEFORE), str(DESKS))
        with _serving(root, made) as port:
            browsers = [Browser(port, made["tls"][2]) for _user in made["users"]]
            for browser, user in zip(browsers, made["users"], strict=True):
                browser.sign_in(user)
            desks = [Desk(*row) for row in zip(browsers, _arrivals(count, seconds), strict=False)]
            backups = Backups(made, root, browsers[-1], on_server)
            start = time.monotonic() + 1.0
            apart = min(0.15, DESKS * seconds / count / 10)
            threads = [threading.Thread(target=_work, args=(desk, start, apart)) for desk in desks]
            threads.append(threading.Thread(target=backups.run, args=(start, FROM * seconds, UNTIL * seconds)))
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            took = time.monotonic() - start
            time.sleep(3.0)
        noted.write_text(json.dumps([row for desk in desks for row in desk.shown]), encoding="utf-8")
        found = _in_child("look", root, made["phrase"], str(noted))
    finally:
        for variable in on_server:
            os.environ.pop(variable, None)
    return _lines(where, desks, backups, start, took, found)


def main() -> None:
    """Print, and write bench/results/load.txt."""
    words = [float(word) for word in sys.argv[1:]]
    count, seconds = int(words[0]) if words else COUNT, words[1] if len(words) > 1 else SECONDS
    lines = [f"Posada on {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"]
    with tempfile.TemporaryDirectory() as folder:
        lines += measure(Path(folder), "SQLCipher", {}, count, seconds)
    if cluster.is_installed():
        with tempfile.TemporaryDirectory() as folder:
            postgres = cluster.start()
            try:
                lines += measure(Path(folder), "PostgreSQL", postgres.new_pair(), count, seconds)
            finally:
                postgres.stop()
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    (Path(__file__).parent / "results" / "load.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
