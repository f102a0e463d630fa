"""Contact becomes a card of *my people*; a request ends by the word of who asked; the turned screen and its end."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Act, Role
from posada.accounts.models import Assignment, Site, User
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.audit.models import AuditEntry
from posada.desk.waiting import tasks_for
from posada.family import services
from posada.family.models import (
    Channel,
    Enquirer,
    EnquirerWord,
    FoundChoice,
    FoundDecision,
    InContact,
    Proposal,
    Relative,
    Release,
    RequestState,
    Share,
    WatchCard,
)
from posada.family.queries.releasing import words_due
from posada.family.rules.choices import Choice
from posada.family.rules.kinship import Relation
from posada.family.rules.releasing import DAYS_UNTIL_CALL, DAYS_UNTIL_WORD
from posada.family.tests.people_here import entrust, make_card, make_person
from posada.family.tests.telling_here import SECRET, choose, fresh, make_same, release
from posada.ground import clock
from posada.people.models import Identity
from posada.records import erasing
from posada.records.door import Reason, open_record
from posada.records.models import SealedRecord, What, Why

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]
RAMON = Identity(given_names="Ramón", surnames="Peña", birth="1960")


def _told(proposal: Proposal, actors: dict[Role, Actor], choice: Choice = Choice.GIVE_CONTACT) -> Release:
    officer = actors[Role.TRACING_OFFICER]
    choose(proposal, choice)
    held = release(proposal, actors)
    services.what_to_say(by=officer, release=held)
    return services.note_try(by=officer, release=held, channel=Channel.TEXT, reached=True)


def test_contact_becomes_a_card_of_my_people_with_its_watch(
    site: Site, staff: dict[Role, User], actors: dict[Role, Actor]
) -> None:
    proposal, officer = make_same(site, safe_hours="de noche"), actors[Role.TRACING_OFFICER]
    assert proposal.person is not None
    entrust(staff[Role.CASEWORKER], proposal.person.pk, site)
    _told(proposal, actors)
    services.note_contact(by=officer, proposal=proposal)
    card = WatchCard.objects.get(resident=proposal.person)
    said = open_record(card.record, Relative, by=actors[Role.CASEWORKER], reason=Reason.VIEW)
    assert (said.who, said.relation, said.safe_hours) == ("Marisela Ramírez Peña", Relation.SISTER, "de noche")
    assert said.next_call_at is not None
    assert said.next_call_at.date() == (clock.now() + timedelta(days=DAYS_UNTIL_CALL)).date()
    assert card.silent_from is not None
    with pytest.raises(Refused):  # who notes the contact writes no card and reads none
        open_record(card.record, Relative, by=officer, reason=Reason.VIEW)
    assert AuditEntry.objects.filter(act=Act.RELEASE, reason="contact", actor=officer.user).exists()


@pytest.mark.parametrize("share", [Share.RELATION, Share.NOTHING, Share.NOT_ASKED])
def test_the_card_holds_no_more_of_who_asks_than_they_allowed(
    site: Site, actors: dict[Role, Actor], share: Share
) -> None:
    proposal = make_same(site, share_with=share)
    _told(proposal, actors, Choice.ALIVE_AND_WELL)
    services.note_contact(by=actors[Role.TRACING_OFFICER], proposal=proposal)
    card = WatchCard.objects.get(resident=proposal.person)
    said = open_record(card.record, Relative, by=system_actor(site.pk), reason=Reason.VIEW)
    assert "Marisela" not in said.who
    assert said.contact == ""


def _card_after(site: Site, proposal: Proposal, actors: dict[Role, Actor]) -> Relative:
    services.note_contact(by=actors[Role.TRACING_OFFICER], proposal=proposal)
    card = WatchCard.objects.get(resident=proposal.person)
    return open_record(card.record, Relative, by=system_actor(site.pk), reason=Reason.VIEW)


def test_how_to_reach_who_asks_is_on_no_card_that_one_alone_makes(site: Site, actors: dict[Role, Actor]) -> None:
    proposal = make_same(site, safe_channel="+57 300 7391", safe_words="llave", alarm_words="azul")
    choose(proposal, Choice.ALREADY_TALK)
    said = _card_after(site, proposal, actors)
    assert (said.contact, said.agreed_words, said.duress_words) == ("", "", "")


def test_nor_by_a_choice_that_one_alone_changed_after_another_was_told(site: Site, actors: dict[Role, Actor]) -> None:
    proposal = make_same(site, safe_channel="+57 300 7391", safe_words="llave", alarm_words="azul")
    _told(proposal, actors, Choice.ALIVE_AND_WELL)
    choose(proposal, Choice.RECEIVE_CONTACT)
    said = _card_after(site, proposal, actors)
    assert (said.contact, said.agreed_words, said.duress_words) == ("", "", "")


def test_what_two_agreed_to_stands_on_the_card(site: Site, actors: dict[Role, Actor]) -> None:
    proposal = make_same(site, safe_channel="+57 300 7391", safe_words="llave", alarm_words="azul")
    _told(proposal, actors, Choice.RECEIVE_CONTACT)
    said = _card_after(site, proposal, actors)
    assert (said.contact, said.agreed_words, said.duress_words) == ("+57 300 7391", "llave", "azul")


def _asked_from_a_card(site: Site) -> tuple[Proposal, WatchCard]:
    """A match for a request that a resident made of a relative's card."""
    proposal, by = make_same(site), system_actor(site.pk)
    card = make_card(site, make_person(site, RAMON))
    asking = Enquirer(relationship=Relation.BROTHER, safe_channel="aquí")
    request = services.open_request_from(by=by, card=card, enquirer=asking)
    Proposal.objects.filter(pk=proposal.pk).update(request=request)
    return fresh(proposal), card


