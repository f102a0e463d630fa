"""The pages of messages: what is kept is what was looked at, nothing goes out of hours, bad input gets a sentence."""

import uuid
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
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
from posada.family.rules.safe_hours import SafeHours, Span
from posada.family.services.messages import write_message
from posada.family.tests import sounds
from posada.family.tests.people_here import entrust, make_card, make_person
from posada.ground import clock, ids
from posada.records.door import Reason, open_record

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]
WORD = "canaria"
EVENING = SafeHours(zone="America/Caracas", spans=(Span(begins=time(19), until=time(20)),))
IN_TIME = datetime.fromisoformat("2026-11-22T19:30:00-04:00")
TOO_LATE = datetime.fromisoformat("2026-11-22T22:00:00-04:00")


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


def _keep(client: Client, name: str, card: WatchCard, fields: dict[str, Any]) -> Any:
    """Show it, then keep what was shown."""
    address = reverse(f"family:{name}", args=[card.pk])
    shown = client.post(address, fields)
    assert not Message.objects.exists(), "nothing is kept before it was looked at"
    return client.post(address, {**fields, "looked": shown.context["mark"], "sure": "1"})


def _made(site: Site, card: WatchCard, kind: MessageKind = MessageKind.LETTER, way: Way = Way.WHATSAPP) -> Message:
    content = {
        MessageKind.LETTER: MessageContent(language="es", text=f"Hola {WORD}"),
        MessageKind.VOICE: MessageContent(language="es", audio=sounds.ogg(), audio_type="audio/ogg"),
    }[kind]
    return write_message(by=system_actor(site.pk), card=card, kind=kind, way=way, content=content)


LETTER = {"language": "es", "way": "whatsapp", "text": f"Mamá, estoy bien, {WORD}."}


def test_sentences_are_picked_shown_exactly_and_kept(her: Client, card: WatchCard, site: Site) -> None:
    fields = {"language": "fr", "chosen": ["safe", "love"], "way": "sms"}
    page = her.post(reverse("family:write_message", args=[card.pk]), fields)
    whole = page.context["preview"].text
    held = sentences.language("fr")
    assert whole == f"{held.sentences['safe']}\n{held.sentences['love']}\n{held.money}"
    assert _keep(her, "write_message", card, fields).status_code == 302
    row = Message.objects.select_related("record").get()
    assert row.record is not None
    assert open_record(row.record, MessageContent, by=system_actor(site.pk), reason=Reason.SYSTEM).whole == whole
    assert (row.kind, row.way, row.state) == ("sentences", "sms", "prepared")


def test_a_language_without_written_sentences_says_so_and_offers_the_voice(her: Client, card: WatchCard) -> None:
    for code, name in (("guc", "Wayuunaiki"), ("wba", "Warao"), ("yup", "Yukpa")):
        page = _words(her.get(reverse("family:write_message", args=[card.pk]), {"language": code}))
        assert f"No written sentence yet in {name}: say it through an interpreter." in page
        assert 'name="chosen"' not in page
        answer = her.post(
            reverse("family:write_message", args=[card.pk]), {"language": code, "chosen": ["safe"], "way": "sms"}
        )
        assert answer.status_code == 422
    assert her.get(reverse("family:write_message", args=[card.pk]), {"language": "xx"}).status_code == 404
    assert not Message.objects.exists()


def test_what_is_kept_is_what_was_looked_at(her: Client, card: WatchCard) -> None:
    address = reverse("family:write_letter", args=[card.pk])
    shown = her.post(address, LETTER)
    changed = {**LETTER, "text": "Otra cosa.", "looked": shown.context["mark"], "sure": "1"}
    again = her.post(address, changed)
    assert again.status_code == 200
    assert "Otra cosa." in again.context["preview"].text
    assert not Message.objects.exists()


def test_the_page_warns_of_what_endangers_and_keeps_it_all_the_same(her: Client, card: WatchCard) -> None:
    fields = {**LETTER, "text": "Estoy en el albergue, llama al 0424 555 12 34, manda 20 dólares, dice el sargento."}
    page = her.post(reverse("family:write_letter", args=[card.pk]), fields)
    assert len(page.context["preview"].warnings) == 4
    assert her.post(reverse("family:write_letter", args=[card.pk]), LETTER).context["preview"].warnings == ()
    assert _keep(her, "write_letter", card, fields).status_code == 302
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Write what is to be said"),
        ("\u202e\u200b\x00 \x07", "Write what is to be said"),
        ("\n".join(["una línea"] * 200), "200 lines"),
        ("x" * 2_001, "2001 signs"),
        ("y" * 60_000, "signs and at most 2000 fit"),
    ],
)
def test_a_text_that_does_not_fit_gets_a_sentence(her: Client, card: WatchCard, text: str, said: str) -> None:
    answer = her.post(reverse("family:write_letter", args=[card.pk]), {**LETTER, "text": text})
    assert answer.status_code == 422
    assert said in _words(answer)
    assert not Message.objects.exists()


