"""Vouchers: a series made by the manager, one given once, one cancelled; what is left."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
from django.db import transaction
from django.db.models import Count, Q

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require, system_actor
from posada.audit import services as audit
from posada.ground import clock, ids
from posada.people.models import Person
from posada.people.queries.files import files_of
from posada.people.services import require_here
from posada.records import door
from posada.records import once as sent
from posada.records import services as records
from posada.records.door import Reason
from posada.records.models import SealedRecord
from posada.shelter.models.vouchers import HadOfKind, Voucher, VoucherSeries, VouchersHad
from posada.shelter.rules.vouchers import CURRENCIES, MOST_VOUCHERS, Receipt, VoucherKind, VoucherState

_DIGITS = 7


class NotLeft(Exception):
    """No voucher of this house with this number is left: it was given, cancelled, or never made."""


@dataclass(frozen=True, slots=True)
class Balance:
    """A series and how many of it are left, given, cancelled."""

    series: VoucherSeries
    left: int
    given: int
    cancelled: int


def make_series(
    *, by: Actor, kind: VoucherKind, amount: int, currency: str, many: int, once: uuid.UUID | None = None
) -> VoucherSeries:
    """So many new vouchers with numbers that follow no order."""
    if not (1 <= many <= MOST_VOUCHERS and amount > 0 and currency in CURRENCIES):
        raise ValueError("A series has at least one voucher, an amount and a currency of the list.")
    role = require(by, Act.KEEP_VOUCHERS)
    with transaction.atomic():
        sent.claim(once)
        audit.write(audit.Event(act=Act.KEEP_VOUCHERS, actor=by.user, role=role, site=by.site, count=many))
        series = VoucherSeries.objects.create(
            site_id=by.site, kind=kind.value, amount=amount, currency=currency, made_on=clock.today()
        )
        Voucher.objects.bulk_create(Voucher(series=series, number=number) for number in _numbers(many))
    return series


def _numbers(many: int) -> Iterable[int]:
    found: set[int] = set()
    while len(found) < many:
        fresh = {ids.random_number(_DIGITS) for _ in range(many - len(found))}
        found |= fresh - set(Voucher.objects.filter(number__in=fresh).values_list("number", flat=True))
    return found


def give(*, by: Actor, number: int, person: Person, receipt: Receipt, once: uuid.UUID | None = None) -> Voucher:
    """Give a voucher to somebody, once. `NotLeft` if it is none that is left; nothing is written then.

    The audit says who had one, as a pseudonym, and not which; the voucher says how it was received, and not when.
    """
    require(by, Act.GIVE_VOUCHER, person.subject)
    require_here(person, Act.GIVE_VOUCHER)
    with transaction.atomic():
        sent.claim(once)
        held = _take(by, number, VoucherState.GIVEN, receipt.value)
        _count(by, person, VoucherKind(held.series.kind))
    return held


def cancel(*, by: Actor, number: int, once: uuid.UUID | None = None) -> Voucher:
    """A voucher that is lost or damaged is never given. `NotLeft`."""
    with transaction.atomic():
        sent.claim(once)
        records.note(by, Act.KEEP_VOUCHERS, None)
        return _take(by, number, VoucherState.CANCELLED, "")


def _take(by: Actor, number: int, state: VoucherState, receipt: str) -> Voucher:
    """The database has the last word when two desks type the same number at once."""
    rows = Voucher.objects.filter(number=number, series__site_id=by.site)
    if rows.filter(state=VoucherState.LEFT).update(state=state.value, receipt=receipt) != 1:
        raise NotLeft
    return rows.select_related("series").get()


def _count(by: Actor, person: Person, kind: VoucherKind) -> None:
    """One more of a kind, under the person's key. The desk that adds it does not read how many there were."""
    Person.objects.select_for_update().only("pk").get(pk=person.pk)
    held = SealedRecord.objects.filter(subject=person.pk, kind=VouchersHad.KIND).first()
    if held is None:
        records.seal_new(VouchersHad((HadOfKind(kind, 1),)), subject=person.pk, by=by, act=Act.GIVE_VOUCHER)
        return
    before = door.open_record(held, VouchersHad, by=system_actor(by.site), reason=Reason.SYSTEM)
    many = next((one.many for one in before.had if one.kind is kind), 0)
    had = (*(one for one in before.had if one.kind is not kind), HadOfKind(kind, many + 1))
    records.revise(held, msgspec.structs.replace(before, had=had), by=by, act=Act.GIVE_VOUCHER)


def had_by(*, by: Actor, person: Person) -> tuple[HadOfKind, ...]:
    """How many of each kind somebody had, under all numbers that were put together, for their caseworker."""
    require(by, Act.READ_NEEDS, person.subject)
    rows = SealedRecord.objects.filter(subject__in=files_of(person.pk), kind=VouchersHad.KIND)
    many = Counter[VoucherKind]()
    for opened in door.open_records(list(rows), VouchersHad, by=by, reason=Reason.VIEW):
        many.update({one.kind: one.many for one in opened.content.had})
    return tuple(HadOfKind(kind, many[kind]) for kind in VoucherKind if many[kind])


def balances(actor: Actor) -> list[Balance]:
    """Every series of the house, the newest first, with what is left of it."""
    require(actor, Act.GIVE_VOUCHER if actor.may(Act.GIVE_VOUCHER) else Act.KEEP_VOUCHERS)
    counts = {state.value: Count("vouchers", filter=Q(vouchers__state=state.value)) for state in VoucherState}
    rows = VoucherSeries.objects.visible_to(actor).annotate(**counts).order_by("-pk")
    return [Balance(row, getattr(row, "left"), getattr(row, "given"), getattr(row, "cancelled")) for row in rows]  # noqa: B009 - annotated


def numbers_left(actor: Actor, series: VoucherSeries) -> list[int]:
    """The numbers that are left of a series, to print."""
    records.note(actor, Act.KEEP_VOUCHERS, None, reason="print")
    rows = series.vouchers.filter(state=VoucherState.LEFT.value).order_by("number")
    return list(rows.values_list("number", flat=True))
