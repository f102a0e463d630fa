"""What goes of harm, referrals, press, false callers and news of a death when somebody is erased."""

import uuid
from collections.abc import Iterable

from django.db.models import Q

from posada.family.models import CallerNote, DeathNews, HarmNote, Press, Referral
from posada.records.erasing import Gone


def subjects_of(subject: uuid.UUID) -> Iterable[uuid.UUID]:
    """What was referred has a key of its own, and so has each false call to one of the relatives."""
    of_card = Q(harm__card=subject) | Q(harm__card__resident=subject)
    yield from Referral.objects.filter(of_card).values_list("pk", flat=True)
    called = Q(card=subject) | Q(card__resident=subject)
    yield from CallerNote.objects.filter(called).values_list("pk", flat=True)


def remove(gone: Gone, requests: list[uuid.UUID]) -> None:
    """Delete the rows; all of what they sealed stands under keys that go."""
    of_card = Q(card__in=gone.subjects) | Q(card__resident__in=gone.subjects)
    harms = HarmNote.objects.filter(of_card)
    Referral.objects.filter(harm__in=harms).delete()
    harms.delete()
    CallerNote.objects.filter(Q(pk__in=gone.subjects) | of_card).delete()
    DeathNews.objects.filter(of_card | Q(person__in=gone.subjects) | Q(request__in=requests)).delete()
    Press.objects.filter(resident__in=gone.subjects).delete()
