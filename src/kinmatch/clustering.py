"""Groups of records that the pairs join, with what speaks against them kept in sight; a person decides."""

from collections.abc import Iterable

import msgspec

from kinmatch.pair import Pair
from kinmatch.prepare import read_sex
from kinmatch.records import Record

_AGAINST = frozenset({"different", "far"})
_CONTRADICTING = ("sex", "birth_date", "document", "given_names")


class Cluster(msgspec.Struct, frozen=True):
    """Records joined by pairs. `contradictions` names the fields in which two of them disagree."""

    cluster_id: str
    record_ids: tuple[str, ...]
    weakest: float
    contradictions: tuple[str, ...]


class _Joined:
    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def top(self, one: str) -> str:
        path = []
        while (above := self._above.setdefault(one, one)) != one:
            path.append(one)
            one = above
        for passed in path:
            self._above[passed] = one
        return one

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self.top(one), self.top(other)))
        self._above[second] = first

    def groups(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for one in sorted(self._above):
            found.setdefault(self.top(one), []).append(one)
        return found


def clusters(
    pairs: Iterable[Pair], records: Iterable[Record] = (), threshold: float = 0.5, tag: str = "c"
) -> list[Cluster]:
    """Joins the pairs of at least the threshold into groups, named after their smallest record id.

    `records` (when given) also shows contradictions between members that no pair compares, and adds nobody.
    """
    joined = _Joined()
    kept = [pair for pair in pairs if pair.probability >= threshold]
    for pair in kept:
        joined.join(pair.id_a, pair.id_b)
    weakest: dict[str, float] = {}
    against: dict[str, set[str]] = {}
    for pair in kept:
        top = joined.top(pair.id_a)
        weakest[top] = min(weakest.get(top, 1.0), pair.probability)
        against.setdefault(top, set()).update(f for f in _CONTRADICTING if pair.levels.get(f) in _AGAINST)
    groups = joined.groups()
    known = {record.record_id: record for record in records}
    for top, ids in groups.items():
        against[top] |= _unlike([known[one] for one in ids if one in known])
    return [
        Cluster(f"{tag}-{top}", tuple(ids), weakest[top], tuple(sorted(against[top]))) for top, ids in groups.items()
    ]


def _unlike(members: list[Record]) -> set[str]:
    found: set[str] = set()
    if len({read_sex(one.sex) for one in members} - {""}) > 1:
        found.add("sex")
    years = {one.birth_date[:4] for one in members if one.birth_date}
    if len(years) > 1:
        found.add("birth_date")
    return found
