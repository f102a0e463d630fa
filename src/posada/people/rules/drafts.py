"""A form that was begun and not saved, as it is sealed: under a subject of its own, for whoever began it."""

import re
from collections.abc import Mapping
from typing import ClassVar, Final

from posada.accounts.acts import Act
from posada.records.contents import Content
from posada.vault.keyring import Compartment

MOST_TYPED: Final = 20_000
ONE_PERSON: Final = frozenset(
    {
        *("given_names", "surnames", "other_names", "call_name", "sex", "birth", "origin", "mother", "father"),
        *("nationalities", "languages", "phone", "arrived_on", "arrival_place", "description"),
        *("company", "member", "relation_to", "be_found", "share_with_tracing", "referral"),
    }
)
_LINE: Final = re.compile(r"line-(\d{1,2}-(given_names|surnames|sex|birth|relation)|TOTAL_FORMS)", re.ASCII)
_SAY_NOTHING: Final = frozenset(
    {"arrived_on", "company", "be_found", "share_with_tracing", "referral", "line-TOTAL_FORMS"}
)


class FormDraft(Content, frozen=True):
    """What stood in the fields of a form. Only who may register reads it, and of them only the one who began it."""

    KIND: ClassVar[str] = "form.draft"
    COMPARTMENT: ClassVar[Compartment] = Compartment.IDENTITY
    READ: ClassVar[Act | None] = Act.REGISTER

    typed: dict[str, str] = {}


def draft_of(sent: Mapping[str, str]) -> FormDraft | None:
    """What is worth keeping of a form as it was sent; none if nothing was written, or far too much."""
    typed = {name: value for name, value in sent.items() if value and (name in ONE_PERSON or _LINE.fullmatch(name))}
    is_empty = all(name in _SAY_NOTHING or name.endswith("-relation") for name in typed)
    if is_empty or sum(map(len, typed.values())) > MOST_TYPED:
        return None
    return FormDraft(typed=typed)
