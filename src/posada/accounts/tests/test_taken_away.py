"""S11: a role, a user, an authenticator, a session, a file taken away: the very next request is refused."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests import cast

from posada.accounts import approvals, services
from posada.accounts.acts import Role
from posada.accounts.models import Approval, Membership, User
from posada.accounts.permissions import Actor
from posada.accounts.services import staffing
from posada.accounts.tests.signing import DOOR, code_of, knock
from posada.people import services as people
from posada.people.models import Identity

Browse = Callable[[Role], Client]
pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
# A page, a page that polls, one that posts: whatever was open on the screen.
ADDRESSES = ("/", "/people/register/", "/people/find/", "/house/", "/account/", "/approvals/")
NEW = "four words that differ"


def _is_out(client: Client) -> None:
    for address in ADDRESSES:
        assert client.get(address)["Location"].startswith(DOOR), address
        assert client.post(address, {})["Location"].startswith(DOOR), address
        part = client.get(address, headers={"HX-Request": "true"})
        assert (part.status_code, part.content) == (204, b""), address
        assert part["HX-Redirect"] == DOOR


@pytest.fixture
def manager(actors: dict[Role, Actor]) -> Actor:
    return actors[Role.SITE_MANAGER]


def test_the_control_is_let_in(browse: Browse) -> None:
    client = browse(Role.DESK)
    assert [client.get(address).status_code for address in ADDRESSES[:3]] == [200, 200, 200]


def test_a_user_taken_away_is_out_with_the_next_request(
    browse: Browse, staff: dict[Role, User], manager: Actor
) -> None:
    client = browse(Role.DESK)
    assert client.get("/people/register/").status_code == 200
    staffing.take_away(by=manager, user_id=staff[Role.DESK].pk)
    _is_out(client)


def test_a_user_taken_away_cannot_come_in_again(staff: dict[Role, User], manager: Actor) -> None:
    user = staff[Role.DESK]
    services.add_authenticator(user)
    codes, code = services.new_recovery_codes(user), code_of(user)
    staffing.take_away(by=manager, user_id=user.pk)
    assert knock(Client(), code=code).status_code == 200
    assert knock(Client(), code=codes[0]).status_code == 200


def test_a_role_taken_away_is_out_with_the_next_request(
    browse: Browse, staff: dict[Role, User], manager: Actor
) -> None:
    user = staff[Role.DESK]
    Membership.objects.create(user=user, site_id=manager.site, role=Role.CASEWORKER.value)
    client = browse(Role.DESK)
    assert client.get("/people/register/").status_code == 200
    assert staffing.change_roles(by=manager, user_id=user.pk, roles=frozenset({Role.CASEWORKER})) is None
    _is_out(client)
    user.refresh_from_db()
    assert browse(Role.DESK).get("/people/register/").status_code == 403


def test_a_new_slip_ends_sessions_authenticator_and_password(
    browse: Browse, staff: dict[Role, User], manager: Actor
) -> None:
    user = staff[Role.DESK]
    services.add_authenticator(user)
    code, client = code_of(user), browse(Role.DESK)
    assert client.get("/people/register/").status_code == 200
    approval = staffing.ask_slip(by=manager, user_id=user.pk)
    cast.second_agrees(approval)
    assert client.get("/people/register/").status_code == 200
    assert staffing.carry_out(by=manager, user_id=user.pk, approval=approval) is not None
    _is_out(client)
    assert knock(Client(), code=code).status_code == 200


def test_a_changed_password_ends_every_other_session(browse: Browse) -> None:
    here, there = browse(Role.DESK), browse(Role.DESK)
    typed = {"password": cast.PASSWORD, "new": NEW, "repeated": NEW}
    key = here.session.session_key
    assert here.post("/account/password/", typed).status_code == 302
    assert here.get("/people/register/").status_code == 200
    assert here.session.session_key != key
    _is_out(there)


def test_a_new_authenticator_ends_every_other_session_and_the_old_codes(
    browse: Browse, staff: dict[Role, User]
) -> None:
    user = staff[Role.DESK]
    services.add_authenticator(user)
    old, here, there = code_of(user, steps=1), browse(Role.DESK), browse(Role.DESK)
    assert here.get("/account/authenticator/").status_code == 200
    typed = {"password": cast.PASSWORD, "code": code_of(user, confirmed=False)}
    assert here.post("/account/authenticator/", typed).status_code == 302
    assert here.get("/people/register/").status_code == 200
    _is_out(there)
    assert knock(Client(), code=old).status_code == 200


def test_signing_out_everywhere_ends_every_session(browse: Browse) -> None:
    here, there = browse(Role.DESK), browse(Role.DESK)
    assert here.post("/account/sign-out-everywhere/").status_code == 302
    _is_out(here)
    _is_out(there)


def test_a_session_stolen_from_the_table_does_not_outlive_its_end(browse: Browse, staff: dict[Role, User]) -> None:
    """The row is put back as it was: what it carries is no longer this user's word."""
    client = browse(Role.DESK)
    held, user = dict(client.session.items()), staff[Role.DESK]
    services.end_sessions(user)
    again = client.session
    again.update(held)
    again.create()
    client.cookies["posada_session"] = str(again.session_key)
    User.objects.filter(pk=user.pk).update(epoch=user.epoch - 1)
    assert client.get("/account/").status_code == 200  # the control: it is the epoch that ends it
    User.objects.filter(pk=user.pk).update(epoch=user.epoch)
    _is_out(client)


