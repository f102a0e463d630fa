"""Two files of one person: what stands towards their family goes to the leading one, or the merge is refused."""

from django.db.models import Q
from django.utils.translation import gettext as _

from posada.family.models import (
    FoundDecision,
    Freeze,
    NotMissing,
    Proposal,
    ProposalState,
    Release,
    ResidentTies,
)
from posada.family.models.found import ReleaseState
from posada.people.models import MergeKept, Person
from posada.people.services.merging import Answers, Moved, Room, move_rows


def _hindrances(leading: Person, other: Person) -> list[str]:
    """What cannot be moved without a decision of somebody: each in words, with what to do."""
    words = []
    both = [leading, other]
    for one, two in ((leading, other), (other, leading)):
        if Proposal.objects.filter(request__resident=one, person=two).exclude(state=ProposalState.DIFFERENT).exists():
            words.append(
                _("Number %(one)d seeks somebody who may be number %(two)d. Decide that proposal first.")
                % {"one": one.number, "two": two.number}
            )
    going = Q(decision__person__in=both) | Q(decision__proposal__request__resident__in=both)
    if Release.objects.filter(going, state=ReleaseState.TO_TELL).exists():
        words.append(_("Something is about to be told to a family. Tell it or stop it first."))
    if FoundDecision.objects.filter(person=other).exists() or NotMissing.objects.filter(person=other).exists():
        words.append(
            _("Number %(number)d was asked whether relatives may know. Let that file lead.") % {"number": other.number}
        )
    if ResidentTies.objects.filter(person=other).exists():
        words.append(_("Number %(number)d has a family tree. Let that file lead.") % {"number": other.number})
    return words


def _move(leading: Person, other: Person, _answers: Answers, moved: Moved) -> None:
    """Cards, calls and requests; a freeze on one is a freeze on both, so that it holds after an undo, too."""
    for one, two in ((leading, other), (other, leading)):
        held = Freeze.objects.filter(resident=one, ended_on=None).first()
        if held is not None and not Freeze.objects.filter(resident=two, ended_on=None).exists():
            Freeze.objects.create(site_id=held.site_id, resident=two, since=held.since, by=held.by)
    kept_back = {"family.Freeze", "family.FoundDecision"}
    move_rows("family", leading, other, moved, frozenset(kept_back))


def _undo(_kept: MergeKept) -> list[str]:
    """A freeze is never lifted by taking two files apart: the manager lifts it."""
    return []


ROOM = Room(hindrances=_hindrances, move=_move, undo=_undo)
