"""Rules of the practice that no other test holds by name; docs/practice.md says which test holds which rule."""

import ast
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pytest_django import Settings
from tests.structure import tree

from posada.accounts.acts import Act, Role
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, system_actor
from posada.audit.models import AuditEntry
from posada.family import services
from posada.family.models import (
    Against,
    CallSlot,
    Channel,
    Enquirer,
    FoundChoice,
    HandOver,
    HarmNote,
    PhoneLoan,
    Proposal,
    ProposalState,
    Referral,
    Relative,
    Release,
    ReleaseState,
    RequestState,
    Separation,
    Sought,
    ThingKind,
    TracingRequest,
    WatchCard,
)
from posada.family.queries.comparison import comparison
from posada.family.rules.bands import Band
from posada.family.rules.choices import Choice, Reach
from posada.family.rules.harm import Part, Yes
from posada.family.rules.protecting import FLAG_LABELS, PROTECTION_WORDS, Flag, Protection
from posada.family.rules.tracing_services import services as directory
from posada.family.services import phones, referrals
from posada.family.services.slots import give_slot
from posada.family.tests.people_here import SISTER, SOUGHT, make_card, make_person, make_request
from posada.family.tests.telling_here import ASKER, check, choose, fresh, make_same, release
from posada.family.tests.what_happened import said_on
from posada.ground import clock
from posada.people.models import Answer, Identity, Sex
from posada.records import changes
from posada.records.door import Reason, open_record

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]
# What would carry words out of the house by itself. The modules that speak to this very machine stand in ITSELF.
SENDERS = {"smtplib", "ftplib", "telnetlib", "imaplib", "requests", "httpx", "aiohttp", "urllib3", "twilio", "paramiko"}
SENDERS |= {"http.client", "urllib.request", "socket", "asyncio", "django.core.mail", "xmlrpc.client"}
ITSELF = {"config/serving.py", "config/commands/run.py", "vault/saved.py", "vault/certificate.py"}


