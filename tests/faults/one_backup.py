"""Run by the tests: one backup of the site of this process, then death without closing anything."""

import os
from pathlib import Path

from posada.accounts import queries
from posada.accounts.permissions import system_actor
from posada.records import safekeeping
from posada.vault import site
from tests.faults import house


def main(words: list[str]) -> None:
    """Back up to a folder; write a little more, so that the logs are full again."""
    site.try_phrase(site.current_folder(), words[1])
    pk = queries.the_site().pk
    house.add(pk, 3, "Antes")
    safekeeping.back_up(by=system_actor(pk), to=Path(words[0]))
    house.add(pk, 3, "Después")
    os._exit(0)
