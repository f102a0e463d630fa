"""A paper of a case as a PDF, in memory alone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import msgspec

from posada.asylum.papers.after import appeal, family
from posada.asylum.papers.blocks import PAPER_LANGUAGE, Paper
from posada.asylum.papers.declarations import identity, late
from posada.asylum.papers.given import Given, PaperKind
from posada.asylum.papers.letter import letter
from posada.asylum.papers.slips import appointment, steps
from posada.ui.typesetting import typeset

TEMPLATE: Final = Path(__file__).resolve().parent.parent / "paper" / "claim.typ"
_MAKERS: Final[dict[PaperKind, Callable[[Given], Paper]]] = {
    PaperKind.LETTER: letter,
    PaperKind.IDENTITY: identity,
    PaperKind.LATE: late,
    PaperKind.FAMILY: family,
    PaperKind.APPEAL: appeal,
    PaperKind.APPOINTMENT: appointment,
    PaperKind.STEPS: steps,
}


def made(kind: PaperKind, given: Given) -> Paper:
    """What stands on a paper."""
    return _MAKERS[kind](given)


def data_of(paper: Paper) -> dict[str, Any]:
    """The same as the template takes it."""
    data: dict[str, Any] = msgspec.to_builtins(paper)
    return {"paper": data}


def printed(kind: PaperKind, given: Given) -> bytes:
    """The tagged PDF."""
    return typeset(TEMPLATE, data_of(made(kind, given)), language=PAPER_LANGUAGE)
