"""The directory that the house edits, and its interpreters: none is chosen without an undertaking to keep silence."""

import uuid
from dataclasses import dataclass
from datetime import date

import msgspec
from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, system_actor
from posada.ground import clock, ids
from posada.records import door, letting_go
from posada.records import once as sent
from posada.records import services as records
from posada.records.door import Reason
from posada.shelter.models.directory import DirectoryEntry, InterpreterWords, OrganisationWords
from posada.shelter.rules.directory import OrganisationKind, Takes, is_old


class NoUndertaking(Exception):
    """Who has not undertaken to keep silence interprets for nobody here."""


class NotYet(ValueError):
    """The day has not come yet."""


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """An organisation as it is read; an old entry is called before anybody is sent there."""

    entry: DirectoryEntry
    words: OrganisationWords
    is_old: bool


@dataclass(frozen=True, slots=True)
class InterpreterLine:
    """An interpreter as they are read."""

    entry: DirectoryEntry
    words: InterpreterWords

    @property
    def may_be_chosen(self) -> bool:
        """Only with an undertaking."""
        return self.entry.undertaken_on is not None


def keep_entry(
    *,
    by: Actor,
    words: OrganisationWords | InterpreterWords,
    entry: DirectoryEntry | None = None,
    checked_on: date | None = None,
    undertaken_on: date | None = None,
    once: uuid.UUID | None = None,
) -> DirectoryEntry:
    """A new entry, or what one says now. `NotYet` for a day that has not come."""
    if any(day is not None and day > clock.today() for day in (checked_on, undertaken_on)):
        raise NotYet
    is_interpreter = isinstance(words, InterpreterWords)
    days = {"checked_on": checked_on, "undertaken_on": undertaken_on if is_interpreter else None}
    with transaction.atomic():
        sent.claim(once)
        if entry is None:
            row = ids.new_id()
            record = records.seal_new(words, subject=row, by=by, act=Act.EDIT_DIRECTORY, is_listed=True)
            return DirectoryEntry.objects.create(
                id=row, site_id=by.site, record=record, is_interpreter=is_interpreter, **days
            )
        held = DirectoryEntry.objects.visible_to(by).select_for_update().get(pk=entry.pk, is_interpreter=is_interpreter)
        records.revise(held.record, words, by=by, act=Act.EDIT_DIRECTORY)
        DirectoryEntry.objects.filter(pk=held.pk).update(**days)
        held.refresh_from_db()
        return held


def take_off(*, by: Actor, entry: DirectoryEntry) -> None:
    """An entry goes with its key: nothing of who interpreted here is left."""
    with transaction.atomic():
        records.note(by, Act.EDIT_DIRECTORY, None)
        held = DirectoryEntry.objects.visible_to(by).select_related("record").select_for_update(of=("self",))
        row = held.get(pk=entry.pk)
        record = row.record
        row.delete()
        letting_go.let_go(record)


def organisations(by: Actor) -> list[OrganisationLine]:
    """All of the house, by kind and name."""
    rows = DirectoryEntry.objects.visible_to(by).filter(is_interpreter=False).select_related("record")
    entries = {row.record_id: row for row in rows}
    opened = door.open_records([row.record for row in entries.values()], OrganisationWords, by=by, reason=Reason.VIEW)
    today, lines = clock.today(), []
    for one in opened:
        entry = entries[one.record]
        old = entry.checked_on is None or is_old(entry.checked_on, today)
        lines.append(OrganisationLine(entry, one.content, old))
    return sorted(lines, key=lambda line: (line.words.kind, line.words.name.casefold()))


def to_refer_to(by: Actor, first: OrganisationKind | None = None) -> list[OrganisationLine]:
    """The organisations as somebody is referred: of the kind that is looked for first, then those that take now."""
    order = [Takes.YES, Takes.CALL, Takes.NO]
    lines = organisations(by)
    return sorted(
        lines, key=lambda line: (first is not None and line.words.kind != first, order.index(line.words.takes))
    )


def interpreters(by: Actor, language: str = "") -> list[InterpreterLine]:
    """Those of the house by language; of one language only if it is named, with or without capitals."""
    rows = DirectoryEntry.objects.visible_to(by).filter(is_interpreter=True).select_related("record")
    entries = {row.record_id: row for row in rows}
    opened = door.open_records([row.record for row in entries.values()], InterpreterWords, by=by, reason=Reason.VIEW)
    wanted = language.strip().casefold()
    lines = [
        InterpreterLine(entries[one.record], one.content) for one in opened if wanted in one.content.language.casefold()
    ]
    return sorted(lines, key=lambda line: (line.words.language.casefold(), not line.may_be_chosen, line.words.name))


def choose(*, by: Actor, entry: DirectoryEntry) -> InterpreterWords:
    """Who is called now, with their telephone. `NoUndertaking` without one."""
    records.note(by, Act.SEE_DIRECTORY, None)
    if not entry.is_interpreter or entry.undertaken_on is None:
        raise NoUndertaking
    return door.open_record(entry.record, InterpreterWords, by=by, reason=Reason.FOLLOW_UP)


def take_place(*, by: Actor, name: str) -> uuid.UUID | None:
    """One place less with the organisation of this name, if they said how many they have; the entry, or none."""
    rows = [one.entry.pk for one in organisations(by) if one.words.name == name and one.words.places]
    return rows[0] if rows and _counted(by.site, rows[0], -1, None) else None


def give_place_back(*, site: int, entry: uuid.UUID | None, taken_on: date) -> None:
    """One place more, unless they said anew how many they have since it was taken, or are in the directory no more."""
    if entry is not None:
        _counted(site, entry, 1, taken_on)


def _counted(site: int, entry: uuid.UUID, more: int, taken_on: date | None) -> bool:
    house = system_actor(site)
    with transaction.atomic():
        rows = DirectoryEntry.objects.filter(pk=entry, is_interpreter=False).select_related("record")
        held = rows.select_for_update(of=("self",)).first()
        if held is None or (taken_on and held.checked_on and held.checked_on > taken_on):
            return False
        words = door.open_record(held.record, OrganisationWords, by=house, reason=Reason.WRITE)
        if words.places is None or words.places + more < 0:
            return False
        counted = msgspec.structs.replace(words, places=words.places + more)
        records.revise(held.record, counted, by=house, act=Act.EDIT_DIRECTORY, reason="place_counted")
    return True