def test_thirty_lines_fit_and_one_more_does_not(her: Client, card: WatchCard) -> None:
    address = reverse("family:write_letter", args=[card.pk])
    assert her.post(address, {**LETTER, "text": "\n".join(["a"] * 30)}).status_code == 200
    assert her.post(address, {**LETTER, "text": "\n".join(["a"] * 31)}).status_code == 422


def test_signs_that_turn_or_hide_words_are_left_out_before_they_are_shown(her: Client, card: WatchCard) -> None:
    fields = {**LETTER, "text": "Te \u202equiero\u202c mu\u200bcho\x07 <b>hija</b>"}
    page = her.post(reverse("family:write_letter", args=[card.pk]), fields)
    assert page.context["preview"].text.startswith("Te quiero mucho <b>hija</b>\n")
    assert "<b>hija" not in _words(page)


@pytest.mark.parametrize(
    ("name", "fields", "said"),
    [
        ("write_message", {"language": "es", "way": "sms"}, "Pick at least one sentence."),
        ("write_message", {"language": "es", "way": "sms", "chosen": ["rank"]}, "not there any more"),
        (
            "write_message",
            {"language": "es", "way": "sms", "chosen": list(sentences.language("es").sentences)},
            "at most 4",
        ),
        (
            "write_message",
            {"language": "es", "way": "telegram", "chosen": ["safe"]},
            "not one of the available choices",
        ),
        ("write_letter", {**LETTER, "language": "guc"}, "There is no written sentence in this language"),
        ("write_letter", {**LETTER, "way": "voice_note"}, "not one of the available choices"),
        ("write_letter", {**LETTER, "way": "sms", "text": "z" * 300}, "a short text message takes 300"),
        ("write_voice", {"language": "es", "money": "on"}, "Choose the recording, of at most 2 MB."),
    ],
)
def test_bad_choices_get_a_sentence(her: Client, card: WatchCard, name: str, fields: dict[str, Any], said: str) -> None:
    answer = her.post(reverse(f"family:{name}", args=[card.pk]), fields)
    assert answer.status_code == 422
    assert said in _words(answer)
    assert not Message.objects.exists()


def _sound(content: bytes, name: str = "casa-esperanza.txt") -> dict[str, Any]:
    return {"language": "guc", "money": "on", "file": SimpleUploadedFile(name, content, content_type="text/plain")}


@pytest.mark.parametrize("kind", list(sounds.ALL))
def test_a_recording_is_known_by_its_content_kept_sealed_and_served_only_as_an_attachment(
    her: Client, card: WatchCard, at: Callable[[datetime], None], kind: str
) -> None:
    at(IN_TIME)
    assert her.post(reverse("family:write_voice", args=[card.pk]), _sound(sounds.ALL[kind])).status_code == 302
    row = Message.objects.select_related("record").get()
    assert row.record is not None
    assert sounds.ALL[kind][:20] not in bytes(row.record.body)
    taken = her.get(reverse("family:message_voice", args=[row.pk]))
    assert taken.content == sounds.ALL[kind]
    assert taken["Content-Disposition"].startswith(f'attachment; filename="{row.number}.')
    assert "esperanza" not in taken["Content-Disposition"]
    assert taken["Cache-Control"] == "no-store"
    assert taken["X-Content-Type-Options"] == "nosniff"
    assert taken["Content-Type"].startswith("audio/")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty"),
        (b"MZ\x90\x00 program", "This is no recording"),
        (sounds.m4a(b"\xa9xyz"), "tells where it was made"),
        (sounds.m4a(b"vide"), "a picture or a film"),
        (sounds.wav() + bytes(2_000_000), "more than 2 MB"),
    ],
)
def test_another_file_is_refused_with_a_sentence(her: Client, card: WatchCard, content: bytes, said: str) -> None:
    answer = her.post(reverse("family:write_voice", args=[card.pk]), _sound(content, "nota.ogg"))
    assert answer.status_code == 422
    assert said in _words(answer)
    assert not Message.objects.exists()


def test_fifty_megabytes_are_read_past_and_refused(her: Client, card: WatchCard) -> None:
    answer = her.post(reverse("family:write_voice", args=[card.pk]), _sound(sounds.wav() + bytes(50_000_000)))
    assert answer.status_code == 422
    assert "Choose the recording, of at most 2 MB." in _words(answer)


def test_a_recording_without_the_sentence_about_money_is_recorded_again(her: Client, card: WatchCard) -> None:
    sent = {key: value for key, value in _sound(sounds.ogg()).items() if key != "money"}
    answer = her.post(reverse("family:write_voice", args=[card.pk]), sent)
    assert answer.status_code == 422
    assert "Record it again with the sentence about money" in _words(answer)


def test_the_desk_writes_on_the_first_night_and_sees_neither_whom_nor_what_again(
    site: Site, browse: Browse, card: WatchCard
) -> None:
    desk = browse(Role.DESK)
    page = _words(desk.get(reverse("family:write_letter", args=[card.pk])))
    assert "C. P." not in page
    assert _keep(desk, "write_letter", card, LETTER).status_code == 302
    row = Message.objects.get()
    for name in ("message", "message_paper", "message_voice"):
        assert desk.get(reverse(f"family:{name}", args=[row.pk])).status_code == 403
    assert desk.get(reverse("family:messages")).status_code == 403


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
