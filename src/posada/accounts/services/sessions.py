"""A user's sessions: since when, last seen, and ended. No address of a machine is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F

from posada.accounts.models import User
from posada.accounts.permissions import Actor
from posada.audit import services as audit

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
SIGN_OUT_EVERYWHERE = "accounts.sign_out_everywhere"


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One session: when it began, when it last asked for something (both UTC), and whether it is the one that asks."""

    began: datetime
    seen: datetime
    is_this: bool


def _held_by(user: User) -> Iterator[tuple[Session, dict[str, object]]]:
    for row in Session.objects.all():
        data = row.get_decoded()
        if str(data.get(SESSION_KEY, "")) == str(user.pk):
            yield row, data


def _moment(seconds: object) -> datetime:
    return datetime.fromtimestamp(float(str(seconds or 0)), UTC)


def sessions_of(user: User, *, session: str | None) -> list[OpenSession]:
    """The user's sessions, the one that asks first, then the latest seen."""
    found = [
        OpenSession(_moment(data.get(SIGNED_IN_AT)), _moment(data.get(SEEN_AT)), row.session_key == session)
        for row, data in _held_by(user)
    ]
    return sorted(found, key=lambda one: (not one.is_this, -one.seen.timestamp()))


def end_sessions(user: User, *, but: str | None = None) -> None:
    """End the user's sessions; `but` is one whose row stays (its holder is told the new word at once).

    Raising the epoch is what ends them; the rows go so that nothing lies about.
    """
    User.objects.filter(pk=user.pk).update(epoch=F("epoch") + 1)
    user.refresh_from_db(fields=["epoch"])
    gone = [row.session_key for row, _data in _held_by(user) if row.session_key != but]
    Session.objects.filter(session_key__in=gone).delete()


def sign_out_everywhere(*, by: Actor, user: User) -> None:
    """End all sessions of one's own, this one too."""
    with transaction.atomic():
        end_sessions(user)
        audit.write(audit.Event(act=SIGN_OUT_EVERYWHERE, actor=user.pk, site=by.site))
