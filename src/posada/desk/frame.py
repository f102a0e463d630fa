"""The frame around every page: who is signed in, where they may go, and in a demonstration the story."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from posada.accounts.acts import ROLE_LABELS, Act
from posada.accounts.approvals.queries import approvals_waiting
from posada.accounts.permissions import Actor
from posada.desk import story
from posada.family import queries as family
from posada.records import notices, quotas, safekeeping, staff, urgency
from posada.ui.frame import Entry, Frame

_NEVER_COVER = 0


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame`, or None on the pages before signing in."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        return {"frame": None, "site_name": settings.SITE.name}
    return {"frame": _frame_for(request, actor)}


def _frame_for(request: HttpRequest, actor: Actor) -> Frame:
    role = min(actor.roles, default=None)
    counts = _counts_for(actor)
    return Frame(
        site_name=settings.SITE.name,
        place_line=staff.name_of(actor.user),
        demonstration=actor.demonstration,
        language=get_language() or settings.LANGUAGE_CODE,
        role_label=" · ".join(str(ROLE_LABELS[held]) for held in sorted(actor.roles)) if role else "",
        entries=_entries(request, actor, counts),
        lock_url=reverse("accounts:lock"),
        seal_url=reverse("desk:seal") if actor.may(Act.SEAL) else "",
        language_url=reverse("set_language"),
        story=story.bar_for(request, actor),
        actor_label=staff.name_of(actor.user),
        quota_line=_quota_line(actor, counts.use),
        backup_line=_backup_line(actor),
        backup_url=reverse("desk:backup") if actor.may(Act.BACK_UP) else "",
        role_url=reverse("accounts:sign_in") if actor.demonstration else "",
        idle_seconds=_NEVER_COVER if actor.demonstration else settings.SITE.idle_minutes * 60,
    )


def _backup_line(actor: Actor) -> str:
    """The age of the last good backup: always for whoever makes them, for everybody when it is old."""
    if actor.may(Act.BACK_UP) or (safekeeping.is_old() and not actor.demonstration):
        return safekeeping.age_line()
    return ""


def _quota_line(actor: Actor, use: quotas.Use | None) -> str:
    if use is None:
        return ""
    text = _("Files taken on today: %(opened)d of %(allowed)d")
    if actor.may(Act.REGISTER) or actor.may(Act.UPDATE_REQUEST):
        text = _("Files opened today: %(opened)d of %(allowed)d")
    return text % {"opened": use.opened, "allowed": use.allowed}


def _alarms(actor: Actor) -> int | None:
    """What waits for a word of this site manager or auditor: alarms, and what was read urgently."""
    return notices.waiting(actor).count() + len(urgency.to_review(actor)) or None


@dataclass(frozen=True, slots=True)
class _Counts:
    """The numbers beside the places, and what was used of a quota, as they were at a moment."""

    at: float
    proposals: int
    alarms: int | None
    approvals: int
    use: quotas.Use | None


_counted: dict[int, _Counts] = {}


def forget_counts(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: whoever just did something sees the numbers as they are now."""

    def answer(request: HttpRequest) -> HttpResponse:
        answered = get_response(request)
        actor = getattr(request, "actor", None)
        if isinstance(actor, Actor) and actor.user is not None and request.method not in {"GET", "HEAD"}:
            _counted.pop(actor.user, None)
        return answered

    return answer


def forget_all_counts() -> None:
    """As in a process that has just begun."""
    _counted.clear()


def _counts_for(actor: Actor) -> _Counts:
    """The numbers of this user; what others did shows after a few seconds."""
    now, user = time.monotonic(), actor.user or 0
    held = _counted.get(user)
    if held is None or now - held.at >= settings.COUNTS_SECONDS:
        held = _counted[user] = _Counts(
            at=now,
            proposals=family.proposals_waiting(actor) if actor.may(Act.DECIDE_PROPOSAL) else 0,
            alarms=_alarms(actor) if actor.may(Act.SEE_ALARMS) else None,
            approvals=approvals_waiting(actor) if actor.may(Act.AGREE) else 0,
            use=quotas.use_today(actor),
        )
    return held


def _entries(request: HttpRequest, actor: Actor, counts: _Counts) -> tuple[Entry, ...]:
    at_desk = actor.may(Act.REGISTER)
    places = [
        (_("Today"), "desk:today", "today", Act.SEE_TODAY, None, True),
        (_("Alarms"), "desk:alarms", "warning", Act.SEE_ALARMS, counts.alarms, True),
        (_("Register"), "people:register", "register", Act.REGISTER, None, True),
        (_("Find"), "people:find", "search", Act.SEARCH, None, True),
        (_("Reception"), "shelter:home", "door", Act.SEE_PLACES, None, True),
        (_("Night"), "desk:night", "clock", Act.OPEN_DOOR, None, False),
        (_("House"), "shelter:board", "house", Act.SEE_HOUSE, None, True),
        (_("Requests"), "family:requests", "case", Act.SEE_REQUESTS, counts.proposals or None, not at_desk),
        (_("Family"), "family:home", "family", Act.SEE_FAMILY, None, at_desk),
        (_("Asylum"), "asylum:home", "case", Act.READ_GUIDE, None, actor.may(Act.SEE_CASES)),
        (_("Lists"), "interop:imports", "import", Act.IMPORT, None, True),
        (_("Write a list out"), "interop:export", "case", Act.EXPORT, None, False),
        (_("Requests about data"), "people:claims", "person", Act.SEE_CLAIMS, None, False),
        (_("To be erased"), "people:erasures", "warning", Act.CONFIRM_ERASURE, None, False),
        (_("Entrust a file"), "people:entrust", "case", Act.ENTRUST, None, False),
        (_("Who works here"), "accounts:staff", "users", Act.SEE_STAFF, None, False),
        (_("For two persons"), "desk:approvals", "check", Act.AGREE, counts.approvals or None, False),
        (_("Backup"), "desk:backup", "lock", Act.BACK_UP, None, False),
        (_("Audit"), "oversight:trail", "oversight", Act.READ_TRAIL, None, True),
        (_("Chain"), "oversight:chain", "check", Act.READ_TRAIL, None, True),
        (_("Who has access"), "oversight:access", "users", Act.REVIEW_ACCESS, None, True),
        (_("My account"), "accounts:account", "person", Act.SEE_TODAY, None, False),
        (_("What was done"), "oversight:summary", "oversight", Act.READ_SUMMARY, None, False),
        (_("Shift sheet"), "oversight:shift_sheet", "print", Act.PRINT_SHIFT_SHEET, None, False),
        (_("What I did"), "oversight:mine", "person", Act.READ_OWN_TRAIL, None, False),
    ]
    found = []
    for label, name, key, act, count, primary in places:
        if actor.may(act):
            url = reverse(name)
            current = request.path == url or (url != "/" and request.path.startswith(url))
            found.append(Entry(label, url, key, current=current, count=count, primary=primary))
    return tuple(_only_the_longest(found, request.path))


def _only_the_longest(entries: list[Entry], path: str) -> list[Entry]:
    """Of several places whose address begins this page's address, only the nearest is current."""
    nearest = max((len(entry.url) for entry in entries if entry.current), default=0)
    return [
        Entry(
            entry.label,
            entry.url,
            entry.key,
            entry.current and len(entry.url) == nearest,
            entry.count,
            entry.primary,
        )
        for entry in entries
    ]
