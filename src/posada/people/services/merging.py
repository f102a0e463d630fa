"""Two files of one person are put together by somebody, and taken apart again. Upper rooms join in by `MERGERS`."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from posada.accounts.acts import Act
from posada.accounts.models import Assignment
from posada.accounts.permissions import Actor, forget_remembered, require, system_actor
from posada.ground import clock
from posada.people.models import Consents, Household, Identity, Person
from posada.people.models.doubles import Merge, MergeKept, Pair
from posada.people.rules.merging import consents_taken_back, put_together, stricter, taken_back
from posada.people.services import joining
from posada.people.services.registering import consent_due_on
from posada.records import door, services
from posada.records import once as sent_forms
from posada.records.door import Reason
from posada.records.services import Stale


class CannotMerge(Exception):
    """Something stands in the way; the sentence says what, and what to do."""


class CannotUndo(Exception):
    """The merge cannot be taken back as it stands; the sentence says why."""


@dataclass(slots=True)
class Moved:
    """What a merge changed in the rooms, for its undo."""

    rows: list[tuple[str, str, str]] = field(default_factory=list)  # label, pk, column: from the other to the leading
    ended: list[tuple[str, str]] = field(default_factory=list)  # label, pk: ended by the merge
    copied: list[tuple[str, str]] = field(default_factory=list)  # label, pk: made by the merge


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that only a person can choose: its name in the form, its words, what may be answered."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Room:
    """What a room knows of merging (leading, other).

    `hindrances`: sentences that forbid it now. `choices`: what is to be answered. `move`: bring the other's rows to
    the leading person. `undo`: take back what was ended or made (moved rows go back by themselves); sentences of what
    could not be.
    """

    hindrances: Callable[[Person, Person], list[str]] = lambda _leading, _other: []
    choices: Callable[[Person, Person], list[Choice]] = lambda _leading, _other: []
    move: Callable[[Person, Person, Answers, Moved], None] = lambda _leading, _other, _answers, _moved: None
    undo: Callable[[MergeKept], list[str]] = lambda _kept: []


def rooms() -> list[Room]:
    """The rooms that config/boot.py names."""
    return [import_string(name) for name in settings.MERGERS]


def _columns(app: str) -> Iterator[tuple[type[models.Model], str]]:
    for relation in Person._meta.related_objects:  # noqa: SLF001 - Django's documented way to a model
        model = relation.related_model
        if isinstance(model, type) and model._meta.app_label == app and not relation.field.primary_key:  # noqa: SLF001 - Django's documented way to a model
            yield model, relation.field.name


def move_rows(app: str, leading: Person, other: Person, moved: Moved, without: Set[str] = frozenset()) -> None:
    """Every row of an app that points at the other points at the leading person from now on.

    What a person has only once stays with the other file where the leading one has it, too.
    """
    for model, column in _columns(app):
        if model._meta.label in without:  # noqa: SLF001 - Django's documented way to a model
            continue
        for pk in list(model._base_manager.filter(**{column: other}).values_list("pk", flat=True)):  # noqa: SLF001 - Django's documented way to a model
            try:
                with transaction.atomic():
                    model._base_manager.filter(pk=pk).update(**{column: leading})  # noqa: SLF001 - Django's documented way to a model
            except IntegrityError:
                continue
            moved.rows.append((model._meta.label, str(pk), column))  # noqa: SLF001 - Django's documented way to a model


def hindrances(leading: Person, other: Person) -> list[str]:
    """All that stands in the way, in words; nothing is changed."""
    found = []
    if leading.pk == other.pk:
        found.append(_("This is one and the same number. Type the other card's number."))
    found.extend(
        _("Number %(number)d was put together with another file. Look for it again.") % {"number": one.number}
        for one in (leading, other)
        if one.merged_into_id is not None
    )
    if leading.is_listed and not other.is_listed:
        found.append(
            _("Number %(number)d only stands on a list. Let the file that was registered here lead.")
            % {"number": leading.number}
        )
    return found or [words for room in rooms() for words in room.hindrances(leading, other)]


def choices(leading: Person, other: Person) -> list[Choice]:
    """What must be said beside the fields."""
    return [one for room in rooms() for one in room.choices(leading, other)]


def _locked(by: Actor, *persons: Person) -> list[Person]:
    """Both rows as they stand now, in one order so that two who merge at once wait and do not cross."""
    wanted = [person.pk for person in persons]
    rows = {
        row.pk: row
        for row in Person.objects.select_for_update().filter(pk__in=wanted, site_id=by.site).shown().order_by("pk")
    }
    if set(rows) != set(wanted):
        raise CannotMerge(_("One of the two files is not there any more. Nothing was changed."))
    return [rows[pk] for pk in wanted]


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said of two files: the fields taken from the other, the answers, the versions they read."""

    taken: frozenset[str] = frozenset()
    answers: Mapping[str, str] = field(default_factory=dict)
    versions: tuple[int, int] | None = None


