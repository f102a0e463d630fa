"""What was erased and must not come back by a list: HMACs that only this site can make. They name nobody."""

from collections.abc import Iterable, Sequence

from posada.ground import clock
from posada.records.models import Tombstone


def set_for(site: int, fingerprints: Iterable[str]) -> None:
    """Let these stand in a site; those that stand already stay."""
    rows = [Tombstone(site_id=site, fingerprint=one, since=clock.today()) for one in set(fingerprints) if one]
    Tombstone.objects.bulk_create(rows, ignore_conflicts=True)


def stands(site: int, fingerprints: Sequence[str]) -> bool:
    """Whether one of these was erased in this site."""
    return Tombstone.objects.filter(site_id=site, fingerprint__in=fingerprints).exists()
