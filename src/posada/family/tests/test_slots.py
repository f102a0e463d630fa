"""Call slots: inside the safe hours, never while contact stands still, one number to a phone at an hour."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from django.test import Client
from django.urls import reverse
from tests import cast

from posada.accounts.acts import Act, Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.audit.models import AuditEntry
from posada.family import services
from posada.family.models import CallSlot, Freeze, HousePhone, Relative, SlotState, ThingKind, ThingState, WatchCard
from posada.family.rules import slots
from posada.family.rules.calling import Why
from posada.family.rules.kinship import Relation
from posada.family.rules.safe_hours import SafeHours, Span
from posada.family.services import phones
from posada.family.services.slots import BusyThen, NotNow, SlotPast, SlotTaken, SlotTooFar, give_slot, sweep
from posada.family.tests.people_here import entrust, make_card, make_person
from posada.ground import clock, ids
from posada.people.models import Person
from posada.records.door import Reason, open_record

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]
TOMORROW_AT = 76  # 19:00


@pytest.fixture
def phone(site: Site) -> HousePhone:
    return phones.add_thing(by=system_actor(site.pk), tag=3, kind=ThingKind.PHONE)


@pytest.fixture
def resident(site: Site, staff: dict[Role, User]) -> Person:
    person = make_person(site)
    entrust(staff[Role.CASEWORKER], person.pk, site)
    return person


@pytest.fixture
def tomorrow() -> date:
    return clock.today() + timedelta(days=1)


def _card(site: Site, resident: Person, begins: time = time(19), until: time = time(20), **more: Any) -> WatchCard:
    hours = SafeHours(zone=clock.house_zone().key, spans=(Span(begins=begins, until=until),))
    said = Relative(who="C. P.", relation=Relation.MOTHER, hours=hours, **more)
    return make_card(site, resident, said)


def _fields(resident: Person, day: date, hour: str = "19:00", tag: str = "3") -> dict[str, object]:
    return {"once": str(ids.new_id()), "number": resident.number, "tag": tag, "day": day.isoformat(), "hour": hour}


def test_the_board_shows_number_and_hour_and_nobody_who_is_called(
    site: Site, phone: HousePhone, resident: Person, tomorrow: date, browse: Browse
) -> None:
    by, card = system_actor(site.pk), _card(site, resident)
    give_slot(by=by, person=resident, thing=phone, day=tomorrow, quarter=TOMORROW_AT, card=card)
    page = browse(Role.DESK).get(reverse("family:calls"), {"day": tomorrow.isoformat()}).content.decode()
    assert str(resident.number) in page
    assert "19:00" in page
    for word in ("C. P.", "Yulesi", str(card.pk)):
        assert word not in page


def test_the_desk_gives_a_slot_by_number(phone: HousePhone, resident: Person, tomorrow: date, browse: Browse) -> None:
    browse(Role.DESK).post(reverse("family:give_slot"), _fields(resident, tomorrow))
    made = CallSlot.objects.get()
    assert (made.person, made.thing, made.day, made.quarter, made.card) == (resident, phone, tomorrow, 76, None)
    assert AuditEntry.objects.filter(act=Act.LEND_PHONE, reason="slot", result="done").exists()


def test_a_slot_taken_twice_is_refused_with_a_sentence(
    site: Site, phone: HousePhone, resident: Person, tomorrow: date, browse: Browse
) -> None:
    client, address = browse(Role.DESK), reverse("family:give_slot")
    client.post(address, _fields(resident, tomorrow))
    page = client.post(address, _fields(make_person(site), tomorrow)).content.decode()
    assert "Alguien tiene este teléfono a esta hora" in page
    assert CallSlot.objects.get().person == resident


def test_one_number_has_one_phone_at_an_hour(site: Site, phone: HousePhone, resident: Person, tomorrow: date) -> None:
    by = system_actor(site.pk)
    other = phones.add_thing(by=by, tag=4, kind=ThingKind.PHONE)
    give_slot(by=by, person=resident, thing=phone, day=tomorrow, quarter=TOMORROW_AT)
    with pytest.raises(BusyThen):
        give_slot(by=by, person=resident, thing=other, day=tomorrow, quarter=TOMORROW_AT)
    give_slot(by=by, person=resident, thing=other, day=tomorrow, quarter=TOMORROW_AT + 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("hour", "19:07"),
        ("hour", "25:00"),
        ("hour", ""),
        ("day", "31/2/2019"),
        ("day", ""),
        ("day", "1999-01-01"),
        ("day", "2999-01-01"),
        ("tag", "88"),
        ("tag", "x"),
        ("number", "12"),
        ("number", ""),
    ],
)
def test_it_says_what_is_wrong_and_gives_nothing(
    phone: HousePhone, resident: Person, tomorrow: date, browse: Browse, field: str, value: str
) -> None:
    fields = {**_fields(resident, tomorrow), field: value}
    page = browse(Role.DESK).post(reverse("family:give_slot"), fields)
    assert page.status_code == 200
    assert "summary" in page.content.decode()
    assert not CallSlot.objects.exists()


def test_a_slot_that_is_over_or_too_far_is_refused(site: Site, phone: HousePhone, resident: Person) -> None:
    by = system_actor(site.pk)
    for day, wrong in ((clock.today() - timedelta(days=1), SlotPast), (clock.today() + timedelta(days=40), SlotTooFar)):
        with pytest.raises(wrong):
            give_slot(by=by, person=resident, thing=phone, day=day, quarter=TOMORROW_AT)


def test_a_slot_for_a_card_lies_inside_its_safe_hours_to_the_last_minute(
    site: Site, phone: HousePhone, resident: Person, tomorrow: date
) -> None:
    by, card = system_actor(site.pk), _card(site, resident, time(19), time(19, 50))
    inside, refused = [], set()
    for quarter in range(slots.LAST_QUARTER + 1):
        try:
            give_slot(by=by, person=resident, thing=phone, day=tomorrow, quarter=quarter, card=card)
            inside.append(quarter)
        except NotNow as error:
            refused.add(error.reach.why)
    assert refused == {Why.HOURS}
    assert inside == [76, 77, 78], "19:45 would last until 20:00, and is safe until 19:50 only"
    give_slot(by=by, person=resident, thing=phone, day=tomorrow, quarter=8)  # the control: a call of their own is free


def test_safe_hours_count_in_the_relatives_own_zone(
    site: Site, phone: HousePhone, resident: Person, tomorrow: date
) -> None:
    hours = SafeHours(zone="Europe/Madrid", spans=(Span(begins=time(19), until=time(20)),))
    card = make_card(site, resident, Relative(who="C.", hours=hours))
    there = slots.starts_at(tomorrow, 0, ZoneInfo("Europe/Madrid")).replace(hour=19)
    here = there.astimezone(clock.house_zone())
    quarter = slots.quarter_of(here.time())
    assert quarter is not None
    give_slot(by=system_actor(site.pk), person=resident, thing=phone, day=here.date(), quarter=quarter, card=card)
    with pytest.raises(NotNow):
        give_slot(by=system_actor(site.pk), person=resident, thing=phone, day=tomorrow, quarter=76, card=card)


def test_nothing_after_a_stop(site: Site, phone: HousePhone, resident: Person, tomorrow: date) -> None:
    by, card = system_actor(site.pk), _card(site, resident)
    services.stop(by=by, card=card)
    with pytest.raises(NotNow) as refused:
        give_slot(by=by, person=resident, thing=phone, day=tomorrow, quarter=TOMORROW_AT, card=card)
    assert refused.value.reach.why is Why.STOPPED


@pytest.mark.parametrize("whole_house", [False, True])
def test_nothing_while_contact_is_frozen_with_or_without_a_card(
    site: Site, phone: HousePhone, resident: Person, tomorrow: date, *, whole_house: bool
) -> None:
    by, card = system_actor(site.pk), _card(site, resident)
    freeze = Freeze.objects.create(site=site, resident=None if whole_house else resident, since=clock.today())
    for chosen in (card, None):
        with pytest.raises(NotNow) as refused:
            give_slot(by=by, person=resident, thing=phone, day=tomorrow, quarter=TOMORROW_AT, card=chosen)
        assert refused.value.reach.why is Why.FROZEN
    freeze.ended_on = clock.today()
    freeze.save()
    give_slot(by=by, person=resident, thing=phone, day=tomorrow, quarter=TOMORROW_AT, card=card)


def test_never_contacted_by_us_first_means_no_slot(
    site: Site, phone: HousePhone, resident: Person, tomorrow: date
) -> None:
    by = system_actor(site.pk)
    held: tuple[tuple[dict[str, Any], Why], ...] = (({"hold": True}, Why.WITHHELD), ({"alarmed": True}, Why.ALARM))
    for more, why in held:
        card = _card(site, resident, **more)
        with pytest.raises(NotNow) as refused:
            give_slot(by=by, person=resident, thing=phone, day=tomorrow, quarter=TOMORROW_AT, card=card)
        assert refused.value.reach.why is why


def test_a_slot_given_before_a_stop_says_do_not_call_and_can_be_called_off(
    site: Site, phone: HousePhone, resident: Person, tomorrow: date, browse: Browse
) -> None:
    by, card = system_actor(site.pk), _card(site, resident)
    made = give_slot(by=by, person=resident, thing=phone, day=tomorrow, quarter=TOMORROW_AT, card=card)
    client, day = browse(Role.DESK), {"day": tomorrow.isoformat()}
    assert "no llamar" not in client.get(reverse("family:calls"), day).content.decode()
    services.stop(by=by, card=card)
    assert "no llamar" in client.get(reverse("family:calls"), day).content.decode()
    client.post(reverse("family:slot_off", args=[made.pk]))
    assert not CallSlot.objects.exists()


def test_a_slot_for_a_card_is_given_by_whoever_may_read_it(
    site: Site, phone: HousePhone, resident: Person, tomorrow: date, browse: Browse, actors: dict[Role, Actor]
) -> None:
    card, address = _card(site, resident), reverse("family:person_calls", args=[resident.number])
    page = browse(Role.DESK).get(address).content.decode()
    assert "C. P." not in page
    fields = {"once": str(ids.new_id()), "card": str(card.pk), "tag": "3", "day": tomorrow.isoformat()}
    wrong = browse(Role.CASEWORKER).post(address, {**fields, "hour": "20:00"}).content.decode()
    assert "horas seguras" in wrong
    assert not CallSlot.objects.exists()
    browse(Role.CASEWORKER).post(address, {**fields, "hour": "19:00"})
    assert CallSlot.objects.get().card == card
    with pytest.raises(Refused):
        give_slot(by=actors[Role.DESK], person=resident, thing=phone, day=tomorrow, quarter=77, card=card)


def test_a_card_of_somebody_else_is_no_card_of_theirs(
    site: Site, phone: HousePhone, resident: Person, tomorrow: date
) -> None:
    theirs = _card(site, make_person(site))
    with pytest.raises(Refused):
        give_slot(
            by=system_actor(site.pk), person=resident, thing=phone, day=tomorrow, quarter=TOMORROW_AT, card=theirs
        )


def test_how_it_went_is_noted_when_its_hour_has_come(
    site: Site, phone: HousePhone, resident: Person, tomorrow: date, browse: Browse
) -> None:
    by, client = system_actor(site.pk), browse(Role.DESK)
    later = give_slot(by=by, person=resident, thing=phone, day=tomorrow, quarter=TOMORROW_AT)
    now = CallSlot.objects.create(thing=phone, person=resident, day=clock.today(), quarter=0)
    for name, state in (("done", SlotState.DONE), ("no_answer", SlotState.NO_ANSWER), ("not_come", SlotState.NOT_COME)):
        client.post(reverse(f"family:slot_{name}", args=[now.pk]))
        assert CallSlot.objects.get(pk=now.pk).state == state
    answer = client.post(reverse("family:slot_done", args=[later.pk]), follow=True)
    assert "no ha empezado" in answer.content.decode()
    assert CallSlot.objects.get(pk=later.pk).state == SlotState.GIVEN


def test_a_broken_phone_and_a_charger_take_no_slot(
    site: Site, phone: HousePhone, resident: Person, tomorrow: date, browse: Browse
) -> None:
    by, client = system_actor(site.pk), browse(Role.DESK)
    phones.add_thing(by=by, tag=5, kind=ThingKind.CHARGER)
    phones.set_state(by=by, thing=phone, state=ThingState.BROKEN)
    for tag, words in (("5", "no es un teléfono"), ("3", "está dañado")):
        page = client.post(reverse("family:give_slot"), _fields(resident, tomorrow, tag=tag)).content.decode()
        assert words in page
    assert not CallSlot.objects.exists()


def test_slots_of_earlier_days_are_deleted(site: Site, phone: HousePhone, resident: Person, tomorrow: date) -> None:
    def yesterdays() -> CallSlot:
        return CallSlot.objects.create(thing=phone, person=resident, day=tomorrow - timedelta(days=2), quarter=40)

    yesterdays()
    made = give_slot(by=system_actor(site.pk), person=resident, thing=phone, day=tomorrow, quarter=TOMORROW_AT)
    assert CallSlot.objects.get() == made
    yesterdays()
    sweep(lambda _done, _total: None)
    assert CallSlot.objects.get() == made


def test_another_houses_slot_does_not_exist(phone: HousePhone, browse: Browse, tomorrow: date) -> None:
    elsewhere = cast.make_site(code="otra")
    by = system_actor(elsewhere.pk)
    thing = phones.add_thing(by=by, tag=3, kind=ThingKind.PHONE)
    theirs = give_slot(by=by, person=make_person(elsewhere), thing=thing, day=tomorrow, quarter=TOMORROW_AT)
    assert browse(Role.DESK).post(reverse("family:slot_off", args=[theirs.pk])).status_code == 404
    assert CallSlot.objects.filter(pk=theirs.pk).exists()


def test_the_same_slot_again_after_it_was_called_off(
    site: Site, phone: HousePhone, resident: Person, tomorrow: date, browse: Browse
) -> None:
    by, other = system_actor(site.pk), make_person(site)
    made = give_slot(by=by, person=resident, thing=phone, day=tomorrow, quarter=TOMORROW_AT)
    with pytest.raises(SlotTaken):
        give_slot(by=by, person=other, thing=phone, day=tomorrow, quarter=TOMORROW_AT)
    browse(Role.DESK).post(reverse("family:slot_off", args=[made.pk]))
    give_slot(by=by, person=other, thing=phone, day=tomorrow, quarter=TOMORROW_AT)
    assert browse(Role.DESK).post(reverse("family:slot_off", args=[made.pk])).status_code == 404


def test_a_day_in_the_address_that_is_none_shows_today(phone: HousePhone, browse: Browse) -> None:
    client = browse(Role.DESK)
    for asked in ("x", "1999-01-01", "2999-01-01", "2019-02-31"):
        assert client.get(reverse("family:calls"), {"day": asked}).status_code == 200
    for odd in ({"quarter": "999"}, {"quarter": "x"}, {"tag": "x", "quarter": "76"}):
        assert client.get(reverse("family:give_slot"), odd).status_code == 200


@pytest.mark.parametrize("since", [{"hold": True}, {"alarmed": True}, {"hours": None}])
def test_a_slot_whose_relative_may_not_be_reached_any_more_says_do_not_call(
    site: Site, phone: HousePhone, resident: Person, tomorrow: date, browse: Browse, since: dict[str, Any]
) -> None:
    """Something happened, the words of alarm were said, or other hours were agreed after the slot was given."""
    by, card = system_actor(site.pk), _card(site, resident)
    give_slot(by=by, person=resident, thing=phone, day=tomorrow, quarter=TOMORROW_AT, card=card)
    before = open_record(card.record, Relative, by=by, reason=Reason.SYSTEM)
    noon = SafeHours(zone=clock.house_zone().key, spans=(Span(begins=time(12), until=time(13)),))
    after = msgspec.structs.replace(before, **({"hours": noon} if "hours" in since else since))
    client, day = browse(Role.DESK), {"day": tomorrow.isoformat()}
    assert "no llamar" not in client.get(reverse("family:calls"), day).content.decode()
    card = services.change_agreement(by=by, card=card, content=after, expected=card.record.version)
    assert "no llamar" in client.get(reverse("family:calls"), day).content.decode()
    services.change_agreement(by=by, card=card, content=before, expected=card.record.version)
    assert "no llamar" not in client.get(reverse("family:calls"), day).content.decode()


@pytest.mark.parametrize("more", [{"hold": True}, {"alarmed": True}])
def test_no_slot_is_offered_for_whom_we_never_turn_to_first(
    site: Site, phone: HousePhone, resident: Person, browse: Browse, more: dict[str, Any]
) -> None:
    address = reverse("family:person_calls", args=[resident.number])
    _card(site, resident)
    held = make_card(site, resident, Relative(who="Q. R.", **more))
    services.entrust_cards(resident)
    page = browse(Role.CASEWORKER).get(address).content.decode()
    assert "C. P." in page
    assert str(held.pk) not in page