def merge(*, by: Actor, leading: Person, other: Person, said: Said, once: uuid.UUID | None = None) -> Merge:
    """Put two files together: `other` leads to `leading` from now on. `CannotMerge`, or `Stale` if one was changed."""
    for one in (leading, other):
        require(by, Act.MERGE, one.subject)
    with transaction.atomic():
        sent_forms.claim(once, leading.pk)
        first, second = _locked(by, leading, other) if leading.pk != other.pk else (leading, other)
        words = hindrances(first, second)
        if words:
            raise CannotMerge(" ".join(words))
        if said.versions is not None and said.versions != (first.identity.version, second.identity.version):
            raise Stale
        for one in (first, second):
            services.note(by, Act.MERGE, one.subject, reason="merged")
        kept = _put_together(by, first, second, said)
        record = services.seal_new(kept, subject=first.pk, by=by, act=Act.MERGE, is_listed=first.is_listed)
        row = Merge.objects.create(
            site_id=by.site,
            leading=first,
            other=second,
            record=record,
            version=first.identity.version,
            merged_on=clock.today(),
            merged_by=by.user,
        )
        _mark_pairs(first, second, Pair.State.SAME, by)
    forget_remembered()
    return row


def _put_together(by: Actor, leading: Person, other: Person, said: Said) -> MergeKept:
    house = system_actor(by.site)
    before = door.open_record(leading.identity, Identity, by=by, reason=Reason.WRITE)
    theirs = door.open_record(other.identity, Identity, by=by, reason=Reason.WRITE)
    after = put_together(before, theirs, said.taken)
    consents, others = _consents(leading, house), _consents(other, house)
    agreed = stricter(consents, others)
    moved = Moved()
    move_rows("people", leading, other, moved, frozenset({"people.Pair", "people.Merge", "people.Person"}))
    for room in rooms():
        room.move(leading, other, said.answers, moved)
    kept = MergeKept(
        identity_before=before,
        identity_after=after,
        consents_before=consents,
        consents_after=agreed,
        moved=tuple(moved.rows),
        ended=tuple(moved.ended),
        copied=tuple(moved.copied),
        entrusted=_entrust(leading, other),
        joined=joining.join(by, leading, other),
        household=leading.household_id,
        other_household=other.household_id,
        due_on=leading.consent_due_on,
    )
    if after != before:
        leading.identity = services.revise(leading.identity, after, by=by, act=Act.MERGE)
    _write_consents(leading, consents, agreed, by)
    leading.household_id = leading.household_id or other.household_id
    if not leading.is_listed:
        leading.consent_due_on = leading.consent_due_on or consent_due_on(agreed)
    leading.save(update_fields=["household", "consent_due_on", "consents"])
    other.merged_into, other.household_id = leading, None
    other.save(update_fields=["merged_into", "household"])
    return kept


def _consents(person: Person, house: Actor) -> Consents:
    if person.consents is None:
        return Consents()
    return door.open_record(person.consents, Consents, by=house, reason=Reason.SYSTEM)


