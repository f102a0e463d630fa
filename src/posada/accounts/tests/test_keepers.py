"""Who keeps the house is kept as well: nobody takes the others away, or becomes another, without being seen."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from tests import cast

from posada.accounts import approvals, services
from posada.accounts.acts import Role
from posada.accounts.models import Approval, Authenticator, Membership, Notice, NoticeSeen, Site, User
from posada.accounts.permissions import Actor, system_actor
from posada.accounts.services import staffing
from posada.accounts.services.enrolling import Slip
from posada.accounts.tests.signing import code_of, knock
from posada.ground import clock
from posada.records import notices

Browse = Callable[[Role], Client]
pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
TYPED = {"password": cast.PASSWORD}
OWN = "canela ventana siete rios"


@pytest.fixture
def manager(actors: dict[Role, Actor]) -> Actor:
    return actors[Role.SITE_MANAGER]


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """An hour of the day, whenever the tests run."""
    at = clock.now().astimezone(clock.house_zone()).replace(hour=12, minute=10)
    monkeypatch.setattr(clock, "_shift", at - clock.now())


def _works(user: User) -> bool:
    return User.objects.get(pk=user.pk).is_active


def _second_auditor(site: Site) -> User:
    return cast.make_staff(site, Role.AUDITOR, name="Gala")


def test_an_auditor_is_taken_away_only_when_a_second_agrees(
    site: Site, manager: Actor, staff: dict[Role, User], actors: dict[Role, Actor]
) -> None:
    _second_auditor(site)
    auditor = staff[Role.AUDITOR]
    approval = staffing.take_away(by=manager, user_id=auditor.pk)
    assert approval is not None
    with pytest.raises(approvals.NotAgreed):
        staffing.carry_out(by=manager, user_id=auditor.pk, approval=approval)
    with pytest.raises(approvals.SamePerson):
        approvals.agree(by=manager, approval=approval)
    assert _works(auditor)
    approvals.agree(by=actors[Role.CASEWORKER], approval=approval)
    assert staffing.carry_out(by=manager, user_id=auditor.pk, approval=approval) is None
    assert not _works(auditor)
    assert not Authenticator.objects.filter(user=auditor).exists()
    assert staffing.take_away(by=manager, user_id=staff[Role.DESK].pk) is None  # the others need one, as before
    assert not _works(staff[Role.DESK])


@pytest.mark.parametrize("roles", [{Role.DESK}, {Role.SITE_MANAGER}])
def test_the_auditors_role_goes_only_when_a_second_agrees(
    roles: set[Role], site: Site, manager: Actor, staff: dict[Role, User], actors: dict[Role, Actor]
) -> None:
    _second_auditor(site)
    auditor = staff[Role.AUDITOR]
    Membership.objects.create(user=auditor, site=site, role=Role.SITE_MANAGER.value)
    approval = staffing.change_roles(by=manager, user_id=auditor.pk, roles=frozenset(roles))
    assert approval is not None
    assert Role.AUDITOR in staffing.roles_of(auditor, site.pk)
    with pytest.raises(approvals.NotAgreed):
        staffing.carry_out(by=manager, user_id=auditor.pk, approval=approval)
    approvals.agree(by=actors[Role.CASEWORKER], approval=approval)
    staffing.carry_out(by=manager, user_id=auditor.pk, approval=approval)
    assert staffing.roles_of(auditor, site.pk) == roles


def test_the_last_auditor_stays_by_page_service_and_shell(
    site: Site, manager: Actor, staff: dict[Role, User], browse: Browse
) -> None:
    auditor, house = staff[Role.AUDITOR], system_actor(site.pk)
    for by in (manager, house):
        with pytest.raises(staffing.LastAuditor):
            staffing.take_away(by=by, user_id=auditor.pk)
    with pytest.raises(staffing.LastAuditor):
        staffing.change_roles(by=manager, user_id=auditor.pk, roles=frozenset({Role.DESK}))
    with pytest.raises(staffing.LastAuditor):
        staffing.set_roles_at_the_shell(by=house, user_id=auditor.pk, roles=frozenset({Role.DESK}))
    where = f"/account/staff/{auditor.pk}/"
    page = browse(Role.SITE_MANAGER).post(f"{where}take-away/", TYPED, follow=True).content.decode()
    assert "Nadie más audita esta casa" in page
    assert _works(auditor)
    assert not Approval.objects.exists()


def test_of_two_auditors_agreed_to_be_taken_away_one_stays(
    site: Site, manager: Actor, staff: dict[Role, User], actors: dict[Role, Actor]
) -> None:
    both = [staff[Role.AUDITOR], _second_auditor(site)]
    asked = [(user, staffing.take_away(by=manager, user_id=user.pk)) for user in both]
    for _user, approval in asked:
        assert approval is not None
        approvals.agree(by=actors[Role.CASEWORKER], approval=approval)
    (first, approval), (second, other) = asked
    assert approval is not None
    assert other is not None
    staffing.carry_out(by=manager, user_id=first.pk, approval=approval)
    with pytest.raises(staffing.LastAuditor):
        staffing.carry_out(by=manager, user_id=second.pk, approval=other)
    assert _works(second)


def test_a_house_without_an_auditor_goes_on(manager: Actor, staff: dict[Role, User]) -> None:
    Membership.objects.filter(role=Role.AUDITOR.value).delete()
    staffing.take_away(by=manager, user_id=staff[Role.DESK].pk)
    assert not _works(staff[Role.DESK])


def test_an_auditor_who_leaves_is_asked_for_on_the_page(site: Site, staff: dict[Role, User], browse: Browse) -> None:
    _second_auditor(site)
    client, where = browse(Role.SITE_MANAGER), f"/account/staff/{staff[Role.AUDITOR].pk}/"
    assert "una segunda persona" in client.get(where).content.decode()
    assert client.post(f"{where}take-away/", TYPED)["Location"] == where
    approval = Approval.objects.get()
    assert "Que deje de trabajar aquí" in client.get(where).content.decode()
    cast.second_agrees(approval)
    assert client.post(f"{where}carry-out/", TYPED)["Location"] == where
    assert not _works(staff[Role.AUDITOR])


def test_two_taken_away_within_an_hour_are_told_to_the_manager_and_the_auditor(
    site: Site,
    manager: Actor,
    staff: dict[Role, User],
    actors: dict[Role, Actor],
    browse: Browse,
    noon: None,
) -> None:
    other, auditor = cast.actor(cast.make_staff(site, Role.SITE_MANAGER, name="Hugo")), actors[Role.AUDITOR]
    staffing.take_away(by=manager, user_id=staff[Role.DESK].pk)
    assert not Notice.objects.exists()
    staffing.take_away(by=manager, user_id=staff[Role.LAWYER].pk)
    row = Notice.objects.get(kind=Notice.Kind.TAKEN)
    assert (row.user_id, row.count) == (manager.user, 2)
    assert [notices.waiting(reader).count() for reader in (other, auditor)] == [1, 1]
    assert "retiró a 2 personas del equipo" in browse(Role.AUDITOR).get("/alarms/").content.decode()
    notices.answer(by=auditor, notice=row, word=NoticeSeen.Word.ASKED)
    staffing.take_away(by=manager, user_id=staff[Role.CASEWORKER].pk)
    assert notices.waiting(auditor).get().count == 3


def test_two_taken_away_on_different_hours_are_not_told(
    manager: Actor, staff: dict[Role, User], noon: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    staffing.take_away(by=manager, user_id=staff[Role.DESK].pk)
    monkeypatch.setattr(clock, "_shift", clock._shift + timedelta(minutes=61))
    staffing.take_away(by=manager, user_id=staff[Role.LAWYER].pk)
    assert not Notice.objects.exists()


def test_an_auditor_taken_away_counts_among_those_taken_away(
    site: Site, manager: Actor, staff: dict[Role, User], noon: None
) -> None:
    _second_auditor(site)
    approval = staffing.take_away(by=manager, user_id=staff[Role.AUDITOR].pk)
    assert approval is not None
    cast.second_agrees(approval)
    staffing.carry_out(by=manager, user_id=staff[Role.AUDITOR].pk, approval=approval)
    assert not Notice.objects.exists()
    staffing.take_away(by=manager, user_id=staff[Role.DESK].pk)
    assert Notice.objects.get().count == 2


def _slip(manager: Actor, user: User) -> Slip:
    approval = staffing.ask_slip(by=manager, user_id=user.pk)
    cast.second_agrees(approval)
    slip = staffing.carry_out(by=manager, user_id=user.pk, approval=approval)
    assert slip is not None
    return slip


def test_every_slip_is_told_with_who_issued_it_and_how_many(
    manager: Actor, staff: dict[Role, User], actors: dict[Role, Actor], browse: Browse, noon: None
) -> None:
    auditor = actors[Role.AUDITOR]
    staffing.ask_slip(by=manager, user_id=staff[Role.LAWYER].pk)
    assert not Notice.objects.exists()  # nothing is issued before somebody agreed
    _slip(manager, staff[Role.DESK])
    row = notices.waiting(auditor).get()
    assert (row.kind, row.user_id, row.count) == (Notice.Kind.SLIP, manager.user, 1)
    notices.answer(by=auditor, notice=row, word=NoticeSeen.Word.EXPECTED)
    _slip(manager, staff[Role.LAWYER])
    assert notices.waiting(auditor).get().count == 2
    assert "emitió 2 hojas" in browse(Role.AUDITOR).get("/alarms/").content.decode()


def _signs_in(user: User, *, password: str = OWN) -> str:
    Authenticator.objects.filter(user=user).delete()
    services.add_authenticator(user)
    client = Client()
    assert knock(client, password=password, code=code_of(user)).status_code == 302
    return client.get("/account/").content.decode()


def test_at_the_next_sign_in_a_member_learns_of_a_slip_that_somebody_else_used(
    manager: Actor, staff: dict[Role, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    user, line = staff[Role.DESK], "Se emitió una hoja para entrar como usted"
    assert line not in _signs_in(user, password=cast.PASSWORD)
    slip = _slip(manager, user)
    thief = Client()
    thief.post("/account/enrol/", {"name": "amaru", "code": slip.code})
    thief.get("/account/enrol/finish/")
    user.refresh_from_db()
    typed = {"new": OWN, "repeated": OWN, "code": code_of(user, confirmed=False)}
    assert thief.post("/account/enrol/finish/", typed).status_code == 200
    for _time in range(2):  # whoever signs in first does not use the line up
        assert line in _signs_in(user)
    monkeypatch.setattr(clock, "_shift", clock._shift + timedelta(days=8))
    User.objects.filter(pk=user.pk).update(last_login=clock.now() - timedelta(days=9))
    assert line in _signs_in(user)  # away for longer than a week
    User.objects.filter(pk=user.pk).update(last_login=clock.now() - timedelta(hours=1))
    assert line not in _signs_in(user)


def test_a_slip_of_somebody_else_or_only_asked_for_is_not_said(manager: Actor, staff: dict[Role, User]) -> None:
    _slip(manager, staff[Role.LAWYER])
    staffing.ask_slip(by=manager, user_id=staff[Role.DESK].pk)
    assert "Se emitió una hoja" not in _signs_in(staff[Role.DESK], password=cast.PASSWORD)
