"""A page for a relative, as its row is drawn."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from posada.family.models import PageState, RelativePage
from posada.ground import clock
from posada.ui.parts import Badge

_HOUR: Final = 3600
STATES: Final[dict[PageState, tuple[Any, str]]] = {
    PageState.WAITING: (_("can be opened"), "wait"),
    PageState.OPENED: (_("was opened"), "good"),
    PageState.EXPIRED: (_("its time is over"), "neutral"),
    PageState.CLOSED: (_("closed"), "neutral"),
    PageState.TRIES: (_("closed after five wrong words"), "danger"),
}


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page without a word of what it says."""

    badge: Badge
    prepared: str
    until: str
    has_reply: bool
    is_waiting: bool
    is_tried: bool
    url: str
    close_url: str

    @classmethod
    def of(cls, page: RelativePage) -> "PageRow":
        """The row of a page."""
        state = PageState(page.state)
        words, kind = STATES[state]
        until = datetime.fromtimestamp(page.expires_hour * _HOUR, UTC).astimezone(clock.house_zone())
        return cls(
            badge=Badge(str(words), kind),  # type: ignore[arg-type]  # one of the badge's kinds
            prepared=date_format(page.prepared_on, "DATE_FORMAT"),
            until=date_format(until, "DATETIME_FORMAT"),
            has_reply=page.reply_id is not None,
            is_waiting=state is PageState.WAITING,
            is_tried=state is PageState.TRIES,
            url=reverse("family:relative_page", args=[page.pk]),
            close_url=reverse("family:close_page", args=[page.pk]),
        )
