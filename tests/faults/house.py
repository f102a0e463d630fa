"""A small real site for the tests of backups, made in a process of its own: shares, people, and logs that are full."""

import json
import os
from datetime import date
from pathlib import Path

from posada.accounts import queries
from posada.accounts.permissions import system_actor
from posada.config.making import make_whole
from posada.family import services as family
from posada.family.models import Enquirer, Relative, Separation, Sought
from posada.people import services as people
from posada.people.models import Identity
from posada.vault import keyholders, slots
from posada.vault.folder import SiteFolder, SiteSettings
from posada.vault.slots import Cost

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)


def make(root: Path, *, persons: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A site with two keyholders and shares; gives the phrases and the shares. Keys are held afterwards."""
    made, house = make_whole(root, SiteSettings(site="casaprueba", name="Casa"), keyholders=2, cost=CHEAP)
    keys, shares = keyholders.renew_shares(slots.read(made.folder.keys), made.master)
    slots.write(made.folder.keys, keys)
    add(house.pk, persons, "Inés")
    return made.phrases, shares


def add(house: int, persons: int, word: str) -> None:
    """Register people with a relative each, and a tracing request for every third."""
    by = system_actor(house)
    for number in range(persons):
        identity = Identity(given_names=f"{word} {number}", surnames="Paredes", arrived_on=date(2019, 2, 24))
        person = people.register_person(by=by, identity=identity, phone="300")
        family.add_relative(by=by, person=person, content=Relative(who="Rosa"))
        if number % 3 == 0:
            family.open_request(
                by=by,
                enquirer=Enquirer(name="Luz"),
                sought=Sought(given_names=f"Abel {number}"),
                separation=Separation(place="Ureña"),
            )


def main(words: list[str]) -> None:
    """Make the site and die without closing anything, so that the logs stay; prints what opens it."""
    phrases, shares = make(Path(words[0]), persons=int(words[1]))
    print(
        json.dumps({"phrase": phrases[0], "phrases": phrases, "shares": shares, "house": queries.the_site().pk}),
        flush=True,
    )
    os._exit(0)


def folder_of(words: list[str]) -> SiteFolder:
    """The site that a process of a test works on."""
    return SiteFolder(Path(words[0]))
