"""What the house hands to the authority: one sealed record a bag, of the house, linked to no person."""

import uuid

from django.db import IntegrityError, transaction

from posada.accounts import queries as accounts
from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require
from posada.accounts.queries import Standing
from posada.ground import clock, ids
from posada.records import door, services
from posada.records import once as sent_forms
from posada.records.door import Reason
from posada.shelter.models import HandedIn, HandedInWords

SHOWN = 50


class BagTaken(Exception):
    """A bag with this tag was handed over before."""


class NotPresent(ValueError):
    """The second one is nobody who works here now, or is the first."""


class NotYet(ValueError):
    """The day has not come yet."""


def colleagues(by: Actor) -> list[tuple[int, str]]:
    """Who else works here and may have been present: ids and what people call them."""
    require(by, Act.HAND_IN_ARMS)
    return [
        (one.pk, one.name)
        for one in accounts.staff_of(by)
        if one.standing is not Standing.LEFT and one.roles and one.pk != by.user
    ]


def hand_in(*, by: Actor, tag: int, words: HandedInWords, once: uuid.UUID | None = None) -> HandedIn:
    """Write down that a bag went to the authority, with whoever writes and a colleague present.

    `BagTaken`, `NotPresent` or `NotYet`; nothing is written then.
    """
    first, second = words.present
    if first != by.user or second not in dict(colleagues(by)):
        raise NotPresent
    if words.on > clock.today():
        raise NotYet
    with transaction.atomic():
        sent_forms.claim(once)
        if HandedIn.objects.visible_to(by).filter(tag=tag).exists():
            raise BagTaken
        row = ids.new_id()
        # `is_listed`: no day stands beside the record, so that it leads to no day's arrivals.
        record = services.seal_new(words, subject=row, by=by, act=Act.HAND_IN_ARMS, is_listed=True)
        try:
            with transaction.atomic():
                return HandedIn.objects.create(id=row, site_id=by.site, tag=tag, words=record)
        except IntegrityError as error:
            raise BagTaken from error


def read(*, by: Actor, row: HandedIn) -> HandedInWords:
    """What the receipt of one bag says; written down."""
    return door.open_record(row.words, HandedInWords, by=by, reason=Reason.VIEW)


def bags(by: Actor) -> list[HandedIn]:
    """The last bags by their tags, highest first: numbers alone, nothing is opened."""
    require(by, Act.HAND_IN_ARMS)
    return list(HandedIn.objects.visible_to(by).order_by("-tag")[:SHOWN])
