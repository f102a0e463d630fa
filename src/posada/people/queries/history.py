"""What was changed of a person, when and by whom, as sentences."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require
from posada.ground import clock
from posada.people.models import Person, Source
from posada.people.queries.persons import may
from posada.people.rules import Difference, consent_differences, identity_differences
from posada.people.rules.contents import Consents, ContactDetails, Identity
from posada.people.rules.differences import contact_differences
from posada.records import door
from posada.records.contents import C
from posada.records.door import Reason
from posada.records.models import SealedRecord
from posada.records.staff import name_of
from posada.ui.parts import HistoryLine


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One field that was changed: what, when, by whom."""

    difference: Difference
    when: datetime
    who: str

    @property
    def sentence(self) -> str:
        """The change as a sentence."""
        words = {
            "day": short_day(clock_day(self.when)),
            "who": self.who,
            "field": self.difference.label,
            "before": self.difference.before,
            "after": self.difference.after,
        }
        if not self.difference.before:
            return _("On %(day)s, %(who)s wrote “%(field)s”: %(after)s") % words
        if not self.difference.after:
            return _("On %(day)s, %(who)s took out “%(field)s”; it said: %(before)s") % words
        return _("On %(day)s, %(who)s changed “%(field)s”: %(before)s → %(after)s") % words


def short_day(day: date) -> str:
    """A day as it stands in a sentence: "26 Feb"."""
    return date_format(day, pgettext("format of a date", "j M"))


def clock_day(moment: datetime) -> date:
    """The day of a moment where the house stands."""
    return moment.astimezone(clock.house_zone()).date()


def history_of(person: Person, *, by: Actor) -> tuple[HistoryEntry, ...]:
    """Every change of who the person is and what they agreed to, newest first; and the telephone, for some."""
    require(by, Act.READ_IDENTITY, person.subject)
    entries = _changes(person.identity, Identity, identity_differences, by)
    if person.consents is not None:
        entries += _changes(person.consents, Consents, consent_differences, by)
    if person.contact is not None and may(by, Act.READ_CONTACT, person):
        entries += _changes(person.contact, ContactDetails, contact_differences, by)
    return tuple(sorted(entries, key=lambda entry: entry.when, reverse=True))


def _changes(
    record: SealedRecord,
    as_: type[C],
    differences: Callable[[C, C], tuple[Difference, ...]],
    by: Actor,
) -> list[HistoryEntry]:
    versions = door.open_history(record, as_, by=by)
    entries = []
    for before, after in pairwise(versions):
        if before.replaced_at is not None:
            who = name_of(before.replaced_by)
            entries += [
                HistoryEntry(row, before.replaced_at, who) for row in differences(before.content, after.content)
            ]
    return entries


def history_lines(person: Person, *, by: Actor) -> list[HistoryLine]:
    """The history as sentences, newest first, the registration last."""
    lines = [
        HistoryLine(entry.sentence, date_format(entry.when.astimezone(clock.house_zone()), "H:i"))
        for entry in history_of(person, by=by)
    ]
    day = short_day(person.registered_on)
    first = (
        _("On %(day)s this person was registered.")
        if person.source == Source.HOUSE
        else _("On %(day)s this person was read from a list.")
    )
    return [*lines, HistoryLine(first % {"day": day}, ""), *_of_others(person, by)]


def _of_others(person: Person, by: Actor) -> list[HistoryLine]:
    """What the files say that lead to this one, each under its own number: nothing of them was written over."""
    lines: list[HistoryLine] = []
    for other in Person.objects.filter(merged_into=person).select_related("identity", "consents", "contact"):
        title = _("Number %(number)d leads here. Its own file says: %(words)s")
        identity = door.open_record(other.identity, Identity, by=by, reason=Reason.HISTORY)
        told = " · ".join(
            f"{row.label}: {row.after}" for row in identity_differences(Identity(), identity) if row.after
        )
        lines.append(HistoryLine(title % {"number": other.number, "words": told}, ""))
        lines += history_lines(other, by=by)
    return lines
