"""News of a death: what stands of whom, for who may know; what a second person is asked."""

import uuid

from django.db.models import Q

from posada.accounts.acts import Act
from posada.accounts.approvals import Kind, Question, digest_of
from posada.accounts.permissions import Actor, granted_role, require, system_actor
from posada.family.models import (
    DeathNews,
    DeathWords,
    PersonDeath,
    Relative,
    RelativeDeath,
    TracingRequest,
    WatchCard,
)
from posada.family.models.deaths import DeathNewsQuerySet
from posada.people.models import Person
from posada.records.door import Reason, open_record

About = WatchCard | TracingRequest | Person
_WITH = ("record", "card__record", "card__resident", "request__sought", "request__enquirer", "person")


def content_type(news: DeathNews) -> type[DeathWords]:
    """With which shape it is sealed: as part of a relative's card, or beside a search or a file."""
    return RelativeDeath if news.card_id else PersonDeath


def words_of(news: DeathNews, *, by: Actor, reason: Reason = Reason.VIEW) -> DeathWords:
    """What was noted."""
    return open_record(news.record, content_type(news), by=by, reason=reason)


def may_know(actor: Actor, news: DeathNews) -> bool:
    """Whether this user may know of it: of a relative's card only who reads the card."""
    if actor.user is None:
        return True
    if news.card is not None and granted_role(actor, Act.READ_KIN, news.card.subject) is None:
        return False
    return granted_role(actor, Act.NOTE_DEATH, news.subject) is not None


def _about(about: About) -> DeathNewsQuerySet:
    rows = DeathNews.objects.select_related(*_WITH)
    if isinstance(about, WatchCard):
        return rows.filter(card=about)
    if isinstance(about, TracingRequest):
        return rows.filter(request=about)
    return rows.filter(person=about)


def news_about(actor: Actor, about: About) -> list[DeathNews]:
    """What was noted of one relative, sought person or person here, the newest first; only for who may know."""
    rows = _about(about).visible_to(actor).order_by("-noted_on", "pk")
    return [row for row in rows if may_know(actor, row)]


def news_by_id(actor: Actor, pk: uuid.UUID) -> DeathNews | None:
    """One piece of news, for who may know."""
    found = DeathNews.objects.visible_to(actor).filter(pk=pk).select_related(*_WITH).first()
    return found if found is not None and may_know(actor, found) else None


def confirmed_death_of(
    actor: Actor, *, request: TracingRequest, person: Person | None = None, other: TracingRequest | None = None
) -> bool:
    """Whether two persons confirmed that the sought person, or who they are compared with, died: a warning.

    Only for who may know of it; what the enquirer is told does not depend on it (queries.answers).
    """
    sides: list[About] = [request, *(one for one in (person, other) if one is not None)]
    found = (row for about in sides for row in _about(about).visible_to(actor).standing())
    return any(may_know(actor, row) for row in found)


def news_stands(request: TracingRequest, person: Person) -> bool:
    """Whether confirmed news of a death stands of the sought person, the found one, or the resident who asks.

    For the house itself, which then lets nothing be told ("alive and well", of all things); it does not say of whom.
    News on a relative's card counts where the request was made of that card.
    """
    about = Q(request=request) | Q(person=person)
    if request.resident_id is not None:
        about |= Q(person=request.resident_id) | Q(card__in=_cards_behind(request))
    return DeathNews.objects.filter(about).standing().exists()


def _cards_behind(request: TracingRequest) -> list[uuid.UUID]:
    """The cards of which the request was made. Only those with standing news are opened, by the house."""
    rows = DeathNews.objects.filter(card__resident=request.resident_id).standing()
    cards = WatchCard.objects.filter(pk__in=rows.values("card")).select_related("record")
    house = system_actor(request.site_id)
    opened = ((card, open_record(card.record, Relative, by=house, reason=Reason.SYSTEM)) for card in cards)
    return [card.pk for card, content in opened if content.request == request.pk]


def question_of(news: DeathNews, content: DeathWords) -> Question:
    """Bound to what was noted and how it stands: whatever is corrected or withdrawn since, it is stale."""
    digest = digest_of(Kind.DEATH_NEWS, news.pk, news.record.version, news.state)
    about = "card" if news.card_id else "request" if news.request_id else "person"
    terms = f"{about}:{content.knows}"
    return Question(kind=Kind.DEATH_NEWS, digest=digest, subject=news.pk, number=news.number, terms=terms)


def require_known(actor: Actor, about: About) -> None:
    """For services: `Refused` unless this user may note news of whom it is about."""
    if isinstance(about, WatchCard):
        require(actor, Act.READ_KIN, about.subject)
        require(actor, Act.NOTE_DEATH, about.subject)
    elif isinstance(about, TracingRequest):
        require(actor, Act.NOTE_DEATH, about.sought_subject)
    else:
        require(actor, Act.NOTE_DEATH, about.subject)
