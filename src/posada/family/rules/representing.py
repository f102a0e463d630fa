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


def may_ask(represents: Represents, *, is_child: bool, is_accompanied: bool) -> bool:
    """Whether a request may be taken. One of a child who is here with its parents is theirs, made with the child.

    One of a child alone is taken at once, whoever speaks for it: the authority is told, the search does not wait.
    """
    return not (is_child and is_accompanied) or represents is Represents.PARENT


def is_unrepresented(represents: Represents, *, treated_as_minor: bool) -> bool:
    """Whether somebody has still to be found who speaks for them: of a child, and of an age that nobody knows."""
    return treated_as_minor and represents is Represents.NOBODY
