"""Searching is an act: it has a number an hour, and is written down also when nothing was found."""

import uuid
from collections.abc import Iterable
from contextlib import suppress

from django.db import transaction
from django.db.models import Count, F

from posada.accounts.acts import Act
from posada.accounts.models import OpenForm
from posada.accounts.permissions import Actor, granted_role, require
from posada.audit import services as audit
from posada.audit.services import Result
from posada.ground import clock
from posada.people import matching
from posada.people.matching import Hit, Typed
from posada.people.models import Person
from posada.people.queries import may
from posada.people.queries.files import leading_of
from posada.people.rules.contents import Identity
from posada.records import notices, once, quotas, services
from posada.records.models import SentForm
from posada.ui.parts import MaskedCard
from posada.vault import keyring

ADVICE = "advice"
CARD = "card"
BED = "bed"
FREE_LOOKS = 8  # the fields of one form, each filled in once


def find(*, by: Actor, typed: Typed) -> list[Hit]:
    """At most ten masked persons who may be meant. Raises `QuotaReached`."""
    role = require(by, Act.SEARCH)
    quotas.check_search(by)
    hits = matching.search(by, typed)
    with quotas.searching(by):
        _write(by, role, len(hits), reason="number" if typed.number is not None else "name")
    return hits


def look_whether_here(*, by: Actor, typed: Identity, form: uuid.UUID, without: Iterable[int] = ()) -> list[Hit]:
    """Who here may already be the person on a form: advice, never a bar. Raises `QuotaReached`.

    A form counts as one search when its first advice is given, whether it is saved or not. Another surname in the
    same form is another person, and counts again; so does every look after the free ones, whatever was changed:
    a form left open is no search box. Looks on forms that are never saved raise an alarm, and are written down.
    """
    role = require(by, Act.SEARCH)
    require(by, Act.REGISTER)
    if not matching.is_enough_for_advice(typed):
        return []
    counts = _is_fresh(form, typed.surnames) or not _takes_free_look(form)
    if counts:
        quotas.check_search(by)
    hits = matching.advise(by, typed, without=without)
    if counts:
        with quotas.searching(by):
            _claim(form, typed.surnames)
            _write(by, role, len(hits), reason=ADVICE)
            _keep_open(by, form)
    return hits


def _keep_open(by: Actor, form: uuid.UUID) -> None:
    """The form is open until it is saved (`registering`); one left open for an hour is written down and forgotten."""
    if by.user is None:
        return
    now = clock.now()
    abandoned = OpenForm.objects.filter(looked_at__lt=now - quotas.HOUR)
    left = list(abandoned.values_list("user_id", "site_id").annotate(forms=Count("form")).order_by())
    if left:
        abandoned.delete()
        audit.write(
            *(
                audit.Event(
                    act=Act.REGISTER, actor=user, site=site, result=Result.NOTHING, reason="abandoned", count=forms
                )
                for user, site, forms in left
            )
        )
    row, fresh = OpenForm.objects.get_or_create(
        form=form, defaults={"site_id": by.site, "user_id": by.user, "looked_at": now}
    )
    if not fresh:
        OpenForm.objects.filter(pk=form).update(looks=F("looks") + 1, looked_at=now)
    notices.looked_up(by, row)


def recognise(*, by: Actor, person: Person) -> None:
    """The desk says that the one before them is this person: written down, and no new row is made."""
    services.note(by, Act.SEARCH, person.subject, reason="same_person")


def look_at_card(by: Actor, person: Person) -> MaskedCard:
    """The masked card of a person who was not found by a search of one's own: that counts as one.

    Raises `QuotaReached`; `Refused` for who may not search this person's house.
    """
    count_look(by, person, reason=CARD)
    return matching.masked(by, person.pk)


def count_look(by: Actor, person: Person, *, reason: str) -> None:
    """Whoever learns that a number is somebody's has searched: it is written down, and `QuotaReached` after many."""
    require(by, Act.SEARCH, person.subject)
    with quotas.searching(by):
        services.note(by, Act.SEARCH, person.subject, reason=reason)


def note_bed(by: Actor, person: Person) -> None:
    """Somebody looked up who sleeps in a bed, or where somebody sleeps: written down, and as a search if not theirs.

    Nothing stops it, for an emergency may begin at a bed; but many are told, and use up the searches of the hour.
    """
    with transaction.atomic():
        services.note(by, Act.SEE_HOUSE, person.subject, reason=BED)
        if not may(by, Act.READ_IDENTITY, person):
            services.note(by, Act.SEARCH, person.subject, reason=BED)
            if not by.demonstration:
                notices.watch_searching(by)


def look_for_number(by: Actor, number: int) -> Person:
    """The person of the actor's house with this number; a number that is nobody's counts as a search.

    The number of a file that was put together with another leads to that one.

    Raises `Person.DoesNotExist`, or `QuotaReached`: numbers are not tried out one by one. Whoever may not search at
    all is written down the same, without a role.
    """
    rows = (
        Person.objects.filter(site_id=by.site).shown().select_related("identity", "consents", "contact", "merged_into")
    )
    person = rows.filter(number=number).first()
    if person is not None:
        return person if person.merged_into_id is None else rows.get(pk=leading_of(person).pk)
    with quotas.searching(by):
        _write(by, granted_role(by, Act.SEARCH) or "", 0, reason="number")
    raise Person.DoesNotExist


def _write(by: Actor, role: str, count: int, *, reason: str) -> None:
    result = Result.DONE if count else Result.NOTHING
    audit.write(
        audit.Event(act=Act.SEARCH, actor=by.user, role=role, site=by.site, reason=reason, result=result, count=count)
    )


def _advice_key(form: uuid.UUID, surnames: str) -> uuid.UUID:
    """The key under which an advice is claimed: an HMAC that only this site can make; it names nobody."""
    return uuid.UUID(hex=keyring.fingerprint(ADVICE, f"{form}|{surnames.casefold()}")[:32])


def _is_fresh(form: uuid.UUID, surnames: str) -> bool:
    return not SentForm.objects.filter(key=_advice_key(form, surnames)).exists()


def _takes_free_look(form: uuid.UUID) -> bool:
    """Whether one of the form's free looks was left; it is used up now. Of two at once only one has it."""
    keys = [uuid.UUID(hex=keyring.fingerprint(ADVICE, f"{form}||{turn}")[:32]) for turn in range(FREE_LOOKS)]
    used = SentForm.objects.filter(key__in=keys).count()
    if used >= FREE_LOOKS:
        return False
    try:
        once.claim(keys[used])
    except once.AlreadySent:
        return False
    return True


def _claim(form: uuid.UUID, surnames: str) -> None:
    with suppress(once.AlreadySent):
        once.claim(_advice_key(form, surnames))
