"""The pages of messages: what is kept is what was looked at, nothing goes out of hours, bad input gets a sentence."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import system_actor
from posada.family.models import Message, MessageContent, Relative, WatchCard
from posada.family.rules import sentences
from posada.family.rules.kinship import Relation
from posada.family.tests import sounds
from posada.family.tests.evening import EVENING, IN_TIME
from posada.family.tests.people_here import entrust, make_card, make_person
from posada.ground import clock
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


def _keep(client: Client, name: str, card: WatchCard, fields: dict[str, Any]) -> Any:
    """Show it, then keep what was shown."""
    address = reverse(f"family:{name}", args=[card.pk])
    shown = client.post(address, fields)
    assert not Message.objects.exists(), "nothing is kept before it was looked at"
    return client.post(address, {**fields, "looked": shown.context["mark"], "sure": "1"})


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
