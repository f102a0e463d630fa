"""The application: what the guide's own list asks for, in its order, each line filled with what the case knows."""

from collections.abc import Callable
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from posada.asylum.papers.blocks import (
    Block,
    Field,
    Frame,
    Heading,
    Paper,
    Sign,
    Space,
    Ticks,
    Words,
    both,
    joined,
    same,
    told,
)
from posada.asylum.papers.given import LATE, Given
from posada.asylum.papers.sources import holding, not_handed_in, short_source
from posada.asylum.rules.casefile import Manner, PaperState
from posada.asylum.rules.deadlines import State
from posada.asylum.rules.guide import Anchor, Ends, Guide, Holds, Line, Need, Rule, Text
from posada.asylum.rules.part_words import MANNER_WORDS

_BESIDE: Final = ("DOC-", "ASY-010", "ASY-011", "ASY-02", "ASY-FILING", "ASY-PRESENT", "ASY-LATE", "ASY-RATIFY",
                  "ASY-DEADLINE", "ASY-NODEADLINE", "ASY-SIGN", "CONF-0")  # fmt: skip
_HERE: Final = frozenset({PaperState.HAVE, PaperState.HANDED_IN})
_LINES: Final = 4


def letter(given: Given) -> Paper:
    """The application letter, and a page that is not handed in."""
    listing = listing_of(given.guide, given.today)
    blocks: list[Block] = [*_head(given, listing)]
    asked = [line for line in listing.contents if _is_asked(given, line)] if listing else []
    lines = sorted(asked, key=lambda line: line.holds is Holds.SIGNATURE)  # signed when all the rest is written
    for place, line in enumerate(lines, 1):
        blocks.append(Heading(Text(es=f"{place}. {line.title.es}", en=f"{place}. {line.title.en}"), line.id, line.note))
        blocks += _WRITERS[line.holds](given, line) if line.holds else [Space(_LINES)]
    if not lines:
        blocks += _without_list(given)
    if not any(line.holds is Holds.SIGNATURE for line in lines):
        blocks += _signature(given, None)
    beside = holding(given.guide, _BESIDE, given.today)
    page, *advised = not_handed_in(given.guide, beside, given.today, late=given.late_rules)
    unlisted = [Words(both(NO_LIST), strong=True)] if given.guide and listing is None else []
    blocks += [page, *unlisted, *advised]
    return Paper(title=both(_TITLE), blocks=tuple(blocks), foot=both(_("Case %(number)s"), number=given.number))


_TITLE: Final = _("Application to be recognised as a refugee")


NO_LIST: Final = _(
    "The guide of this country does not list what this letter must hold: it holds what every claim needs, and more may"
    " be asked. Before it is handed in, ask legal aid what the authority wants to see."
)


def listing_of(guide: Guide | None, today: date) -> Rule | None:
    """The rule that lists what an application holds, as it can hold today."""
    rules = guide.rule if guide else ()
    return next((one for one in rules if one.contents and one.holds_on(today) and not one.superseded_by), None)


def _head(given: Given, listing: Rule | None) -> list[Block]:
    to = listing.who_receives if listing else None
    found: list[Block] = [
        Field(both(_("Place and day"))),
        Field(both(_("To which authority")), joined(to, same(f"({listing.id})"), by=" ") if to and listing else None),
    ]
    name = given.name(given.person)
    asks = _("I, %(name)s, ask to be recognised as a refugee, together with those who are named here.")
    alone = _("I, %(name)s, ask to be recognised as a refugee.")
    blank = "_" * 40
    found.append(Words(both(asks if given.included else alone, name=name or blank)))
    found.append(Words(both(_(
        "What I say here is reserved and confidential: I ask that no authority of my country of origin be told of it."
    ))))  # fmt: skip
    if listing is not None:
        found.append(Field(both(_("Contents according to")), short_source(listing)))
    return found


def _is_asked(given: Given, line: Line) -> bool:
    """Reasons for being late stand in the letter where it is late, or where nobody knows that it is not."""
    if line.need is not Need.IF_LATE:
        return True
    times = [one.deadline.state for one in given.ended_by(Ends.FILING, Ends.RATIFICATION)]
    return not times or any(state in LATE or state in {State.ASK, State.NO_RULE} for state in times)


