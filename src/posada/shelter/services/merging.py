"""Two files of one person: their stays and all that the house keeps go to the leading one; one bed is kept."""

import uuid

from django.db.models import F, Q
from django.utils.translation import gettext as _

from posada.ground import clock
from posada.people.models import MergeKept, Person
from posada.people.services.merging import Answers, CannotMerge, Choice, Moved, Room, move_rows
from posada.shelter.models import Apart, ChildAlone, LeaveNotice, OnwardMove, Stay, WaitEnded
from posada.shelter.rules import last_day

BED, STAY, APART = "bed", "shelter.Stay", "shelter.Apart"


def _open(person: Person) -> Stay | None:
    return Stay.objects.open().filter(person=person).select_related("bed__room").first()


def _have(leading: Person, other: Person, model: type[LeaveNotice] | type[OnwardMove] | type[ChildAlone]) -> bool:
    return model.objects.filter(person__in=[leading, other]).count() == 2


def _hindrances(leading: Person, other: Person) -> list[str]:
    """What would be lost or become weaker: it is put in order first, by somebody who may."""
    found = []
    if leading.pk in _kept_from(other.pk):
        found.append(_("The two files cannot be one person's as they stand. Ask whoever accompanies them."))
    if _have(leading, other, LeaveNotice):
        found.append(_("Both files hold a notice to leave. End one of them first."))
    if _have(leading, other, OnwardMove):
        found.append(_("For both files a bed was asked of another site. Withdraw one of them first."))
    ended = set(WaitEnded.objects.filter(person__in=[leading, other]).values_list("person", flat=True))
    waits = [one for one in (leading, other) if one.pk not in ended and not Stay.objects.filter(person=one).exists()]
    if len(ended) == len(waits) == 1:
        words = _(
            "Number %(number)d waits for a bed, and of the other somebody said they wait no more. Settle it first."
        )
        found.append(words % {"number": waits[0].number})
    alone = ChildAlone.objects.filter(person__in=[leading, other])
    if _have(leading, other, ChildAlone) and alone.unverified().count() == 1:
        found.append(_("Both files hold a child's record, and only in one the relation was checked. Check both first."))
    return found


def _kept_from(person: uuid.UUID) -> set[uuid.UUID]:
    pairs = Apart.objects.filter(Q(first=person) | Q(second=person)).values_list("first", "second")
    return {one for pair in pairs for one in pair} - {person}


def _move_apart(leading: Person, other: Person, moved: Moved) -> None:
    """From whom the other file is kept apart, the person is kept apart; who is so already stays as they are."""
    for column, beside in (("first", "second"), ("second", "first")):
        rows = Apart.objects.filter(**{column: other}).exclude(**{f"{beside}__in": _kept_from(leading.pk)})
        for pk in list(rows.values_list("pk", flat=True)):
            Apart.objects.filter(pk=pk).update(**{column: leading})
            turned = _in_order(pk)
            moved.rows.append((APART, str(pk), beside if turned else column))


def _in_order(pk: uuid.UUID | str) -> bool:
    """The two stand in one order, so that nobody is kept apart twice. Whether they were turned."""
    return bool(Apart.objects.filter(pk=pk, first__gt=F("second")).update(first=F("second"), second=F("first")))


def _choices(leading: Person, other: Person) -> list[Choice]:
    """Both have a bed tonight: somebody says which one is kept, and the other is free."""
    stays = [stay for stay in (_open(leading), _open(other)) if stay is not None]
    if len(stays) < 2:
        return []
    words = [(str(stay.bed_id), f"{stay.bed.room.name} · {stay.bed.number}") for stay in stays]
    return [Choice(BED, _("Which bed is kept? The other one is free at once."), tuple(words))]


def _move(leading: Person, other: Person, answers: Answers, moved: Moved) -> None:
    stays = [stay for stay in (_open(leading), _open(other)) if stay is not None]
    if len(stays) == 2:
        said = answers.get(BED, "")
        if said not in {str(stay.bed_id) for stay in stays}:
            raise CannotMerge(_("Both have a bed tonight. Say which one is kept."))
        for stay in stays:
            if str(stay.bed_id) != said:
                stay.until_on = last_day(stay.from_on, clock.today())
                stay.save(update_fields=["until_on"])
                moved.ended.append((STAY, str(stay.pk)))
    move_rows("shelter", leading, other, moved)
    _move_apart(leading, other, moved)


def _undo(kept: MergeKept) -> list[str]:
    """The bed that was freed is theirs again, unless somebody has it by now."""
    for label, row, _column in kept.moved:
        if label == APART:
            _in_order(row)
    ended = [pk for label, pk in kept.ended if label == STAY]
    words = []
    for stay in Stay.objects.filter(pk__in=ended).select_related("bed"):
        taken = Stay.objects.open().filter(bed=stay.bed).exists() or _open(stay.person) is not None
        if taken:
            words.append(_("Bed %(bed)d is somebody else's by now: give another one.") % {"bed": stay.bed.number})
            continue
        stay.until_on = None
        stay.save(update_fields=["until_on"])
    return words


ROOM = Room(hindrances=_hindrances, choices=_choices, move=_move, undo=_undo)
