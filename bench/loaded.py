"""What `bench.rush_load` does in processes of their own, once Django is set up: make a house, look afterwards."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
from django.db import transaction

from bench import filling
from posada.accounts import services as accounts
from posada.accounts.acts import Act, Role
from posada.audit import services as audit
from posada.audit.models import AuditEntry
from posada.config.making import make_whole
from posada.ground import clock
from posada.people.models import Identity, Person, RegisterDraft
from posada.records import staff
from posada.records.models import KeyDue, SealedRecord
from posada.records.scanning import Purpose, scan
from posada.vault import certificate, keyholders, opening, site, slots
from posada.vault.folder import SiteSettings
from posada.vault.models import WrappedKey

PASSWORD = "a long enough password for the bench"  # noqa: S105 - of an invented user
HERE = "127.0.0.1"


def make(root: Path, persons: str, desks: str) -> dict[str, Any]:
    """A house with so many persons, so many at its desks and one manager, shares, a certificate and a stick."""
    stick = root.parent / "stick"
    stick.mkdir()
    wanted = SiteSettings(site="bench", name="Bench", backup_folder=str(stick), backup_hours=1_000)
    made, house = make_whole(root, wanted, keyholders=1)
    keys, _shares = keyholders.renew_shares(slots.read(made.folder.keys), made.master)
    slots.write(made.folder.keys, keys)
    certificate.make(made.folder, [HERE], at=clock.now())
    filling.fill(house.pk, int(persons))
    users = [_user(house, f"desk {number}", Role.DESK) for number in range(int(desks))]
    return {
        "phrase": made.phrases[0],
        "users": [*users, _user(house, "manager", Role.SITE_MANAGER)],
        "recipient": keys.recipient,
        "stick": str(stick),
        "tls": [str(made.folder.certificate), str(made.folder.certificate_key), str(made.folder.authority)],
    }


def _user(house: Any, name: str, role: Role) -> dict[str, str]:
    user = accounts.create_user(name=name, password=PASSWORD, site=house, roles=frozenset({role}))
    staff.name_staff(user, name, site=house.pk)
    key = accounts.authenticator_key(accounts.add_authenticator(user)).hex()
    return {"name": name, "password": PASSWORD, "key": key}


def look(root: Path, phrase: str, noted: str) -> dict[str, Any]:
    """Whom the register holds, read anew from the disk, against the numbers and names that the desks were shown.

    The same look is taken once more with somebody taken out, somebody registered twice and a name changed, none of
    which stays: it must see all three.
    """
    site.try_phrase(site.current_folder(), phrase)
    opening.open_already()
    shown = [(int(number), str(name)) for number, name in msgspec.json.decode(Path(noted).read_bytes())]
    found = _compared(shown, list(_held()))
    chain = audit.verify()
    return {
        **found,
        "control": _control(shown),
        "entries": chain.entries,
        "broken_at": chain.broken_at,
        "registered": AuditEntry.objects.filter(act=Act.REGISTER, reason="", role=Role.DESK).count(),
        "drafts": RegisterDraft.objects.count(),
        "keys_due": KeyDue.objects.count(),
        "keys_of_nobody": _keys_of_nobody(),
    }


def _held() -> Iterable[tuple[int, str]]:
    """The number and the name, unsealed, of everybody registered by the desks."""
    numbers = dict(Person.objects.filter(number__lt=filling.FIRST_NUMBER).values_list("pk", "number"))
    records = Person.objects.filter(pk__in=numbers).values_list("identity_id", flat=True)
    for opened in scan(Identity, Purpose.INDEX, records=list(records)):
        yield numbers[opened.subject], opened.content.shown_name


def _compared(shown: list[tuple[int, str]], held: list[tuple[int, str]]) -> dict[str, int]:
    names, numbers = Counter(name for _number, name in held), dict(held)
    return {
        "held": len(held),
        "lost": sum(number not in numbers for number, _name in shown),
        "doubled": sum(count - 1 for count in names.values()) + len(shown) - len({number for number, _n in shown}),
        "changed": sum(numbers.get(number, name) != name for number, name in shown),
    }


def _control(shown: list[tuple[int, str]]) -> dict[str, int]:
    """What the look sees of a register with a hole, a double and a changed name: undone at the end."""
    with transaction.atomic():
        rows = list(Person.objects.filter(number__in=[number for number, _name in shown[:3]]).order_by("number"))
        lost, twin, changed = rows
        Person.objects.filter(pk=lost.pk).delete()
        held = [(number, "?" if number == changed.number else name) for number, name in _held()]
        held.append((99_999_999, next(name for number, name in held if number == twin.number)))
        found = _compared(shown, held)
        transaction.set_rollback(True)
    return {name: found[name] for name in ("lost", "doubled", "changed")}


def _keys_of_nobody() -> int:
    """Wrapped keys whose subject has no record: a draft's key that was to be erased would be one."""
    subjects = set(SealedRecord.objects.values_list("subject", flat=True))
    return sum(subject not in subjects for subject in WrappedKey.objects.values_list("subject", flat=True).distinct())
