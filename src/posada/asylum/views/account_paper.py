"""The account on paper: in Spanish, with the same words in English beside them to read by. Nothing is stored."""

from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from posada.asylum.rules import marks
from posada.asylum.rules.account import Account
from posada.asylum.rules.telling import paragraphs_of
from posada.ui.typesetting import typeset

_TEMPLATE = Path(__file__).resolve().parent.parent / "paper" / "account.typ"
_LANGUAGE = "es"
_AID = "en"


def typeset_account(said: Account, number: int) -> bytes:
    """A tagged PDF of the account. Whose it is, is written on it by hand."""
    with override(_LANGUAGE):
        words = _words(said)
    with override(_AID):
        aid = _words(said)
    paragraphs = [" ".join(one.text for one in held) for held in paragraphs_of(said.sentences)]
    data: dict[str, Any] = {"words": words, "aid": aid, "number": str(number), "paragraphs": paragraphs}
    return typeset(_TEMPLATE, data, language=_LANGUAGE)


def _words(said: Account) -> dict[str, Any]:
    """What stands around the account, in the language at hand."""
    return {
        "title": _("Account in the person's own words"),
        "whose": _("Name, written by hand"),
        "document": _("Document, if there is one"),
        "case": _("Case"),
        "facts": [
            [_("Told on"), date_format(said.on, "DATE_FORMAT")],
            [_("Language"), said.language],
            [_("Interpreter"), said.interpreter or _("nobody interpreted")],
            [_("Who else was present"), said.present or _("not written down")],
        ],
        "marks": _marks(said),
        "read_back": _read_back(said),
        "only": _("This paper is for the claim and for nothing else. It may be used for no other purpose."),
        "signature": _("Signature or mark of the person"),
        "witness": _("Interpreter or witness"),
        "day": _("Place and day"),
    }


def _marks(said: Account) -> str:
    if not marks.marks_in([said]):
        return ""
    return _("Letters in brackets stand for persons whose names the person asked to leave out.")


def _read_back(said: Account) -> str:
    if said.read_back:
        return _("It was read back to the person in their language, and the person said that it is so.")
    return _("DRAFT: it was not read back to the person yet.")
