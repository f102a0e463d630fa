"""What people call the members of staff: the names are sealed further up, so they are asked for by dotted name."""

from collections.abc import Callable

from django.conf import settings
from django.utils.module_loading import import_string

from posada.accounts.models import User


def name_of(user: int | None) -> str:
    """What people call this member of staff."""
    named: Callable[[int | None], str] = import_string(settings.STAFF_NAME_OF)
    return named(user)


def give_name(user: User, name: str, *, site: int) -> None:
    """Seal the name of a member of staff."""
    give: Callable[..., None] = import_string(settings.NAME_STAFF)
    give(user, name, site=site)
