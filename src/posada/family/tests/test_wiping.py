"""A request ends, is renewed by a person, or is wiped to a placeholder (practice: family links, rule 15)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests import cast

from posada.accounts.acts import Role
from posada.accounts.models import Site
from posada.accounts.permissions import system_actor
from posada.family import services
from posada.family.models import (
    Enquirer,
    FoundChoice,
    FoundDecision,
    HandOver,
    HandOverWords,
    Placeholder,
    Proposal,
    ProposalState,
    Renewal,
    RequestState,
    Sought,
    TracingRequest,
)
from posada.family.queries.requests import number_is_taken
from posada.family.rules.choices import Choice
from posada.family.services import wiping
from posada.family.services.imports import import_request
from posada.family.tests.people_here import SOUGHT, make_proposal, make_request
from posada.ground import clock
from posada.records import door
from posada.records.door import Reason
from posada.records.models import EarlierVersion, SealedRecord
from posada.vault.errors import Unreadable
from posada.vault.models import WrappedKey

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]


def _let_end(request: TracingRequest, *, ago: timedelta) -> None:
    TracingRequest.objects.filter(pk=request.pk).update(expires_on=clock.today() - ago)


def _answer(client: Client, number: int) -> str:
    page = client.get(reverse("family:answer", args=[number])).content.decode()
    main = page.split("<main", 1)[1].split("</main>", 1)[0]
    assert str(number) in main
    return main.replace(str(number), "N")


def _with_all(site: Site) -> Proposal:
    """A request with all that can hang on it: renewed, handed over, found, decided."""
    by, proposal = system_actor(site.pk), make_proposal(site)
    aged = Enquirer(name="Marisela", birth="1980", safe_channel="0300")
    parts = (aged, SOUGHT, None)
    services.update_request(by=by, request=proposal.request, contents=parts, expected=(1, 1, 1))
    services.renew_request(by=by, request=proposal.request)
    services.agree_hand_over(by=by, request=proposal.request, words=HandOverWords(to="icrc", witness="Ana"))
    services.decide(by=by, proposal=proposal, decision=ProposalState.SAME, note="Es ella.")
    proposal.refresh_from_db()
    choice = FoundChoice(choice=Choice.REFUSE, at=clock.now())
    services.record_found_decision(by=by, proposal=proposal, content=choice)
    return proposal


def test_expired_and_not_renewed_it_is_wiped_and_only_number_state_and_days_stay(
    site: Site, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    request = _with_all(site).request
    subjects = [request.enquirer.subject, request.sought.subject]
    held = list(SealedRecord.objects.filter(subject__in=subjects))
    assert len(held) >= 5
    assert WrappedKey.objects.filter(subject__in=subjects).exists()
    _let_end(request, ago=wiping.WIPED_AFTER + timedelta(days=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert services.wipe_expired(site.pk) == 1
    left = Placeholder.objects.get()
    assert (left.number, left.state, left.opened_on) == (request.number, RequestState.TRACING, request.opened_on)
    for model in (TracingRequest, Proposal, FoundDecision, Renewal, HandOver):
        assert not model.objects.exists(), model
    assert not SealedRecord.objects.filter(subject__in=subjects).exists()
    assert not EarlierVersion.objects.filter(record__in=[row.pk for row in held]).exists()
    assert not WrappedKey.objects.filter(subject__in=subjects).exists()
    by = system_actor(site.pk)
    for row in held:  # a copy of a row opens nothing any more
        if row.kind == Sought.KIND:
            with pytest.raises(Unreadable):
                door.open_record(row, Sought, by=by, reason=Reason.SYSTEM)
        elif row.kind == Enquirer.KIND:
            with pytest.raises(Unreadable):
                door.open_record(row, Enquirer, by=by, reason=Reason.SYSTEM)


def test_the_placeholder_says_nothing_of_a_match(site: Site) -> None:
    met, alone = _with_all(site).request, make_request(site, Sought(given_names="Nadie", surnames="Ninguno"))
    for request in (met, alone):
        _let_end(request, ago=timedelta(days=31))
    services.wipe_expired(site.pk)
    rows = Placeholder.objects.values("state", "opened_on", "expired_on", "wiped_on").distinct()
    assert len(rows) == 1


@pytest.mark.parametrize(("ago", "wiped"), [(0, 0), (30, 0), (31, 1)])
def test_it_is_wiped_a_month_after_its_end_and_not_before(site: Site, ago: int, wiped: int) -> None:
    request = make_request(site)
    _let_end(request, ago=timedelta(days=ago))
    assert services.wipe_expired(site.pk) == wiped
    assert TracingRequest.objects.count() == 1 - wiped


def test_a_renewed_and_a_closed_one_are_not_wiped(site: Site) -> None:
    by = system_actor(site.pk)
    renewed, closed = make_request(site), make_request(site)
    for request in (renewed, closed):
        _let_end(request, ago=timedelta(days=31))
    services.renew_request(by=by, request=renewed)
    services.close_request(by=by, request=closed)
    assert services.wipe_expired(site.pk) == 0


def test_wiping_one_leaves_the_others_of_the_same_telling(site: Site) -> None:
    first = make_request(site)
    second = services.add_sought(by=system_actor(site.pk), request=first, sought=Sought(given_names="Carmen"))
    _let_end(first, ago=timedelta(days=31))
    assert services.wipe_expired(site.pk) == 1
    second.refresh_from_db()
    held = door.open_record(second.enquirer, Enquirer, by=system_actor(site.pk), reason=Reason.SYSTEM)
    assert held.safe_channel


def test_whoever_calls_with_the_number_of_a_wiped_request_hears_the_same_words(site: Site, browse: Browse) -> None:
    request, other = make_request(site), make_request(site)
    client = browse(Role.DESK)
    before = _answer(client, request.number)
    _let_end(request, ago=timedelta(days=31))
    services.wipe_expired(site.pk)
    assert _answer(client, request.number) == before == _answer(client, other.number)
    stranger = make_request(cast.make_site(code="otra"))
    assert client.get(reverse("family:answer", args=[stranger.number])).status_code == 404


def test_an_old_number_is_never_given_again(site: Site) -> None:
    request = make_request(site)
    _let_end(request, ago=timedelta(days=31))
    services.wipe_expired(site.pk)
    assert number_is_taken(request.number)


def test_a_list_may_bring_it_again_because_nobody_asked_that_it_be_forgotten(site: Site) -> None:
    by, asking = system_actor(site.pk), Enquirer(name="Hermana")
    held = import_request(by=by, sought=SOUGHT, enquirer=asking, external_id="x/1")
    assert held is not None
    _let_end(held, ago=timedelta(days=31))
    services.wipe_expired(site.pk)
    again = import_request(by=by, sought=SOUGHT, enquirer=asking, external_id="x/1")
    assert again is not None
    assert again.number != held.number


def test_a_placeholder_goes_after_its_time(site: Site) -> None:
    request = make_request(site)
    _let_end(request, ago=timedelta(days=31))
    wiping.at_boot(lambda _done, _total: None)
    assert Placeholder.objects.count() == 1
    Placeholder.objects.update(wiped_on=clock.today() - wiping.PLACEHOLDER_KEPT - timedelta(days=1))
    wiping.at_boot(lambda _done, _total: None)
    assert not Placeholder.objects.exists()
