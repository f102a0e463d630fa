"""How two files are put together, field by field; and how that is taken back. Pure."""

from collections.abc import Set

import msgspec

from posada.people.rules.contents import Answer, Consent, ConsentPurpose, Consents, Identity
from posada.people.rules.differences import Difference, identity_differences

# What one field of the screens is in the sealed content.
_PARTS = {"birth": ("birth", "age", "age_on")}
_OWN = frozenset({"household_relation", "list_name"})  # of the household and the list that the leading file stands in


def choices_between(leading: Identity, other: Identity) -> tuple[Difference, ...]:
    """The fields that somebody chooses between: `before` says the leading file's, `after` the other's."""
    return tuple(row for row in identity_differences(leading, other) if row.field not in _OWN)


def put_together(leading: Identity, other: Identity, taken: Set[str]) -> Identity:
    """The leading identity with the fields in `taken` from the other, and whatever only the other tells."""
    values = {}
    for row in choices_between(leading, other):
        if row.field in taken or not row.before:
            values.update({name: getattr(other, name) for name in _PARTS.get(row.field, (row.field,))})
    return msgspec.structs.replace(leading, **values)


def taken_back(before: Identity, after: Identity, present: Identity) -> Identity:
    """The identity as it was before; a field corrected since the merge keeps its correction."""
    values = {}
    groups = [_PARTS["birth"]] + [(name,) for name in Identity.__struct_fields__ if name not in _PARTS["birth"]]
    for names in groups:
        if all(getattr(present, name) == getattr(after, name) for name in names):
            values.update({name: getattr(before, name) for name in names})
    return msgspec.structs.replace(present, **values)


def stricter(leading: Consents, other: Consents) -> Consents:
    """For each purpose the stricter answer: a no of either, then what was not asked; a yes only of both."""
    order = (Answer.NO, Answer.NOT_ASKED, Answer.YES)
    rows = []
    for purpose in ConsentPurpose:
        one, two = leading.answer_to(purpose), other.answer_to(purpose)
        rows.append(min(one, two, key=lambda row: order.index(row.answer)))
    return Consents(answers=tuple(row for row in rows if row != Consent(row.purpose)))


def consents_taken_back(before: Consents, after: Consents, present: Consents) -> Consents:
    """The answers as they were before; what was answered since the merge stays answered so."""
    rows = [
        before.answer_to(one) if present.answer_to(one) == after.answer_to(one) else present.answer_to(one)
        for one in ConsentPurpose
    ]
    return Consents(answers=tuple(row for row in rows if row != Consent(row.purpose)))
