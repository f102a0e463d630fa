"""One officer alone edits the request after two agreed to a release: nothing is shown until two agree anew."""

from collections.abc import Callable

import msgspec
import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Role
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, system_actor
from posada.family import services
from posada.family.models import Enquirer, Proposal, Release, Sought
from posada.family.rules.choices import Choice
from posada.family.rules.releasing import Obstacle
from posada.family.tests.telling_here import SECRET, choose, fresh, make_same, release
from posada.records.door import Reason, open_record

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]


def _other_channel(proposal: Proposal) -> None:
    """Nothing but the way to reach who asks is another one."""
    by, request = system_actor(proposal.request.site_id), proposal.request
    asks = open_record(request.enquirer, Enquirer, by=by, reason=Reason.SYSTEM)
    sought = open_record(request.sought, Sought, by=by, reason=Reason.SYSTEM)
    contents = (msgspec.structs.replace(asks, safe_channel="+57 300 666 6666"), sought, None)
    services.update_request(by=by, request=request, contents=contents, expected=(request.enquirer.version, 1, 1))


def test_one_who_edits_the_request_after_two_agreed_is_not_shown_the_words(
    site: Site, actors: dict[Role, Actor], browse: Browse
) -> None:
    proposal, officer = make_same(site), actors[Role.TRACING_OFFICER]
    choose(proposal, Choice.GIVE_CONTACT)
    held = release(proposal, actors)
    _other_channel(proposal)
    with pytest.raises(services.Held) as stands:
        services.what_to_say(by=officer, release=held)
    assert stands.value.obstacle is Obstacle.CHANGED
    page = browse(Role.TRACING_OFFICER).post(reverse("family:release", args=[held.pk])).content.decode()
    assert SECRET not in page
    again = reverse("family:ask_release", args=[proposal.pk])
    assert again in browse(Role.TRACING_OFFICER).get(reverse("family:found_state", args=[proposal.pk])).content.decode()
    # Two agree anew, to what stands now; the same release is told then, once.
    approval = services.ask_release(by=officer, proposal=fresh(proposal))
    anew = services.agree_release(by=actors[Role.SITE_MANAGER], approval=approval)
    assert (anew.pk, Release.objects.count()) == (held.pk, 1)
    assert services.what_to_say(by=officer, release=anew).channel == "+57 300 666 6666"
    with pytest.raises(services.AlreadyReleased):
        services.ask_release(by=officer, proposal=fresh(proposal))
