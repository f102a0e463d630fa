"""What is said when a form comes too late."""

from django.utils.translation import gettext as _


def changed_meanwhile() -> str:
    """What is said when somebody else was quicker."""
    return _("Somebody changed this while it was open. Nothing of yours was kept: look again, then decide.")
