"""The cast of the tests: invented members of staff and invented people."""

from django.db.models import Model

from posada.accounts import approvals, queries, services
from posada.accounts.acts import Role
from posada.accounts.models import Approval, Membership, Site, User
from posada.accounts.permissions import Actor
from posada.ground import ids
from posada.records import staff

PASSWORD = "a password for tests only"
STAFF = {
    Role.DESK: "Amaru",
    Role.CASEWORKER: "Beatriz",
    Role.TRACING_OFFICER: "Chidi",
    Role.LAWYER: "Dana",
    Role.SITE_MANAGER: "Elías",
    Role.AUDITOR: "Fátima",
    Role.HELPER: "Hernán",
}


def free_number(model: type[Model], length: int = 5) -> int:
    """A number that no row of this model has: of two that are drawn, one in 90,000 would be the other."""
    return ids.free_number(lambda number: model._default_manager.filter(number=number).exists(), length)


def make_site(*, code: str = "casa", demonstration: bool = False) -> Site:
    """A house."""
    return services.create_site(code=code, demonstration=demonstration)


def make_staff(site: Site, role: Role, *, name: str = "") -> User:
    """A member of staff with one role."""
    chosen = name or STAFF[role]
    user = services.create_user(name=chosen, password=PASSWORD, site=site, roles=frozenset({role}))
    staff.name_staff(user, chosen, site=site.pk)
    return user


def actor(user: User) -> Actor:
    """The user as somebody who acts."""
    found = queries.actor_for(user)
    assert found is not None
    return found


def second_agrees(approval: Approval) -> Approval:
    """Somebody of the house who may be the second agrees: a tracing officer, made for it if there is none."""
    role = Role.TRACING_OFFICER
    rows = Membership.objects.filter(site_id=approval.site_id, role=role.value).exclude(user_id=approval.asked_by_id)
    held = rows.first()
    user = held.user if held else make_staff(approval.site, role, name=f"second {approval.pk.hex[:6]}")
    return approvals.agree(by=actor(user), approval=approval)
