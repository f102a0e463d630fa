"""A relative may be coerced: agreed words, words of alarm, and a check before anything is believed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor
from posada.family import services
from posada.family.models import Channel, Check, ContactKind, How, MessageContent, Relative, WatchCard
from posada.family.queries.messages import waiting
from posada.family.queries.relatives import cards_of
from posada.family.rules.calling import Why
from posada.family.rules.messages import MessageKind, Way
from posada.family.rules.silence import Watch
from posada.family.services.messages import note_reply, tell_reply, write_message
from posada.family.tests.people_here import entrust, make_card, make_person
from posada.ground import clock
from posada.people.models import Person
from posada.records.door import Reason, open_record

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]
WORDS: dict[str, Any] = {"agreed_words": "la masa quedó buena", "duress_words": "la gallina no puso"}


@pytest.fixture
def resident(site: Site, staff: dict[Role, User]) -> Person:
    person = make_person(site)
    entrust(staff[Role.CASEWORKER], person.pk, site)
    return person


@pytest.fixture
def card(site: Site, resident: Person) -> WatchCard:
    heard = clock.now() - timedelta(hours=30)
    content = Relative(who="C. P.", interval_hours=48, last_heard_at=heard, how=How.WELL, **WORDS)
    made = make_card(site, resident, content)
    services.entrust_cards(resident)
    return made


def _said(card: WatchCard, actor: Actor) -> Relative:
    card.refresh_from_db()
    return open_record(card.record, Relative, by=actor, reason=Reason.VIEW)


def _press(client: Client, card: WatchCard, name: str = "heard", **said: str) -> str:
    answer = client.post(reverse(f"family:{name}", args=[card.pk]), said, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("name", ["heard", "worrying"])
def test_the_words_of_alarm_worry_and_do_not_end_the_silence(
    card: WatchCard, browse: Browse, actors: dict[Role, Actor], name: str
) -> None:
    begins, before = card.silent_from, _said(card, actors[Role.CASEWORKER]).last_heard_at
    page = _press(browse(Role.CASEWORKER), card, name, check="alarm", how="well", note="dijo que mandemos dinero")
    said = _said(card, actors[Role.CASEWORKER])
    assert card.state == Watch.WORRYING
    assert card.silent_from == begins
    assert (said.last_heard_at, said.how, said.alarmed) == (before, How.WELL, True)
    assert said.history[-1].check is Check.ALARM
    assert "Cuelgue" in page  # what to do changed
    assert "Nadie devuelve la llamada" in page


def test_after_the_words_of_alarm_nobody_calls_until_it_was_talked_over(
    card: WatchCard, resident: Person, browse: Browse, actors: dict[Role, Actor]
) -> None:
    by, client = actors[Role.CASEWORKER], browse(Role.CASEWORKER)
    _press(client, card, check="alarm")
    assert cards_of(by, resident, clock.now())[0].reach.why is Why.ALARM
    _press(client, card, check="said")  # even with the agreed words: they can be forced, too
    assert cards_of(by, resident, clock.now())[0].reach.why is Why.ALARM
    assert _said(card, by).alarmed
    client.post(reverse("family:talk_over", args=[card.pk]))
    card.refresh_from_db()
    assert card.state == Watch.WORRYING
    assert cards_of(by, resident, clock.now())[0].reach.may
    _press(client, card, check="said", how="well")
    card.refresh_from_db()
    assert card.state == Watch.WATCHED


def test_what_was_said_without_the_agreed_words_does_not_count_as_well(
    card: WatchCard, resident: Person, browse: Browse, actors: dict[Role, Actor]
) -> None:
    page = _press(browse(Role.CASEWORKER), card, check="not_said", how="well")
    said = _said(card, actors[Role.CASEWORKER])
    assert said.how is How.UNKNOWN
    assert said.checked is Check.NOT_SAID
    assert "no se dijeron" in page


def test_danger_is_believed_without_any_words(card: WatchCard, browse: Browse, actors: dict[Role, Actor]) -> None:
    _press(browse(Role.CASEWORKER), card, check="not_said", how="in_danger")
    assert _said(card, actors[Role.CASEWORKER]).how is How.IN_DANGER
    assert card.state == Watch.WORRYING


def test_one_press_stays_possible_and_is_shown_as_not_checked(
    card: WatchCard, browse: Browse, actors: dict[Role, Actor]
) -> None:
    page = _press(browse(Role.CASEWORKER), card)
    said = _said(card, actors[Role.CASEWORKER])
    assert said.last_heard_at is not None
    assert (clock.now() - said.last_heard_at) < timedelta(minutes=5)
    assert "sin comprobar" in page


@pytest.mark.parametrize(
    ("check", "state"), [("", Watch.WORRYING), ("not_said", Watch.WORRYING), ("said", Watch.WATCHED)]
)
def test_a_worry_ends_only_with_news_that_was_checked(
    card: WatchCard, browse: Browse, check: str, state: Watch
) -> None:
    client = browse(Role.CASEWORKER)
    _press(client, card, "worrying")
    _press(client, card, check=check, how="well")
    card.refresh_from_db()
    assert card.state == state


def test_where_no_words_were_agreed_good_news_ends_a_worry(site: Site, resident: Person, browse: Browse) -> None:
    card, client = make_card(site, resident), browse(Role.CASEWORKER)
    _press(client, card, "worrying")
    _press(client, card, how="well")
    card.refresh_from_db()
    assert card.state == Watch.WATCHED


def test_a_word_that_is_none_is_refused_and_nothing_is_noted(
    card: WatchCard, browse: Browse, actors: dict[Role, Actor]
) -> None:
    page = _press(browse(Role.CASEWORKER), card, check="maybe")
    assert "pudo anotar" in page
    assert _said(card, actors[Role.CASEWORKER]).history == ()


def test_no_answer_needs_no_words(card: WatchCard, browse: Browse, actors: dict[Role, Actor]) -> None:
    _press(browse(Role.CASEWORKER), card, "no_answer", check="alarm")
    said = _said(card, actors[Role.CASEWORKER])
    assert not said.alarmed
    assert said.history[-1].kind is ContactKind.NO_ANSWER


@pytest.mark.parametrize(("text", "check"), [("Todo bien", Check.ALARM), ("Aquí LA GALLINA no puso", Check.SAID)])
def test_a_reply_with_the_words_of_alarm_stands_on_the_card_before_anybody_told_it(
    card: WatchCard, resident: Person, actors: dict[Role, Actor], text: str, check: Check
) -> None:
    by = actors[Role.CASEWORKER]
    content = MessageContent(text=text)
    reply = note_reply(by=by, card=card, content=content, channel=Channel.TEXT, check=check)
    said = _said(card, by)
    assert (card.state, said.alarmed, said.how) == (Watch.WORRYING, True, How.WELL)
    assert cards_of(by, resident, clock.now())[0].reach.why is Why.ALARM
    services.talk_over(by=by, card=card)
    tell_reply(by=by, message=reply, is_news=True, how=How.WELL)
    said = _said(card, by)
    assert not said.alarmed, "it was talked over; telling the reply is no second alarm"
    assert card.state == Watch.WORRYING


def test_after_the_words_of_alarm_no_message_is_said_to_wait_for_being_sent(
    card: WatchCard, actors: dict[Role, Actor]
) -> None:
    by = actors[Role.CASEWORKER]
    for way in (Way.WHATSAPP, Way.PAPER):
        words = MessageContent(language="es", sentences=("safe",))
        write_message(by=by, card=card, kind=MessageKind.SENTENCES, way=way, content=words)
    assert [one.may_now for one in waiting(by, clock.now())] == [True, True]
    card.refresh_from_db()
    services.record_contact(by=by, card=card, event=services.told(ContactKind.HEARD, check=Check.ALARM))
    assert [one.may_now for one in waiting(by, clock.now())] == [False, False]
