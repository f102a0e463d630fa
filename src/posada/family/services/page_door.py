"""The door at which a relative opens a page: whatever is wrong, the same work is done and the same is answered.

A code that never was, one that was used, has ended or was closed, a wrong word, too many knocks: each costs one count,
one Argon2id, the same statements and one entry of the audit. Only a right code with its right word goes further.
"""

import hmac
import secrets
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Case, F, Min, QuerySet, Value, When
from django.utils import timezone

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, system_actor
from posada.accounts.queries import the_site
from posada.audit import services as audit
from posada.family.models import (
    Channel,
    Check,
    ContactKind,
    Door,
    PageReply,
    PageState,
    PageWords,
    Relative,
    RelativePage,
    WatchCard,
)
from posada.family.queries.pages import at_the_door, can_reply
from posada.family.rules import codes
from posada.family.rules.dangers import holds
from posada.family.services import doors, pages
from posada.family.services.keeping import locked
from posada.family.services.relatives import record_contact, told
from posada.ground import clock
from posada.people.rules import TooLong, clean_text
from posada.records import services as records
from posada.records.door import Reason, open_record
from posada.vault import keyring

KNOCK: Final = "family.page_door"
MOST_TRIES: Final = 5
MOST_OF_A_REPLY: Final = 500


@dataclass(frozen=True, slots=True)
class Shown:
    """What the relative reads once, and the ticket with which they may reply once; empty if nobody asked."""

    words: PageWords
    ticket: str


def knock(*, code: str, word: str) -> Shown | None:
    """What the page says, if code and spoken word are right; none otherwise. Nothing says which was wrong."""
    site = the_site().pk
    typed = codes.code_of(code)
    mark, spoken = pages.code_mark(typed), pages.word_mark(typed, codes.word_of(word))
    with transaction.atomic():
        is_free = doors.knocked(site, Door.PAGE)
        rows = at_the_door(site, mark if is_free else "")
        right = hmac.compare_digest(rows.aggregate(word=Min("word"))["word"] or "-" * len(spoken), spoken)
        _count(rows, right=right)
        result = audit.Result.DONE if right else audit.Result.REFUSED
        audit.write(audit.Event(act=KNOCK, role="stranger", site=site, result=result))
    return _take(site, mark) if right else None


def _count(rows: QuerySet[RelativePage], *, right: bool) -> None:
    """One statement for every knock: a wrong word counts, the fifth ends the page."""
    wrong = 0 if right else 1
    after = F("tries") + wrong
    ends = When(tries__gte=MOST_TRIES - wrong, then=Value(PageState.TRIES.value))
    day = When(tries__gte=MOST_TRIES - wrong, then=Value(clock.today()))
    rows.update(tries=after, state=Case(ends, default=F("state")), ended_on=Case(day, default=F("ended_on")))


def _take(site: int, mark: str) -> Shown | None:
    """Open the words for the one who comes first, and delete them with their key. A second one finds nothing."""
    with transaction.atomic():
        page = at_the_door(site, mark).select_for_update(of=("self",)).select_related("record", "card").first()
        if page is None or page.record is None:
            return None
        words = open_record(page.record, PageWords, by=system_actor(site), reason=Reason.SYSTEM)
        ticket = secrets.token_urlsafe(24) if words.asks_reply else ""
        page.ticket = keyring.fingerprint("page-ticket", ticket) if ticket else ""
        page.save(update_fields=["ticket"])
        pages.end_page(page, PageState.OPENED)
    return Shown(words, ticket)


def reply(*, ticket: str, text: str) -> None:
    """Keep what whoever opened the page writes back, once, sealed under the card's key. Nothing says whether it was."""
    site = the_site().pk
    mark = keyring.fingerprint("page-ticket", ticket[: codes.LONGEST_TYPED])
    try:
        said = clean_text(text[: 10 * MOST_OF_A_REPLY], MOST_OF_A_REPLY, lines=True)
    except TooLong:
        said = clean_text(text[:MOST_OF_A_REPLY], MOST_OF_A_REPLY, lines=True)
    with transaction.atomic():
        is_free = doors.knocked(site, Door.PAGE)
        page = can_reply(site, mark).select_for_update(of=("self",)).select_related("card").first()
        if not is_free or page is None or not said:
            return
        content = PageReply(text=said, at=timezone.localtime(clock.now()))
        page.reply = records.seal_new(content, subject=page.card_id, by=system_actor(site), act=Act.OPEN_PAGE)
        page.ticket, page.is_seen = "", False
        page.save(update_fields=["reply", "ticket", "is_seen"])
        _alarm(system_actor(site), page.card, said)


def _alarm(house: Actor, card: WatchCard, said: str) -> None:
    """The words of alarm in a reply wait for nobody: from now on the card worries and nobody calls back."""
    held = locked(card)
    words = open_record(held.record, Relative, by=house, reason=Reason.SYSTEM).duress_words
    if words and holds(said, [words]):
        record_contact(by=house, card=held, event=told(ContactKind.HEARD, Channel.TEXT, check=Check.ALARM))
