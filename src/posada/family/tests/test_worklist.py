"""What waits stands in the order of need, says why and how long, names nobody, and asks as much for many as for few."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from posada.accounts.acts import Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, system_actor
from posada.family import services
from posada.family.models import Against, Proposal, ProposalState, TracingRequest
from posada.family.queries.worklist import Shown, work_list
from posada.family.rules.bands import Band
from posada.family.rules.protecting import Flag
from posada.family.rules.urgency import Pressing, SoughtAge, Waiting, place_of
from posada.family.tests.people_here import SISTER, SOUGHT, entrust, make_person, make_proposal, make_request
from posada.ground import clock, ids
from posada.people.models import Identity
from posada.records import changes

Browse = Callable[[Role], Client]
TODAY = date(2019, 3, 1)
MOST_QUESTIONS = 20
pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def _at(band: Band = Band.LIKELY, age: SoughtAge = SoughtAge.GROWN, **more: object) -> Waiting:
    pressing = Pressing(age, str(more.pop("parted_on", "")), bool(more.pop("in_danger", False)))
    return Waiting(band, pressing, int(str(more.pop("days", 0))), **more)  # type: ignore[arg-type]  # two flags


def test_by_probability_then_children_and_unknown_ages_then_need() -> None:
    wanted = [
        _at(Band.VERY_LIKELY),
        _at(age=SoughtAge.CHILD, alone=True),
        _at(age=SoughtAge.CHILD, days=9),
        _at(age=SoughtAge.CHILD),
        _at(age=SoughtAge.UNKNOWN),
        _at(in_danger=True),
        _at(days=3),
        _at(worrying=True),
        _at(parted_on="2019-02-23"),
        _at(days=1),
        _at(),
        _at(Band.POSSIBLE, SoughtAge.CHILD, in_danger=True, alone=True),
    ]
    places = [place_of(one, TODAY).order for one in wanted]
    assert places == sorted(places)
    assert len(set(places)) == len(places)


@pytest.mark.parametrize(
    ("parted_on", "fresh"),
    [
        ("2019-02-23", True),
        ("2019-02", True),
        ("2019", False),
        ("2018-11-02", False),
        ("", False),
        ("2019-02-31", False),
    ],
)
def test_a_separation_is_fresh_only_as_far_as_it_was_told(parted_on: str, fresh: bool) -> None:
    assert (place_of(_at(parted_on=parted_on), TODAY).order[2] < 0) is fresh


def test_a_child_alone_stands_first_with_the_reason_and_the_adult_after(site: Site) -> None:
    by = system_actor(site.pk)
    grown = make_proposal(site)
    child_sought = type(SOUGHT)(given_names="Wilfredo", surnames="Aponte Machado", birth=str(clock.today().year - 9))
    asker = type(SISTER)(name="Ada Aponte", relationship=SISTER.relationship, flags=(Flag.STATE_LOOKS,))
    make_request(site, child_sought, asker)
    identity = Identity(given_names="Wilfredo", surnames="Aponte Machado", birth=child_sought.birth)
    make_person(site, identity)
    changes.catch_up()
    Proposal.objects.update(band=Band.LIKELY.value)
    rows = work_list(by)
    assert [row.proposal.pk == grown.pk for row in rows] == [False, True]
    assert len(rows[0].place.reasons) == 3
    assert "Wilfredo" not in str(rows[0].place.reasons)


def test_it_is_shown_by_part_mine_for_a_second_and_not_yet(
    site: Site, staff: dict[Role, User], actors: dict[Role, Actor]
) -> None:
    proposal, officer = make_proposal(site), actors[Role.TRACING_OFFICER]
    assert proposal.person is not None

    def parts() -> set[Shown]:
        return {part for part in Shown if work_list(officer, part)}

    assert parts() == {Shown.WAITS}
    services.decide(by=officer, proposal=proposal, decision=ProposalState.NOT_YET)
    assert parts() == {Shown.WAITS, Shown.NOT_YET, Shown.MINE}
    services.propose_same(by=officer, proposal=proposal)
    assert parts() == {Shown.SECOND}
    assert work_list(actors[Role.CASEWORKER]) == []
    entrust(staff[Role.CASEWORKER], proposal.person.pk, site)
    assert len(work_list(actors[Role.CASEWORKER], Shown.SECOND)) == 1


def test_of_an_expired_request_nothing_waits(site: Site, actors: dict[Role, Actor]) -> None:
    make_proposal(site)
    TracingRequest.objects.update(expires_on=clock.today() - timedelta(days=1))
    assert work_list(actors[Role.TRACING_OFFICER]) == []


def _fill(site: Site, proposal: Proposal, count: int) -> None:
    """So many more proposals of the same request, each against a request of its own."""
    others = [make_request(site, type(SOUGHT)(given_names=f"Uno {n}"), SISTER) for n in range(count)]
    Proposal.objects.bulk_create(
        Proposal(
            id=ids.new_id(),
            request=proposal.request,
            other_request=other,
            against=Against.SOUGHT,
            band=Band.LIKELY.value,
            sought_version=1,
            candidate_version=1,
            proposed_on=clock.today(),
        )
        for other in others
    )


def test_a_page_asks_at_most_twenty_questions_whatever_waits_and_names_nobody(site: Site, browse: Browse) -> None:
    proposal, client, address = make_proposal(site), browse(Role.TRACING_OFFICER), reverse("family:work_list")
    client.get(address)
    asked = []
    for more in (0, 60):
        _fill(site, proposal, more)
        client.get(address)  # what was just written is compared once, by whoever comes first
        with CaptureQueriesContext(connection) as questions:
            page = client.get(address).content.decode()
        reads = [one["sql"] for one in questions if one["sql"].lstrip('"').upper().startswith("SELECT")]
        asked.append(len(reads))
    print(f"questions to the database: {asked[0]} for 1 that waits, {asked[1]} for 61")
    assert asked[1] <= asked[0] + 1
    assert asked[1] <= MOST_QUESTIONS
    assert page.count('class="task"') == 25
    assert "Ramírez" not in page
    assert "Uno 1" not in page
    assert client.get(f"{address}?page=3").content.decode().count('class="task"') == 11
    assert client.get(f"{address}?page=x&show=y").status_code == 200
