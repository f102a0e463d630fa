"""Vouchers: given once, by number; no joining of tables tells who had which."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, Refused
from posada.audit.models import AuditEntry
from posada.family.tests.people_here import entrust
from posada.ground import ids
from posada.people.models import Person
from posada.records.models import SentForm
from posada.shelter.models.vouchers import Voucher, VoucherSeries
from posada.shelter.rules.vouchers import Receipt, VoucherKind, VoucherState
from posada.shelter.services import vouchers
from posada.shelter.services.vouchers import NotLeft
from posada.shelter.tests.conftest import MakePerson
from posada.vault import keyring

Browse = Callable[[Role], Client]
pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def series(actors: dict[Role, Actor]) -> VoucherSeries:
    manager = actors[Role.SITE_MANAGER]
    return vouchers.make_series(by=manager, kind=VoucherKind.CASH, amount=50_000, currency="COP", many=8)


def _numbers(series: VoucherSeries) -> list[int]:
    return list(series.vouchers.values_list("number", flat=True))


def test_a_voucher_is_given_once_and_the_balance_says_so(
    actors: dict[Role, Actor], series: VoucherSeries, make_person: MakePerson
) -> None:
    desk, manager, numbers = actors[Role.DESK], actors[Role.SITE_MANAGER], _numbers(series)
    assert all(ids.is_sound_number(number) for number in numbers)
    vouchers.give(by=desk, number=numbers[0], person=make_person(), receipt=Receipt.MARK)
    with pytest.raises(NotLeft):
        vouchers.give(by=desk, number=numbers[0], person=make_person(), receipt=Receipt.SIGNED)
    vouchers.cancel(by=manager, number=numbers[1])
    with pytest.raises(NotLeft):
        vouchers.give(by=desk, number=numbers[1], person=make_person(), receipt=Receipt.SIGNED)
    with pytest.raises(NotLeft):
        vouchers.cancel(by=manager, number=numbers[0])
    (balance,) = vouchers.balances(manager)
    assert (balance.left, balance.given, balance.cancelled) == (6, 1, 1)


def test_how_many_somebody_had_is_read_by_nobody_else(
    actors: dict[Role, Actor], series: VoucherSeries, person: Person
) -> None:
    for number in _numbers(series)[:2]:
        vouchers.give(by=actors[Role.DESK], number=number, person=person, receipt=Receipt.SIGNED)
    for role in Role:
        with pytest.raises(Refused):
            vouchers.had_by(by=actors[role], person=person)
    assert AuditEntry.objects.filter(act="shelter.give_voucher", subject=keyring.pseudonym(person.pk)).count() == 2


@pytest.mark.parametrize(("language", "said"), [("es", "Comida"), ("en", "Food")])
def test_their_caseworker_sees_how_many_they_had_and_no_name(
    actors: dict[Role, Actor], staff: dict[Role, User], browse: Browse, person: Person, language: str, said: str
) -> None:
    manager, desk = actors[Role.SITE_MANAGER], actors[Role.DESK]
    made = vouchers.make_series(by=manager, kind=VoucherKind.FOOD, amount=1, currency="COP", many=3)
    numbers = _numbers(made)
    for number in numbers:
        vouchers.give(by=desk, number=number, person=person, receipt=Receipt.MARK)
    entrust(staff[Role.CASEWORKER], person.pk, person.site)
    address = reverse("shelter:vouchers_had", args=[person.number])
    assert address in browse(Role.CASEWORKER).get(reverse("desk:person", args=[person.number])).content.decode()
    page = browse(Role.CASEWORKER).get(address, headers={"accept-language": language}).content.decode()
    assert said in page
    assert '<td class="num">3</td>' in page
    assert "Inventada" not in page
    assert not [number for number in numbers if str(number) in page]
    assert browse(Role.DESK).get(address).status_code == 403


def test_vouchers_under_both_numbers_of_one_person_are_counted_together(
    actors: dict[Role, Actor], staff: dict[Role, User], series: VoucherSeries, make_person: MakePerson
) -> None:
    leading, other = make_person(), make_person()
    for one, number in zip((leading, other, other), _numbers(series), strict=False):
        vouchers.give(by=actors[Role.DESK], number=number, person=one, receipt=Receipt.SIGNED)
    Person.objects.filter(pk=other.pk).update(merged_into=leading)
    for file in (leading, other):
        entrust(staff[Role.CASEWORKER], file.pk, file.site)
    (had,) = vouchers.had_by(by=actors[Role.CASEWORKER], person=leading)
    assert (had.kind, had.many) == (VoucherKind.CASH, 3)


def _tokens(row: models.Model) -> Iterator[tuple[str, str]]:
    """What of a row may stand in another: random ids, links, numbers of cards, pseudonyms. Houses and staff, the
    series of a voucher and sequences of a log name nobody."""
    for field in row._meta.concrete_fields:
        value = field.value_from_object(row)
        if isinstance(field, models.ForeignKey):
            if field.related_model not in (Site, User, VoucherSeries) and value is not None:
                yield ("id", str(value))
        elif isinstance(value, uuid.UUID):
            yield ("id", str(value))
        elif field.name == "number" and isinstance(value, int):
            yield ("number", str(value))
        elif field.name == "subject" and value:
            yield ("subject", str(value))


def _reached_from(voucher: Voucher) -> set[tuple[str, str]]:
    """Every token to which joining all tables by equal values leads from a voucher."""
    beside: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for model in apps.get_models():
        if model._meta.app_label in ("vault", "contenttypes", "sessions", "auth"):
            continue
        for row in model._default_manager.all():
            held = set(_tokens(row))
            for token in held:
                beside[token] |= held
    reached, ahead = set[tuple[str, str]](), set(_tokens(voucher))
    while ahead:
        token = ahead.pop()
        reached.add(token)
        ahead |= beside[token] - reached
    return reached


def test_joining_the_tables_does_not_tell_who_had_which(
    actors: dict[Role, Actor], series: VoucherSeries, make_person: MakePerson
) -> None:
    persons, numbers = [make_person() for _ in range(5)], _numbers(series)
    for person, number in zip(persons, numbers, strict=False):
        once = ids.new_id()
        vouchers.give(by=actors[Role.DESK], number=number, person=person, receipt=Receipt.SIGNED, once=once)
    given = list(Voucher.objects.filter(state=VoucherState.GIVEN))
    of_persons = {("id", str(one.pk)) for one in persons} | {("number", str(one.number)) for one in persons}
    of_persons |= {("subject", keyring.pseudonym(one.pk)) for one in persons}
    assert len(given) == 5
    assert not [one for one in given if _reached_from(one) & of_persons]
    times = (models.DateField, models.TimeField)
    assert not [field.name for field in Voucher._meta.concrete_fields if isinstance(field, times)]
    assert not [field for field in Voucher._meta.concrete_fields if isinstance(field, models.AutoField)]
    SentForm.objects.create(key=given[0].pk, result=persons[0].pk, on=persons[0].registered_on)
    assert ("id", str(persons[0].pk)) in _reached_from(given[0])
