"""A page for a relative: prepared by whoever holds the card, and closed. How it is opened stands in `page_door`."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require, system_actor
from posada.audit import services as audit
from posada.family.models import PageReply, PageState, Relative, RelativePage, WatchCard
from posada.family.queries.freezing import is_frozen
from posada.family.queries.pages import Wanted, expires_hour, is_exposed, page_alarm
from posada.family.rules import codes
from posada.family.rules.page_refusals import Asked, PageRefusal, PageRefused, page_refusal
from posada.family.rules.silence import Watch
from posada.ground import clock, ids
from posada.people.models import Identity
from posada.records import changes, resealing
from posada.records import once as sent
from posada.records import services as records
from posada.records.door import Reason, open_record
from posada.records.models import Change, KeyDue
from posada.vault import keyring

LONGEST = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page, and its code, which is kept nowhere: it is said or written down now, or lost."""

    page: RelativePage
    code: str


def code_mark(code: str) -> str:
    """The HMAC by which a page is found."""
    return keyring.fingerprint("page-code", code)


def word_mark(code: str, word: str) -> str:
    """The HMAC of the spoken word's Argon2id, beside its code. Always the same work."""
    return keyring.slow_fingerprint("page-word", word, beside=code)


def prepare_page(*, by: Actor, card: WatchCard, wanted: Wanted, once: uuid.UUID | None = None) -> Prepared:
    """Prepare a page for one card. `PageRefused` says why not. An earlier page of this card is closed by it."""
    require(by, Act.OPEN_PAGE, card.subject)
    with transaction.atomic():
        held = WatchCard.objects.select_for_update(of=("self",)).select_related("record", "resident").get(pk=card.pk)
        records.note(by, Act.OPEN_PAGE, held.subject, reason="prepare")
        _refuse(by, held, wanted)
        page_id = ids.new_id()
        sent.claim(once, page_id)
        for earlier in RelativePage.objects.filter(card=held, state=PageState.WAITING):
            end_page(earlier, PageState.CLOSED, seen=True)
        code = codes.new_code()
        house = system_actor(held.site_id)
        page = RelativePage.objects.create(
            id=page_id,
            site_id=held.site_id,
            card=held,
            record=records.seal_new(wanted.words, subject=page_id, by=house, act=Act.OPEN_PAGE),
            code=code_mark(code),
            word=word_mark(code, codes.word_of(wanted.spoken)),
            expires_hour=expires_hour(clock.now() + min(timedelta(hours=wanted.hours), LONGEST)),
            prepared_on=clock.today(),
            prepared_by_id=by.user,
        )
    return Prepared(page, code)


def _refuse(by: Actor, card: WatchCard, wanted: Wanted) -> None:
    content = open_record(card.record, Relative, by=by, reason=Reason.WRITE)
    identity = open_record(card.resident.identity, Identity, by=by, reason=Reason.WRITE)
    alarm = page_alarm(card, content)
    why = page_refusal(
        Asked(
            is_on="page_outside" in settings.OPEN_OUTSIDE,
            is_stopped=card.watch is Watch.STOPPED or content.ended_on is not None,
            is_frozen=is_frozen(card.resident_id, site=card.site_id),
            heard_duress=alarm.heard_duress,
            is_in_danger=alarm.is_in_danger,
            is_risk_unknown=alarm.is_risk_unknown,
            country=content.country,
            fled_told=wanted.fled,
            fled_here=settings.FLED_FROM,
            nationalities=identity.nationalities,
        )
    )
    if why is None and _is_known_name(codes.word_of(wanted.spoken), content, identity):
        why = PageRefusal.NAME
    if why is not None:
        raise PageRefused(why)


def _is_known_name(word: str, content: Relative, identity: Identity) -> bool:
    """Whether the spoken word is a name that whoever searches the telephone knows, too."""
    named = (content.who, identity.given_names, identity.surnames, identity.full_name, identity.call_name)
    return word in {codes.word_of(part) for name in named for part in [name, *name.split()]}


def wipe_words(page: RelativePage) -> None:
    """Delete what a page says, in the transaction at hand; its key goes once that is committed."""
    record, page.record = page.record, None
    if record is None:
        return
    page.save(update_fields=["record"])
    changes.append(record, Change.What.REMOVED)
    record.delete()
    KeyDue.objects.create(subject=page.pk)
    transaction.on_commit(resealing.finish)


def end_page(page: RelativePage, state: PageState, *, seen: bool = False) -> None:
    """A page that nobody can open any more: its words and their key go. The caller has opened the transaction."""
    page.state, page.ended_on, page.is_seen = state, clock.today(), seen
    page.save(update_fields=["state", "ended_on", "is_seen"])
    wipe_words(page)


def close_page(*, by: Actor, page: RelativePage) -> RelativePage:
    """Close a page before anybody opened it; one that has ended already stays as it is."""
    with transaction.atomic():
        records.note(by, Act.OPEN_PAGE, page.card.subject, reason="close")
        held = RelativePage.objects.select_for_update(of=("self",)).get(pk=page.pk)
        if held.state == PageState.WAITING:
            end_page(held, PageState.CLOSED, seen=True)
    return held


def look_at_page(*, by: Actor, page: RelativePage) -> PageReply | None:
    """How a page ended, and the reply if there is one: from now on it waits no longer on Today."""
    require(by, Act.OPEN_PAGE, page.card.subject)
    with transaction.atomic():
        records.note(by, Act.OPEN_PAGE, page.card.subject, reason="view")
        if page.state != PageState.WAITING:
            RelativePage.objects.filter(pk=page.pk).update(is_seen=True)
        if page.reply is None:
            return None
        return open_record(page.reply, PageReply, by=by, reason=Reason.VIEW)


def close_all_that_may_not_be_opened(site: int) -> int:
    """Sweep: pages whose time is over, that took five wrong words, whose card was stopped or frozen, or
    whose family the press exposed.
    """
    ended = 0
    for page in RelativePage.objects.filter(site_id=site, record__isnull=False).select_related("card"):
        state = _state_now(page)
        if state is not PageState.WAITING:
            with transaction.atomic():
                held = RelativePage.objects.select_for_update(of=("self",)).get(pk=page.pk)
                end_page(held, state)
                audit.write(audit.Event(act=Act.OPEN_PAGE, role="system", site=site, reason=f"page:{state.value}"))
            ended += 1
    return ended


def _state_now(page: RelativePage) -> PageState:
    if page.state != PageState.WAITING:
        return PageState(page.state)
    if page.expires_hour <= expires_hour(clock.now()):
        return PageState.EXPIRED
    frozen = is_frozen(page.card.resident_id, site=page.site_id)
    if page.card.watch is Watch.STOPPED or frozen or is_exposed(page.card):
        return PageState.CLOSED
    return PageState.WAITING
