"""Roles that one person does not hold together: the manager is no reader, and the auditor sees no content.

A house with a single keeper has nobody else: there it is allowed, said, and marked in the audit.
"""

from django.utils.translation import gettext as _

from posada.accounts.acts import Role, are_kept_apart
from posada.accounts.models import Site, User
from posada.audit import services as audit
from posada.vault import keyring
from posada.vault.errors import VaultError

TOGETHER = "accounts.roles_together"


class RolesApart(VaultError):
    """These roles are not held by one person in this house."""

    def __str__(self) -> str:
        return _(
            "Who manages or audits this house reads nobody's file: these roles are not held by the same person. "
            "Choose either site manager or auditor, or roles that work with persons."
        )


def check(site: int, roles: frozenset[Role]) -> bool:
    """Whether these are roles that other houses keep apart. `RolesApart` where nobody may hold them together."""
    if not are_kept_apart(roles):
        return False
    if not Site.objects.filter(pk=site, single_keeper=True).exists():
        raise RolesApart
    return True


def mark(*, by: int | None, role: str, site: int, user: User, roles: frozenset[Role]) -> None:
    """The same, in the transaction that gives the roles; what is allowed here only is written down as such."""
    if check(site, roles):
        whom = keyring.pseudonym(user.subject)
        event = audit.Event(act=TOGETHER, actor=by, role=role, site=site, subject=whom, reason="single_keeper")
        audit.write(event)
