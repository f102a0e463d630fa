"""An invented case for the tests of its papers, with words planted where no paper may find them."""

import io
import uuid
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import msgspec
import pypdfium2

from posada.asylum.papers.given import Given, PaperKind, Typed
from posada.asylum.queries.counted import counted
from posada.asylum.rules.casefile import (
    Appeal,
    CaseFile,
    CaseMember,
    CasePaper,
    Dated,
    Decided,
    Decision,
    Interpreter,
    Manner,
    Meeting,
    MeetingKind,
    PaperState,
    Part,
    Permit,
    Stands,
    Tie,
)
from posada.asylum.rules.facts import Fact
from posada.asylum.rules.guide import Guide
from posada.asylum.rules.offers import Measure, Offer, Safety, Signed, StateStep, StepStands
from posada.people.models import Identity

NOW: Final = datetime(2026, 11, 23, 15, tzinfo=UTC)
ASKS, CHILD, SISTER = (uuid.UUID(int=number) for number in (1, 2, 3))
REFUSED, INTERVIEW = (uuid.UUID(int=number) for number in (11, 12))
NAMES: Final = {ASKS: "Carmen Uriana", CHILD: "Luz Uriana", SISTER: "Rosa Uriana"}
# Words that stand in the case, and on no paper.
KEPT: Final = (
    "palabradeoferta",
    "palabrafirmada",
    "palabradepaso",
    "palabradelazo",
    "palabradereunion",
    "palabrajunta",
)
ABOUT: Final = {
    PaperKind.IDENTITY: str(ASKS),
    PaperKind.LATE: "CO-ASY-020",
    PaperKind.APPEAL: str(REFUSED),
    PaperKind.APPOINTMENT: str(INTERVIEW),
}
_GUIDES: Final = Path(__file__).resolve().parent.parent / "guides"
COUNTRIES: Final = tuple(sorted(one.stem.upper() for one in _GUIDES.glob("*.toml")))


@cache
def guide_of(country: str) -> Guide:
    """The guide as it is packaged."""
    return msgspec.toml.decode((_GUIDES / f"{country.lower()}.toml").read_bytes(), type=Guide)


def a_file(**changes: Any) -> CaseFile:
    """A case in which everything that a paper may print is known, and much that none may."""
    file = CaseFile(
        nationalities=("VE",),
        ties=(Tie(about=Fact.PARENT_NATIONAL_HERE, stands=Stands.YES, known=KEPT[3]),),
        dates=(Dated(event="entry", on="2026-03", about=True), Dated(event="recognition", on="2026-11-10")),
        entry_place="Paraguachón",
        entry_manner=Manner.CHECKPOINT,
        members=(
            CaseMember(person=ASKS, part=Part.APPLICANT),
            CaseMember(person=CHILD, part=Part.INCLUDED),
            CaseMember(person=SISTER, part=Part.OWN_CLAIM, why=KEPT[5]),
        ),
        meetings=(
            Meeting(
                id=INTERVIEW, kind=MeetingKind.INTERVIEW, on=date(2026, 12, 1), hour="09:30", place="Riohacha",
                language="Español", interpreter=Interpreter.WOMAN, said=KEPT[4],
            ),
        ),
        papers=(CasePaper(line="CO-DOC-02", state=PaperState.MISSING),),
        decisions=(Decision(id=REFUSED, what=Decided.REFUSED, on="2026-11-01", notified_on="2026-11-18"),),
        appeals=(Appeal(id=uuid.UUID(int=13), against=uuid.UUID(int=99), filed_on="2026-11-19"),),
        permits=(Permit(id=uuid.UUID(int=14), name="SC-2", issued_on="2026-08-01", until=date(2027, 1, 28)),),
        offers=(Offer(id=uuid.UUID(int=15), by_whom=KEPT[0], words=KEPT[0]),),
        signed=(Signed(id=uuid.UUID(int=16), of_whom=KEPT[1], words=KEPT[1]),),
        safety=Safety(
            measures=(Measure.SEPARATE_LODGING,),
            steps=(StateStep(rule="EXM-5", stands=StepStands.DONE, authority=KEPT[2]),),
        ),
    )  # fmt: skip
    return msgspec.structs.replace(file, **changes)


def given(country: str | None = "CO", *, now: datetime = NOW, file: CaseFile | None = None, **typed: Any) -> Given:
    """What a paper of this case is made from."""
    held = file if file is not None else a_file()
    guide = guide_of(country) if country else None
    case: Any = SimpleNamespace(country=country or "XX")
    return Given(
        number=4711,
        person=ASKS,
        guide=guide,
        file=held,
        today=now.date(),
        people={one: Identity(given_names=name) for one, name in NAMES.items()},
        counted=counted(case, held, guide, now),
        typed=Typed(**typed),
    )


def squeezed(text: str) -> str:
    """Letters and digits alone: lines are broken and words divided on paper."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def words_of(pdf: bytes) -> str:
    """All words on the pages of a PDF."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def unsourced(words: str, guide: Guide) -> list[str]:
    """The statements of a guide that stand among these words without id, article, day or confidence."""
    squeezed_words = squeezed(words)
    found = []
    for rule in guide.rule:
        texts = [rule.title, rule.text, *(one for one in (rule.late,) if one)]
        texts += [line.title for line in rule.contents]
        said = [squeezed(part) for text in texts for part in (text.es, text.en)]
        if not any(len(one) >= 22 and one in squeezed_words for one in said):
            continue
        day = rule.source.dated or rule.source.read
        needed = (rule.id, rule.source.article, f"{day:%Y-%m-%d}", f"confianza {rule.confidence.value}")
        if not all(squeezed(one) in squeezed_words for one in needed):
            found.append(rule.id)
    return found
