"""Run by test_backup: a backup, then somebody is erased, then another backup into the same folder."""

import json
import os
import time
from datetime import date
from pathlib import Path

from posada.accounts import queries
from posada.accounts.permissions import system_actor
from posada.ground import clock
from posada.people import services as people
from posada.people.models import Identity
from posada.records import safekeeping, tombstones
from posada.records.models import Erasure, What, Why
from posada.vault import forgetting, opening, site


def main(words: list[str]) -> None:
    """Prints the first backup's manifest, who was erased and who stayed."""
    stick, phrase = Path(words[0]), words[1]
    site.try_phrase(site.current_folder(), phrase)
    opening.open_already()
    by = system_actor(queries.the_site().pk)
    made = [
        people.register_person(by=by, identity=Identity(given_names=name, arrived_on=date(2019, 2, 24)))
        for name in ("Borrada", "Queda")
    ]
    first = safekeeping.back_up(by=by, to=stick).manifest
    today, gone = clock.today(), made[0].pk
    Erasure.objects.create(
        site_id=by.site, subject=gone, what=What.PERSON, why=Why.ASKED, state="erased", asked_on=today, ended_on=today
    )
    tombstones.set_for(by.site, ["f" * 64])
    forgetting.forget([gone])
    time.sleep(1.1)  # names of backups go by the second
    safekeeping.back_up(by=by, to=stick)
    told = {
        "first": str(stick / f"{first.stem}-manifest.json"),
        "gone": [str(made[0].pk), "Borrada"],
        "stays": [str(made[1].pk), "Queda"],
    }
    print(json.dumps(told), flush=True)
    os._exit(0)
