"""The first call home belongs to the first night: one page, offered, never pressed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Act, Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.audit.models import AuditEntry
from posada.family import services
from posada.family.models import (
    CallOffer,
    ContactKind,
    Freeze,
    HousePhone,
    How,
    Relative,
    ThingKind,
    ThingState,
    WatchCard,
)
from posada.family.queries import silences
from posada.family.queries.calls import without_first_call
from posada.family.services import phones
from posada.family.services.first_call import FirstCall, Outcome, first_call
from posada.family.tests.people_here import entrust, make_card, make_person
from posada.ground import clock, ids
from posada.people.models import Person
from posada.records.door import Reason, open_record
from posada.records.models import SealedRecord

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]


@pytest.fixture
def phone(site: Site) -> HousePhone:
    return phones.add_thing(by=system_actor(site.pk), tag=3, kind=ThingKind.PHONE)


@pytest.fixture
def resident(site: Site, staff: dict[Role, User]) -> Person:
    person = make_person(site)
    entrust(staff[Role.CASEWORKER], person.pk, site)
    return person


def _said(actors: dict[Role, Actor]) -> Relative:
    return open_record(WatchCard.objects.get().record, Relative, by=actors[Role.CASEWORKER], reason=Reason.VIEW)


def _send(client: Client, resident: Person, **fields: str) -> str:
    whole = {"outcome": "well", "who": "C. P.", "relation": "mother", "told": "on", "once": str(ids.new_id()), **fields}
    address = reverse("family:first_call", args=[resident.number])
    answer = client.post(address, {name: value for name, value in whole.items() if value}, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize(
    ("outcome", "how", "kind"),
    [
        ("well", How.WELL, ContactKind.HEARD),
        ("worried", How.WORRIED, ContactKind.HEARD),
        ("in_danger", How.IN_DANGER, ContactKind.HEARD),
        ("no_answer", How.UNKNOWN, ContactKind.NO_ANSWER),
        ("not_reached", How.UNKNOWN, ContactKind.NO_ANSWER),
    ],
)
def test_it_writes_the_card_with_its_first_news(
    resident: Person, browse: Browse, actors: dict[Role, Actor], outcome: str, how: How, kind: ContactKind
) -> None:
    _send(browse(Role.DESK), resident, outcome=outcome, number="hidden", interval_hours="48")
    said = _said(actors)
    assert (said.who, said.how, said.interval_hours) == ("C. P.", how, 48)
    assert (said.last_heard_at is not None) == (kind is ContactKind.HEARD)
    assert [(event.kind, event.hidden, event.by) for event in said.history] == [(kind, True, actors[Role.DESK].user)]
    assert WatchCard.objects.get().silent_from is not None
    assert CallOffer.objects.get().offered_on == clock.today()


def test_whether_the_number_was_hidden_stands_in_the_cards_history(resident: Person, browse: Browse) -> None:
    _send(browse(Role.DESK), resident, number="hidden")
    page = browse(Role.CASEWORKER).get(reverse("family:card", args=[WatchCard.objects.get().pk])).content.decode()
    assert "el número de quien llama oculto" in page


def test_the_desk_writes_it_and_does_not_read_it_later(resident: Person, browse: Browse) -> None:
    client = browse(Role.DESK)
    assert "C. P." not in _send(client, resident)
    assert "C. P." not in client.get(reverse("family:first_call", args=[resident.number])).content.decode()
    assert client.get(reverse("family:card", args=[WatchCard.objects.get().pk])).status_code == 403


def test_not_wanting_to_call_is_a_fine_answer_and_is_recorded_as_asked(resident: Person, browse: Browse) -> None:
    page = _send(browse(Role.DESK), resident, outcome="not_wanted", who="", relation="", told="")
    assert "se ofreció la llamada" in page
    assert not WatchCard.objects.exists()
    assert CallOffer.objects.get().person == resident
    assert {field.name for field in CallOffer._meta.get_fields()} == {"id", "person", "offered_on"}, (
        "not what they said"
    )


def test_the_last_number_must_be_erased_before_the_phone_is_lent_again(
    site: Site, phone: HousePhone, resident: Person, browse: Browse
) -> None:
    assert "hay que limpiarlo" in _send(browse(Role.DESK), resident, tag="3")
    phone.refresh_from_db()
    assert phone.state == ThingState.TO_CLEAR
    page = _send(browse(Role.DESK), make_person(site), tag="3", cleared="on")
    assert "borre el último número" in page
    phones.clear(by=system_actor(site.pk), thing=phone)
    _send(browse(Role.DESK), make_person(site), tag="3", cleared="on")
    phone.refresh_from_db()
    assert phone.state == ThingState.READY


def test_a_phone_that_somebody_else_has_was_not_used(
    site: Site, phone: HousePhone, resident: Person, browse: Browse
) -> None:
    phones.lend(by=system_actor(site.pk), thing=phone, person=make_person(site))
    assert "Alguien la tiene" in _send(browse(Role.DESK), resident, tag="3")
    assert not WatchCard.objects.exists()
    assert not CallOffer.objects.exists(), "nothing half done"


def test_their_own_loan_may_be_used_and_giving_it_back_asks(
    site: Site, phone: HousePhone, resident: Person, browse: Browse
) -> None:
    phones.lend(by=system_actor(site.pk), thing=phone, person=resident)
    _send(browse(Role.DESK), resident, tag="3")
    phone.refresh_from_db()
    assert phone.state == ThingState.READY
    assert WatchCard.objects.exists()
    browse(Role.DESK).post(reverse("family:phone_back", args=[3]))
    phone.refresh_from_db()
    assert phone.state == ThingState.TO_CLEAR


def test_we_never_ask_for_money_is_said_again_where_it_was_not_told(resident: Person, browse: Browse) -> None:
    page = _send(browse(Role.DESK), resident, told="")
    assert "Diga a la familia en la próxima llamada" in page
    assert WatchCard.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("who", ""),
        ("who", "x" * 500),
        ("relation", ""),
        ("relation", "boss"),
        ("outcome", ""),
        ("outcome", "?"),
        ("tag", "77"),
        ("tag", "x"),
        ("number", "?"),
        ("interval_hours", "5"),
    ],
)
def test_it_says_what_is_wrong_and_keeps_nothing(resident: Person, browse: Browse, field: str, value: str) -> None:
    assert "summary" in _send(browse(Role.DESK), resident, **{field: value})
    assert not WatchCard.objects.exists()
    assert not CallOffer.objects.exists()


def test_nobody_calls_while_contact_is_frozen_and_that_is_said(site: Site, resident: Person, browse: Browse) -> None:
    Freeze.objects.create(site=site, resident=None, since=clock.today())
    page = _send(browse(Role.DESK), resident)
    assert "contacto con esta familia está congelado" in page
    assert not WatchCard.objects.exists()
    _send(browse(Role.DESK), resident, outcome="not_wanted")
    assert CallOffer.objects.exists(), "that it was offered may still be written down"


def test_a_form_sent_twice_writes_one_card(resident: Person, browse: Browse) -> None:
    client, key = browse(Role.DESK), str(ids.new_id())
    for _time in range(2):
        _send(client, resident, once=key)
    assert WatchCard.objects.count() == 1


def test_two_desks_write_two_relatives_and_one_offer(resident: Person, browse: Browse) -> None:
    client = browse(Role.DESK)
    _send(client, resident)
    _send(client, resident, who="R. P.", relation="father")
    assert (WatchCard.objects.count(), CallOffer.objects.count()) == (2, 1)


def test_today_names_who_was_not_offered_it_yet(
    site: Site, resident: Person, browse: Browse, actors: dict[Role, Actor]
) -> None:
    desk = actors[Role.DESK]
    offered, with_card, older = (make_person(site) for _ in range(3))
    Person.objects.filter(pk=older.pk).update(registered_on=clock.today() - timedelta(days=1))
    make_card(site, with_card)
    first_call(by=desk, person=offered, told=FirstCall(outcome=Outcome.NOT_WANTED))
    assert without_first_call(desk) == [resident]
    assert "primera llamada a casa" in browse(Role.DESK).get(reverse("desk:today")).content.decode()
    _send(browse(Role.DESK), resident, outcome="not_wanted")
    assert without_first_call(desk) == []
    assert "No se ha ofrecido" not in browse(Role.DESK).get(reverse("desk:today")).content.decode()
    assert without_first_call(actors[Role.AUDITOR]) == []


def test_the_service_asks_for_itself(site: Site, resident: Person, actors: dict[Role, Actor]) -> None:
    older = make_person(site)
    Person.objects.filter(pk=older.pk).update(registered_on=clock.today() - timedelta(days=1))
    SealedRecord.objects.filter(subject=older.pk).update(registered_on=clock.today() - timedelta(days=1))
    older.refresh_from_db()
    told = FirstCall(outcome=Outcome.NOT_WANTED)
    for role, person in ((Role.DESK, older), (Role.CASEWORKER, older), (Role.TRACING_OFFICER, resident)):
        with pytest.raises(Refused):
            first_call(by=actors[role], person=person, told=told)
    first_call(by=actors[Role.CASEWORKER], person=resident, told=told)
    assert AuditEntry.objects.filter(act=Act.ADD_RELATIVE, reason="first_call", result="done").exists()


def test_a_stop_after_it_stops(site: Site, resident: Person, actors: dict[Role, Actor]) -> None:
    told = FirstCall(outcome=Outcome.WELL, who="C. P.", interval_hours=24)
    card = first_call(by=actors[Role.DESK], person=resident, told=told)
    assert card is not None
    assert services.stop(by=system_actor(site.pk), card=card).silent_from is None


@pytest.mark.parametrize("outcome", ["no_answer", "not_reached"])
def test_a_first_call_that_nobody_answered_rises_the_next_day_although_nothing_was_agreed(
    resident: Person, browse: Browse, actors: dict[Role, Actor], outcome: str
) -> None:
    _send(browse(Role.DESK), resident, outcome=outcome)
    by, now = actors[Role.CASEWORKER], clock.now()
    assert silences(by, now) == []
    assert [row.is_past for row in silences(by, now + timedelta(days=1))] == [True]
