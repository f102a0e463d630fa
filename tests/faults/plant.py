"""Run by test_disk: makes a site, plants invented names in every kind of record, and dies without closing anything."""

import os
from datetime import date
from pathlib import Path

from django.db import transaction

from posada.accounts.permissions import system_actor
from posada.config.making import make_whole
from posada.family import services as family
from posada.family.models import Enquirer, Relative, Separation, Sought
from posada.people import services as people
from posada.people.models import Identity
from posada.vault.folder import SiteSettings
from posada.vault.slots import Cost

WORDS = 1_000


def planted(count: int = WORDS) -> list[str]:
    """So many names that occur nowhere else."""
    vowels, consonants = "aeiou", "bcdfglmnprst"
    names = []
    for number in range(count):
        rest, parts = number * 7919 + 104729, []
        for _ in range(5):
            rest, first = divmod(rest, len(consonants))
            rest, second = divmod(rest + 31, len(vowels))
            parts.append(consonants[first] + vowels[second])
        names.append("Qx" + "".join(parts) + f"z{number:03d}")
    return names


def main(words: list[str]) -> None:
    """Make the site in the folder `words[0]` and plant `words[1]` names, or a thousand."""
    root = Path(words[0])
    wanted = SiteSettings(site="planted", name="Casa")
    _made, house = make_whole(root, wanted, keyholders=1, cost=Cost(memory_kib=64, passes=1, lanes=1))
    by = system_actor(house.pk)
    names = planted(int(words[1]) if len(words) > 1 else WORDS)
    with transaction.atomic():
        for start in range(0, len(names), 10):
            some = names[start : start + 10]
            identity = Identity(
                given_names=some[0], surnames=some[1], origin=some[2], mother=some[3], arrived_on=date(2019, 2, 24)
            )
            person = people.register_person(by=by, identity=identity, phone=some[4])
            family.add_relative(by=by, person=person, content=Relative(who=some[5], agreed_words=some[6]))
            family.open_request(
                by=by,
                enquirer=Enquirer(name=some[7]),
                sought=Sought(given_names=some[8]),
                separation=Separation(place=some[9]),
            )
    os._exit(0)
