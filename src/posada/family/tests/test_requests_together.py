"""Several sought persons in one telling, protections, children, loops, the same room; and who must not ask at all."""

from collections.abc import Callable
from datetime import time, timedelta

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
    Proposal,
    ProposalState,
    Renewal,
    RenewalWords,
    RequestState,
    Share,
    Sought,
    TracingRequest,
)
from posada.family.queries.requests import counter_requests, ends_soon, together_with
from posada.family.rules.kinship import Relation
from posada.family.rules.protecting import FLAG_LABELS, Flag, Protection, protections
from posada.family.rules.representing import Represents
from posada.family.tests.people_here import SISTER, SOUGHT, entrust, make_card, make_person, make_request
from posada.ground import clock
from posada.people.models import Household, HouseholdRelation, Identity
from posada.records import changes, erasing
from posada.records.door import Reason, open_record
from posada.records.models import What, Why

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]
MOTHER = Sought(given_names="Carmen", surnames="Peña Rojas", birth="1955", origin="Rubio")
STORY = {
    "who_asks": "family",
    "name": "Marisela",
    "relationship": "sister",
    "given_names": "Yuleisy",
    "surnames": "Ramírez",
    "safe_channel": "+57 300 000 0000",
}


def _said(request: TracingRequest) -> Enquirer:
    request.enquirer.refresh_from_db()
    by = system_actor(request.site_id)
    return open_record(request.enquirer, Enquirer, by=by, reason=Reason.SYSTEM)


def _joined(site: Site) -> tuple[TracingRequest, TracingRequest]:
    first = make_request(site)
    by = system_actor(site.pk)
    second = services.add_sought(by=by, request=first, sought=MOTHER, relationship=Relation.DAUGHTER)
    first.refresh_from_db()
    return first, second


def test_one_enquirer_seeks_several_each_with_a_number_an_end_and_a_decision_of_its_own(site: Site) -> None:
    first, second = _joined(site)
    assert first.number != second.number
    assert together_with(first) == [second]
    assert together_with(second) == [first]
    told = _said(second)
    assert (told.name, told.safe_channel) == (SISTER.name, SISTER.safe_channel)
    assert told.relationship is Relation.DAUGHTER
    assert told.share_with is Share.NOT_ASKED


def test_closing_or_erasing_one_leaves_the_others(site: Site) -> None:
    first, second = _joined(site)
    by = system_actor(site.pk)
    third = services.add_sought(by=by, request=first, sought=SOUGHT)
    services.close_request(by=by, request=first)
    second.refresh_from_db()
    assert second.state == RequestState.OPEN
    erasure = erasing.hide(by=by, subject=first.sought_subject, what=What.REQUEST, why=Why.ASKED)
    erasing.erase(by=by, erasure=erasure)
    assert set(TracingRequest.objects.all()) == {second, third}
    assert _said(second).safe_channel == SISTER.safe_channel


def test_how_to_reach_the_one_who_asks_is_corrected_for_all_together(site: Site, browse: Browse) -> None:
    first, second = _joined(site)
    alone = make_request(site)
    fields = {**STORY, "name": SISTER.name, "safe_channel": "by the aunt", "versions": "1-1-1"}
    browse(Role.TRACING_OFFICER).post(reverse("family:update_request", args=[first.number]), fields)
    assert _said(first).safe_channel == "by the aunt"
    assert _said(second).safe_channel == "by the aunt"
    assert _said(second).relationship is Relation.DAUGHTER
    assert _said(alone).safe_channel == SISTER.safe_channel, "the control: another telling of the same name"


def test_the_desk_adds_another_on_the_day_and_reads_nothing_of_the_first(site: Site, browse: Browse) -> None:
    client = browse(Role.DESK)
    opened = client.post(reverse("family:open_request"), {**STORY, "then": "another"})
    first = TracingRequest.objects.get()
    address = reverse("family:add_sought", args=[first.number])
    assert opened["Location"] == address
    page = client.get(address).content.decode()
    assert "Marisela" not in page
    assert "+57 300" not in page
    more = {"relationship": "daughter", "given_names": "Carmen", "surnames": "Peña"}
    assert client.post(address, more).status_code == 302
    assert TracingRequest.objects.count() == 2
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        client = browse(Role.DESK)
        assert client.get(address).status_code == 403
        assert client.post(address, more).status_code == 403
        assert browse(Role.TRACING_OFFICER).get(address).status_code == 200


