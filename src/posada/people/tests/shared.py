"""What several tests of reception need."""

import uuid
from typing import Any

from tests import cast

from posada.accounts.acts import Act, Role
from posada.accounts.models import Site
from posada.accounts.permissions import Actor
from posada.audit.models import AuditEntry
from posada.people import services
from posada.people.models import Identity, Person

DATABASES = ["default", "keyring"]


def typed(**words: Any) -> dict[str, Any]:
    """A register form as a browser sends it."""
    plain = {"once": str(uuid.uuid4()), "given_names": "", "surnames": "", "company": "alone"}
    return {**plain, "be_found": "not_asked", **words}


def audited(act: Act, **fields: Any) -> list[AuditEntry]:
    """What the audit holds of one act, in order."""
    return list(AuditEntry.objects.filter(act=act, **fields).order_by("sequence"))


def another_house() -> tuple[Site, dict[Role, Actor]]:
    """A second house with its own staff."""
    site = cast.make_site(code="otra")
    names = {role: f"{name} dos" for role, name in cast.STAFF.items()}
    return site, {role: cast.actor(cast.make_staff(site, role, name=names[role])) for role in Role}


def stranger(**words: Any) -> Person:
    """Somebody registered in another house."""
    _site, actors = another_house()
    told = {"given_names": "Yulesi Carolina", "surnames": "Ramírez Peña", "birth": "1987", **words}
    return services.register_person(by=actors[Role.DESK], identity=Identity(**told))
