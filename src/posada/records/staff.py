"""What people here call the members of staff: sealed like anybody's name, held in memory while the site is open."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from posada.accounts.acts import Act
from posada.accounts.models import User
from posada.accounts.permissions import system_actor
from posada.records import services
from posada.records.contents import StaffName
from posada.records.scanning import Purpose, scan

_names: dict[int, str] = {}


def name_staff(user: User, name: str, *, site: int) -> None:
    """Seal the name of a member of staff."""
    services.seal_new(StaffName(name=name), subject=user.subject, by=system_actor(site), act=Act.SCAN)
    _names[user.pk] = name


def load(_report: Callable[[int, int], None]) -> None:
    """Boot step: read the names."""
    users = dict(User.objects.values_list("subject", "pk"))
    found = {users[row.subject]: row.content.name for row in scan(StaffName, Purpose.INDEX)}
    _names.clear()
    _names.update(dict.fromkeys(users.values(), "") | found)


def name_of(user: int | None) -> str:
    """What people call this member of staff."""
    if user is None:
        return _("the house's own jobs")
    if user not in _names:
        load(lambda _done, _total: None)  # somebody was enrolled from the shell while the site was open
        _names.setdefault(user, "")
    return _names[user] or _("somebody who no longer works here")
