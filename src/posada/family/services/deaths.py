"""News of a death. It changes nothing until two persons confirm it, and then only what a person is told by a person.

No watch, proposal, request or answer follows from what was only noted; nothing is ever sent or announced.
"""

import uuid

import msgspec
from django.db import transaction

from posada.accounts import approvals
from posada.accounts.acts import Act
from posada.accounts.approvals import Kind
from posada.accounts.models import Approval
from posada.accounts.permissions import Actor, require
from posada.audit import services as audit
from posada.family.models import DeathNews, DeathWords, PersonDeath, RelativeDeath, TracingRequest, WatchCard
from posada.family.queries.deaths import About, question_of, require_known, words_of
from posada.family.rules.deaths import Stage, Told, may_confirm
from posada.family.rules.silence import Watch
from posada.family.services.holding import follow
from posada.ground import clock, ids
from posada.people.models import Person
from posada.records import once as sent
from posada.records import services as records
from posada.records.door import Reason
from posada.records.services import Stale
from posada.vault import keyring


class NotEnough(Exception):
    """Hearsay, a list, or nobody of ours had it at first hand: it cannot be confirmed, only noted."""


class NotConfirmed(Exception):
    """Nothing is told before two persons confirmed it."""


def note_death(*, by: Actor, about: About, content: DeathWords, once: uuid.UUID | None = None) -> DeathNews:
    """Write down what somebody says. Nothing else changes by it."""
    require_known(by, about)
    news = DeathNews(id=ids.new_id(), site_id=by.site, noted_on=clock.today())
    fields = msgspec.structs.asdict(msgspec.structs.replace(content, by=by.user))
    sealed: DeathWords
    if isinstance(about, WatchCard):
        news.card, sealed, subject = about, RelativeDeath(**fields), about.pk
    elif isinstance(about, TracingRequest):
        news.request, sealed, subject = about, PersonDeath(**fields), about.sought.subject
    else:
        news.person, sealed, subject = about, PersonDeath(**fields), about.pk
    with transaction.atomic():
        sent.claim(once, news.pk)
        news.record = records.seal_new(sealed, subject=subject, by=by, act=Act.NOTE_DEATH)
        news.save(force_insert=True)
    return news


def _locked(news: DeathNews, by: Actor, seen: int | None) -> tuple[DeathNews, DeathWords]:
    """The news as it stands and what it says. `Stale` if it is not the version that was seen."""
    rows = DeathNews.objects.select_for_update(of=("self",)).select_related(
        "record", "card__record", "card__resident", "request__sought", "person"
    )
    held = rows.get(pk=news.pk)
    _require(held, by)
    if seen is not None and held.record.version != seen:
        raise Stale
    return held, words_of(held, by=by, reason=Reason.FOLLOW_UP)


def _require(news: DeathNews, by: Actor) -> None:
    about: WatchCard | TracingRequest | Person | None = news.card or news.request or news.person
    if about is None:
        raise Stale
    require_known(by, about)


def ask_to_confirm(*, by: Actor, news: DeathNews, seen: int | None = None) -> Approval:
    """Ask a second person. `NotEnough` if it rests on hearsay; `Stale` if it is no longer as it was seen."""
    with transaction.atomic():
        held, content = _locked(news, by, seen)
        if held.stage is not Stage.NOTED:
            raise Stale
        if not may_confirm(content.knows, first_hand=content.first_hand):
            raise NotEnough
        return approvals.ask(by=by, question=question_of(held, content))


def confirm(*, by: Actor, approval: Approval) -> DeathNews:
    """Confirm it, once a second person agreed (`NotAllowed` otherwise). Nobody is told anything by it."""
    with transaction.atomic():
        rows = DeathNews.objects.filter(pk__in=[approval.subject] if approval.subject else [])
        news = rows.first()
        if news is None:
            raise approvals.StaleApproval
        held, content = _locked(news, by, None)
        if held.stage is not Stage.NOTED or not may_confirm(content.knows, first_hand=content.first_hand):
            raise approvals.StaleApproval
        digest = question_of(held, content).digest
        way = approvals.use(by=by, approval=approval, kind=Kind.DEATH_NEWS, digest=digest)
        held.state = Stage.CONFIRMED.value
        held.save(update_fields=["state"])
        _note(held, by, f"{Kind.DEATH_NEWS}:{way}")
    return held


def _note(news: DeathNews, by: Actor, reason: str) -> None:
    role, subject = require(by, Act.NOTE_DEATH, news.subject), keyring.pseudonym(news.subject.id)
    event = audit.Event(act=Act.NOTE_DEATH, actor=by.user, role=role, site=by.site, subject=subject, reason=reason)
    audit.write(event)


def _write(held: DeathNews, content: DeathWords, by: Actor, stage: Stage) -> DeathNews:
    held.record = records.revise(held.record, content, by=by, act=Act.NOTE_DEATH)
    held.state = stage.value
    held.save(update_fields=["record", "state"])
    return held


def note_told(
    *, by: Actor, news: DeathNews, told: Told, seen: int | None = None, once: uuid.UUID | None = None
) -> DeathNews:
    """A person told it, face to face or by voice. Only now the watch over the relative ends, calmly.

    A tracing request stays as it is: it closes when the one who asked says so. `NotConfirmed` before two confirmed it.
    """
    with transaction.atomic():
        sent.claim(once, news.pk)
        held, content = _locked(news, by, seen)
        if held.stage is not Stage.CONFIRMED:
            raise NotConfirmed
        content = msgspec.structs.replace(
            content,
            stood=_end_watch(held.card, by) if held.card else "",
            told_on=told.on,
            told_how=told.how,
            told_to=told.to,
            told_by=told.by,
            with_whom=told.with_whom,
        )
        return _write(held, content, by, Stage.TOLD)


def _end_watch(card: WatchCard, by: Actor) -> str:
    today = clock.today()
    return follow(
        by=by,
        card=card,
        change=lambda content: msgspec.structs.replace(content, ended_on=today, next_call_at=None),
        state=lambda _now: Watch.STOPPED,
    ).value


def withdraw_news(
    *, by: Actor, news: DeathNews, why: str, seen: int | None = None, once: uuid.UUID | None = None
) -> DeathNews:
    """It was wrong. What was asked of a second is void, a watch that ended by it stands as before.

    `Stale` if it was withdrawn before.
    """
    with transaction.atomic():
        sent.claim(once, news.pk)
        held, content = _locked(news, by, seen)
        if held.stage is Stage.WITHDRAWN:
            raise Stale
        if held.stage is Stage.TOLD and held.card is not None:
            stood = Watch(content.stood) if content.stood else Watch.WATCHED
            follow(
                by=by,
                card=held.card,
                change=lambda card: msgspec.structs.replace(card, ended_on=None),
                state=lambda _now: stood,
            )
        return _write(held, msgspec.structs.replace(content, withdrawn_why=why), by, Stage.WITHDRAWN)
