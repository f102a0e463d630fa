"""Who speaks for a child, or for somebody whose age nobody knows: they are protected as a child is."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Represents(StrEnum):
    """Who speaks for a child in a request. The child is heard in any case."""

    NOBODY = ""
    PARENT = "parent"
    GUARDIAN = "guardian"
    AUTHORITY = "authority"


REPRESENTS_LABELS = {
    Represents.NOBODY: _("Nobody yet, or no child"),
    Represents.PARENT: _("The mother or father, who is with the child"),
    Represents.GUARDIAN: _("A guardian named by a court or an authority"),
    Represents.AUTHORITY: _("The child-protection authority"),
}


def may_speak(represents: Represents, *, is_minor: bool, is_accompanied: bool) -> bool:
    """Whether a request may be taken from somebody. A child with its parents is represented by them, and nobody else;
    a child alone by a guardian or the authority.
    """
    if not is_minor:
        return True
    if is_accompanied:
        return represents is Represents.PARENT
    return represents in {Represents.GUARDIAN, Represents.AUTHORITY}
