"""Phones, chargers and headsets of the house by tag; residents' own phones charged under a ticket."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests import cast

from posada.accounts.acts import Act, Role
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.audit.models import AuditEntry
from posada.family.models import CallOffer, CallSlot, ChargingTicket, HousePhone, PhoneLoan, ThingKind, ThingState
from posada.family.services import phones
from posada.family.services.first_call import FirstCall, Outcome, first_call
from posada.family.services.phones import Hindrance, NotToLend
from posada.family.services.slots import give_slot
from posada.family.tests.people_here import make_card, make_person
from posada.ground import clock, ids
from posada.people.models import Person
from posada.records import erasing
from posada.records.models import What, Why

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]


@pytest.fixture
def phone(site: Site) -> HousePhone:
    return phones.add_thing(by=system_actor(site.pk), tag=3, kind=ThingKind.PHONE)


@pytest.fixture
def resident(site: Site) -> Person:
    return make_person(site)


def _send(client: Client, name: str, **fields: object) -> str:
    answer = client.post(reverse(f"family:{name}"), {"once": str(ids.new_id()), **fields}, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def _state(phone: HousePhone) -> str:
    return HousePhone.objects.get(pk=phone.pk).state


def test_the_manager_adds_a_tag_and_a_second_with_the_same_number_is_refused(site: Site, browse: Browse) -> None:
    client = browse(Role.SITE_MANAGER)
    assert "Teléfono 7" in _send(client, "keep_phones", tag="7", kind="phone")
    assert "ya tiene algo con esta etiqueta" in _send(client, "keep_phones", tag="7", kind="charger")
    assert HousePhone.objects.get().tag == 7
    for wrong in ("", "0", "-1", "x", "99999"):
        assert "summary" in _send(client, "keep_phones", tag=wrong, kind="phone")
    assert HousePhone.objects.count() == 1


def test_no_telephone_number_of_a_phone_is_kept() -> None:
    kept = {field.name for field in HousePhone._meta.get_fields()}
    assert kept == {"id", "site", "tag", "kind", "state", "loan", "slots"}


def test_a_phone_is_lent_by_tag_to_a_number_and_stands_as_out(
    phone: HousePhone, resident: Person, browse: Browse
) -> None:
    client = browse(Role.DESK)
    _send(client, "lend_phone", tag="3", number=resident.number)
    loan = PhoneLoan.objects.get()
    assert (loan.person, loan.from_on) == (resident, clock.today())
    page = client.get(reverse("family:phones")).content.decode()
    assert str(resident.number) in page
    assert "Yulesi" not in page
    assert AuditEntry.objects.filter(act=Act.LEND_PHONE, reason="lend").exists()


def test_a_tag_that_is_out_is_refused_with_a_sentence(
    site: Site, phone: HousePhone, resident: Person, browse: Browse
) -> None:
    client = browse(Role.DESK)
    _send(client, "lend_phone", tag="3", number=resident.number)
    page = _send(client, "lend_phone", tag="3", number=make_person(site).number)
    assert "Alguien la tiene" in page
    assert PhoneLoan.objects.get().person == resident


def test_an_unknown_tag_and_a_number_that_is_nobodys_lend_nothing(
    phone: HousePhone, resident: Person, browse: Browse
) -> None:
    client = browse(Role.DESK)
    assert "Nada en esta casa tiene esta etiqueta" in _send(client, "lend_phone", tag="44", number=resident.number)
    nobody = next(number for number in range(10000, 99999) if ids.is_sound_number(number) and number != resident.number)
    searches = AuditEntry.objects.filter(act=Act.SEARCH, reason="number").count()
    assert "summary" in _send(client, "lend_phone", tag="3", number=nobody)
    assert AuditEntry.objects.filter(act=Act.SEARCH, reason="number").count() == searches + 1
    assert not PhoneLoan.objects.exists()


def test_a_resident_with_two_phones_is_named_and_not_refused(
    site: Site, phone: HousePhone, resident: Person, browse: Browse
) -> None:
    phones.add_thing(by=system_actor(site.pk), tag=4, kind=ThingKind.PHONE)
    client = browse(Role.DESK)
    assert "2 teléfonos" not in _send(client, "lend_phone", tag="3", number=resident.number)
    assert "2 teléfonos de la casa: 3, 4" in _send(client, "lend_phone", tag="4", number=resident.number)
    assert PhoneLoan.objects.count() == 2


def test_a_phone_given_back_without_the_last_number_erased_is_not_lent(
    phone: HousePhone, resident: Person, browse: Browse
) -> None:
    client = browse(Role.DESK)
    _send(client, "lend_phone", tag="3", number=resident.number)
    client.post(reverse("family:phone_back", args=[3]))
    assert _state(phone) == ThingState.TO_CLEAR
    assert "borre el último número" in _send(client, "lend_phone", tag="3", number=resident.number)
    assert not PhoneLoan.objects.exists()
    client.post(reverse("family:phone_cleared", args=[3]))
    _send(client, "lend_phone", tag="3", number=resident.number)
    client.post(reverse("family:phone_back", args=[3]), {"cleared": "on"})
    assert _state(phone) == ThingState.READY
    assert not PhoneLoan.objects.exists(), "who had it is forgotten"


def test_a_charger_needs_no_clearing(site: Site, resident: Person, browse: Browse) -> None:
    charger = phones.add_thing(by=system_actor(site.pk), tag=9, kind=ThingKind.CHARGER)
    client = browse(Role.CASEWORKER)
    _send(client, "lend_phone", tag="9", number=resident.number)
    client.post(reverse("family:phone_back", args=[9]))
    assert _state(charger) == ThingState.READY


def test_a_lost_phone_is_lent_no_more_until_the_manager_finds_it_and_then_is_cleared_first(
    phone: HousePhone, resident: Person, browse: Browse
) -> None:
    desk, manager = browse(Role.DESK), browse(Role.SITE_MANAGER)
    _send(desk, "lend_phone", tag="3", number=resident.number)
    manager.post(reverse("family:phone_away", args=[3]))
    assert _state(phone) == ThingState.READY, "what is out is not put away"
    desk.post(reverse("family:phone_lost", args=[3]))
    assert _state(phone) == ThingState.LOST
    assert "summary" in _send(desk, "lend_phone", tag="3", number=resident.number)
    manager.post(reverse("family:phone_ready", args=[3]))
    assert _state(phone) == ThingState.TO_CLEAR


def test_back_twice_is_said_and_changes_nothing(phone: HousePhone, resident: Person, browse: Browse) -> None:
    client = browse(Role.DESK)
    _send(client, "lend_phone", tag="3", number=resident.number)
    client.post(reverse("family:phone_back", args=[3]), {"cleared": "on"})
    answer = client.post(reverse("family:phone_back", args=[3]), follow=True)
    assert "ya había vuelto" in answer.content.decode()
    assert _state(phone) == ThingState.READY


def test_a_form_sent_twice_lends_once(phone: HousePhone, resident: Person, browse: Browse) -> None:
    client, fields = browse(Role.DESK), {"once": str(ids.new_id()), "tag": "3", "number": resident.number}
    for _time in range(2):
        assert client.post(reverse("family:lend_phone"), fields).status_code == 302
    assert PhoneLoan.objects.count() == 1


def test_a_phone_lies_under_a_ticket_and_goes_only_to_its_number(site: Site, resident: Person, browse: Browse) -> None:
    other, client = make_person(site), browse(Role.DESK)
    assert f"Tiquete 1 · número {resident.number}" in _send(client, "charge_phone", number=resident.number)
    assert "Bajo este tiquete ya hay" in _send(client, "charge_phone", number=other.number, ticket="1")
    _send(client, "charge_phone", number=other.number)
    assert set(ChargingTicket.objects.values_list("ticket", "person")) == {(1, resident.pk), (2, other.pk)}
    assert "no hay un teléfono de este número" in _send(client, "collect_phone", ticket="1", number=other.number)
    _send(client, "collect_phone", ticket="1", number=resident.number)
    assert ChargingTicket.objects.get().ticket == 2


def test_a_tag_of_another_house_is_none(phone: HousePhone, browse: Browse, actors: dict[Role, Actor]) -> None:
    elsewhere = cast.make_site(code="otra")
    theirs = phones.add_thing(by=system_actor(elsewhere.pk), tag=50, kind=ThingKind.PHONE)
    assert browse(Role.DESK).post(reverse("family:phone_back", args=[50])).status_code == 404
    with pytest.raises(Refused):
        phones.lend(by=actors[Role.DESK], thing=theirs, person=make_person(elsewhere))


@pytest.mark.parametrize("role", [Role.TRACING_OFFICER, Role.LAWYER, Role.SITE_MANAGER, Role.AUDITOR])
def test_nobody_else_lends(phone: HousePhone, resident: Person, actors: dict[Role, Actor], role: Role) -> None:
    with pytest.raises(Refused):
        phones.lend(by=actors[role], thing=phone, person=resident)
    assert not PhoneLoan.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SITE_MANAGER])
def test_only_the_manager_keeps_the_tags(actors: dict[Role, Actor], role: Role) -> None:
    with pytest.raises(Refused):
        phones.add_thing(by=actors[role], tag=1, kind=ThingKind.PHONE)


def test_erasing_somebody_leaves_no_loan_ticket_slot_or_offer(site: Site, phone: HousePhone, resident: Person) -> None:
    by, stays = system_actor(site.pk), make_person(site)
    phones.lend(by=by, thing=phone, person=resident)
    for person in (resident, stays):
        phones.take_to_charge(by=by, person=person)
    card = make_card(site, resident)
    give_slot(by=by, person=resident, thing=phone, day=clock.today(), quarter=95, card=card)
    first_call(by=by, person=resident, told=FirstCall(outcome=Outcome.NOT_WANTED))
    erasing.erase(by=by, erasure=erasing.hide(by=by, subject=resident.subject, what=What.PERSON, why=Why.ASKED))
    for model in (PhoneLoan, CallSlot, CallOffer):
        assert not model.objects.exists()
    assert ChargingTicket.objects.get().person == stays, "the control: others keep theirs"
    assert _state(phone) == ThingState.TO_CLEAR, "a phone that was out with them is looked at first"


def test_erasing_a_card_takes_its_slots(site: Site, phone: HousePhone, resident: Person) -> None:
    by, card = system_actor(site.pk), make_card(site, resident)
    give_slot(by=by, person=resident, thing=phone, day=clock.today(), quarter=95, card=card)
    erasing.erase(by=by, erasure=erasing.hide(by=by, subject=card.subject, what=What.RELATIVE, why=Why.ASKED))
    assert not CallSlot.objects.exists()


def test_what_is_hidden_shows_on_no_board_and_its_phone_stays_out(
    site: Site, phone: HousePhone, resident: Person, browse: Browse
) -> None:
    by, client = system_actor(site.pk), browse(Role.DESK)
    phones.lend(by=by, thing=phone, person=resident)
    phones.take_to_charge(by=by, person=resident)
    give_slot(by=by, person=resident, thing=phone, day=clock.today(), quarter=95)
    erasing.hide(by=by, subject=resident.subject, what=What.PERSON, why=Why.DANGER)
    for name in ("phones", "calls"):
        assert str(resident.number) not in client.get(reverse(f"family:{name}")).content.decode()
    with pytest.raises(NotToLend) as refused:
        phones.lend(by=by, thing=phone, person=make_person(site))
    assert refused.value.why is Hindrance.OUT
