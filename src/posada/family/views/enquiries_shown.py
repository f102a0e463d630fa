"""An enquiry as its row is drawn: a number, days, counts."""

from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from posada.family.forms.enquiries import WHY_REFUSED
from posada.family.models import Enquiry, EnquiryState, WhyRefused
from posada.family.queries.fishing import Similar
from posada.family.services.enquiries import KEPT
from posada.ui.parts import Badge

STATES: Final[dict[EnquiryState, tuple[Any, str]]] = {
    EnquiryState.UNREAD: (_("not read yet"), "wait"),
    EnquiryState.READ: (_("read"), "note"),
    EnquiryState.OPENED: (_("a request was made"), "good"),
    EnquiryState.REFUSED: (_("not followed"), "neutral"),
}


def times_words(times: int) -> str:
    """ "asked before with small differences (3 times)"; empty for none."""
    if not times:
        return ""
    words = ngettext(
        "asked before with small differences (%(count)d time)",
        "asked before with small differences (%(count)d times)",
        times,
    )
    return words % {"count": times}


def voices_words(voices: int) -> str:
    """ "the same telephone or story under another name (2 times)"; empty for none."""
    if not voices:
        return ""
    words = ngettext(
        "the same way to be reached, or the same words, under another name (%(count)d time)",
        "the same way to be reached, or the same words, under another name (%(count)d times)",
        voices,
    )
    return words % {"count": voices}


@dataclass(frozen=True, slots=True)
class EnquiryRow:
    """An enquiry by its number: no names."""

    number: int
    badge: Badge
    received: str
    ends: str
    times: str
    voices: str
    why: str
    request: int | None
    url: str

    @classmethod
    def of(cls, row: Enquiry, similar: Similar) -> "EnquiryRow":
        """The row of an enquiry."""
        words, kind = STATES[EnquiryState(row.state)]
        return cls(
            number=row.number,
            badge=Badge(str(words), kind),  # type: ignore[arg-type]  # one of the badge's kinds
            received=date_format(row.received_on, "DATE_FORMAT"),
            ends=date_format(row.received_on + KEPT, "DATE_FORMAT"),
            times=times_words(similar.times),
            voices=voices_words(similar.voices),
            why=str(WHY_REFUSED[WhyRefused(row.why)]) if row.why else "",
            request=row.request.number if row.request else None,
            url=reverse("family:enquiry", args=[row.number]),
        )
