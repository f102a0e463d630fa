"""My people: the cards of a resident, one press each."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests import cast

from posada.accounts.acts import Act, Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.audit.models import AuditEntry
from posada.family import services
from posada.family.models import ContactKind, How, Relative, TracingRequest, WatchCard
from posada.family.rules.kinship import Relation
from posada.family.rules.silence import Watch
from posada.family.tests.people_here import entrust, make_card, make_person
from posada.ground import ids
from posada.people.models import Person
from posada.records.door import Reason, open_record

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]


@pytest.fixture
def resident(site: Site, staff: dict[Role, User]) -> Person:
    person = make_person(site)
    entrust(staff[Role.CASEWORKER], person.pk, site)
    return person


def _said(card: WatchCard, actor: Actor) -> Relative:
    card.refresh_from_db()
    return open_record(card.record, Relative, by=actor, reason=Reason.VIEW)


def test_it_shows_the_cards_to_whoever_holds_the_file(site: Site, resident: Person, browse: Browse) -> None:
    make_card(site, resident)
    page = browse(Role.CASEWORKER).get(reverse("family:relatives", args=[resident.number]))
    assert page.status_code == 200
    assert "C. P." in page.content.decode()
    assert AuditEntry.objects.filter(act=Act.READ_KIN, result="done").exists()


@pytest.mark.parametrize("role", [Role.DESK, Role.TRACING_OFFICER, Role.LAWYER, Role.SITE_MANAGER, Role.AUDITOR])
def test_nobody_else_reads_them(site: Site, resident: Person, browse: Browse, role: Role) -> None:
    card = make_card(site, resident)
    client = browse(role)
    for name, argument in (("relatives", resident.number), ("card", card.pk), ("seek", card.pk)):
        assert client.get(reverse(f"family:{name}", args=[argument])).status_code == 403


def test_a_caseworker_without_the_file_is_refused(site: Site, browse: Browse) -> None:
    stranger = make_person(site)
    card = make_card(site, stranger)
    client = browse(Role.CASEWORKER)
    assert client.get(reverse("family:relatives", args=[stranger.number])).status_code == 403
    assert client.post(reverse("family:heard", args=[card.pk])).status_code == 403


def test_another_house_does_not_exist(site: Site, browse: Browse) -> None:
    elsewhere = cast.make_site(code="otra")
    person = make_person(elsewhere)
    card = make_card(elsewhere, person)
    client = browse(Role.CASEWORKER)
    assert client.get(reverse("family:relatives", args=[person.number])).status_code == 404
    assert client.get(reverse("family:card", args=[card.pk])).status_code == 404
    assert client.get(reverse("family:card", args=[uuid.uuid4()])).status_code == 404


def test_the_desk_adds_one_on_the_first_night_and_does_not_read_it(resident: Person, browse: Browse) -> None:
    client = browse(Role.DESK)
    fields = {"who": "C. P.", "relation": "mother", "interval_hours": "48"}
    answer = client.post(reverse("family:add_relative", args=[resident.number]), fields, follow=True)
    assert answer.status_code == 200
    assert "C. P." not in answer.content.decode()
    assert WatchCard.objects.get().resident == resident


def test_a_card_that_the_desk_added_is_read_by_the_caseworker(resident: Person, browse: Browse) -> None:
    fields = {"who": "C. P.", "relation": "mother"}
    browse(Role.DESK).post(reverse("family:add_relative", args=[resident.number]), fields)
    page = browse(Role.CASEWORKER).get(reverse("family:relatives", args=[resident.number]))
    assert "C. P." in page.content.decode()


def test_a_form_sent_twice_adds_one_card(resident: Person, browse: Browse) -> None:
    fields = {"who": "C. P.", "relation": "mother", "once": str(ids.new_id())}
    client = browse(Role.CASEWORKER)
    for _time in range(2):
        answer = client.post(reverse("family:add_relative", args=[resident.number]), fields)
        assert answer.status_code == 302
    assert WatchCard.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("who", ""),
        ("who", "x" * 500),
        ("relation", "boss"),
        ("heard_on", "31/2/2019"),
        ("heard_on", "1/1/2999"),
        ("heard_time", "25:99"),
        ("next_call_at", "tomorrow"),
        ("next_call_at", "1999-01-01T10:00"),
        ("interval_hours", "7"),
    ],
)
def test_it_says_what_is_wrong(resident: Person, browse: Browse, field: str, value: str) -> None:
    fields = {"who": "C. P.", "relation": "mother", field: value}
    page = browse(Role.CASEWORKER).post(reverse("family:add_relative", args=[resident.number]), fields)
    assert page.status_code == 200
    assert "summary" in page.content.decode()
    assert not WatchCard.objects.exists()


def test_it_takes_letters_of_any_alphabet(resident: Person, browse: Browse) -> None:
    client = browse(Role.CASEWORKER)
    client.post(reverse("family:add_relative", args=[resident.number]), {"who": "Ольга 😀", "relation": "aunt"})
    assert "Ольга" in client.get(reverse("family:relatives", args=[resident.number])).content.decode()


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("heard", Watch.WATCHED),
        ("no_answer", Watch.WATCHED),
        ("worrying", Watch.WORRYING),
        ("stop", Watch.STOPPED),
    ],
)
def test_one_press_is_enough(site: Site, resident: Person, browse: Browse, name: str, state: Watch) -> None:
    card = make_card(site, resident)
    answer = browse(Role.CASEWORKER).post(reverse(f"family:{name}", args=[card.pk]), follow=True)
    card.refresh_from_db()
    assert answer.status_code == 200
    assert card.state == state


def test_a_press_is_no_link(site: Site, resident: Person, browse: Browse) -> None:
    card = make_card(site, resident)
    assert browse(Role.CASEWORKER).get(reverse("family:stop", args=[card.pk])).status_code == 405


def test_a_press_sent_twice_counts_once(
    site: Site, resident: Person, browse: Browse, actors: dict[Role, Actor]
) -> None:
    card, key = make_card(site, resident), str(ids.new_id())
    client = browse(Role.CASEWORKER)
    for _time in range(2):
        client.post(reverse("family:no_answer", args=[card.pk]), {"once": key})
    services.entrust_cards(resident)
    assert len(_said(card, actors[Role.CASEWORKER]).history) == 1


def test_heard_says_when_how_and_by_whom(
    site: Site, resident: Person, browse: Browse, actors: dict[Role, Actor]
) -> None:
    card = make_card(site, resident)
    client = browse(Role.CASEWORKER)
    client.post(reverse("family:heard", args=[card.pk]), {"channel": "voice_note", "how": "well", "note": "sale"})
    said = _said(card, actors[Role.CASEWORKER])
    assert said.how is How.WELL
    assert said.history[0].kind is ContactKind.HEARD
    assert said.history[0].by == actors[Role.CASEWORKER].user
    assert AuditEntry.objects.filter(act=Act.UPDATE_KIN, result="done").exists()


def test_stop_needs_one_person_and_holds_until_somebody_asks(site: Site, resident: Person, browse: Browse) -> None:
    card = make_card(site, resident)
    client = browse(Role.CASEWORKER)
    client.post(reverse("family:stop", args=[card.pk]))
    client.post(reverse("family:heard", args=[card.pk]))
    card.refresh_from_db()
    assert card.state == Watch.STOPPED
    assert card.silent_from is None
    client.post(reverse("family:resume", args=[card.pk]))
    card.refresh_from_db()
    assert card.state == Watch.WATCHED
    assert card.silent_from is not None


@pytest.mark.parametrize(
    "wrong",
    [{"note": "x" * 500}, {"how": "?"}, {"channel": "?"}, {"once": "?"}, {"sequence": "x"}, {"sequence": "0"}],
)
def test_stop_always_stops(site: Site, resident: Person, browse: Browse, wrong: dict[str, str]) -> None:
    card = make_card(site, resident)
    answer = browse(Role.CASEWORKER).post(reverse("family:stop", args=[card.pk]), wrong, follow=True)
    card.refresh_from_db()
    assert card.state == Watch.STOPPED
    assert ("demasiado largas" in answer.content.decode()) == ("note" in wrong)


def test_stop_stops_from_an_old_page_and_keeps_its_words(
    site: Site, resident: Person, browse: Browse, actors: dict[Role, Actor]
) -> None:
    card, key = make_card(site, resident), str(ids.new_id())
    client = browse(Role.CASEWORKER)
    client.post(reverse("family:heard", args=[card.pk]), {"sequence": "1", "once": key})
    client.post(reverse("family:stop", args=[card.pk]), {"sequence": "1", "once": key, "note": "Lo pidió ella"})
    said = _said(card, actors[Role.CASEWORKER])
    assert card.state == Watch.STOPPED
    assert said.history[-1].note == "Lo pidió ella"


def test_a_stop_meets_a_card_that_changed_under_it(site: Site, resident: Person, actors: dict[Role, Actor]) -> None:
    card, by = make_card(site, resident), actors[Role.CASEWORKER]
    services.record_contact(by=by, card=card, event=services.told(ContactKind.NO_ANSWER))
    assert services.stop(by=by, card=card).state == Watch.STOPPED  # the card as it was read before


@pytest.mark.parametrize("name", ["heard", "no_answer", "worrying"])
def test_a_press_on_what_somebody_changed_meanwhile_is_looked_at_again(
    site: Site, resident: Person, browse: Browse, actors: dict[Role, Actor], name: str
) -> None:
    card = make_card(site, resident)
    client, address = browse(Role.CASEWORKER), reverse(f"family:{name}", args=[card.pk])
    assert f"{address}?sequence=1" in client.get(reverse("family:relatives", args=[resident.number])).content.decode()
    client.post(reverse("family:no_answer", args=[card.pk]), {"sequence": "1"})
    for old in ({"path": address, "data": {"sequence": "1"}}, {"path": f"{address}?sequence=1"}):
        answer = client.post(**old, follow=True)
        assert "Alguien cambió esto mientras estaba abierto" in answer.content.decode()
    assert len(_said(card, actors[Role.CASEWORKER]).history) == 1
    client.post(address, {"sequence": "2"})
    assert len(_said(card, actors[Role.CASEWORKER]).history) == 2


def test_the_agreement_can_be_changed(site: Site, resident: Person, browse: Browse, actors: dict[Role, Actor]) -> None:
    card = make_card(site, resident)
    address = reverse("family:card", args=[card.pk])
    client = browse(Role.CASEWORKER)
    assert client.get(address).status_code == 200
    client.post(address, {"who": "C. P.", "relation": "mother", "interval_hours": "", "safe_hours": "19 a 20 h"})
    said = _said(card, actors[Role.CASEWORKER])
    assert said.safe_hours == "19 a 20 h"
    assert card.silent_from is None


def test_a_request_is_opened_from_a_card(site: Site, resident: Person, browse: Browse) -> None:
    card = make_card(site, resident, Relative(who="W. R. P.", relation=Relation.BROTHER))
    address = reverse("family:seek", args=[card.pk])
    client = browse(Role.CASEWORKER)
    page = client.get(address)
    assert "W. R. P." in page.content.decode()
    fields = {"given_names": "Wilmer", "surnames": "Ramírez", "relationship": "sibling"}
    answer = client.post(address, fields, follow=True)
    assert answer.status_code == 200
    made = TracingRequest.objects.get()
    assert made.resident == resident
    assert str(made.number) in client.get(reverse("family:card", args=[card.pk])).content.decode()


def test_the_service_asks_for_itself(site: Site, actors: dict[Role, Actor]) -> None:
    person = make_person(site)
    with pytest.raises(Refused):
        services.add_relative(by=actors[Role.CASEWORKER], person=person, content=Relative(who="C."))
    with pytest.raises(Refused):
        services.stop(by=actors[Role.TRACING_OFFICER], card=make_card(site, person))


def test_watching_again_brings_a_worry_back_and_ends_none(site: Site, resident: Person) -> None:
    by, card = system_actor(site.pk), make_card(site, resident)
    services.record_contact(by=by, card=card, event=services.told(ContactKind.WORRYING))
    card.refresh_from_db()
    assert services.resume(by=by, card=card).watch is Watch.WORRYING, "an old page does not end a worry"
    services.stop(by=by, card=card)
    card.refresh_from_db()
    assert services.resume(by=by, card=card).watch is Watch.WORRYING
    card.refresh_from_db()
    services.record_contact(by=by, card=card, event=services.told(ContactKind.HEARD, how=How.WELL))
    services.stop(by=by, card=card)
    card.refresh_from_db()
    assert services.resume(by=by, card=card).watch is Watch.WATCHED
