"""What protects somebody says what both files said, once they are put together; and each its own again afterwards."""

from collections.abc import Callable
from typing import Any

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, system_actor
from posada.people.models import Person
from posada.people.queries.files import record_of
from posada.people.rules.diets import Diets, both_diets
from posada.people.rules.emergency import EmergencySheet, both_sheets
from posada.people.rules.needs import Consequences, Needs, NeedsApart, both_answers, both_consequences
from posada.records import door, services
from posada.records.contents import Content
from posada.records.door import Reason
from posada.records.models import SealedRecord

JOINS: dict[type[Content], Callable[[Any, Any], Any]] = {
    EmergencySheet: both_sheets,
    Diets: both_diets,
    Needs: both_answers,
    NeedsApart: both_answers,
    Consequences: both_consequences,
}


def join(by: Actor, leading: Person, other: Person) -> tuple[tuple[str, int], ...]:
    """Two records of a kind become one in the leading file: which, and its version. One alone is found from either.

    If the leading file's own words lie in a third file of theirs, both records say it: either may be found then.
    """
    house, made = system_actor(by.site), []
    for kind, both in JOINS.items():
        mine, theirs = (record_of(one, kind.KIND) for one in (leading, other))
        if mine is None or theirs is None:
            continue
        one, two = (door.open_record(row, kind, by=house, reason=Reason.SYSTEM) for row in (mine, theirs))
        for row in [mine] if mine.subject == leading.pk else [mine, theirs]:
            written = services.revise(row, both(one, two), by=by, act=Act.MERGE)
            made.append((str(written.pk), written.version))
    return tuple(made)


def part(by: Actor, joined: tuple[tuple[str, int], ...]) -> None:
    """Each as it was before, unless somebody wrote it since."""
    house, kinds = system_actor(by.site), {kind.KIND: kind for kind in JOINS}
    for pk, version in joined:
        record = SealedRecord.objects.filter(pk=pk, version=version).first()
        if record is not None:
            held = door.open_history(record, kinds[record.kind], by=house)
            before = next(row.content for row in held if row.number == version - 1)
            services.revise(record, before, by=by, act=Act.MERGE)