def test_a_file_handed_back_is_closed_with_the_next_request(
    browse: Browse, actors: dict[Role, Actor], staff: dict[Role, User]
) -> None:
    person = people.register_person(by=actors[Role.DESK], identity=Identity(given_names="Yulesi"))
    people.take_on(by=actors[Role.CASEWORKER], person=person)
    client = browse(Role.CASEWORKER)
    assert client.get(f"/people/{person.number}/correct/").status_code == 200
    assert client.post(f"/people/{person.number}/hand-back/").status_code == 302
    assert client.get(f"/people/{person.number}/correct/").status_code == 403
    assert client.get(f"/family/{person.number}/relatives/").status_code in {403, 404}


def test_files_end_with_the_last_role_that_holds_files(
    browse: Browse, actors: dict[Role, Actor], staff: dict[Role, User], manager: Actor
) -> None:
    user = staff[Role.CASEWORKER]
    person = people.register_person(by=actors[Role.DESK], identity=Identity(given_names="Yulesi"))
    people.take_on(by=actors[Role.CASEWORKER], person=person)
    approval = staffing.change_roles(by=manager, user_id=user.pk, roles=frozenset({Role.CASEWORKER, Role.DESK}))
    assert isinstance(approval, Approval)
    cast.second_agrees(approval)
    staffing.carry_out(by=manager, user_id=user.pk, approval=approval)
    user.refresh_from_db()
    assert browse(Role.CASEWORKER).get(f"/people/{person.number}/correct/").status_code == 200
    staffing.change_roles(by=manager, user_id=user.pk, roles=frozenset({Role.DESK}))
    back = staffing.change_roles(by=manager, user_id=user.pk, roles=frozenset({Role.CASEWORKER, Role.DESK}))
    assert isinstance(back, Approval)
    cast.second_agrees(back)
    staffing.carry_out(by=manager, user_id=user.pk, approval=back)
    user.refresh_from_db()
    assert browse(Role.CASEWORKER).get(f"/people/{person.number}/correct/").status_code == 403


def test_somebody_taken_away_agrees_to_nothing_any_more(
    actors: dict[Role, Actor], staff: dict[Role, User], manager: Actor
) -> None:
    approval = staffing.ask_slip(by=manager, user_id=staff[Role.DESK].pk)
    approvals.agree(by=actors[Role.LAWYER], approval=approval)
    staffing.take_away(by=manager, user_id=staff[Role.LAWYER].pk)
    with pytest.raises(approvals.SecondGone):
        staffing.carry_out(by=manager, user_id=staff[Role.DESK].pk, approval=approval)
