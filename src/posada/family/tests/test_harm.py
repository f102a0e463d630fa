"""Something happened to a relative: noted, never contacted by us first, referred with consent to somebody who reads
exactly that."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests import cast

from posada.accounts.acts import Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, Refused
from posada.family.models import (
    ContactKind,
    HarmEvent,
    HarmNote,
    WatchCard,
)
from posada.family.queries.relatives import opened, reach_of, silences
from posada.family.rules.calling import Why
from posada.family.rules.harm import STEP_WORDS, STEPS, Harm, Step
from posada.family.rules.silence import Watch
from posada.family.services import harm as harms
from posada.family.services import relatives as cards
from posada.family.services import told
from posada.family.tests.people_here import entrust
from posada.family.tests.what_happened import TAKEN, event_of, harm_fields, said_on
from posada.ground import clock, ids
from posada.people.models import Person
from posada.records.services import Stale

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]


def test_a_relative_detained_is_recorded_with_date_place_force_last_seen_who_knows(noted: HarmNote) -> None:
    assert event_of(noted) == TAKEN


@pytest.mark.parametrize("harm", list(Harm))
def test_every_kind_holds_our_calls_and_has_its_steps(site: Site, worker: Actor, card: WatchCard, harm: Harm) -> None:
    harms.note_harm(by=worker, card=card, content=HarmEvent(harm=harm))
    row = WatchCard.objects.get(pk=card.pk)
    assert said_on(card).hold
    assert row.watch is (Watch.WATCHED if harm is Harm.FREED else Watch.WORRYING)
    assert STEPS[harm][0] is Step.WRITE_DOWN
    assert {Step.NOT_CONTACT, Step.CHECK} <= set(STEPS[harm])
    assert len(set(STEPS[harm])) == len(STEPS[harm])


def test_every_step_has_words_and_none_names_a_law_or_an_office() -> None:
    used = {step for steps in STEPS.values() for step in steps}
    assert used == set(Step) == set(STEP_WORDS)
    words = " ".join(str(line) for line in STEP_WORDS.values()).lower()
    assert not any(word in words for word in ("article", "decree", "law ", "habeas", "hours to", "defensor"))


def test_a_relative_to_whom_something_happened_is_never_contacted_by_us_first(card: WatchCard, noted: HarmNote) -> None:
    """No call is offered, whatever state the card is in, until the resident decided so after advice."""
    for state in (Watch.WORRYING, Watch.WATCHED):
        row = WatchCard.objects.select_related("record", "resident").get(pk=card.pk)
        row.state = state.value
        found = reach_of(row, said_on(card), clock.now())
        assert (found.may, found.why) == (False, Why.WITHHELD)
    assert not opened(row, said_on(card), clock.now()).reach.may


def test_also_after_a_press_nothing_is_offered_on_today(
    site: Site, card: WatchCard, noted: HarmNote, worker: Actor
) -> None:
    """They turned to the resident: that is heard. The hold stays, and Today offers no call from its columns."""
    row = WatchCard.objects.select_related("record", "resident").get(pk=card.pk)
    cards.record_contact(by=worker, card=row, event=told(ContactKind.HEARD))
    assert said_on(card).hold
    WatchCard.objects.filter(pk=card.pk).update(state=Watch.WATCHED.value, silent_from=clock.now())
    assert [one.call_now for one in silences(worker, clock.now())] == [False]


def test_only_the_residents_decision_after_advice_offers_a_call_again(
    card: WatchCard, noted: HarmNote, worker: Actor
) -> None:
    for advised, words in ((False, "Que llame la tía."), (True, "   ")):
        with pytest.raises(harms.NotAdvised):
            harms.decide_contact(by=worker, harm=noted, may=True, words=words, advised=advised)
    assert said_on(card).hold
    harms.decide_contact(by=worker, harm=noted, may=False, words="Todavía no.", advised=True)
    assert said_on(card).hold
    harms.decide_contact(by=worker, harm=noted, may=True, words="Que llame la tía, el jueves.", advised=True)
    assert not said_on(card).hold
    assert event_of(noted).decided == "Que llame la tía, el jueves."
    harms.note_harm(by=worker, card=card, content=HarmEvent(harm=Harm.SUMMONED))
    assert said_on(card).hold, "what happens next holds it again"


def test_a_card_that_was_stopped_stays_stopped(card: WatchCard, worker: Actor) -> None:
    cards.stop(by=worker, card=WatchCard.objects.select_related("record", "resident").get(pk=card.pk))
    harms.note_harm(by=worker, card=card, content=TAKEN)
    assert WatchCard.objects.get(pk=card.pk).watch is Watch.STOPPED


def test_steps_are_ticked_once_with_their_day_and_can_be_unticked(noted: HarmNote, worker: Actor) -> None:
    for _time in range(2):
        harms.tick(by=worker, harm=noted, step=Step.WRITE_DOWN)
    harms.tick(by=worker, harm=noted, step=Step.NEW_PLACE)  # no step of this kind
    assert [(one.step, one.on, one.by) for one in event_of(noted).ticked] == [
        (Step.WRITE_DOWN, clock.today(), worker.user)
    ]
    harms.tick(by=worker, harm=noted, step=Step.WRITE_DOWN, done=False)
    assert event_of(noted).ticked == ()


def test_of_two_who_correct_at_once_the_second_is_told(noted: HarmNote, worker: Actor) -> None:
    harms.tick(by=worker, harm=noted, step=Step.CHECK)
    with pytest.raises(Stale):
        harms.correct_harm(by=worker, harm=noted, content=TAKEN, expected=1)
    harms.correct_harm(by=worker, harm=noted, content=HarmEvent(harm=Harm.FREED), expected=2)
    assert event_of(noted).harm is Harm.FREED
    assert event_of(noted).ticked, "what was ticked stays"


def test_who_does_not_hold_the_resident_notes_nothing(
    site: Site, card: WatchCard, actors: dict[Role, Actor], staff: dict[Role, User], person: Person
) -> None:
    entrust(staff[Role.LAWYER], person.pk, site)
    for role in set(Role) - {Role.CASEWORKER}:
        with pytest.raises(Refused):
            harms.note_harm(by=actors[role], card=card, content=TAKEN)
    stranger = cast.actor(cast.make_staff(site, Role.CASEWORKER, name="Gaspar"))
    with pytest.raises(Refused):
        harms.note_harm(by=stranger, card=card, content=TAKEN)
    assert not HarmNote.objects.exists()


# The pages


def test_the_page_says_what_is_wrong_and_keeps_nothing(browse: Browse, card: WatchCard) -> None:
    client = browse(Role.CASEWORKER)
    address = reverse("family:note_harm", args=[card.pk])
    later = clock.today().replace(year=clock.today().year + 1)
    for fields, field in (
        (harm_fields(harm=""), "harm"),
        (harm_fields(on=f"{later.day}/{later.month}/{later.year}"), "on"),
        (harm_fields(on="hace poco"), "on"),
        (harm_fields(on="31"), "on"),
        (harm_fields(seen_on="31/2/2019"), "seen_on"),
        (harm_fields(said="x" * 20_000), "said"),
    ):
        answer = client.post(address, fields)
        assert answer.status_code == 422, fields
        assert field in answer.context["form"].errors
    assert not HarmNote.objects.exists()
    assert not said_on(card).hold


@pytest.mark.parametrize("typed", ["2019", "2/2019", "23/2/2019", ""])
def test_a_date_is_kept_with_the_precision_with_which_it_was_told(browse: Browse, card: WatchCard, typed: str) -> None:
    browse(Role.CASEWORKER).post(reverse("family:note_harm", args=[card.pk]), harm_fields(on=typed))
    kept = event_of(HarmNote.objects.get()).on
    assert kept == {"2/2019": "2019-02", "23/2/2019": "2019-02-23"}.get(typed, typed)


def test_a_page_sent_twice_notes_once(browse: Browse, card: WatchCard) -> None:
    client, once = browse(Role.CASEWORKER), str(ids.new_id())
    for _time in range(2):
        answer = client.post(reverse("family:note_harm", args=[card.pk]), harm_fields(once=once), follow=True)
        assert answer.status_code == 200
    assert HarmNote.objects.count() == 1


def test_the_page_of_an_event_opens_with_its_steps_and_ticks_one(browse: Browse, noted: HarmNote) -> None:
    client = browse(Role.CASEWORKER)
    address = reverse("family:harm", args=[noted.pk])
    page = client.get(address).content.decode()
    assert all(word in page for word in ("Plaza de Ureña", "frente a la farmacia", "Que venían por el hijo."))
    assert page.count('name="step"') == len(STEPS[Harm.DETAINED])
    client.post(reverse("family:tick_step", args=[noted.pk]), {"step": "write_down"})
    client.post(reverse("family:tick_step", args=[noted.pk]), {"step": "no step at all"})
    assert [one.step for one in event_of(noted).ticked] == [Step.WRITE_DOWN]


def test_a_decision_without_advice_is_refused_with_a_sentence(browse: Browse, card: WatchCard, noted: HarmNote) -> None:
    client = browse(Role.CASEWORKER)
    address = reverse("family:decide_contact", args=[noted.pk])
    for fields in ({"advised": "no", "may": "yes", "words": "Sí"}, {"advised": "yes", "may": "yes", "words": ""}):
        assert client.post(address, fields).status_code == 422
    assert said_on(card).hold
    client.post(address, {"advised": "yes", "may": "yes", "words": "Que llame la tía."})
    assert not said_on(card).hold


# Referral with consent
