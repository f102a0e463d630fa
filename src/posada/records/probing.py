"""Does a sample of what is sealed still open? Nothing of it is kept or shown: only how many opened, how many not."""

from posada.accounts.acts import Act
from posada.audit import services as audit
from posada.records import contents
from posada.records.models import SealedRecord
from posada.vault import keyring, unsealing
from posada.vault.errors import Unreadable
from posada.vault.keyring import Compartment


def probe(each: int) -> tuple[int, int]:
    """Open up to `each` records of every kind, evenly spread; gives how many opened and how many did not.

    One audit entry says how many are tried. A record whose key was erased is not tried.
    """
    chosen = [row for kind in _kinds() for row in _sample(kind, each)]
    audit.write(audit.Event(act=Act.SCAN, role="system", reason="backup:sample", count=len(chosen)))
    opened = failed = 0
    for row in chosen:
        compartment = Compartment(row.compartment)
        key = unsealing.keys_of(compartment, [row.subject]).get(row.subject)
        if key is None:
            continue
        as_ = contents.type_of(row.kind)
        data = keyring.sealing_data(row.subject, compartment, f"{as_.KIND}/{as_.SCHEMA}", row.version)
        try:
            unsealing.unseal(key, bytes(row.body), data)
        except Unreadable:
            failed += 1
        else:
            opened += 1
    return opened, failed


def _kinds() -> list[str]:
    return list(SealedRecord.objects.order_by("kind").values_list("kind", flat=True).distinct())


def _sample(kind: str, each: int) -> list[SealedRecord]:
    rows = SealedRecord.objects.filter(kind=kind).order_by("pk")
    step = max(1, rows.count() // each)
    return list(rows[::step][:each])