def _said(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


# Relatives left behind


def test_initials_are_enough_for_a_card(site: Site, browse: Browse) -> None:
    person = make_person(site)
    browse(Role.DESK).post(reverse("family:add_relative", args=[person.number]), {"who": "C.", "relation": "mother"})
    assert said_on(WatchCard.objects.get(resident=person)).who == "C."


def test_a_human_voice_is_what_is_read_where_no_channel_was_said(card: WatchCard, browse: Browse) -> None:
    client = browse(Role.CASEWORKER)
    page = client.get(reverse("family:card", args=[card.pk])).content.decode()
    ticked = [tag for tag in re.findall(r"<input[^>]*name=\"channel\"[^>]*>", page) if " checked" in tag]
    assert ['value="voice"' in tag for tag in ticked] == [True]
    client.post(reverse("family:heard", args=[card.pk]))
    assert said_on(card).last_channel is Channel.VOICE


# Family links


def test_alive_and_well_and_a_contact_say_beforehand_what_they_give_away(site: Site, browse: Browse) -> None:
    address = reverse("family:found_decision", args=[make_same(site).pk])
    page = _said(browse(Role.TRACING_OFFICER).get(address + "?in=en").content.decode())
    known = "By this they also learn that we know you. That cannot be taken back."
    for words in (known, "A contact that was once given cannot be called back."):
        assert words in page
    page = _said(browse(Role.TRACING_OFFICER).get(address + "?in=es").content.decode())
    assert "they also learn" not in page


def test_scope_and_expiry_of_a_choice_are_stored(site: Site, browse: Browse) -> None:
    proposal = make_same(site)
    fields = {"choice": "give_contact", "words": "por la parroquia", "reach": "named", "named": "mi madre"}
    address = reverse("family:found_decision", args=[proposal.pk])
    browse(Role.TRACING_OFFICER).post(address, {**fields, "lasts": "30", "how": "spoken", "seen": "0"})
    record = fresh(proposal).found_decision.record
    held = open_record(record, FoundChoice, by=system_actor(site.pk), reason=Reason.SYSTEM)
    assert (held.reach, held.named) == (Reach.NAMED, "mi madre")
    assert held.expires_on == clock.today() + timedelta(days=30)


def test_papers_are_optional_where_two_are_put_in_touch(site: Site, actors: dict[Role, Actor]) -> None:
    """Nobody showed a paper: what only kin know was answered on both sides, and that is enough."""
    proposal = make_same(site)
    assert open_record(proposal.request.sought, Sought, by=system_actor(site.pk), reason=Reason.SYSTEM).document == ""
    choose(proposal, Choice.GIVE_CONTACT)
    assert release(proposal, actors).state == ReleaseState.TO_TELL


def test_a_place_alone_finds_nobody_neither_by_a_request_nor_on_a_page(site: Site, browse: Browse) -> None:
    make_person(site)
    for lost in (Sought(origin=SOUGHT.origin), Sought(given_names="*", origin=SOUGHT.origin), Sought(surnames="%")):
        make_request(site, lost, Enquirer(safe_channel="x"))
    changes.catch_up()
    assert not Proposal.objects.exists()
    make_request(site)
    changes.catch_up()
    assert Proposal.objects.exists(), "the control: a name finds her"
    client = browse(Role.TRACING_OFFICER)
    for line in ("*", "%", "_", "Y*", "Ram%", "....", "San Juan de Colón"):
        assert "Y. C." not in client.post(reverse("people:find"), {"line": line}).content.decode()
    for query in ("?q=Ramirez", "?page=2", "?all=1"):
        page = client.get(reverse("family:requests") + query).content.decode()
        assert not [word for word in ("Yulesi", "Yuleisy", "Ramírez", "Ramires", "Colón") if word in page]


def _carries_out(source: str) -> set[str]:
    """The modules of SENDERS that a source imports, in whatever form."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in found if name in SENDERS or name.split(".")[0] in SENDERS}


def _product() -> list[Path]:
    return [path for path in tree.POSADA.rglob("*.py") if "tests" not in path.parts]


def test_a_person_relays_contact_and_nothing_here_can_send() -> None:
    found = {str(path.relative_to(tree.POSADA)): _carries_out(path.read_text(encoding="utf-8")) for path in _product()}
    assert {name for name, senders in found.items() if senders} <= ITSELF
    assert _carries_out("from django.core import mail") == {"django.core.mail"}, "the control"
    assert _carries_out("import smtplib, json") == {"smtplib"}


def test_what_two_agreed_to_waits_for_a_person_however_long(site: Site, actors: dict[Role, Actor]) -> None:
    proposal = make_same(site)
    choose(proposal, Choice.ALIVE_AND_WELL)
    held = release(proposal, actors)
    with time_machine.travel(clock.now() + timedelta(days=20)):
        changes.catch_up()
        held.refresh_from_db()
        assert (held.state, held.tries, held.told_on) == (ReleaseState.TO_TELL, 0, None)
        services.what_to_say(by=actors[Role.TRACING_OFFICER], release=held)
        services.note_try(by=actors[Role.TRACING_OFFICER], release=held, channel=Channel.IN_PERSON, reached=True)
    assert Release.objects.get().state == ReleaseState.TOLD, "the control: a person told it"


def test_a_third_partys_number_never_reaches_the_next_visitor(
    site: Site, browse: Browse, actors: dict[Role, Actor]
) -> None:
    first, second = "+57 311 5550101", "+57 322 5550202"
    client = browse(Role.DESK)
    story = {"who_asks": "family", "name": "Rosa", "relationship": "aunt", "safe_channel": first}
    story |= {"given_names": "Yulesi", "surnames": "Ramires", "birth": "1987", "separation_on": "23/2/2019"}
    after = client.post(reverse("family:open_request"), story, follow=True).content.decode()
    number = TracingRequest.objects.get().number
    make_person(site)
    changes.catch_up()
    other = make_request(site, enquirer=msgspec.structs.replace(ASKER, safe_channel=second))
    changes.catch_up()
    proposal = Proposal.objects.get(request=other, against=Against.PERSON)
    services.decide(by=system_actor(site.pk), proposal=proposal, decision=ProposalState.SAME)
    check(proposal)
    places = [reverse(f"family:{name}") for name in ("open_request", "callers", "calls", "phones")]
    places += [reverse("family:answer", args=[asked]) for asked in (number, other.number)]
    answers = [client.get(place) for place in places]
    assert [answer.status_code for answer in answers] == [200] * len(places)
    seen = [after, *(answer.content.decode() for answer in answers)]
    assert not [page for page in seen if "5550101" in page or "5550202" in page]
    proposal = fresh(proposal)
    choose(proposal, Choice.ALIVE_AND_WELL)
    say = services.what_to_say(by=actors[Role.TRACING_OFFICER], release=release(proposal, actors))
    assert "5550202" in repr(say), "the control: who tells sees how to reach the one to whom it is told"
    assert "5550101" not in repr(say)


def test_a_tracing_request_speaks_in_the_words_of_the_practice() -> None:
    words: dict[type[msgspec.Struct], set[str]] = {
        Enquirer: {"name", "relationship", "safe_channel", "safe_hours"},
        Sought: {"given_names", "nickname", "other_names", "sex", "age", "birth", "mother", "father", "origin"},
        Separation: {"on", "place", "cause", "circumstances", "last_contact", "last_known_place"},
    }
    for kind, wanted in words.items():
        assert wanted <= {field.name for field in msgspec.structs.fields(kind)}, kind
    assert [str(state.value) for state in RequestState] == ["open", "tracing", "verified", "contact", "closed"]
    assert not [state for state in RequestState if "reunited" in state.value], "together again is theirs to say"


def test_a_lone_weak_hit_is_never_read_as_likely_nor_a_strong_one_by_who_stands_beside_it(site: Site) -> None:
    """A probability is absolute: nobody is made likelier by being the only one, or the best of many bad ones."""
    by = system_actor(site.pk)
    make_request(site)
    lone = make_person(site, Identity(given_names="Carolina", surnames="Peña", sex=Sex.FEMALE))
    changes.catch_up()
    assert [one.band for one in Proposal.objects.filter(person=lone)] == [Band.POSSIBLE.value]
    her = make_person(site)
    changes.catch_up()
    alone = comparison(Proposal.objects.get(person=her), by=by).probability
    for name in ("Pedro", "Jairo", "Wilmer", "Deiby"):
        make_person(site, Identity(given_names=name, surnames="Contreras", birth="1971"))
    changes.catch_up()
    assert comparison(Proposal.objects.get(person=her), by=by).probability == alone


# Protection


def test_nothing_about_a_family_goes_to_an_authority_by_itself(
    site: Site, browse: Browse, noted: HarmNote, worker: Actor
) -> None:
    """A child alone asks, a relative was taken, the police ask: what follows from it is done by a person, or not."""
    child = make_person(site, Identity(given_names="Luis", birth=str(clock.today().year - 9)))
    services.open_request(by=system_actor(site.pk), sought=SOUGHT, enquirer=SISTER, resident=child)
    browse(Role.DESK).post(reverse("family:open_request"), {"who_asks": "police", "name": "x", "given_names": "y"})
    with time_machine.travel(clock.now() + timedelta(days=3)):
        changes.catch_up()
    assert not Referral.objects.exists()
    assert not HandOver.objects.exists()
    referrals.refer(by=worker, harm=noted, yes=Yes(parts=frozenset({Part.WHAT}), body="Una comisión"))
    assert Referral.objects.exists(), "the control: with a yes a person does it"


def test_nobody_to_whom_a_request_may_be_handed_is_an_authority() -> None:
    named = " ".join(f"{one.code} {one.name.en} {one.name.es} {one.what.en}" for one in directory()).casefold()
    assert "red cross" in named
    for office in ("polic", "migra", "army", "ejército", "fiscal", "minist", "embass", "embajada"):
        assert office not in named


def test_no_consent_on_the_pages_of_the_family_is_ticked_before_it_was_asked(
    site: Site, browse: Browse, card: WatchCard, noted: HarmNote
) -> None:
    worker, officer = browse(Role.CASEWORKER), browse(Role.TRACING_OFFICER)
    request = make_request(site, enquirer=msgspec.structs.replace(ASKER, share_onward=Answer.YES, birth="1980"))
    pages = [
        worker.get(reverse("family:refer", args=[noted.pk])),
        worker.get(reverse("family:press", args=[card.resident.number])),
        officer.get(reverse("family:hand_over", args=[request.number])),
        officer.get(reverse("family:open_request")),
    ]
    names = {"asked", "parts", "explained", "wants", "agreed", "fields_agreed", "share_with", "share_onward"}
    seen = set()
    for answer in pages:
        assert answer.status_code == 200
        for tag in re.findall(r"<input[^>]*type=\"(?:radio|checkbox)\"[^>]*>", answer.content.decode()):
            name, value = (re.search(rf'\b{part}="([^"]*)"', tag) for part in ("name", "value"))
            if name and name[1] in names:
                seen.add(name[1])
                assert " checked" not in tag or (value and value[1] in {"", "not_asked"}), tag
    assert seen == names


def test_a_danger_that_was_noted_never_blocks_the_persons_own_calls(site: Site) -> None:
    by, person = system_actor(site.pk), make_person(site)
    make_card(site, person, Relative(who="C. P.", hold=True, alarmed=True))
    asks = msgspec.structs.replace(SISTER, flags=tuple(Flag))
    services.open_request(by=by, sought=SOUGHT, enquirer=asks, resident=person)
    thing = phones.add_thing(by=by, tag=3, kind=ThingKind.PHONE)
    tomorrow = clock.today() + timedelta(days=1)
    give_slot(by=by, person=person, thing=thing, day=tomorrow, quarter=76)
    phones.lend(by=by, thing=thing, person=person)
    assert CallSlot.objects.filter(person=person).exists()
    assert PhoneLoan.objects.filter(person=person).exists()


def test_no_label_of_a_danger_stands_on_a_page(site: Site, browse: Browse) -> None:
    """What is done because of it is shown; the label is asked for once, on the form, and never shown again."""
    asks = msgspec.structs.replace(SISTER, flags=tuple(Flag))
    request = make_request(site, enquirer=asks)
    client = browse(Role.TRACING_OFFICER)
    page = _said(client.get(reverse("family:request", args=[request.number])).content.decode())
    with override("es"):
        shown, labels = str(PROTECTION_WORDS[Protection.NO_CALL]), [str(label) for label in FLAG_LABELS.values()]
    assert shown in page, "the control: what to do stands there"
    assert not [label for label in labels if label in page]


def test_reading_requests_one_after_another_ends_at_a_quota_and_each_is_written_down(
    site: Site, browse: Browse, settings: Settings
) -> None:
    settings.QUOTAS = {"tracing_officer": (4, 100)}
    client, read = browse(Role.TRACING_OFFICER), 0
    for _time in range(8):
        request = make_request(site)
        answer = client.get(reverse("family:request", args=[request.number]))
        if answer.status_code != 200:
            break
        read += 1
    assert 0 < read < 8
    assert answer.status_code == 429
    assert AuditEntry.objects.filter(act=Act.READ_REQUEST, result="done").count() >= read