def test_safe_hours_words_and_languages_are_kept_and_shown(site: Site, browse: Browse) -> None:
    fields = {
        **STORY,
        "hours_begins": "19:00",
        "hours_until": "21:00",
        "hours_zone": "America/Caracas",
        "safe_words": "la sopa",
        "alarm_words": "el gato",
        "languages": "wayuunaiki",
        "flags": ["never_telephone", "violence_feared"],
        "share_onward": "yes",
    }
    client = browse(Role.TRACING_OFFICER)
    assert client.post(reverse("family:open_request"), fields).status_code == 302
    request = TracingRequest.objects.get()
    told = _said(request)
    assert told.hours is not None
    assert (told.hours.spans[0].begins, told.hours.zone) == (time(19), "America/Caracas")
    page = client.get(reverse("family:request", args=[request.number])).content.decode()
    for words in ("19:00", "la sopa", "el gato", "wayuunaiki"):
        assert words in page
    for label in FLAG_LABELS.values():
        assert str(label) not in page, "the consequence is shown, never the label"
    assert "Nadie llama por teléfono" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours_begins": "19:00"},
        {"hours_until": "21:00"},
        {"hours_begins": "19:00", "hours_until": "19:00"},
        {"hours_begins": "99", "hours_until": "21:00"},
        {"hours_zone": "Nowhere/Here"},
        {"flags": ["traitor"]},
        {"share_onward": "perhaps"},
        {"represented_by": "general"},
        {"sought_represented_by": "general"},
        {"enquirer_birth": "300"},
    ],
)
def test_what_is_wrong_about_the_one_who_asks_is_said(browse: Browse, wrong: dict[str, object]) -> None:
    page = browse(Role.DESK).post(reverse("family:open_request"), {**STORY, **wrong})
    assert page.status_code == 200
    assert "summary" in page.content.decode()
    assert not TracingRequest.objects.exists()


def test_every_danger_has_a_consequence() -> None:
    assert all(protections([flag]) for flag in Flag)
    feared = protections([Flag.VIOLENCE_FEARED])
    assert {Protection.NO_NAME, Protection.TWO_PERSONS, Protection.COUNSEL_FIRST} <= set(feared)


def test_a_child_who_is_here_with_its_parents_is_represented_by_them(site: Site, browse: Browse) -> None:
    child = make_person(site, Identity(given_names="Luis", birth=_years(9), household_relation=HouseholdRelation.CHILD))
    parent = make_person(site, Identity(given_names="Ana", birth="1985"))
    home = Household.objects.create(site=site)
    for one in (child, parent):
        one.household = home
        one.save()
    fields = {**STORY, "who_asks": "resident", "name": "", "resident": str(child.number)}
    client = browse(Role.DESK)
    page = client.post(reverse("family:open_request"), fields).content.decode()
    assert "un padre o una madre" in page
    client.post(reverse("family:open_request"), {**fields, "represented_by": "authority"})
    assert not TracingRequest.objects.exists()
    client.post(reverse("family:open_request"), {**fields, "represented_by": "parent"})
    assert _said(TracingRequest.objects.get()).represented_by is Represents.PARENT


def test_from_a_childs_own_card_the_form_says_that_a_parent_asks(
    site: Site, staff: dict[Role, User], browse: Browse
) -> None:
    child = make_person(site, Identity(given_names="Luis", birth=_years(9), household_relation=HouseholdRelation.CHILD))
    parent = make_person(site, Identity(given_names="Ana", birth="1985"))
    home = Household.objects.create(site=site)
    for one in (child, parent):
        one.household = home
        one.save()
    entrust(staff[Role.CASEWORKER], child.pk, site)
    address = reverse("family:seek", args=[make_card(site, child).pk])
    fields = {"given_names": "Carmen", "surnames": "Peña", "relationship": "child"}
    page = browse(Role.CASEWORKER).post(address, fields)
    assert page.status_code == 200
    assert "un padre o una madre" in page.content.decode()
    assert not TracingRequest.objects.exists()


