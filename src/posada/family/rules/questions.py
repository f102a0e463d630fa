"""Questions that only kin can answer: asked of each side alone, without giving the answer away."""

from django.utils.translation import gettext as _

from posada.family.rules.kinship import CHILDREN, PARENTS, SIBLINGS, Relation


def questions(relation: Relation | None) -> tuple[str, ...]:
    """Suggestions that fit a relation. Nothing that stands on a card, in a paper or in a telephone."""
    return (*_close(relation), _("What can be seen from the door of the grandmother's house?"))


def _close(relation: Relation | None) -> tuple[str, ...]:
    if relation in PARENTS or relation in CHILDREN:
        return (_("What was the child called at home?"), _("Which illness or fall does the family still talk about?"))
    if relation in SIBLINGS:
        return (_("What did you share as children, and who broke it?"), _("What were you both called at home?"))
    if relation is Relation.PARTNER:
        return (_("Where did you first live together, and who came to visit?"), _("What do you call each other?"))
    return (_("What was she or he called as a child?"), _("What was eaten when the whole family came together?"))
