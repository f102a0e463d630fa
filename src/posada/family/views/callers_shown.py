"""The log of false callers and its warning, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posada.family.forms.callers import SAID_LABELS, WANTED_LABELS
from posada.family.models import SaidToBe, Wanted
from posada.family.queries.callers import LoggedCall, Trick


@dataclass(frozen=True, slots=True)
class CallLine:
    """One entry as staff read it."""

    title: str
    when: str
    phone: str
    times: str
    words: str
    card_url: str
    out_url: str


def days_in_words(days: Sequence[str]) -> str:
    """The days, the newest first."""
    return ", ".join(date_format(date.fromisoformat(day), "SHORT_DATE_FORMAT") for day in days)


def call_line(one: LoggedCall, *, names_card: bool) -> CallLine:
    """An entry; the relative's card only for who may read it."""
    content = one.content
    said = _("%(who)s asks for: %(what)s") % {
        "who": str(SAID_LABELS[content.said_to_be]),
        "what": ", ".join(str(WANTED_LABELS[word]).lower() for word in content.wanted),
    }
    times = ""
    if one.times > 1:
        times = ngettext("%(n)d time in the log", "%(n)d times in the log", one.times) % {"n": one.times}
    return CallLine(
        title=said,
        when=days_in_words([content.on]),
        phone=content.phone,
        times=times,
        words=" · ".join(part for part in (content.name, content.words) if part),
        card_url=reverse("family:card", args=[one.row.card_id]) if names_card else "",
        out_url=reverse("family:take_out_caller", args=[one.row.pk]),
    )


def trick_lines(
    tricks: Sequence[Trick], said: Mapping[SaidToBe, Any], wanted: Mapping[Wanted, Any]
) -> list[tuple[str, str]]:
    """Each trick as a sentence, and how often it was tried."""
    return [
        (
            _("Somebody calls, says: “%(who)s”, and asks for: %(what)s.")
            % {
                "who": str(said[one.said_to_be]).lower(),
                "what": ", ".join(str(wanted[word]).lower() for word in one.wanted),
            },
            ngettext("%(n)d time", "%(n)d times", one.times) % {"n": one.times},
        )
        for one in tricks
    ]
