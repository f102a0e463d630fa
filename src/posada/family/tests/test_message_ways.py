"""One message on its page: shown only while it may go, noted once, printed without names; replies, lists, Today."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import cast

from posada.accounts.acts import Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import system_actor
from posada.audit.models import AuditEntry
from posada.family import services as family
from posada.family.models import Freeze, Message, MessageContent, Relative, WatchCard
from posada.family.rules import sentences
from posada.family.rules.kinship import Relation
from posada.family.rules.messages import MessageKind, MessageState, Way
from posada.family.services.messages import write_message
from posada.family.tests import sounds
from posada.family.tests.evening import EVENING, IN_TIME, TOO_LATE
from posada.family.tests.people_here import entrust, make_card, make_person
from posada.ground import clock, ids
from posada.records.door import Reason, open_record

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]
WORD = "canaria"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    def stand(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    return stand


@pytest.fixture
def card(site: Site, staff: dict[Role, User]) -> WatchCard:
    person = make_person(site)
    entrust(staff[Role.CASEWORKER], person.pk, site)
    content = Relative(
        who="C. P.", relation=Relation.MOTHER, hours=EVENING, duress_words="el perro duerme", contact="+58 424 1"
    )
    return make_card(site, person, content)


@pytest.fixture
def her(browse: Browse) -> Client:
    """The caseworker, in English."""
    client = browse(Role.CASEWORKER)
    client.cookies["posada_language"] = "en"
    return client


def _words(answer: Any) -> str:
    return str(answer.content.decode())


def _made(site: Site, card: WatchCard, kind: MessageKind = MessageKind.LETTER, way: Way = Way.WHATSAPP) -> Message:
    content = {
        MessageKind.LETTER: MessageContent(language="es", text=f"Hola {WORD}"),
        MessageKind.VOICE: MessageContent(language="es", audio=sounds.ogg(), audio_type="audio/ogg"),
    }[kind]
    return write_message(by=system_actor(site.pk), card=card, kind=kind, way=way, content=content)


LETTER = {"language": "es", "way": "whatsapp", "text": f"Mamá, estoy bien, {WORD}."}


def test_the_words_are_shown_only_while_they_may_be_sent(
    site: Site, her: Client, card: WatchCard, at: Callable[[datetime], None]
) -> None:
    row = _made(site, card)
    address, paper = reverse("family:message", args=[row.pk]), reverse("family:message_paper", args=[row.pk])
    at(TOO_LATE)
    page = _words(her.get(address))
    assert WORD not in page
    assert "Outside the safe hours. Not before tomorrow, 18:00." in page, "the house's hour is an hour earlier"
    at(IN_TIME)
    page = _words(her.get(address))
    assert f"Hola {WORD}" in page
    assert sentences.money_in("es") in page
    assert "wa.me" not in page
    assert 'href="http' not in page
    assert WORD in _words(her.get(paper))
    Freeze.objects.create(site_id=site.pk, since=clock.today())
    page = _words(her.get(address))
    assert WORD not in page
    assert "frozen" in page
    assert her.get(paper).status_code == 302
    Freeze.objects.all().delete()
    family.stop(by=system_actor(site.pk), card=card)
    assert WORD not in _words(her.get(address))
    assert "Contact was stopped" in _words(her.get(reverse("family:write_message", args=[card.pk])))
    answer = her.post(reverse("family:write_letter", args=[card.pk]), LETTER)
    assert 'name="text"' not in _words(answer)
    assert Message.objects.count() == 1


def test_sent_is_noted_late_by_whoever_saw_it_in_time_and_by_nobody_else(
    site: Site, her: Client, card: WatchCard, at: Callable[[datetime], None]
) -> None:
    row, other = _made(site, card), _made(site, card)
    at(IN_TIME)
    token = her.get(reverse("family:message", args=[row.pk])).context["form"]["shown"].value()
    at(TOO_LATE)
    for wrong, message in (("", row), ("x" * 40, row), (token, other)):
        her.post(reverse("family:message_step", args=[message.pk]), {"state": "sent", "shown": wrong})
        message.refresh_from_db()
        assert message.state == MessageState.PREPARED
    her.post(reverse("family:message_step", args=[row.pk]), {"state": "sent", "shown": token, "sequence": "1"})
    row.refresh_from_db()
    assert row.state == MessageState.SENT


def test_how_it_went_is_noted_once_and_a_failure_says_why(
    site: Site, her: Client, card: WatchCard, at: Callable[[datetime], None]
) -> None:
    at(IN_TIME)
    row, once = _made(site, card), str(ids.new_id())
    address = reverse("family:message_step", args=[row.pk])
    answer = her.post(address, {"state": "failed"})
    assert answer.status_code == 422
    assert "Choose why it did not go." in _words(answer)
    for bad in ({"state": "noted"}, {"state": "?"}, {}, {"state": "failed", "reason": "?"}):
        assert her.post(address, bad).status_code == 422
    for _time in range(2):
        her.post(address, {"state": "delivered", "sequence": "1", "once": once, "way": "call"})
    row.refresh_from_db()
    assert (row.state, row.way, row.record, row.sequence) == (MessageState.DELIVERED, Way.CALL, None, 2)
    again = her.post(address, {"state": "delivered", "sequence": "2", "once": str(ids.new_id())}, follow=True)
    assert "it stands further on already" in _words(again)
    stale = her.post(address, {"state": "read", "sequence": "1", "once": str(ids.new_id())}, follow=True)
    assert "Somebody changed this" in _words(stale)
    assert "Its words are deleted." in _words(her.get(reverse("family:message", args=[row.pk])))
    entries = AuditEntry.objects.filter(act="kin.send_message", result="done")
    assert entries.exists()


def test_the_printed_form_shows_a_number_outside_and_no_name_at_all(
    site: Site, her: Client, card: WatchCard, at: Callable[[datetime], None]
) -> None:
    at(IN_TIME)
    row = _made(site, card, way=Way.PAPER)
    page = _words(her.get(reverse("family:message_paper", args=[row.pk])))
    form = page[page.index('<article class="letter"') : page.index("</article>")]
    outside = form[form.index('class="letter__outside"') :]
    assert str(row.number) in outside
    assert WORD not in outside
    for name in ("C. P.", "Ramires", "Yulesi", str(card.resident.number), "+58"):
        assert name not in form
    assert sentences.money_in("es") in form
    assert sentences.language("es").reply in form
    assert form.count('class="letter__line"') == 6


def test_a_reply_is_noted_told_and_counts_only_if_the_resident_says_so(
    site: Site, her: Client, card: WatchCard
) -> None:
    address = reverse("family:reply", args=[card.pk])
    assert her.get(address).status_code == 200
    answer = her.post(address, {"channel": "text", "text": f"Bien {WORD}"})
    assert answer.status_code == 422
    assert "somebody may have forced them" in _words(answer)
    her.post(address, {"channel": "text", "text": f"Bien {WORD}", "check": "said"})
    row = Message.objects.get()
    page = _words(her.get(reverse("family:message", args=[row.pk])))
    assert f"Bien {WORD}" in page
    assert "The words of alarm stand in it" not in page
    her.post(reverse("family:tell", args=[row.pk]), {"is_news": "on", "how": "well", "sequence": "1"})
    row.refresh_from_db()
    assert (row.state, row.record) == (MessageState.TOLD, None)
    card.refresh_from_db()
    held = open_record(card.record, Relative, by=system_actor(site.pk), reason=Reason.SYSTEM)
    assert held.last_heard_at is not None
    assert WORD not in _words(her.get(reverse("family:message", args=[row.pk])))


@pytest.mark.parametrize(
    ("text", "check", "said"),
    [
        ("Todo bien. El perro  DUERME.", "said", "The words of alarm stand in it"),
        ("Todo bien", "alarm", "The words of alarm stand in it"),
        ("Todo bien", "not_said", "The agreed words were not in it."),
    ],
)
def test_a_reply_under_duress_is_said_before_anything_is_believed(
    her: Client, card: WatchCard, text: str, check: str, said: str
) -> None:
    her.post(reverse("family:reply", args=[card.pk]), {"channel": "text", "text": text, "check": check})
    assert said in _words(her.get(reverse("family:message", args=[Message.objects.get().pk])))


def test_the_list_goes_by_number_opens_nothing_and_tells_what_may_go_now(
    site: Site, her: Client, card: WatchCard, at: Callable[[datetime], None]
) -> None:
    at(IN_TIME)
    row = _made(site, card)
    her.get(reverse("family:messages"))  # at some hours the house first brings a stretch that ended up to date
    opened = AuditEntry.objects.filter(act="kin.read").count()
    page = _words(her.get(reverse("family:messages")))
    assert str(row.number) in page
    assert str(card.resident.number) in page
    assert "C. P." not in page
    assert WORD not in page
    assert AuditEntry.objects.filter(act="kin.read").count() == opened
    at(IN_TIME + timedelta(days=31))
    assert "For too long without arriving" in _words(her.get(reverse("family:messages")))


def test_another_house_and_another_file_do_not_exist(site: Site, her: Client, browse: Browse) -> None:
    elsewhere = cast.make_site(code="otra")
    theirs = make_card(elsewhere, make_person(elsewhere))
    strange = _made(elsewhere, theirs)
    not_hers = make_card(site, make_person(site))
    same_house = _made(site, not_hers)
    for name, there, here in (
        ("write_message", theirs.pk, not_hers.pk),
        ("reply", theirs.pk, not_hers.pk),
        ("message", strange.pk, same_house.pk),
        ("message_paper", strange.pk, same_house.pk),
    ):
        assert her.get(reverse(f"family:{name}", args=[there])).status_code == 404
        assert her.get(reverse(f"family:{name}", args=[here])).status_code == 403
    assert her.get(reverse("family:message", args=[uuid.uuid4()])).status_code == 404


def test_every_page_speaks_spanish(site: Site, browse: Browse, card: WatchCard, at: Callable[[datetime], None]) -> None:
    at(IN_TIME)
    client = browse(Role.CASEWORKER)
    row = _made(site, card)
    for address, said in (
        (reverse("family:write_message", args=[card.pk]), "Escribir un mensaje"),
        (reverse("family:write_letter", args=[card.pk]), "Noticias de la familia"),
        (reverse("family:write_voice", args=[card.pk]), "Grabación"),
        (reverse("family:message", args=[row.pk]), "Lo que se envía"),
        (reverse("family:messages"), "Mensajes"),
        (reverse("family:reply", args=[card.pk]), "Anotar una respuesta"),
    ):
        assert said in _words(client.get(address))


def test_messages_hang_on_the_card_and_on_today(
    site: Site, her: Client, card: WatchCard, at: Callable[[datetime], None]
) -> None:
    at(IN_TIME)
    row = _made(site, card)
    family.entrust_cards(card.resident)
    page = _words(her.get(reverse("family:card", args=[card.pk])))
    for address in (
        reverse("family:message", args=[row.pk]),
        reverse("family:write_message", args=[card.pk]),
        reverse("family:reply", args=[card.pk]),
    ):
        assert address in page
    today = _words(her.get(reverse("desk:today")))
    assert "A message waits to be sent" in today
    assert WORD not in today
    her.post(reverse("family:reply", args=[card.pk]), {"channel": "text", "text": WORD, "check": "said"})
    assert "A reply waits to be told" in _words(her.get(reverse("desk:today")))
    Freeze.objects.create(site_id=site.pk, since=clock.today())
    today = _words(her.get(reverse("desk:today")))
    assert "A message waits to be sent" not in today
    assert "A reply waits to be told" in today
    at(IN_TIME + timedelta(days=40))
    assert "1 message did not arrive" in _words(her.get(reverse("desk:today")))


def test_today_names_no_message_outside_the_safe_hours(
    site: Site, her: Client, card: WatchCard, at: Callable[[datetime], None]
) -> None:
    at(TOO_LATE)
    later = make_card(site, card.resident, Relative(who="R.", hours=EVENING))
    _made(site, later)
    assert "A message waits to be sent" not in _words(her.get(reverse("desk:today")))


def test_the_desk_is_offered_a_message_right_after_keeping_a_card(site: Site, browse: Browse) -> None:
    person = make_person(site)
    desk = browse(Role.DESK)
    address = reverse("family:add_relative", args=[person.number])
    answer = desk.post(address, {"who": "Mamá", "relation": "mother"}, follow=True)
    card = WatchCard.objects.get(resident=person)
    assert reverse("family:write_message", args=[card.pk]) in _words(answer)
    other = make_card(site, make_person(site))
    for strange in (str(other.pk), "x", ""):
        page = _words(desk.get(address, {"kept": strange}))
        assert "/message/" not in page


def test_who_must_not_know_the_risk_and_the_hours_stand_beside_what_is_sent(
    site: Site, her: Client, card: WatchCard, at: Callable[[datetime], None]
) -> None:
    at(IN_TIME)
    said = Relative(
        who="R.", hours=EVENING, must_not_know="el tío\nla vecina", risk="el hijo se alistó", who_else="R. P."
    )
    row = _made(site, make_card(site, card.resident, said))
    page = _words(her.get(reverse("family:message", args=[row.pk])))
    for words in ("el tío", "la vecina", "el hijo se alistó", "That telephone is also held by: R. P.", "Safe hours:"):
        assert words in page
