"""Who works here: somebody new, a slip, one's own password and authenticator, roles, the shell."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from django.test import Client
from tests import cast

from posada.accounts import approvals, queries, rules, services
from posada.accounts.acts import Role
from posada.accounts.models import Approval, Authenticator, RecoveryCode, Site, User
from posada.accounts.permissions import Actor, system_actor
from posada.accounts.services import staffing
from posada.accounts.services.apart import RolesApart
from posada.accounts.tests.signing import code_of, knock
from posada.audit.models import AuditEntry
from posada.config import staffing as shell
from posada.ground import clock

Browse = Callable[[Role], Client]
pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
OWN = "canela ventana siete rios"


@pytest.fixture
def manager(actors: dict[Role, Actor]) -> Actor:
    return actors[Role.SITE_MANAGER]


def _typed(once: uuid.UUID) -> dict[str, object]:
    return {
        "name": "Gaspar",
        "sign_in": "gaspar",
        "roles": ["desk"],
        "once": str(once),
        "password": cast.PASSWORD,
    }


def test_somebody_new_begins_when_a_second_agreed_and_sets_a_password_nobody_else_knows(browse: Browse) -> None:
    client, once = browse(Role.SITE_MANAGER), uuid.uuid4()
    where = client.post("/account/staff/add/", _typed(once))["Location"]
    user = User.objects.get(subject=once)
    assert not user.is_active
    assert client.post(f"{where}carry-out/").status_code == 302
    assert not User.objects.get(pk=user.pk).is_active
    cast.second_agrees(Approval.objects.get())
    page = client.post(f"{where}carry-out/").content.decode()
    code = page.split('number-card">')[1].split("<")[0]
    assert code not in client.get(where).content.decode()
    fresh = Client()
    assert fresh.post("/account/enrol/", {"name": "gaspar", "code": code})["Location"] == "/account/enrol/finish/"
    asked = fresh.get("/account/enrol/finish/").content.decode()
    assert "<svg" in asked
    user.refresh_from_db()
    typed = {"new": OWN, "repeated": OWN, "code": code_of(user, confirmed=False)}
    shown = fresh.post("/account/enrol/finish/", typed).content.decode()
    assert shown.count("<li><code>") == 10
    assert RecoveryCode.objects.filter(user=user).count() == 10
    assert fresh.get("/people/register/").status_code == 200
    assert Client().post("/account/enrol/", {"name": "gaspar", "code": code}).status_code == 200
    Authenticator.objects.filter(user=user).update(last_step=-1)
    assert knock(Client(), name="gaspar", password=OWN, code=code_of(user)).status_code == 302


def test_the_same_form_sent_twice_adds_one(browse: Browse) -> None:
    client, once = browse(Role.SITE_MANAGER), uuid.uuid4()
    for _time in range(2):
        assert client.post("/account/staff/add/", _typed(once)).status_code == 302
    assert User.objects.filter(subject=once).count() == 1
    assert Approval.objects.count() == 1


def test_a_name_that_somebody_has_is_refused_with_a_sentence(browse: Browse) -> None:
    typed = {**_typed(uuid.uuid4()), "sign_in": " AMARU "}
    answer = browse(Role.SITE_MANAGER).post("/account/staff/add/", typed)
    assert answer.status_code == 422
    assert not Approval.objects.exists()


def test_without_the_password_nothing_is_asked_for(browse: Browse) -> None:
    once = uuid.uuid4()
    typed = {**_typed(once), "password": "wrong"}
    assert browse(Role.SITE_MANAGER).post("/account/staff/add/", typed).status_code == 422
    assert not User.objects.filter(subject=once).exists()


def test_a_further_role_waits_for_a_second_and_a_lesser_one_does_not(
    manager: Actor, staff: dict[Role, User], actors: dict[Role, Actor]
) -> None:
    user = staff[Role.DESK]
    both = frozenset({Role.DESK, Role.LAWYER})
    approval = staffing.change_roles(by=manager, user_id=user.pk, roles=both)
    assert approval is not None
    assert staffing.roles_of(user, manager.site) == {Role.DESK}
    with pytest.raises(approvals.NotAgreed):
        staffing.carry_out(by=manager, user_id=user.pk, approval=approval)
    approvals.agree(by=actors[Role.CASEWORKER], approval=approval)
    assert staffing.carry_out(by=manager, user_id=user.pk, approval=approval) is None
    assert staffing.roles_of(user, manager.site) == both
    assert staffing.change_roles(by=manager, user_id=user.pk, roles=frozenset({Role.LAWYER})) is None
    assert staffing.roles_of(user, manager.site) == {Role.LAWYER}


def test_an_agreement_to_other_roles_than_held_now_is_stale(
    manager: Actor, staff: dict[Role, User], actors: dict[Role, Actor]
) -> None:
    user = staff[Role.DESK]
    approval = staffing.change_roles(by=manager, user_id=user.pk, roles=frozenset({Role.DESK, Role.LAWYER}))
    assert approval is not None
    approvals.agree(by=actors[Role.CASEWORKER], approval=approval)
    staffing.set_roles_at_the_shell(by=system_actor(manager.site), user_id=user.pk, roles=frozenset({Role.AUDITOR}))
    with pytest.raises(approvals.StaleApproval):
        staffing.carry_out(by=manager, user_id=user.pk, approval=approval)


def test_the_last_manager_stays(manager: Actor, staff: dict[Role, User]) -> None:
    boss = staff[Role.SITE_MANAGER]
    with pytest.raises(staffing.LastManager):
        staffing.take_away(by=manager, user_id=boss.pk)
    with pytest.raises(staffing.LastManager):
        staffing.set_roles_at_the_shell(by=system_actor(manager.site), user_id=boss.pk, roles=frozenset({Role.DESK}))
    boss.refresh_from_db()
    assert boss.is_active


def test_the_auditor_reads_the_page_and_changes_nothing(browse: Browse, staff: dict[Role, User]) -> None:
    client, pk = browse(Role.AUDITOR), staff[Role.DESK].pk
    assert "Amaru" in client.get("/account/staff/").content.decode()
    assert (
        "<form"
        not in client.get(f"/account/staff/{pk}/").content.decode().split('class="page__main"')[1].split("</main>")[0]
    )
    assert client.post(f"/account/staff/{pk}/take-away/").status_code == 403


def test_a_role_never_used_in_ninety_days_is_named(manager: Actor, staff: dict[Role, User]) -> None:
    User.objects.update(since=clock.today() - timedelta(days=91))
    assert queries.unused_grants(manager)[staff[Role.DESK].pk] == (Role.DESK,)
    staffing.ask_slip(by=manager, user_id=staff[Role.DESK].pk)
    assert staff[Role.SITE_MANAGER].pk not in queries.unused_grants(manager)


def test_what_is_done_to_staff_is_written_down(manager: Actor, staff: dict[Role, User]) -> None:
    staffing.take_away(by=manager, user_id=staff[Role.DESK].pk)
    entry = AuditEntry.objects.get(act="accounts.manage_staff")
    assert (entry.actor, entry.reason, entry.role) == (manager.user, "left", "site_manager")


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("short", rules.Problem.SHORT),
        ("x" * 201, rules.Problem.LONG),
        ("Contraseña2026!", rules.Problem.COMMON),
        ("qwertyuiopqwerty", rules.Problem.COMMON),
        ("1234567890123", rules.Problem.COMMON),
        ("abcabcabcabcabc", rules.Problem.COMMON),
        ("posadaposada", rules.Problem.COMMON),
        ("Amaru Amaru 12", None),
        ("canela ventana siete rios", None),
        ("correcthorsebattery", None),
        ("ñandú bajo la lluvia", None),
    ],
)
def test_a_password_is_long_and_not_one_that_everybody_tries(password: str, problem: rules.Problem | None) -> None:
    assert rules.password_problem(password, common=frozenset({"contraseña"}), names=("Amaru",)) is problem


def test_a_common_password_is_refused_on_the_page(browse: Browse) -> None:
    typed = {"password": cast.PASSWORD, "new": "qwerty123456", "repeated": "qwerty123456"}
    assert browse(Role.DESK).post("/account/password/", typed).status_code == 422


def test_the_houses_own_name_is_no_password(staff: dict[Role, User], settings: Any) -> None:
    settings.SITE = msgspec.structs.replace(settings.SITE, name="Refugio Tres Esquinas")
    assert services.problem_with("refugio tres esquinas 2026!", user=staff[Role.DESK])
    assert not services.problem_with("refugio de cuatro vientos", user=staff[Role.DESK])


def test_the_language_is_kept_for_whoever_chose_it(browse: Browse, staff: dict[Role, User]) -> None:
    user = staff[Role.DESK]
    browse(Role.DESK).post("/language/", {"language": "en", "next": "/"})
    user.refresh_from_db()
    assert user.language == "en"
    services.add_authenticator(user)
    assert knock(Client(), code=code_of(user)).cookies["posada_language"].value == "en"


def test_my_sessions_show_when_and_never_from_where(browse: Browse) -> None:
    page = browse(Role.DESK).get("/account/").content.decode()
    assert page.count("<tr>") == 2
    assert "127.0.0.1" not in page


def test_the_password_is_not_asked_twice_within_five_minutes(browse: Browse) -> None:
    client = browse(Role.DESK)
    assert 'type="password"' in client.get("/account/recovery-codes/").content.decode()
    assert client.post("/account/recovery-codes/", {}).status_code == 422
    assert client.post("/account/recovery-codes/", {"password": cast.PASSWORD}).status_code == 200
    assert 'type="password"' not in client.get("/account/recovery-codes/").content.decode()
    session = client.session
    session["asked_again_at"] -= 5 * 60 + 1
    session.save()
    assert client.post("/account/recovery-codes/", {}).status_code == 422


def test_the_shell_does_the_same(staff: dict[Role, User], capsys: pytest.CaptureFixture[str]) -> None:
    shell.list_staff()
    assert "Amaru" in capsys.readouterr().out
    shell.set_roles(name="amaru", roles=frozenset({Role.LAWYER}))
    shell.new_slip(name="amaru")
    shell.remove(name="amaru")
    assert not User.objects.get(pk=staff[Role.DESK].pk).is_active
    with pytest.raises(shell.NobodyOfThisName):
        shell.remove(name="amaru")
    assert AuditEntry.objects.filter(act="accounts.manage_staff", role="system").count() == 3


@pytest.mark.parametrize("above", [Role.SITE_MANAGER, Role.AUDITOR])
@pytest.mark.parametrize("reader", [Role.DESK, Role.CASEWORKER, Role.TRACING_OFFICER, Role.LAWYER])
def test_who_manages_or_audits_reads_nobodys_file(
    above: Role, reader: Role, manager: Actor, staff: dict[Role, User]
) -> None:
    both, house = frozenset({above, reader}), system_actor(manager.site)
    pk = staff[reader].pk
    with pytest.raises(RolesApart):
        staffing.change_roles(by=manager, user_id=pk, roles=both)
    with pytest.raises(RolesApart):
        staffing.set_roles_at_the_shell(by=house, user_id=pk, roles=both)
    with pytest.raises(RolesApart):
        staffing.add_person(by=manager, name="Gaspar", sign_in="gaspar", roles=both, once=uuid.uuid4())
    with pytest.raises(RolesApart):
        services.create_user(name="gaspar", password=None, site=Site.objects.get(), roles=both)
    assert staffing.roles_of(staff[reader], manager.site) == {reader}
    assert not Approval.objects.exists()
    assert not User.objects.filter(sign_in=queries.sign_in_fingerprint("gaspar")).exists()


def test_the_pages_say_which_roles_are_kept_apart(browse: Browse, staff: dict[Role, User]) -> None:
    client = browse(Role.SITE_MANAGER)
    together = {"roles": ["site_manager", "caseworker"], "password": cast.PASSWORD}
    for where, typed in (
        (f"/account/staff/{staff[Role.CASEWORKER].pk}/roles/", together),
        ("/account/staff/add/", {**_typed(uuid.uuid4()), **together}),
    ):
        answer = client.post(where, typed)
        assert answer.status_code == 422
        assert "no lee el expediente de nadie" in answer.content.decode()


def test_what_was_asked_while_there_was_one_keeper_is_not_carried_out_afterwards(
    manager: Actor, staff: dict[Role, User], actors: dict[Role, Actor]
) -> None:
    Site.objects.update(single_keeper=True)
    user, both = staff[Role.CASEWORKER], frozenset({Role.CASEWORKER, Role.AUDITOR})
    approval = staffing.change_roles(by=manager, user_id=user.pk, roles=both)
    assert approval is not None
    Site.objects.update(single_keeper=False)
    approvals.agree(by=actors[Role.LAWYER], approval=approval)
    with pytest.raises(RolesApart):
        staffing.carry_out(by=manager, user_id=user.pk, approval=approval)
    assert staffing.roles_of(user, manager.site) == {Role.CASEWORKER}


def test_in_the_house_of_a_single_keeper_it_is_said_and_marked(
    manager: Actor, staff: dict[Role, User], browse: Browse
) -> None:
    Site.objects.update(single_keeper=True)
    user, both = staff[Role.SITE_MANAGER], frozenset({Role.SITE_MANAGER, Role.CASEWORKER})
    staffing.set_roles_at_the_shell(by=system_actor(manager.site), user_id=user.pk, roles=both)
    assert staffing.roles_of(user, manager.site) == both
    entry = AuditEntry.objects.get(act="accounts.roles_together")
    assert (entry.reason, entry.actor) == ("single_keeper", None)
    page = browse(Role.AUDITOR).get(f"/account/staff/{user.pk}/").content.decode()
    assert "además lee expedientes" in page
