"""Who of a house may stand in the register twice: asked of the index that is held, off the road of any page."""

import uuid
from collections.abc import Iterable, Iterator

from posada.people.matching.held import NAME, held
from posada.records import changes

LEAST_PAIR = 0.5
LEAST_LIKELY = 0.9
MOST_CANDIDATES = 5


def alike(site: int, persons: Iterable[uuid.UUID]) -> Iterator[tuple[uuid.UUID, uuid.UUID, float]]:
    """For each of these persons those very like them: at most five each, with the chance. No word is read out."""
    changes.catch_up(NAME)
    for person in persons:
        with held.lock:
            register = held.sites.get(site)
            if register is None or person.hex not in register.index:
                continue
            record = register.index.record(person.hex)
            found = register.index.search(record, limit=MOST_CANDIDATES + 1, minimum=LEAST_PAIR)
        for one in found:
            if one.record_id != person.hex:
                yield person, uuid.UUID(hex=one.record_id), one.probability
