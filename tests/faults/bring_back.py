"""Run by test_backup: puts a backup back into this process's folder, and looks for those who must be in it."""

import json
import os
from pathlib import Path

from django.db import DatabaseError

from posada.accounts import queries
from posada.accounts.permissions import system_actor
from posada.config import keeping
from posada.people import queries as people
from posada.people.models import Person
from posada.records import examining
from posada.vault import site, slots, state
from posada.vault.errors import VaultError
from tests.faults.house import CHEAP


def main(words: list[str]) -> None:
    """`place`, a file with whom it must hold, two shares; a place named `careless` is only opened where it stands."""
    place, saved, shares = Path(words[0]), json.loads(Path(words[1]).read_text()), words[2:4]
    folder = site.current_folder()
    if place == folder.root:
        state.open_with(slots.open_with_shares(slots.read(folder.keys), shares))
    else:
        keeping.restore(place=place, shares=shares, keyholders=1, cost=CHEAP)
    try:
        by = system_actor(queries.the_site().pk)
    except (DatabaseError, IndexError):  # the careless copy may hold no table at all
        print("\n" + json.dumps({"lost": len(saved)}), flush=True)
        os._exit(0)
    lost = 0
    for person_id, name in saved:
        try:
            person = Person.objects.get(pk=person_id)
            lost += people.identity_of(person, by=by).given_names != name
        except (Person.DoesNotExist, VaultError, DatabaseError):
            lost += 1
    report = examining.examine(folder, cold=True)
    told = {
        "lost": lost,
        "people": Person.objects.count(),
        "findings": [one.sentence for one in report.findings],
    }
    print("\n" + json.dumps(told), flush=True)
    os._exit(0)
