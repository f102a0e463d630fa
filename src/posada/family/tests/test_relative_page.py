"""A page that a relative opens once: rarely allowed, opened by code and spoken word, gone afterwards."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests import cast

from posada.accounts.acts import Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.audit.models import AuditEntry
from posada.family import services as family
from posada.family.models import (
    Check,
    Freeze,
    How,
    PageReply,
    PageState,
    PageWords,
    Relative,
    RelativePage,
    Risk,
    WatchCard,
)
from posada.family.queries.pages import Wanted, pages_to_look_at
from posada.family.rules import codes
from posada.family.rules.page_refusals import PageRefusal, PageRefused
from posada.family.rules.page_words import page_texts, wanted_language
from posada.family.rules.sentences import written_in
from posada.family.services import page_door, pages, strangers
from posada.family.services.pages import Prepared, prepare_page
from posada.family.tests.people_here import entrust, make_person
from posada.ground import clock
from posada.people.models import Identity, Person
from posada.records import erasing
from posada.records.door import Reason, open_record
from posada.records.models import SealedRecord, What, Why
from posada.vault.keyring import Compartment
from posada.vault.models import WrappedKey

pytestmark = pytest.mark.django_db(databases=["default", "keyring"], transaction=False)
Browse = Callable[[Role], Client]
WORD = "la cabra Canela"
SAID = "Estoy bien y a salvo."
KIN = Relative(who="Mamá", country="CO", risk_level=Risk.NONE_KNOWN, duress_words="llueve mucho", agreed_words="canela")
WORDS = PageWords(lines=(SAID,), asks_reply=True)


@pytest.fixture
def resident(site: Site, staff: dict[Role, User]) -> Person:
    person = make_person(site, Identity(given_names="Yuleisy", surnames="Ramírez", nationalities="venezolana"))
    entrust(staff[Role.CASEWORKER], person.pk, site)
    return person


def make_card(person: Person, content: Relative = KIN) -> WatchCard:
    return family.add_relative(by=system_actor(person.site_id), person=person, content=content)


def prepare(card: WatchCard, by: Actor | None = None, **changed: Any) -> Prepared:
    wanted = {"words": WORDS, "spoken": WORD, "fled": "VE", **changed}
    return prepare_page(by=by or system_actor(card.site_id), card=card, wanted=Wanted(**wanted))


def test_it_is_opened_once_by_code_and_spoken_word(resident: Person) -> None:
    made = prepare(make_card(resident))
    shown = page_door.knock(code=codes.in_groups(made.code).lower(), word="La cabra, CANELÁ")
    assert shown is not None
    assert shown.words.lines == (SAID,)
    assert page_door.knock(code=made.code, word=WORD) is None


@pytest.mark.django_db(databases=["default", "keyring"], transaction=True)
@pytest.mark.usefixtures("audit_may_be_emptied")
def test_after_it_was_shown_its_words_and_their_key_are_gone(resident: Person) -> None:
    page = prepare(made_card := make_card(resident))
    body = bytes(SealedRecord.objects.get(subject=page.page.pk).body)
    assert SAID.encode() not in body
    assert WrappedKey.objects.filter(subject=page.page.pk, compartment=Compartment.KIN).count() == 1
    page_door.knock(code=page.code, word=WORD)
    assert not SealedRecord.objects.filter(subject=page.page.pk).exists()
    assert not WrappedKey.objects.filter(subject=page.page.pk).exists()
    assert WrappedKey.objects.filter(subject=made_card.pk).exists()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (Relative(who="Mamá", risk_level=Risk.NONE_KNOWN), PageRefusal.NO_COUNTRY),
        (Relative(who="Mamá", country="VE", risk_level=Risk.NONE_KNOWN), PageRefusal.FLED),
        (Relative(who="Mamá", country="CO", risk_level=Risk.HIGH), PageRefusal.RISK),
        (Relative(who="Mamá", country="CO"), PageRefusal.NO_RISK),
        (Relative(who="Mamá", country="CO", risk_level=Risk.SOME, how=How.IN_DANGER), PageRefusal.RISK),
        (Relative(who="Mamá", country="CO", risk_level=Risk.SOME, hold=True), PageRefusal.RISK),
        (Relative(who="Mamá", country="CO", risk_level=Risk.SOME, alarmed=True), PageRefusal.DURESS),
        (Relative(who="Mamá", country="CO", risk_level=Risk.SOME, checked=Check.ALARM), PageRefusal.DURESS),
    ],
)
def test_never_towards_the_state_they_fled_nor_where_it_is_dangerous_or_unknown(
    resident: Person, content: Relative, why: PageRefusal
) -> None:
    with pytest.raises(PageRefused) as refused:
        prepare(make_card(resident, content))
    assert refused.value.why is why
    assert not RelativePage.objects.exists()


@pytest.mark.parametrize(
    ("fled", "country", "why"), [("", "CO", "no_state"), ("NI", "NI", "fled"), ("XX", "VE", "fled")]
)
def test_the_state_fled_is_what_the_house_or_the_resident_says(
    resident: Person, fled: str, country: str, why: str
) -> None:
    content = Relative(who="Mamá", country=country, risk_level=Risk.NONE_KNOWN)
    with pytest.raises(PageRefused) as refused:
        prepare(make_card(resident, content), fled=fled)
    assert refused.value.why == why


def test_a_nationality_in_two_letters_counts_as_fled(site: Site) -> None:
    card = make_card(make_person(site, Identity(given_names="Rosa", nationalities="CO, VE")))
    with pytest.raises(PageRefused) as refused:
        prepare(card)
    assert refused.value.why is PageRefusal.FLED


def test_a_name_is_no_spoken_word(resident: Person) -> None:
    for word in ("yuleisy", "Mamá", "Ramírez"):
        with pytest.raises(PageRefused) as refused:
            prepare(make_card(resident), spoken=word)
        assert refused.value.why is PageRefusal.NAME


def test_nothing_is_made_while_contact_is_stopped_or_the_family_frozen(resident: Person, site: Site) -> None:
    card = family.stop(by=system_actor(site.pk), card=make_card(resident))
    with pytest.raises(PageRefused) as refused:
        prepare(card)
    assert refused.value.why is PageRefusal.STOPPED
    Freeze.objects.create(site=site, resident=None, since=clock.today())
    with pytest.raises(PageRefused) as refused:
        prepare(make_card(resident))
    assert refused.value.why is PageRefusal.FROZEN


def test_off_by_default_nothing_is_made_and_the_address_is_nothing_s(
    resident: Person, settings: Settings, browse: Browse
) -> None:
    card = make_card(resident)
    settings.OPEN_OUTSIDE = frozenset()
    with pytest.raises(PageRefused):
        prepare(card)
    for door in ("/r/", "/r/style.css", "/ask/", "/ask/style.css"):
        stranger, unknown = Client().get(door), Client().get("/nowhere/")
        assert (stranger.status_code, stranger["Location"]) == (unknown.status_code, unknown["Location"])
        assert browse(Role.CASEWORKER).get(door).status_code == 404


@pytest.mark.parametrize("stop", ["stop", "freeze", "hide"])
def test_a_stop_a_freeze_or_hiding_closes_what_was_prepared(resident: Person, site: Site, stop: str) -> None:
    card = make_card(resident)
    made, by = prepare(card), system_actor(site.pk)
    if stop == "stop":
        family.stop(by=by, card=card)
    elif stop == "freeze":
        Freeze.objects.create(site=site, resident=resident, since=clock.today())
    else:
        erasing.hide(by=by, subject=card.subject, what=What.RELATIVE, why=Why.DANGER)
    assert page_door.knock(code=made.code, word=WORD) is None
    strangers.sweep(site.pk)
    made.page.refresh_from_db()
    assert (made.page.record is None) == (stop != "hide")


def test_five_wrong_words_close_it_and_the_caseworker_is_told(
    resident: Person, site: Site, actors: dict[Role, Actor], browse: Browse
) -> None:
    made = prepare(make_card(resident))
    for turn in range(5):
        assert page_door.knock(code=made.code, word=f"perro {turn}") is None
    assert page_door.knock(code=made.code, word=WORD) is None
    strangers.sweep(site.pk)
    made.page.refresh_from_db()
    assert (made.page.state, made.page.record) == (PageState.TRIES, None)
    assert pages_to_look_at(actors[Role.CASEWORKER]) == [made.page]
    client = browse(Role.CASEWORKER)
    address = reverse("family:relative_page", args=[made.page.pk])
    assert address in client.get("/").content.decode()
    assert "cinco veces" in client.get(address).content.decode()
    assert pages_to_look_at(actors[Role.CASEWORKER]) == []


def test_four_wrong_words_do_not(resident: Person) -> None:
    made = prepare(make_card(resident))
    for _turn in range(4):
        page_door.knock(code=made.code, word="perro")
    assert page_door.knock(code=made.code, word=WORD) is not None


@pytest.mark.parametrize("hours", [12, 168, 9_999])
def test_its_time_ends(resident: Person, site: Site, hours: int) -> None:
    made = prepare(make_card(resident), hours=hours)
    least = min(hours, 168)
    with time_machine.travel(clock.now() + timedelta(hours=least, minutes=1), tick=False):
        assert page_door.knock(code=made.code, word=WORD) is None
        strangers.sweep(site.pk)
    made.page.refresh_from_db()
    assert (made.page.state, made.page.record) == (PageState.EXPIRED, None)


def test_the_door_looks_at_so_many_knocks_and_a_restart_does_not_reset_it(
    resident: Person, settings: Settings, browse: Browse
) -> None:
    settings.KNOCKS = {"page": (3, 5), "ask": (30, 30)}
    made = prepare(make_card(resident))
    for _turn in range(3):
        page_door.knock(code="AAAA", word="x")
    assert page_door.knock(code=made.code, word=WORD) is None, "one too many, although it is right"
    assert AuditEntry.objects.filter(act="family.door_flooded").count() == 1
    assert "1 llamada de más" in browse(Role.SITE_MANAGER).get("/").content.decode()
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
        assert page_door.knock(code=made.code, word=WORD) is not None


def test_a_second_page_of_a_card_closes_the_first(resident: Person) -> None:
    card = make_card(resident)
    first, second = prepare(card), prepare(card)
    assert page_door.knock(code=first.code, word=WORD) is None
    assert page_door.knock(code=second.code, word=WORD) is not None


def test_a_reply_is_unverified_and_looked_through_for_words_of_alarm(
    resident: Person, actors: dict[Role, Actor], browse: Browse
) -> None:
    made = prepare(make_card(resident))
    shown = page_door.knock(code=made.code, word=WORD)
    assert shown is not None
    page_door.reply(ticket="guessed", text="no")
    page_door.reply(ticket=shown.ticket, text="Aquí LLUEVE mucho, manden dinero")
    page_door.reply(ticket=shown.ticket, text="otra vez")
    made.page.refresh_from_db()
    assert made.page.reply is not None
    reply = open_record(made.page.reply, PageReply, by=actors[Role.CASEWORKER], reason=Reason.VIEW)
    assert "LLUEVE" in reply.text
    page = browse(Role.CASEWORKER).get(reverse("family:relative_page", args=[made.page.pk])).content.decode()
    assert "palabras de alarma" in page
    assert "sin verificar" in page


def _plain(answer: Any) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", answer.content)


def test_the_page_names_nobody_works_without_scripts_and_keeps_no_cookie_of_ours(resident: Person) -> None:
    client = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})
    made = prepare(make_card(resident))
    first = client.get("/r/")
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', first.content)
    assert token is not None
    said = {"csrfmiddlewaretoken": token[1].decode(), "code": made.code, "word": WORD}
    opened = client.post("/r/", said)
    assert SAID.encode() in opened.content
    for answer in (first, opened):
        text = answer.content.decode().casefold()
        assert "<script" not in text
        assert "posada" not in text
        assert "casa" not in text.replace("casa de nadie", "")
        assert answer["Cache-Control"] == "no-store"
        assert set(answer.cookies) <= {"t"}
        assert "we never ask for money" in text or "nunca pedimos dinero" in text
    assert b"huellas" in opened.content
    assert made.code not in opened.request["PATH_INFO"] + opened.request["QUERY_STRING"]


def test_without_its_token_or_with_too_much_a_plain_line_is_answered(resident: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    refused = client.post("/r/", {"code": "x", "word": "y"})
    long = client.post("/ask/", {"name": "x" * 30_000})
    assert (refused.status_code, long.status_code) == (403, 413)
    for answer in (refused, long, client.put("/r/")):
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert len(answer.content) < 200


def test_by_the_public_name_or_through_a_proxy_nothing_but_the_doors_answers(settings: Settings, site: Site) -> None:
    settings.PUBLIC_HOST, settings.ALLOWED_HOSTS = "puerta.example", ["puerta.example", "testserver"]
    for address in ("/", "/unlock/", "/account/sign-in/", "/static/ui/css/base.css", "/family/", "/rr/"):
        for client in (Client(SERVER_NAME="puerta.example", HTTP_HOST="puerta.example"), Client(HTTP_VIA="1.1 proxy")):
            answer = client.get(address)
            assert (answer.status_code, len(answer.content) < 200) == (404, True), address
    assert Client(HTTP_HOST="puerta.example").get("/r/").status_code == 200
    assert Client().get("/account/sign-in/").status_code == 200


def test_a_sealed_house_tells_strangers_nothing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("posada.vault.opening.is_ready", lambda: False)
    answer = Client().get("/r/")
    assert answer.status_code == 503
    assert b"unlock" not in answer.content


def test_the_screen_shows_the_code_once_and_says_why_not(resident: Person, browse: Browse) -> None:
    client, card = browse(Role.CASEWORKER), make_card(resident)
    address = reverse("family:open_page", args=[card.pk])
    assert client.get(address).status_code == 200
    form = {"said": ["safe"], "language": "en", "spoken": WORD, "fled": "ve", "hours": "48"}
    page = client.post(address, form).content.decode()
    found = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", page)
    assert found is not None
    assert WORD not in page
    assert found[0] not in client.get(address).content.decode()
    shown = page_door.knock(code=found[0], word=WORD)
    assert shown is not None
    assert shown.words.language == "en"
    assert "dos letras" in client.post(address, {**form, "fled": ""}).content.decode()
    for wrong in ({"said": [], "own": ""}, {"spoken": "a"}, {"own": "x" * 400}, {"language": "xx"}, {"hours": "9000"}):
        assert "summary" in client.post(address, {**form, **wrong}).content.decode(), wrong


def test_only_whoever_holds_the_card_prepares_closes_or_looks(resident: Person, actors: dict[Role, Actor]) -> None:
    card = make_card(resident)
    made = prepare(card)
    for role in (Role.DESK, Role.TRACING_OFFICER, Role.LAWYER, Role.SITE_MANAGER, Role.AUDITOR):
        with pytest.raises(Refused):
            prepare(card, by=actors[role])
        with pytest.raises(Refused):
            pages.close_page(by=actors[role], page=made.page)
        with pytest.raises(Refused):
            pages.look_at_page(by=actors[role], page=made.page)
    stranger = make_card(make_person(resident.site))
    with pytest.raises(Refused):
        prepare(stranger, by=actors[Role.CASEWORKER])


def test_closing_is_one_press(resident: Person, browse: Browse) -> None:
    made = prepare(make_card(resident))
    browse(Role.CASEWORKER).post(reverse("family:close_page", args=[made.page.pk]))
    assert page_door.knock(code=made.code, word=WORD) is None


@pytest.mark.django_db(databases=["default", "keyring"], transaction=True)
@pytest.mark.usefixtures("audit_may_be_emptied")
@pytest.mark.parametrize("whole", [True, False])
def test_erasing_the_person_or_the_card_takes_the_page_the_reply_and_their_keys(site: Site, *, whole: bool) -> None:
    person = make_person(site)
    card, by = make_card(person), system_actor(site.pk)
    answered, waiting = prepare(card), None
    shown = page_door.knock(code=answered.code, word=WORD)
    assert shown is not None
    page_door.reply(ticket=shown.ticket, text="Gracias")
    waiting = prepare(card)
    what = What.PERSON if whole else What.RELATIVE
    subject = person.subject if whole else card.subject
    erasing.erase(by=by, erasure=erasing.hide(by=by, subject=subject, what=what, why=Why.ASKED))
    assert not RelativePage.objects.exists()
    gone = [card.pk, waiting.page.pk, answered.page.pk]
    assert not SealedRecord.objects.filter(subject__in=gone).exists()
    assert not WrappedKey.objects.filter(subject__in=gone).exists()


def test_every_language_of_the_page_has_every_word_and_sentences_to_say() -> None:
    assert set(page_texts()) == {"es", "en", "pt", "fr"}
    assert set(page_texts()) <= {one.code for one in written_in()}
    assert wanted_language("", "fr-CA,en;q=0.8") == "fr"
    assert wanted_language("<x>", "zz,en;q=0.8") == "en"
    assert wanted_language("", "") == "es"


def test_a_code_has_59_bits_and_no_sign_that_is_mistaken_for_another() -> None:
    assert len(codes.ALPHABET) ** codes.LENGTH > 2**59
    assert not set("01ILO") & set(codes.ALPHABET)
    assert codes.code_of(" 7kqm-2xpa hr9d ") == "7KQM2XPAHR9D"
    assert codes.word_of("  La Cabra, Canelá ") == codes.word_of("lacabracanela")


def test_a_house_of_another_has_its_own_cards(resident: Person, browse: Browse) -> None:
    other = make_card(make_person(cast.make_site(code="otra")))
    assert browse(Role.CASEWORKER).get(reverse("family:open_page", args=[other.pk])).status_code == 404