def test_a_child_alone_asks_at_once_and_the_officer_is_told_who_must_hear_of_it(site: Site, browse: Browse) -> None:
    child = make_person(site, Identity(given_names="Luis", birth=_years(9)))
    fields = {**STORY, "who_asks": "resident", "name": "", "resident": str(child.number)}
    assert browse(Role.DESK).post(reverse("family:open_request"), fields).status_code == 302
    number = TracingRequest.objects.get().number
    page = browse(Role.TRACING_OFFICER).get(reverse("family:request", args=[number])).content.decode()
    assert "autoridad de protección" in page


@pytest.mark.parametrize("birth", ["", "child"])
def test_an_unknown_age_is_treated_as_a_childs_and_its_place_is_told_to_nobody(
    site: Site, browse: Browse, birth: str
) -> None:
    sought = Sought(given_names="Luis", surnames="Peña", birth=_years(9) if birth else "")
    request, grown = make_request(site, sought), make_request(site, MOTHER)
    client = browse(Role.TRACING_OFFICER)
    line = "no se le dice a nadie que pregunte"
    assert line in client.get(reverse("family:request", args=[request.number])).content.decode()
    assert line not in client.get(reverse("family:request", args=[grown.number])).content.decode()


def _years(age: int) -> str:
    return str(clock.today().year - age)


def test_a_request_about_somebody_in_the_same_room_is_handled_like_any_other(site: Site, browse: Browse) -> None:
    asks = make_person(site, Identity(given_names="Marisela", surnames="Ramírez", birth="1990"))
    answer_before = _answer(
        browse(Role.DESK),
        services.open_request(by=system_actor(site.pk), sought=MOTHER, enquirer=SISTER, resident=asks),
    )
    request = services.open_request(by=system_actor(site.pk), sought=SOUGHT, enquirer=SISTER, resident=asks)
    make_person(site)  # the sought person sleeps in the same room
    changes.catch_up()
    assert Proposal.objects.filter(request=request).exists()
    assert _answer(browse(Role.DESK), request) == answer_before
    page = browse(Role.TRACING_OFFICER).get(reverse("family:request", args=[request.number])).content.decode()
    assert "a solas" in page


def _answer(client: Client, request: TracingRequest) -> str:
    page = client.get(reverse("family:answer", args=[request.number])).content.decode()
    main = page.split("<main", 1)[1].split("</main>", 1)[0]
    assert str(request.number) in main
    return main.replace(str(request.number), "N")


def test_a_loop_of_relations_is_shown_without_a_crash(site: Site, browse: Browse) -> None:
    by = system_actor(site.pk)
    names = [("Ana", "Rojas Díaz"), ("Beatriz", "León Mora"), ("Clara", "Soto Paz")]
    people = [make_person(site, Identity(given_names=a, surnames=b, birth="1980")) for a, b in names]
    made = []
    for place, person in enumerate(people):
        given, surnames = names[(place + 1) % 3]
        sought = Sought(given_names=given, surnames=surnames, birth="1980", mother=f"{given} {surnames}")
        made.append(services.open_request(by=by, sought=sought, enquirer=SISTER, resident=person))
    changes.catch_up()
    client = browse(Role.TRACING_OFFICER)
    for request in made:
        rows = list(Proposal.objects.filter(request=request, person__isnull=False))
        assert rows, "each of them is met"
        for row in rows:
            services.decide(by=by, proposal=row, decision=ProposalState.SAME)
        page = client.get(reverse("family:request", args=[request.number]))
        assert page.status_code == 200
        assert "el mismo nombre" in page.content.decode(), "somebody who would be their own mother is asked about"


