"""Run by test_backup: backs a site up several times while two writers register people."""

import json
import os
import shutil
import threading
import time
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connections

from posada.accounts import queries
from posada.accounts.permissions import system_actor
from posada.people import services as people
from posada.people.models import Identity
from posada.records import safekeeping
from posada.vault import opening, site

WRITERS = 2
BETWEEN = 8  # people acknowledged between two backups


class Desk:
    """Writers that go on until they are stopped, and whom they were told is saved."""

    def __init__(self, house: int) -> None:
        self.by = system_actor(house)
        self.saved: list[tuple[str, str]] = []
        self.stop = threading.Event()

    def write(self, number: int) -> None:
        count = 0
        while not self.stop.is_set():
            name = f"Escritor {number} {count}"
            identity = Identity(given_names=name, surnames="Paredes", arrived_on=date(2019, 2, 24))
            person = people.register_person(by=self.by, identity=identity)
            self.saved.append((str(person.pk), name))
            count += 1
        connections.close_all()

    def wait_for(self, count: int) -> list[tuple[str, str]]:
        while len(self.saved) < count:
            time.sleep(0.01)
        return list(self.saved)


def main(words: list[str]) -> None:
    """`rounds` backups into numbered folders; prints whom each must hold, and keeps a careless copy for the control."""
    out, rounds, phrase = Path(words[0]), int(words[1]), words[2]
    folder = site.current_folder()
    site.try_phrase(folder, phrase)
    opening.open_already()
    desk = Desk(queries.the_site().pk)
    writers = [threading.Thread(target=desk.write, args=(number,)) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    told: list[dict[str, Any]] = []
    for number in range(rounds):
        held = desk.wait_for(len(desk.saved) + BETWEEN)
        place = out / str(number)
        place.mkdir(parents=True)
        if number == 0:
            careless = out / "careless"
            careless.mkdir()
            for name in ("keyring.db", "site.keys", "site.toml"):
                shutil.copy(folder.root / name, careless)
            desk.wait_for(len(desk.saved) + BETWEEN)
            shutil.copy(folder.main, careless)
        began = time.monotonic()
        safekeeping.back_up(by=desk.by, to=place)
        told.append({"place": str(place), "saved": held, "seconds": time.monotonic() - began})
    went_on = len(desk.saved) - len(told[-1]["saved"])
    desk.stop.set()
    for writer in writers:
        writer.join()
    print(json.dumps({"rounds": told, "went_on": went_on}), flush=True)
    os._exit(0)
