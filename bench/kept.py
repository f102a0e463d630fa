"""The measurements of `bench.backup`; imported once Django is set up."""

import os
import subprocess
import sys
import time
import uuid
from pathlib import Path

from django.db import connections

from posada.accounts.permissions import system_actor
from posada.audit import services as audit
from posada.config.making import make_whole
from posada.ground import clock, ids
from posada.people.models import Identity
from posada.records import contents, safekeeping
from posada.records.models import SealedRecord
from posada.vault import ciphers, keyholders, keyring, slots
from posada.vault.folder import SiteSettings
from posada.vault.models import WrappedKey

SOME = 2_000
RECORDS_EACH = 3  # identity, contact and one of family, as a registration with a relative leaves them

RESTORE = """
import sys
from pathlib import Path
import django
django.setup()
from posada.config import keeping
keeping.restore(place=Path(sys.argv[1]), shares=sys.argv[2:], keyholders=1)
"""


def _fill(house: int, persons: int) -> None:
    """Sealed rows, keys and audit entries of so many people, written in bulk: what a backup has to carry."""
    today, schema = clock.today(), f"{Identity.KIND}/{Identity.SCHEMA}"
    body = contents.encode(Identity(given_names="Inés del Carmen", surnames="Paredes Quintero", origin="San Cristóbal"))
    for start in range(0, persons, SOME):
        keys, rows, events = [], [], []
        for _person in range(min(SOME, persons - start)):
            subject = uuid.uuid4()
            key = ciphers.new_key()
            wrapped = keyring.wrap(key, subject, Identity.COMPARTMENT)
            keys.append(WrappedKey(subject=subject, compartment=Identity.COMPARTMENT, wrapped=wrapped))
            data = keyring.sealing_data(subject, Identity.COMPARTMENT, schema, 1)
            for _record in range(RECORDS_EACH):
                sealed = keyring.seal(key, body, data)
                rows.append(
                    SealedRecord(
                        id=ids.new_id(),
                        subject=subject,
                        site_id=house,
                        compartment=Identity.COMPARTMENT,
                        kind=Identity.KIND,
                        registered_on=today,
                        body=sealed,
                    )
                )
                events.append(audit.Event(act="people.register", role="system", site=house))
        WrappedKey.objects.bulk_create(keys)
        SealedRecord.objects.bulk_create(rows)
        audit.write(*events)


def run(place: Path, *, persons: int) -> list[str]:
    """Every figure as a line."""
    site, stick, new = place / "site", place / "stick", place / "new"
    stick.mkdir()
    made, house = make_whole(site, SiteSettings(site="bench", name="Bench"), keyholders=1)
    keys, shares = keyholders.renew_shares(slots.read(made.folder.keys), made.master)
    slots.write(made.folder.keys, keys)
    _fill(house.pk, persons)
    what = f"{persons} persons, {RECORDS_EACH * persons} sealed records and audit entries"
    began = time.monotonic()
    safekeeping.back_up(by=system_actor(house.pk), to=stick)
    lines = [f"backup of {what}: copied, verified, sealed, read back: {time.monotonic() - began:.0f} s"]
    sealed = sum(path.stat().st_size for path in stick.iterdir()) / 1e6
    lines.append(f"  on the stick: {sealed:.0f} MB")
    connections.close_all()
    began = time.monotonic()
    subprocess.run(
        [sys.executable, "-c", RESTORE, str(stick), *shares[:2]],
        check=True,
        capture_output=True,
        env=os.environ | {"POSADA_SITE": str(new)},
    )
    lines.append(f"restore into an empty folder, each row compared: {time.monotonic() - began:.0f} s")
    return lines