def test_a_counter_request_is_joined_and_shown_to_those_who_search_alone(
    site: Site, browse: Browse, staff: dict[Role, User], actors: dict[Role, Actor]
) -> None:
    by = system_actor(site.pk)
    marisela = Sought(given_names="Marisela", surnames="Ramírez Peña", birth="1990")
    first = make_request(site, SOUGHT, Enquirer(name="Marisela Ramírez Peña", relationship=Relation.SISTER))
    second = make_request(site, marisela, Enquirer(name="Yuleisy Carolina Ramírez Peña"))
    changes.catch_up()
    assert not counter_requests(by, first), "not before somebody decided"
    row = Proposal.objects.filter(against="enquirer").first()
    assert row is not None
    services.decide(by=by, proposal=row, decision=ProposalState.SAME)
    assert counter_requests(actors[Role.TRACING_OFFICER], first) == [second]
    assert counter_requests(actors[Role.TRACING_OFFICER], second) == [first]
    entrust(staff[Role.CASEWORKER], first.enquirer.subject, site)
    assert counter_requests(actors[Role.CASEWORKER], first) == []
    address = reverse("family:request", args=[first.number])
    assert f"/requests/{second.number}/" in browse(Role.TRACING_OFFICER).get(address).content.decode()
    assert str(second.number) not in browse(Role.CASEWORKER).get(address).content.decode()


def test_a_renewal_says_who_when_and_why(site: Site, browse: Browse, staff: dict[Role, User]) -> None:
    request = make_request(site)
    client, address = browse(Role.TRACING_OFFICER), reverse("family:renew_request", args=[request.number])
    assert client.post(address, {}).status_code == 200
    assert client.post(address, {"why": "they_want_it"}).status_code == 200, "who wants it was asked"
    assert not Renewal.objects.exists()
    client.post(address, {"why": "they_want_it", "asked": "on", "note": "por la tía"})
    row = Renewal.objects.get()
    words = open_record(row.record, RenewalWords, by=system_actor(site.pk), reason=Reason.SYSTEM)
    assert (words.by, words.asked, words.note) == (staff[Role.TRACING_OFFICER].pk, True, "por la tía")
    assert "por la tía" in client.get(reverse("family:request", args=[request.number])).content.decode()


def test_what_ends_within_two_weeks_is_on_today_by_number(
    site: Site, browse: Browse, actors: dict[Role, Actor]
) -> None:
    request = make_request(site)
    officer = actors[Role.TRACING_OFFICER]
    assert ends_soon(officer) == []
    TracingRequest.objects.update(expires_on=clock.today() + timedelta(days=14))
    assert ends_soon(officer) == [request]
    assert ends_soon(actors[Role.DESK]) == []
    page = browse(Role.TRACING_OFFICER).get(reverse("desk:today")).content.decode()
    assert reverse("family:renew_request", args=[request.number]) in page
    assert "Yuleisy" not in page


@pytest.mark.parametrize("kind", ["state", "army", "police", "employer", "media"])
def test_what_is_found_out_later_closes_for_good_hides_from_proposals_and_is_counted(
    site: Site, browse: Browse, kind: str
) -> None:
    first, second = _joined(site)
    make_person(site)
    changes.catch_up()
    assert Proposal.objects.filter(request=first).exists()
    client = browse(Role.TRACING_OFFICER)
    before = _answer(browse(Role.DESK), first)
    address = reverse("family:refuse_request", args=[first.number])
    assert client.post(address, {"kind": "nobody"}).status_code == 200
    assert client.post(address, {"kind": kind}).status_code == 302
    for request in (first, second):
        request.refresh_from_db()
        assert request.state == RequestState.CLOSED
        assert request.refused_on == clock.today()
    assert not Proposal.objects.exists()
    assert AuditEntry.objects.filter(act=Act.OPEN_REQUEST, result="refused", reason=f"enquiry:{kind}").count() == 1
    assert _answer(browse(Role.DESK), first) == before, "they must not notice"
    client.post(reverse("family:renew_request", args=[first.number]), {"why": "opened_again"})
    first.refresh_from_db()
    assert first.state == RequestState.CLOSED
    with pytest.raises(services.StaysClosed):
        services.add_sought(by=system_actor(site.pk), request=first, sought=MOTHER)


def test_the_services_ask_for_themselves(site: Site, actors: dict[Role, Actor]) -> None:
    request = make_request(site)
    for role in (Role.DESK, Role.CASEWORKER, Role.SITE_MANAGER, Role.AUDITOR):
        with pytest.raises(Refused):
            services.refuse_request(by=actors[role], request=request, kind="army")
    for role in (Role.CASEWORKER, Role.SITE_MANAGER, Role.AUDITOR):
        with pytest.raises(Refused):
            services.add_sought(by=actors[role], request=request, sought=MOTHER)