def _names(given: Given, _line: Line) -> list[Block]:
    found: list[Block] = [Field(both(_("The person who asks")), _or_hand(given.name(given.person)))]
    found += [Field(both(_("In this claim, too")), _or_hand(given.name(one))) for one in given.included]
    return found


def _or_hand(written: str) -> Text | None:
    return same(written) if written else None


def _identity(given: Given, line: Line) -> list[Block]:
    state = _state(given, line)
    if state in _HERE:
        return [Words(both(_("A copy is attached.")))]
    declared = both(_("I have none with me; my sworn declaration of identity is attached."))
    if state is PaperState.DECLARED:
        return [Words(declared)]
    return [Ticks((both(_("A copy is attached.")), declared))]


def _state(given: Given, line: Line) -> PaperState:
    return next((one.state for one in given.file.papers if one.line == line.id), PaperState.NOT_ASKED)


def _entry(given: Given, _line: Line) -> list[Block]:
    entry = given.file.dated(Anchor.ENTRY.value)
    when = told(entry.on, about=entry.about) if entry else None
    manner = given.file.entry_manner
    return [
        Field(both(_("Day of entry")), when),
        Field(both(_("Manner of entry")), None if manner is Manner.NOT_SAID else both(MANNER_WORDS[manner])),
        Field(both(_("Place of entry")), _or_hand(given.file.entry_place)),
    ]


def _address(given: Given, _line: Line) -> list[Block]:
    return [
        Field(both(_("Address")), _or_hand(given.typed.address)),
        Field(both(_("Telephone or e-mail")), _or_hand(given.typed.contact)),
    ]


def _account(_given: Given, _line: Line) -> list[Block]:
    return [Words(both(_("My account, in my own words, is attached and signed by me.")))]


def _evidence(given: Given, line: Line) -> list[Block]:
    if given.typed.evidence:
        return [Words(same(given.typed.evidence))]
    attached = [Words(both(_("They are attached.")))] if _state(given, line) in _HERE else []
    return [*attached, Space(_LINES)]


def _photo(_given: Given, _line: Line) -> list[Block]:
    return [Frame(30, 40, both(_("Photo")))]


def _signature(given: Given, _line: Line | None) -> list[Block]:
    found = [both(_("Signature or mark of whoever asks"))]
    if given.included:
        found.append(both(_("Signatures of the adults named here")))
    return [Sign((*found, both(_("Who signs at their request, or a witness"))))]


def _by_email(_given: Given, _line: Line) -> list[Block]:
    return [Ticks((both(_("Yes")), both(_("No"))))]


def _reasons(given: Given, _line: Line) -> list[Block]:
    return [Words(same(given.typed.reasons))] if given.typed.reasons else [Space(_LINES * 2)]


def _without_list(given: Given) -> list[Block]:
    """A country whose guide lists nothing: the plain facts, and that nothing was filled in for its law."""
    line = Line(id="", need=Need.REQUIRED, title=same(""))
    return [
        Heading(both(_("Names"))), *_names(given, line),
        Heading(both(_("Entry"))), *_entry(given, line),
        Heading(both(_("How to reach me"))), *_address(given, line),
        Heading(both(_("What I tell"))), *_account(given, line),
        Heading(both(_("What is attached"))), *_evidence(given, line),
    ]  # fmt: skip


_WRITERS: Final[dict[Holds, Callable[[Given, Line], list[Block]]]] = {
    Holds.NAMES: _names,
    Holds.IDENTITY: _identity,
    Holds.ENTRY: _entry,
    Holds.ADDRESS: _address,
    Holds.ACCOUNT: _account,
    Holds.EVIDENCE: _evidence,
    Holds.PHOTO: _photo,
    Holds.SIGNATURE: _signature,
    Holds.NOTICE_BY_EMAIL: _by_email,
    Holds.REASONS_LATE: _reasons,
}