def _heard(card: WatchCard) -> bool:
    held = WatchCard.objects.get(resident=card.resident_id)
    assert held.pk == card.pk
    content = open_record(held.record, Relative, by=system_actor(held.site_id), reason=Reason.VIEW)
    return content.last_heard_at is not None


def test_a_resident_who_asks_gets_the_card_from_which_the_request_was_made(
    site: Site, actors: dict[Role, Actor]
) -> None:
    proposal, card = _asked_from_a_card(site)
    _told(proposal, actors, Choice.ALIVE_AND_WELL)
    services.note_contact(by=actors[Role.TRACING_OFFICER], proposal=proposal)
    assert _heard(card)
    assert WatchCard.objects.filter(resident=proposal.person).count() == 1


def test_what_one_alone_writes_of_the_found_person_tells_nothing_to_those_who_accompany_who_asks(
    site: Site, actors: dict[Role, Actor]
) -> None:
    proposal, card = _asked_from_a_card(site)
    choose(proposal, Choice.ALREADY_TALK)
    services.note_contact(by=actors[Role.TRACING_OFFICER], proposal=proposal)
    assert not _heard(card)
    assert WatchCard.objects.filter(resident=proposal.person).count() == 1


def test_contact_is_not_noted_before_something_was_told(site: Site, actors: dict[Role, Actor]) -> None:
    proposal, officer = make_same(site), actors[Role.TRACING_OFFICER]
    with pytest.raises(services.NothingToldYet):
        services.note_contact(by=officer, proposal=proposal)
    choose(proposal, Choice.GIVE_CONTACT)
    release(proposal, actors)
    with pytest.raises(services.NothingToldYet):
        services.note_contact(by=officer, proposal=proposal)


def test_contact_noted_twice_makes_one_card(site: Site, actors: dict[Role, Actor]) -> None:
    proposal, officer = make_same(site), actors[Role.TRACING_OFFICER]
    choose(proposal, Choice.ALREADY_TALK)
    services.note_contact(by=officer, proposal=proposal)
    with pytest.raises(services.AlreadyInContact):
        services.note_contact(by=officer, proposal=proposal)
    assert WatchCard.objects.count() == 1


