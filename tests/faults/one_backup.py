"""Run by the tests: a certificate, one backup, a saved index; then death without closing anything."""

import os
from pathlib import Path

from posada.accounts import queries
from posada.accounts.permissions import system_actor
from posada.config import tls
from posada.people import matching
from posada.records import safekeeping
from posada.vault import site
from tests.faults import house


def main(words: list[str]) -> None:
    """Back up to a folder; keep the index; write a little more, so that the logs are full again."""
    site.try_phrase(site.current_folder(), words[1])
    pk = queries.the_site().pk
    house.add(pk, 3, "Antes")
    tls.make_certificate(names=["192.168.1.7"])
    safekeeping.back_up(by=system_actor(pk), to=Path(words[0]))
    matching.build(lambda _done, _total: None)
    matching.save()
    house.add(pk, 3, "Después")
    os._exit(0)
