""" "I am not missing": the sought person sees that somebody asks, refuses, objects, takes it back (rule 10)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Act, Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.audit.models import AuditEntry
from posada.family import services
from posada.family.models import (
    Enquirer,
    FoundChoice,
    FoundDecision,
    NotMissing,
    Proposal,
    ProposalState,
    Said,
    Saying,
    Share,
    TracingRequest,
)
from posada.family.queries.objections import objects
from posada.family.rules.choices import Choice
from posada.family.rules.kinship import Relation
from posada.family.rules.protecting import Flag
from posada.family.tests.people_here import SOUGHT, YULESI, entrust, make_person, make_proposal, make_request
from posada.ground import clock
from posada.people.models import Identity, Person
from posada.records import changes, erasing
from posada.records.door import Reason, open_record
from posada.records.models import SealedRecord, What, Why

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]
HERE = {"spoke": "here"}


def _decided(site: Site, enquirer: Enquirer) -> Proposal:
    make_request(site, SOUGHT, enquirer)
    make_person(site)
    changes.catch_up()
    row = Proposal.objects.get()
    services.decide(by=system_actor(site.pk), proposal=row, decision=ProposalState.SAME)
    row.refresh_from_db()
    return row


def _person(row: Proposal) -> Person:
    assert row.person is not None
    return row.person


def _shown(client: Client, person: Person) -> str:
    client.post(reverse("family:not_missing", args=[person.number]), HERE)
    return client.get(reverse("family:not_missing_seen", args=[person.number])).content.decode()


def _want(client: Client, person: Person, said: Said) -> None:
    client.post(reverse("family:not_missing", args=[person.number]), HERE)
    client.post(reverse("family:not_missing_seen", args=[person.number]), {"said": said.value})


def _say(site: Site, person: Person, said: Said) -> None:
    services.note_saying(by=system_actor(site.pk), person=person, saying=Saying(at=clock.now(), said=said))


@pytest.mark.parametrize(
    ("share", "flags", "named", "related"),
    [
        (Share.NAME, (), True, True),
        (Share.RELATION, (), False, True),
        (Share.NOT_ASKED, (), False, True),
        (Share.NOTHING, (), False, False),
        (Share.NAME, (Flag.VIOLENCE_FEARED,), False, False),
    ],
)
def test_they_see_that_somebody_asks_and_who_as_far_as_it_was_allowed(
    site: Site, browse: Browse, share: Share, flags: tuple[Flag, ...], named: bool, related: bool
) -> None:
    asks = Enquirer(name="Marisela Canaria", relationship=Relation.SISTER, share_with=share, flags=flags)
    row = _decided(site, asks)
    page = _shown(browse(Role.TRACING_OFFICER), _person(row))
    assert "Alguien pregunta por usted" in page
    assert ("Marisela Canaria" in page) is named
    assert ("hermana" in page) is related


def test_nothing_is_shown_before_the_person_is_there_and_each_showing_is_written_down(
    site: Site, browse: Browse
) -> None:
    row = _decided(site, Enquirer(name="Marisela", share_with=Share.NAME))
    client, number = browse(Role.TRACING_OFFICER), _person(row).number
    first, seen = (reverse(f"family:{name}", args=[number]) for name in ("not_missing", "not_missing_seen"))
    assert "Marisela" not in client.get(first).content.decode()
    assert client.get(seen)["Location"] == first
    assert client.post(first, {}).status_code == 200, "how they are with us is asked"
    assert client.post(first, {"spoke": "called"}).status_code == 200, "whoever calls is known by something"
    assert not NotMissing.objects.exists()
    assert client.post(first, {"spoke": "called", "known_by": "la sopa"})["Location"] == seen
    assert "Marisela" in client.get(seen).content.decode()
    assert AuditEntry.objects.filter(act=Act.OBJECT).exists()
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        assert browse(Role.TRACING_OFFICER).get(seen)["Location"] == first, "on another day it begins anew"


def test_the_desk_has_no_oracle_and_a_caseworker_only_for_their_own(
    site: Site, browse: Browse, staff: dict[Role, User]
) -> None:
    row = _decided(site, Enquirer(name="Marisela"))
    person, sought_by_nobody = _person(row), make_person(site, Identity(given_names="Otra", birth="1980"))
    for role in (Role.DESK, Role.LAWYER, Role.SITE_MANAGER, Role.AUDITOR, Role.CASEWORKER):
        for one in (person, sought_by_nobody):
            answers = [
                browse(role).get(reverse(f"family:{name}", args=[one.number])).status_code
                for name in ("not_missing", "not_missing_seen")
            ]
            assert answers == [403, 403], role
    entrust(staff[Role.CASEWORKER], person.pk, site)
    assert "Alguien pregunta por usted" in _shown(browse(Role.CASEWORKER), person)


def test_what_nobody_decided_on_is_not_shown_to_the_person(site: Site, browse: Browse) -> None:
    person = _person(make_proposal(site))
    client = browse(Role.TRACING_OFFICER)
    assert "posible coincidencia" in client.get(reverse("family:not_missing", args=[person.number])).content.decode()
    assert "No hemos encontrado a nadie" in _shown(client, person)


def test_they_refuse_and_it_is_withdrawn_towards_them(site: Site, browse: Browse) -> None:
    row = _decided(site, Enquirer(name="Marisela"))
    before = _answer(browse(Role.DESK), row.request)
    _want(browse(Role.TRACING_OFFICER), _person(row), Said.REFUSE)
    decision = FoundDecision.objects.get(proposal=row)
    said = open_record(decision.record, FoundChoice, by=system_actor(site.pk), reason=Reason.SYSTEM)
    assert said.choice is Choice.NEVER_ASK
    assert not objects(_person(row).pk)
    assert _answer(browse(Role.DESK), row.request) == before, "who asks hears the same words"


def _answer(client: Client, request: TracingRequest) -> str:
    page = client.get(reverse("family:answer", args=[request.number])).content.decode()
    return page.split("<main", 1)[1].split("</main>", 1)[0]


def test_they_object_and_nobody_proposes_them_until_they_take_it_back(site: Site, browse: Browse) -> None:
    person, client = _person(make_proposal(site)), browse(Role.TRACING_OFFICER)
    _want(client, person, Said.OBJECT)
    assert objects(person.pk)
    changes.catch_up()
    assert not Proposal.objects.exists()
    make_request(site)
    changes.catch_up()
    assert not Proposal.objects.filter(person=person).exists()
    other = make_person(site, YULESI)
    changes.catch_up()
    assert Proposal.objects.filter(person=other).exists(), "the control: whoever did not object is proposed"
    _want(client, person, Said.TAKE_BACK)
    assert not objects(person.pk)
    changes.catch_up()
    assert Proposal.objects.filter(person=person).exists()


def test_a_row_does_not_say_whether_somebody_objects_or_is_sought(site: Site) -> None:
    one, other = make_person(site), make_person(site, Identity(given_names="Otra", birth="1980"))
    _say(site, one, Said.OBJECT)
    _say(site, other, Said.LOOK)
    rows = [
        {name: value for name, value in row.items() if name not in {"person_id", "record_id"}}
        for row in NotMissing.objects.values()
    ]
    assert rows[0] == rows[1]


def test_a_child_does_not_decide_this_alone(site: Site, browse: Browse) -> None:
    child = make_person(site, Identity(given_names="Luis", birth=str(clock.today().year - 9)))
    client, address = browse(Role.TRACING_OFFICER), reverse("family:not_missing", args=[child.number])
    assert client.post(address, HERE).status_code == 200
    assert not NotMissing.objects.exists()
    with_parent = {**HERE, "represents": "parent", "represented_by": "Ana"}
    assert client.post(address, with_parent).status_code == 302


def test_a_choice_that_is_none_is_said(site: Site, browse: Browse) -> None:
    person, client = make_person(site), browse(Role.TRACING_OFFICER)
    client.post(reverse("family:not_missing", args=[person.number]), HERE)
    seen = reverse("family:not_missing_seen", args=[person.number])
    for wrong in ({}, {"said": "perhaps"}, {"said": "take_back"}):
        assert client.post(seen, wrong).status_code == 200
    assert not objects(person.pk)


def test_it_goes_with_the_person(site: Site) -> None:
    person, by = make_person(site), system_actor(site.pk)
    _say(site, person, Said.OBJECT)
    erasing.erase(by=by, erasure=erasing.hide(by=by, subject=person.subject, what=What.PERSON, why=Why.ASKED))
    assert not NotMissing.objects.exists()
    assert not SealedRecord.objects.filter(kind="family.not_missing").exists()


def test_the_service_asks_for_itself(site: Site, actors: dict[Role, Actor]) -> None:
    person = make_person(site)
    for role in (Role.DESK, Role.CASEWORKER, Role.SITE_MANAGER, Role.AUDITOR):
        with pytest.raises(Refused):
            services.note_saying(by=actors[role], person=person, saying=Saying(at=clock.now(), said=Said.OBJECT))