def test_a_request_ends_only_by_the_word_of_who_asked(site: Site, actors: dict[Role, Actor]) -> None:
    proposal, officer = make_same(site), actors[Role.TRACING_OFFICER]
    with pytest.raises(services.NotInContact):
        services.take_word(by=officer, request=proposal.request, word=EnquirerWord.REUNITED)
    choose(proposal, Choice.ALREADY_TALK)
    services.note_contact(by=officer, proposal=proposal)
    assert fresh(proposal).request.state == RequestState.IN_CONTACT
    with pytest.raises(services.EndsByWord):
        services.close_request(by=officer, request=proposal.request)
    assert words_due(officer) == []
    with time_machine.travel(clock.now() + timedelta(days=DAYS_UNTIL_WORD), tick=False):
        assert [made.request_id for made in words_due(officer)] == [proposal.request_id]
        services.take_word(by=officer, request=proposal.request, word=EnquirerWord.NO_NEWS)
        assert words_due(officer) == []
        assert fresh(proposal).request.state == RequestState.IN_CONTACT
    services.take_word(by=officer, request=proposal.request, word=EnquirerWord.REUNITED)
    assert fresh(proposal).request.state == RequestState.CLOSED


def test_today_says_numbers_only(site: Site, actors: dict[Role, Actor]) -> None:
    make_same(site)
    titles = " ".join(f"{task.title} {task.line}" for task in tasks_for(actors[Role.TRACING_OFFICER]))
    assert "1" in titles
    assert "Yulesi" not in titles
    assert "Marisela" not in titles


def test_an_erased_person_leaves_nothing_of_what_was_decided_told_or_made(
    site: Site, actors: dict[Role, Actor]
) -> None:
    proposal, by = make_same(site), system_actor(site.pk)
    _told(proposal, actors)
    choose(proposal, Choice.SEND_MESSAGE)
    services.note_contact(by=actors[Role.TRACING_OFFICER], proposal=proposal)
    decision = FoundDecision.objects.get()
    assert decision.words is not None
    person, subject = proposal.person, decision.words.subject
    assert person is not None
    erasing.erase(by=by, erasure=erasing.hide(by=by, subject=person.subject, what=What.PERSON, why=Why.ASKED))
    assert not FoundDecision.objects.exists()
    assert not Release.objects.exists()
    assert not InContact.objects.exists()
    kinds = {"family.found_choice", "family.found_words", "family.telling", "family.contact_note"}
    assert not SealedRecord.objects.filter(kind__in=kinds).exists()
    assert not Assignment.objects.filter(subject=subject).exists()


def test_an_erased_request_leaves_nothing_either(site: Site, actors: dict[Role, Actor]) -> None:
    proposal, by = make_same(site), system_actor(site.pk)
    _told(proposal, actors)
    choose(proposal, Choice.SEND_MESSAGE)
    services.note_contact(by=actors[Role.TRACING_OFFICER], proposal=proposal)
    subject = proposal.request.sought_subject
    erasing.erase(by=by, erasure=erasing.hide(by=by, subject=subject, what=What.REQUEST, why=Why.ASKED))
    kinds = {"family.found_choice", "family.found_words", "family.telling", "family.contact_note"}
    assert not SealedRecord.objects.filter(kind__in=kinds).exists()


def _ask(proposal: Proposal) -> str:
    return reverse("family:found_decision", args=[proposal.pk])


def test_on_the_turned_screen_nothing_is_ticked_and_no_way_leads_to_a_list(site: Site, browse: Browse) -> None:
    page = browse(Role.TRACING_OFFICER).get(_ask(make_same(site))).content.decode()
    assert " checked" not in page
    assert "page--turned" in page
    for choice in Choice:
        assert f'id="choice-{choice}"' in page
    assert page.count("choice-picture") == len(Choice)
    assert page.count("data-aloud") == len(Choice) + 1
    for name in ("desk:today", "family:requests", "family:home", "people:find"):
        assert f'href="{reverse(name)}"' not in page
    assert f'href="{reverse("family:proposal", args=[Proposal.objects.get().pk])}"' not in page


def test_the_turned_page_speaks_the_person_s_language(site: Site, browse: Browse) -> None:
    client, proposal = browse(Role.TRACING_OFFICER), make_same(site)
    assert "Somebody is looking for you" in client.get(_ask(proposal) + "?in=en").content.decode()
    assert "Alguien" in client.get(_ask(proposal) + "?in=es").content.decode()
    answer = client.post(_ask(proposal) + "?in=en", {"choice": "ask_later", "how": "spoken"})
    assert "Choose a day on which we ask you again." in answer.content.decode()


