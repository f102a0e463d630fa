"""What goes of the two doors to strangers when somebody is erased: pages for relatives, enquiries made requests."""

import uuid
from collections.abc import Iterable

from django.db.models import Q

from posada.family.models import Enquiry, RelativePage
from posada.records.erasing import Gone


def subjects_of(subject: uuid.UUID) -> Iterable[uuid.UUID]:
    """The words of a page, and those of an enquiry, have keys of their own."""
    pages = RelativePage.objects.filter(Q(card=subject) | Q(card__resident=subject))
    yield from pages.values_list("pk", flat=True)
    asked = Q(request__resident=subject) | Q(request__sought__subject=subject) | Q(request__enquirer__subject=subject)
    yield from Enquiry.objects.filter(asked).values_list("pk", flat=True)


def remove(gone: Gone, requests: Iterable[uuid.UUID]) -> None:
    """Delete the rows; the sealed records go with their subjects."""
    RelativePage.objects.filter(Q(card__in=gone.subjects) | Q(card__resident__in=gone.subjects)).delete()
    Enquiry.objects.filter(Q(pk__in=gone.subjects) | Q(request__in=list(requests))).delete()
