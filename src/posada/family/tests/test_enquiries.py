"""The form from outside: promises nothing, tells nothing, is matched with nobody, and shows who fishes."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from posada.accounts.acts import Role
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.audit.models import AuditEntry
from posada.family import services as family
from posada.family.models import (
    Enquirer,
    Enquiry,
    EnquiryState,
    EnquiryWords,
    Proposal,
    Separation,
    Sought,
    TracingRequest,
    WhyRefused,
)
from posada.family.queries.fishing import similar_enquiries
from posada.family.services import enquiries, strangers
from posada.family.tests.people_here import make_person
from posada.ground import clock, ids
from posada.records import changes, erasing
from posada.records.door import Reason, open_record
from posada.records.models import SealedRecord, What, Why
from posada.vault.models import WrappedKey

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]
STORY = {
    "who_asks": "family",
    "name": "Marisela Ramírez",
    "relationship": "sister",
    "given_names": "Yuleisy Carolina",
    "surnames": "Ramírez Peña",
    "birth": "14/3/1987",
    "origin": "San Cristóbal",
    "circumstances": "Nos soltamos de la mano en el puente de abajo, al anochecer.",
    "safe_channel": "+57 300 111 2233",
    "l": "es",
}


def send(**changed: str) -> Any:
    return Client().post("/ask/", {**STORY, **changed})


def write(site: Site, **changed: Any) -> Enquiry:
    sought = Sought(given_names="Yuleisy Carolina", surnames="Ramírez Peña", birth="1987-03-14", origin="San Cristóbal")
    words = EnquiryWords(enquirer=Enquirer(name="Marisela", safe_channel="300 111 2233"), sought=sought)
    held = {part: changed.get(part, getattr(words, part)) for part in ("enquirer", "sought", "separation")}
    before = set(Enquiry.objects.values_list("pk", flat=True))
    enquiries.take_enquiry(words=EnquiryWords(**held))
    return Enquiry.objects.exclude(pk__in=before).get()


def test_what_is_written_is_sealed_and_is_no_tracing_request(site: Site, actors: dict[Role, Actor]) -> None:
    make_person(site)  # the very person is here
    assert send().status_code == 200
    changes.catch_up()
    row = Enquiry.objects.get()
    assert row.record is not None
    assert b"Yuleisy" not in bytes(row.record.body)
    assert not TracingRequest.objects.exists()
    assert not Proposal.objects.exists()
    words = open_record(row.record, EnquiryWords, by=actors[Role.TRACING_OFFICER], reason=Reason.VIEW)
    assert words.sought.given_names == "Yuleisy Carolina"
    for role in (Role.DESK, Role.CASEWORKER, Role.LAWYER, Role.SITE_MANAGER, Role.AUDITOR):
        with pytest.raises(Refused):
            open_record(row.record, EnquiryWords, by=actors[role], reason=Reason.VIEW)


def test_it_promises_nothing_first_and_last_and_never_asks_for_money(site: Site) -> None:
    form, answer = Client().get("/ask/?l=es").content.decode(), send().content.decode()
    for said in (
        "Este formulario no promete nada.",
        "si alguien está en una lista o en una casa",
        "Nunca pedimos dinero",
    ):
        assert form.count(said) == 2, said
        assert said in answer
        assert form.index(said) < form.index("<form") < form.rindex(said)
    assert "This form promises nothing." in Client().get("/ask/?l=en").content.decode()
    assert "posada" not in (form + answer).casefold()
    assert "<script" not in form + answer


@pytest.mark.parametrize("kind", ["state", "army", "police", "employer", "media"])
def test_states_armies_police_employers_and_media_are_refused_and_logged_at_this_door_too(
    site: Site, kind: str
) -> None:
    answer = send(who_asks=kind)
    assert answer.status_code == 200
    assert "Yuleisy" not in answer.content.decode()
    assert not Enquiry.objects.exists()
    assert AuditEntry.objects.filter(result="refused", reason=f"enquiry:{kind}", actor=None).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"who_asks": ""},
        {"who_asks": "boss"},
        {"name": ""},
        {"given_names": "", "surnames": ""},
        {"safe_channel": ""},
        {"relationship": ""},
        {"birth": "300"},
        {"surnames": "x" * 500},
        {"circumstances": "x" * 15_000},
    ],
)
def test_it_says_what_is_wrong_and_keeps_nothing(site: Site, wrong: dict[str, str]) -> None:
    answer = send(**wrong)
    assert "Falta algo" in answer.content.decode()
    assert not Enquiry.objects.exists()


def test_a_form_sent_twice_is_one_enquiry(site: Site) -> None:
    key = str(ids.new_id())
    assert send(once=key).content == send(once=key).content
    assert Enquiry.objects.count() == 1


def test_the_answer_is_the_same_bytes_whatever_becomes_of_it(
    site: Site, settings: Settings, actors: dict[Role, Actor], browse: Browse
) -> None:
    settings.KNOCKS = {"page": (60, 300), "ask": (4, 4)}
    by = actors[Role.TRACING_OFFICER]
    seen = [send().content]  # nobody is here
    make_person(site)
    seen.append(send().content)  # the person is here
    enquiries.refuse_enquiry_from_outside(by=by, enquiry=Enquiry.objects.all()[0], why=WhyRefused.FISHING)
    seen.append(send().content)  # one of them was refused
    enquiries.erase_enquiry(by=by, enquiry=Enquiry.objects.all()[0])
    seen.append(send().content)
    assert Enquiry.objects.count() == 3
    seen.append(send().content)  # one too many: not kept
    assert Enquiry.objects.count() == 3
    assert len(set(seen)) == 1
    assert len(seen[0]) > 800
    assert "1 llamada de más" in browse(Role.SITE_MANAGER).get("/").content.decode()


def test_the_number_is_not_given_to_the_sender_and_no_names_stand_in_the_list(site: Site, browse: Browse) -> None:
    answer = send()
    row = Enquiry.objects.get()
    assert str(row.number) not in answer.content.decode()
    client = browse(Role.TRACING_OFFICER)
    page = client.get(reverse("family:enquiries")).content.decode()
    assert str(row.number) in page
    assert "Yuleisy" not in page
    assert "1 consulta de afuera por leer" in client.get("/").content.decode()
    read = client.get(reverse("family:enquiry", args=[row.number])).content.decode()
    assert "Yuleisy" in read
    row.refresh_from_db()
    assert row.state == EnquiryState.READ


def test_an_officer_makes_a_request_of_it_and_only_then_is_anybody_looked_for(site: Site, browse: Browse) -> None:
    send()
    person, row = make_person(site), Enquiry.objects.get()
    client, address = browse(Role.TRACING_OFFICER), reverse("family:open_from_enquiry", args=[row.number])
    shown = client.get(address).content.decode()
    assert "Yuleisy Carolina" in shown
    form = _typed(shown)
    answer = client.post(address, form, follow=True)
    assert answer.status_code == 200
    row.refresh_from_db()
    assert (row.state, row.record) == (EnquiryState.OPENED, None)
    assert row.request is not None
    changes.catch_up()
    assert Proposal.objects.filter(request=row.request, person=person).exists()
    assert client.get(address).status_code == 302, "and not twice"
    assert TracingRequest.objects.count() == 1


def _typed(page: str) -> dict[str, str]:
    """What a browser would send of the form as it was filled in."""
    found = {}
    for tag in re.findall(r"<input[^>]+>", page):
        said = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if said.get("type") != "radio" or " checked" in tag:
            found[said.get("name", "")] = said.get("value", "")
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', page):
        found[name] = text.strip()
    for name, inner in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inner)
        found[name] = chosen[1] if chosen else ""
    return {name: value for name, value in found.items() if name not in {"", "language"}}


@pytest.mark.parametrize("why", list(WhyRefused))
def test_it_is_refused_with_a_fixed_reason(site: Site, browse: Browse, why: WhyRefused) -> None:
    row = write(site)
    client = browse(Role.TRACING_OFFICER)
    client.post(reverse("family:refuse_enquiry", args=[row.number]), {"why": "because I say so"})
    row.refresh_from_db()
    assert row.state != EnquiryState.REFUSED
    client.post(reverse("family:refuse_enquiry", args=[row.number]), {"why": why.value})
    row.refresh_from_db()
    assert (row.state, row.why) == (EnquiryState.REFUSED, why)
    assert AuditEntry.objects.filter(act="family.read_enquiries", reason=f"refused:{why}").exists()


def test_it_is_erased_by_itself_after_thirty_days(site: Site) -> None:
    row = write(site)
    with time_machine.travel(clock.now() + timedelta(days=30), tick=False):
        strangers.sweep(site.pk)
        assert Enquiry.objects.exists()
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        strangers.sweep(site.pk)
    assert not Enquiry.objects.exists()
    assert not SealedRecord.objects.filter(subject=row.pk).exists()


@pytest.mark.django_db(databases=["default", "keyring"], transaction=True)
@pytest.mark.usefixtures("audit_may_be_emptied")
def test_erasing_takes_its_key_and_erasing_the_request_takes_the_row(site: Site) -> None:
    by = system_actor(site.pk)
    gone, opened = write(site), write(site)
    assert WrappedKey.objects.filter(subject=gone.pk).exists()
    enquiries.erase_enquiry(by=by, enquiry=gone)
    contents = (Enquirer(name="Marisela"), Sought(given_names="Yuleisy"), None)
    made = enquiries.open_from(by=by, enquiry=opened, contents=contents)
    assert not WrappedKey.objects.filter(subject__in=[gone.pk, opened.pk]).exists()
    erasing.erase(by=by, erasure=erasing.hide(by=by, subject=made.sought_subject, what=What.REQUEST, why=Why.ASKED))
    assert not Enquiry.objects.exists()


def _similar(site: Site, row: Enquiry, role: Actor) -> Any:
    return similar_enquiries(role, [row.pk]).get(row.pk)


def test_asking_again_with_small_variations_is_shown_to_the_officer_and_told_to_nobody(
    site: Site, actors: dict[Role, Actor], browse: Browse
) -> None:
    officer = actors[Role.TRACING_OFFICER]
    other = write(site, sought=Sought(given_names="Pedro", surnames="Ochoa", birth="1950"))
    first = write(site)
    for given, surnames, birth in (
        ("Yuleisi Carolina", "Ramirez Peña", "1987-03-14"),
        ("Yuleisy", "Ramírez Pena", "1987"),
        ("Juleisy Carolina", "Ramírez Peña", "1987-03-15"),
    ):
        write(site, sought=Sought(given_names=given, surnames=surnames, birth=birth, origin="San Cristóbal"))
    assert _similar(site, first, officer).times == 3
    assert _similar(site, other, officer).times == 0, "the control"
    page = browse(Role.TRACING_OFFICER).get(reverse("family:enquiries")).content.decode()
    assert "ya se preguntó con pequeñas diferencias (3 veces)" in page.casefold()
    one = browse(Role.TRACING_OFFICER).get(reverse("family:enquiry", args=[first.number])).content.decode()
    assert "Alguien puede estar tanteando" in one
    for role in (Role.CASEWORKER, Role.DESK, Role.LAWYER):
        assert similar_enquiries(actors[role], [first.pk]) == {}


def test_one_voice_under_two_names_is_shown(site: Site, actors: dict[Role, Actor]) -> None:
    officer = actors[Role.TRACING_OFFICER]
    story = Separation(circumstances="Nos soltamos de la mano en el puente de abajo, al anochecer.")
    first = write(site, separation=story)
    same_phone = write(
        site, sought=Sought(given_names="Pedro"), enquirer=Enquirer(name="Otra", safe_channel="+57 300-111-22-33")
    )
    same_story = write(
        site,
        sought=Sought(given_names="Juan"),
        enquirer=Enquirer(name="Luis", safe_channel="3999999999"),
        separation=story,
    )
    neither = write(site, sought=Sought(given_names="Ana"), enquirer=Enquirer(name="Eva", safe_channel="3888888888"))
    assert set(_similar(site, first, officer).voice_enquiries) == {same_phone.number, same_story.number}
    assert not _similar(site, neither, officer).is_any, "the control"


def test_requests_opened_at_the_desk_are_compared_too(site: Site, actors: dict[Role, Actor]) -> None:
    officer, by = actors[Role.TRACING_OFFICER], system_actor(site.pk)
    sought = Sought(given_names="Yuleisi", surnames="Ramirez Peña", birth="1987-03-14", origin="San Cristóbal")
    made = family.open_request(by=by, sought=sought, enquirer=Enquirer(name="Marisela", safe_channel="300 111 2233"))
    row = write(site)
    assert _similar(site, row, officer).requests == (made.number,)
    assert similar_enquiries(officer, [made.pk])[made.pk].enquiries == (row.number,)


def test_a_form_on_paper_promises_nothing_in_both_languages(browse: Browse) -> None:
    client = browse(Role.DESK)
    assert client.get(reverse("family:paper_enquiry")).content.decode().count("Este formulario no promete nada.") == 2
    client.post("/language/", {"language": "en"})
    assert client.get(reverse("family:paper_enquiry")).content.decode().count("This form promises nothing.") == 2