def _write_consents(person: Person, held: Consents, wanted: Consents, by: Actor) -> None:
    if held == wanted:
        return
    if person.consents is None:
        person.consents = services.seal_new(wanted, subject=person.pk, by=by, act=Act.MERGE, is_listed=person.is_listed)
    else:
        person.consents = services.revise(person.consents, wanted, by=by, act=Act.MERGE)


def _entrust(leading: Person, other: Person) -> tuple[int, ...]:
    """Whoever accompanies the one file accompanies the person: both are entrusted to them. The rows that were made."""
    made = []
    pairs = ((leading, other), (other, leading))
    held = {one.pk: list(Assignment.objects.filter(subject=one.pk)) for one in (leading, other)}
    for source, target in pairs:
        there = {row.user_id for row in held[target.pk]}
        for row in held[source.pk]:
            if row.user_id not in there:
                new = Assignment.objects.create(
                    user_id=row.user_id, site_id=row.site_id, subject=target.pk, since=clock.today(), why=row.why
                )
                made.append(new.pk)
    return tuple(made)


def _mark_pairs(first: Person, second: Person, state: Pair.State, by: Actor) -> None:
    rows = Pair.objects.filter(first__in=[first, second], second__in=[first, second])
    rows.update(state=state, decided_on=clock.today(), decided_by=by.user)


def undo(*, by: Actor, row: Merge) -> list[str]:
    """Take the two files apart again, each as it was; what was corrected since stays. Sentences of what could not be.

    `CannotUndo` if it was undone before, or if the leading file was itself put together with another since.
    """
    for one in (row.leading, row.other):
        require(by, Act.MERGE, one.subject)
    with transaction.atomic():
        leading, other = _locked(by, row.leading, row.other)
        held = Merge.objects.select_for_update().get(pk=row.pk)
        if held.undone_on is not None:
            raise CannotUndo(_("The two files were taken apart before."))
        if leading.merged_into_id is not None:
            raise CannotUndo(
                _("Number %(number)d was put together with a third file since. Take that apart first.")
                % {"number": leading.number}
            )
        if Merge.objects.filter(leading=leading, undone_on=None, pk__gt=held.pk).exists():
            raise CannotUndo(_("A third file was added to this one since. Take that apart first."))
        for one in (leading, other):
            services.note(by, Act.MERGE, one.subject, reason="undone")
        words = _take_apart(by, held, leading, other)
        held.undone_on, held.undone_by = clock.today(), by.user
        held.save(update_fields=["undone_on", "undone_by"])
        _mark_pairs(leading, other, Pair.State.LATER, by)
    forget_remembered()
    return words


def _take_apart(by: Actor, held: Merge, leading: Person, other: Person) -> list[str]:
    house = system_actor(by.site)
    kept = door.open_record(held.record, MergeKept, by=house, reason=Reason.SYSTEM)
    for label, pk, column in kept.moved:
        model = apps.get_model(label)
        model._base_manager.filter(pk=pk, **{column: leading}).update(**{column: other})  # noqa: SLF001 - Django's documented way to a model
    words = [sentence for room in rooms() for sentence in room.undo(kept)]
    Assignment.objects.filter(pk__in=kept.entrusted).delete()
    joining.part(by, kept.joined)
    present = door.open_record(leading.identity, Identity, by=by, reason=Reason.WRITE)
    identity = taken_back(kept.identity_before, kept.identity_after, present)
    if identity != present:
        leading.identity = services.revise(leading.identity, identity, by=by, act=Act.MERGE)
    answers = _consents(leading, house)
    wanted = consents_taken_back(kept.consents_before, kept.consents_after, answers)
    _write_consents(leading, answers, wanted, by)
    if leading.household_id == kept.other_household:
        leading.household_id = kept.household
    leading.consent_due_on = kept.due_on if wanted == kept.consents_before else leading.consent_due_on
    leading.save(update_fields=["household", "consent_due_on", "consents"])
    still = kept.other_household is not None and Household.objects.filter(pk=kept.other_household).exists()
    other.merged_into, other.household_id = None, kept.other_household if still else None
    other.save(update_fields=["merged_into", "household"])
    return words
