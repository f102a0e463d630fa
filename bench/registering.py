"""What `bench.register` does in processes of their own; imported once Django is set up."""

import resource
import time
from pathlib import Path

from bench import filling
from posada.accounts import services as accounts
from posada.accounts.acts import Act, Role
from posada.accounts.models import User
from posada.accounts.permissions import system_actor
from posada.audit.models import AuditEntry
from posada.config.making import make_whole
from posada.people import matching
from posada.vault import opening, site
from posada.vault.folder import SiteSettings

USERS, ENTRUSTED = 8, 400
PASSWORD = "a long enough password for the bench"  # noqa: S105 - of an invented user
LINE = "Maria Perez"


def _megabytes(paths: list[Path]) -> int:
    return round(sum(path.stat().st_size for path in paths if path.is_file()) / 1e6)


def make(root: Path, persons: str) -> dict[str, object]:
    """A site with so many persons, and eight caseworkers with some of them."""
    made, house = make_whole(root, SiteSettings(site="bench", name="Bench"), keyholders=1)
    seconds = filling.fill(house.pk, int(persons))
    users = []
    for number in range(USERS):
        name = f"caseworker {number}"
        user = accounts.create_user(name=name, password=PASSWORD, site=house, roles=frozenset({Role.CASEWORKER}))
        device = accounts.add_authenticator(user)
        numbers = filling.entrust(house.pk, user.pk, ENTRUSTED)
        users.append(
            {"name": name, "password": PASSWORD, "key": accounts.authenticator_key(device).hex(), "numbers": numbers}
        )
    return {
        "phrase": made.phrases[0],
        "seconds": round(seconds),
        "megabytes": _megabytes([made.folder.main, made.folder.keyring]),
        "users": users,
    }


def unlock(root: Path, phrase: str) -> dict[str, object]:
    """From the phrase to the first hits of a search."""
    began = time.monotonic()
    opening.begin(phrase)
    phrase_seconds = time.monotonic() - began
    while not opening.is_ready():
        if opening.progress().phase is opening.Phase.FAILED:
            raise RuntimeError(opening.progress().problem)
        time.sleep(0.005)
    user = User.objects.order_by("pk")[0]
    actor = system_actor(user.memberships.get().site_id)
    found = len(matching.search(actor, matching.read_line(LINE)))
    return {
        "seconds": round(time.monotonic() - began, 2),
        "phrase_seconds": round(phrase_seconds, 2),
        "megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
        "found": found,
    }


def keep(root: Path, phrase: str) -> dict[str, object]:
    """Save the index, as the thread of an open house does."""
    unlock(root, phrase)
    began = time.monotonic()
    matching.save()
    return {
        "seconds": round(time.monotonic() - began, 1),
        "megabytes": _megabytes([site.current_folder().saved("people")]),
    }


def openings(_root: Path, phrase: str) -> dict[str, object]:
    """How many openings of an identity stand in the audit."""
    unlock(_root, phrase)
    return {"identities": AuditEntry.objects.filter(act=Act.READ_IDENTITY).count()}
