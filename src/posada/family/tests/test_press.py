"""Talking to the press: explained first, never arranged, and what appeared raises the risk of the whole family."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, Refused
from posada.family.models import Appearance, Medium, Press, PressChoice, Relative, WatchCard
from posada.family.queries.harm import press_of, raising
from posada.family.rules.harm import How
from posada.family.rules.press import PRESS_RISK
from posada.family.services import press
from posada.family.tests.people_here import entrust, make_card, make_person
from posada.ground import clock, ids
from posada.people.models import Person
from posada.records.services import Stale

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]
WORDS = "Radio Fe y Alegría"


@pytest.fixture
def person(site: Site, staff: dict[Role, User]) -> Person:
    made = make_person(site)
    entrust(staff[Role.CASEWORKER], made.pk, site)
    return made


@pytest.fixture
def worker(actors: dict[Role, Actor]) -> Actor:
    return actors[Role.CASEWORKER]


def _appeared(on: str = "2019-02") -> Appearance:
    return Appearance(id=ids.new_id(), on=on, medium=Medium.RADIO, where=WORDS, said="Contó todo.", link="una página")


def test_talking_to_the_press_is_never_arranged_and_the_risk_is_explained_first(
    person: Person, worker: Actor, browse: Browse
) -> None:
    choice = PressChoice(wants=True, on=clock.today())
    with pytest.raises(press.NotExplained):
        press.decide_press(by=worker, resident=person, choice=choice, explained=False)
    client, address = browse(Role.CASEWORKER), reverse("family:decide_press", args=[person.number])
    whole = {"explained": "yes", "wants": "yes", "how": "spoken"}
    for change in ({"explained": "no"}, {"explained": ""}, {"wants": ""}, {"how": "mark"}):
        assert client.post(address, {**whole, **change}).status_code == 422
    assert not Press.objects.exists()
    page = client.get(reverse("family:press", args=[person.number])).content.decode()
    assert 'data-aloud="press-words"' in page
    assert len(PRESS_RISK) >= 5
    client.post(address, {**whole, "wants": "no"})
    client.post(address, whole)
    assert [one.wants for one in press_of(worker, person).choices] == [False, True], "the last one counts"


def test_a_mark_without_a_witness_is_no_decision(person: Person, worker: Actor) -> None:
    choice = PressChoice(wants=False, on=clock.today(), how=How.MARK)
    with pytest.raises(press.NotExplained):
        press.decide_press(by=worker, resident=person, choice=choice, explained=True)


def test_what_appeared_raises_the_risk_of_every_card_also_of_one_added_later(
    site: Site, person: Person, worker: Actor, browse: Browse
) -> None:
    make_card(site, person)
    client = browse(Role.CASEWORKER)
    before = client.get(reverse("family:relatives", args=[person.number])).content.decode()
    press.note_appearance(by=worker, resident=person, said=_appeared())
    make_card(site, person, Relative(who="Tía M."))
    listed = client.get(reverse("family:relatives", args=[person.number])).content.decode()
    said = "Riesgo aumentado" if "Riesgo aumentado" in listed else "Risk raised"
    assert said not in before
    assert listed.count(said) >= 2
    for card in WatchCard.objects.all():
        assert said in client.get(reverse("family:card", args=[card.pk])).content.decode()


def test_the_risk_is_lowered_by_a_person_with_a_reason_and_by_nothing_else(
    site: Site, person: Person, worker: Actor, browse: Browse
) -> None:
    first, second = _appeared(), _appeared("2019-03-01")
    for one in (first, second):
        press.note_appearance(by=worker, resident=person, said=one)
    client = browse(Role.CASEWORKER)
    address = reverse("family:lower_risk", args=[person.number, first.id])
    client.post(address, {"why": "  "})
    assert len(raising(worker, person)) == 2
    client.post(address, {"why": "Se retiró y nadie la vio."})
    assert [one.id for one in raising(worker, person)] == [second.id]
    held = press_of(worker, person).appearances[0]
    assert (held.lowered_by, held.lowered_why) == (worker.user, "Se retiró y nadie la vio.")
    with pytest.raises(Stale):
        press.lower(by=worker, resident=person, appearance=first.id, why="Otra vez.")
    assert client.post(address, {"why": "Otra vez."}, follow=True).status_code == 200
    press.lower(by=worker, resident=person, appearance=second.id, why="También.")
    assert raising(worker, person) == ()
    assert not Press.objects.get().raised


def test_an_appearance_needs_a_day_that_has_come_and_a_medium(person: Person, browse: Browse) -> None:
    client, address = browse(Role.CASEWORKER), reverse("family:note_appearance", args=[person.number])
    later = clock.today().year + 1
    for fields in ({"on": "", "medium": "radio"}, {"on": f"1/1/{later}", "medium": "radio"}, {"on": "2019"}):
        assert client.post(address, fields).status_code == 422
    assert not Press.objects.exists()
    assert client.post(address, {"on": "2/2019", "medium": "radio", "where": WORDS}).status_code == 302


def test_nobody_else_reads_or_writes_a_press_file(person: Person, actors: dict[Role, Actor], worker: Actor) -> None:
    press.note_appearance(by=worker, resident=person, said=_appeared())
    for role in set(Role) - {Role.CASEWORKER}:
        with pytest.raises(Refused):
            press_of(actors[role], person)
        with pytest.raises(Refused):
            press.note_appearance(by=actors[role], resident=person, said=_appeared())
