"""Who saw one person's file: for that person, in plain words, one line a day, role and act."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from posada.accounts.permissions import Subject
from posada.audit.services import Result
from posada.ground import clock
from posada.oversight.queries.trail import entries_of, role_label
from posada.oversight.rules.sentences import act_name
from posada.records.staff import name_of
from posada.vault import keyring


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody did with the file on one day, and how often. `who` is empty if the house shows roles only."""

    day: date
    role: str
    who: str
    act: str
    times: int
    refused: bool


def who_saw(subject: Subject) -> list[Seen]:
    """Every act about this person, newest day first."""
    rows = entries_of(subject.site).filter(subject=keyring.pseudonym(subject.id)).order_by("-sequence")
    zone = clock.house_zone()
    found: Counter[tuple[date, int | None, str, str, bool]] = Counter()
    for at, actor, role, act, result in rows.values_list("at", "actor", "role", "act", "result").iterator():
        found[at.astimezone(zone).date(), actor, role, act, result == Result.REFUSED] += 1
    return [
        Seen(
            day=day,
            role=role_label(role) or (_("nobody's role") if actor else _("the house's own jobs")),
            who=name_of(actor) if actor and settings.FILE_TRAIL_SHOWS_NAMES else "",
            act=capfirst(act_name(act)),
            times=times,
            refused=refused,
        )
        for (day, actor, role, act, refused), times in found.items()
    ]