def test_the_end_of_the_turned_page_is_covered(site: Site, browse: Browse) -> None:
    client, proposal = browse(Role.TRACING_OFFICER), make_same(site)
    fields = {"choice": "send_message", "words": SECRET, "how": "spoken", "seen": "0"}
    answer = client.post(_ask(proposal), fields, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == reverse("family:found_thanks", args=[proposal.pk])
    for word in (SECRET, "Yulesi", "Marisela", str(proposal.request.number)):
        assert word not in page
    assert reverse("family:requests") not in page


def test_what_is_left_open_is_read_as_the_least(site: Site, browse: Browse) -> None:
    proposal = make_same(site)
    browse(Role.TRACING_OFFICER).post(_ask(proposal), {"choice": "alive_and_well", "how": "spoken", "seen": "0"})
    said = open_record(FoundDecision.objects.get().record, FoundChoice, by=system_actor(site.pk), reason=Reason.VIEW)
    assert said.expires_on == clock.today() + timedelta(days=30)
    assert said.reach == "this_enquirer"


@pytest.mark.parametrize(
    "wrong",
    [
        {"choice": "ask_later"},
        {"choice": "ask_later", "ask_again_on": "2001-01-01"},
        {"choice": "ask_later", "ask_again_on": "mañana"},
        {"choice": "send_message"},
        {"choice": "refuse", "reach": "named"},
        {"choice": "refuse", "how": ""},
        {"choice": "refuse", "how": "mark"},
        {"choice": "tell_everything"},
    ],
)
def test_what_is_not_whole_is_said_and_nothing_is_kept(site: Site, browse: Browse, wrong: dict[str, str]) -> None:
    answer = browse(Role.TRACING_OFFICER).post(_ask(make_same(site)), {"how": "spoken", "seen": "0", **wrong})
    assert answer.status_code == 200
    assert "summary" in answer.content.decode()
    assert not FoundDecision.objects.exists()


def test_a_page_that_was_old_keeps_nothing_of_its_own(site: Site, browse: Browse) -> None:
    proposal = make_same(site)
    choose(proposal, Choice.REFUSE)
    fields = {"choice": "alive_and_well", "how": "spoken", "seen": "0"}
    assert browse(Role.TRACING_OFFICER).post(_ask(proposal), fields).status_code == 409
    assert FoundDecision.objects.get().record.version == 1


def test_taken_back_by_one_press_and_told_honestly(site: Site, actors: dict[Role, Actor], browse: Browse) -> None:
    proposal, client = make_same(site), browse(Role.TRACING_OFFICER)
    _told(proposal, actors)
    answer = client.post(reverse("family:withdraw_found", args=[proposal.pk]) + "?in=en", follow=True)
    page = answer.content.decode()
    assert "it cannot be called back" in page
    assert "What can be done" in page


def test_the_pages_from_deciding_to_telling(site: Site, actors: dict[Role, Actor], browse: Browse) -> None:
    proposal, client = make_same(site), browse(Role.TRACING_OFFICER)
    choose(proposal, Choice.SEND_MESSAGE)
    state = reverse("family:found_state", args=[proposal.pk])
    assert SECRET not in client.get(state).content.decode()
    assert str(proposal.request.number) in client.get(reverse("family:to_tell")).content.decode()
    asked = client.post(reverse("family:ask_release", args=[proposal.pk]))
    shown = browse(Role.SITE_MANAGER).get(asked["Location"]).content.decode()
    for word in (SECRET, "Yulesi", "Marisela"):
        assert word not in shown
    browse(Role.SITE_MANAGER).post(asked["Location"] + "agree/", follow=True)
    held = Release.objects.get()
    page = reverse("family:release", args=[held.pk])
    assert SECRET not in client.get(page).content.decode()
    assert SECRET in client.post(page).content.decode()
    early = client.post(reverse("family:tried", args=[held.pk]), {})
    assert early.status_code == 422
    client.post(reverse("family:tried", args=[held.pk]), {"reached": "yes", "channel": "voice"})
    assert SECRET not in client.get(page).content.decode()
    assert SECRET not in client.post(page).content.decode()
    client.post(reverse("family:note_contact", args=[proposal.pk]))
    word = reverse("family:enquirer_word", args=[proposal.request.number])
    assert client.post(word, {}).status_code == 422
    client.post(word, {"word": "reunited"})
    assert fresh(proposal).request.state == RequestState.CLOSED
