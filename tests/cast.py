"""The cast of the tests: invented members of staff and invented people."""

from posada.accounts import queries, services
from posada.accounts.acts import Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor
from posada.records import staff

PASSWORD = "a password for tests only"
STAFF = {
    Role.DESK: "Amaru",
    Role.CASEWORKER: "Beatriz",
    Role.TRACING_OFFICER: "Chidi",
    Role.LAWYER: "Dana",
    Role.SITE_MANAGER: "Elías",
    Role.AUDITOR: "Fátima",
}


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
