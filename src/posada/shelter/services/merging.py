"""Two files of one person: their stays and all that the house keeps go to the leading one; one bed is kept."""

from django.utils.translation import gettext as _

from posada.ground import clock
from posada.people.models import MergeKept, Person
from posada.people.services.merging import Answers, CannotMerge, Choice, Moved, Room, move_rows
from posada.shelter.models import Stay
from posada.shelter.rules import last_day

BED, STAY = "bed", "shelter.Stay"


def _open(person: Person) -> Stay | None:
    return Stay.objects.open().filter(person=person).select_related("bed__room").first()


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


def _undo(kept: MergeKept) -> list[str]:
    """The bed that was freed is theirs again, unless somebody has it by now."""
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


ROOM = Room(choices=_choices, move=_move, undo=_undo)
