"""The papers of a case: what stands on them, from where it is known, and what never does."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from django.utils.translation import override

from posada.asylum.papers.blocks import Heading, Paper, Said, Space
from posada.asylum.papers.given import Given, PaperKind
from posada.asylum.papers.letter import NO_LIST, listing_of
from posada.asylum.papers.making import TEMPLATE, data_of, made, printed
from posada.asylum.papers.slips import next_steps
from posada.asylum.papers.sources import said
from posada.asylum.rules.casefile import CasePaper, Dated, PaperState
from posada.asylum.rules.guide import Holds, Need
from posada.asylum.tests.papers_here import (
    ABOUT,
    COUNTRIES,
    KEPT,
    NAMES,
    NOW,
    SISTER,
    a_file,
    given,
    guide_of,
    squeezed,
    unsourced,
    words_of,
)
from posada.ui.typesetting import typeset

NO_DATES: dict[str, Any] = {"dates": (), "decisions": (), "meetings": (), "permits": (), "papers": ()}


def _written(paper: Paper) -> str:
    """Every word of a paper before it is set."""
    return json.dumps(msgspec.to_builtins(paper), ensure_ascii=False)


def _of(kind: PaperKind, **typed: Any) -> Given:
    return given(about=ABOUT.get(kind, ""), **typed)


@pytest.mark.parametrize("kind", PaperKind)
def test_no_printed_paper_says_anything_of_a_guide_without_id_article_day_and_confidence(kind: PaperKind) -> None:
    words = words_of(printed(kind, _of(kind)))
    assert unsourced(words, guide_of("CO")) == []
    assert "CO-REF-LEGAL" in words, "legal aid is named"
    assert "Posada no es" in words


def test_a_statement_without_its_source_would_be_found() -> None:
    paper = made(PaperKind.STEPS, given())
    bare = tuple(
        msgspec.structs.replace(one, source=msgspec.structs.replace(one.source, es="", en=""))
        if isinstance(one, Said)
        else one
        for one in paper.blocks
    )
    pdf = typeset(TEMPLATE, data_of(msgspec.structs.replace(paper, blocks=bare)), language="es")
    assert "CO-ASY-020" in unsourced(words_of(pdf), guide_of("CO"))


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_country_has_every_paper_with_its_sources_and_legal_aid(country: str) -> None:
    guide = guide_of(country)
    for kind in PaperKind:
        written = _written(made(kind, given(country)))
        assert unsourced(written, guide) == []
        assert any(rule.id in written for rule in guide.rule if rule.referral == "legal")
        others = [one for one in COUNTRIES if one != country and f"{one}-ASY" in written]
        assert not others, "no law of another country"
    assert b"pdfuaid" in printed(PaperKind.LETTER, given(country))


@pytest.mark.parametrize("kind", PaperKind)
def test_what_is_not_for_an_authority_stands_on_no_paper(kind: PaperKind) -> None:
    words = squeezed(_written(made(kind, _of(kind))))
    assert not [one for one in KEPT if one in words]
    assert "exm" not in words, "nothing tells that the State looks at somebody"
    assert squeezed(NAMES[SISTER]) not in words, "who needs a claim of her own is not named in another's"


def test_the_words_that_must_not_be_printed_stand_in_the_case() -> None:
    assert not [one for one in KEPT if one not in msgspec.json.encode(a_file()).decode()]


@pytest.mark.parametrize("kind", PaperKind)
def test_names_are_printed_only_where_they_belong_and_are_wanted(kind: PaperKind) -> None:
    named = [one for one in NAMES.values() if one in _written(made(kind, _of(kind)))]
    by_hand = [one for one in NAMES.values() if one in _written(made(kind, _of(kind, names_by_hand=True)))]
    assert not by_hand
    assert bool(named) is (kind not in {PaperKind.APPOINTMENT, PaperKind.STEPS})


def test_a_paper_tells_nobody_in_its_properties() -> None:
    pdf = printed(PaperKind.LETTER, given())
    for one in NAMES.values():
        assert one.encode() not in pdf
        assert one.encode("utf-16-be") not in pdf


def test_the_letter_holds_what_the_guide_lists_and_is_signed_last() -> None:
    listing = guide_of("CO").find("CO-DOC-LETTER")
    assert listing is not None
    facts = [one.fact for one in made(PaperKind.LETTER, given()).blocks if isinstance(one, Heading) and one.fact]
    wanted = [line.id for line in listing.contents]
    assert sorted(facts) == sorted(wanted)
    assert facts[-1] == next(line.id for line in listing.contents if line.holds is Holds.SIGNATURE)
    assert all(line.holds for line in listing.contents), "each line says what it is about"
    words = words_of(printed(PaperKind.LETTER, given(address="Calle 1 4-15", contact="300 000")))
    assert "marzo de 2026" in words
    assert "Paraguachón" in words
    assert "Calle 1 4-15" in words


@pytest.mark.parametrize(
    ("entry", "asked"),
    [("2026-11-20", False), ("2026-03-01", True), ("2026", True), ("", True)],
)
def test_reasons_for_being_late_stand_in_the_letter_where_it_is_late_or_nobody_knows(entry: str, asked: bool) -> None:
    dates = (Dated(event="entry", on=entry),) if entry else ()
    paper = made(PaperKind.LETTER, given(file=a_file(dates=dates)))
    facts = [one.fact for one in paper.blocks if isinstance(one, Heading)]
    listing = guide_of("CO").find("CO-DOC-LETTER")
    assert listing is not None
    late = [line.id for line in listing.contents if line.need is Need.IF_LATE]
    assert late
    assert (late[0] in facts) is asked


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (PaperState.HAVE, "A copy is attached."),
        (PaperState.DECLARED, "my sworn declaration of identity is attached"),
    ],
)
def test_how_a_paper_stands_in_the_case_stands_in_the_letter(state: PaperState, words: str) -> None:
    papers = (CasePaper(line="CO-DOC-02", state=state),)
    blocks = made(PaperKind.LETTER, given(file=a_file(papers=papers))).blocks
    place = next(place for place, one in enumerate(blocks) if isinstance(one, Heading) and one.fact == "CO-DOC-02")
    assert words in json.dumps(msgspec.to_builtins(blocks[place + 1]))


@pytest.mark.parametrize("kind", PaperKind)
def test_a_country_without_a_guide_gets_plain_papers_and_is_told_so(kind: PaperKind) -> None:
    written = _written(made(kind, given(None)))
    assert "There is no guide of this country here" in written
    assert "CO-" not in written
    assert "UNHCR" in written


@pytest.mark.parametrize("kind", PaperKind)
def test_a_case_of_which_nothing_is_known_yet_is_printed_with_lines_to_write_on(kind: PaperKind) -> None:
    paper = made(kind, given(file=a_file(**NO_DATES)))
    if kind is not PaperKind.STEPS:
        assert any(isinstance(one, Space) or getattr(one, "value", "") is None for one in paper.blocks)
    assert "None" not in _written(paper)


def test_late_never_says_that_somebody_cannot_ask() -> None:
    years_later = datetime(2029, 3, 1, 12, tzinfo=UTC)
    for kind in PaperKind:
        held = given(now=years_later, about=ABOUT.get(kind, ""))
        words = _written(made(kind, held)).casefold()
        assert "you cannot" not in words
        assert "no puede pedir" not in words
    steps = [one for one in next_steps(given(now=years_later)) if one.is_late]
    assert steps
    assert all("asistencia" in one.when.es or "legal aid" in one.when.en.casefold() for one in steps)


def test_the_next_steps_are_in_the_order_of_their_days() -> None:
    ids = [step.rules[0].id if step.rules else step.what.en for step in next_steps(given())]
    assert ids[:4] == ["CO-ASY-020", "CO-ASY-050", "CO-ASY-070", "Your paper: SC-2"]
    assert ids[-1] == "CO-DOC-LETTER", "what has no day is last"


def test_a_source_older_than_twelve_months_is_marked() -> None:
    rule = guide_of("CO").find("CO-ASY-020")
    assert rule is not None
    assert "TWELVE MONTHS" in said(rule, NOW.date().replace(year=2028)).source.en
    assert "TWELVE MONTHS" not in said(rule, NOW.date()).source.en


def test_what_no_page_confirms_is_marked_as_not_verified() -> None:
    rule = guide_of("CO").find("CO-ASY-073")
    assert rule is not None
    mark = said(rule, NOW.date()).mark
    assert mark is not None
    assert mark.en == "NOT VERIFIED"
    assert "NO VERIFICADO" in words_of(printed(PaperKind.APPEAL, _of(PaperKind.APPEAL)))


def test_typed_words_are_words_and_no_commands() -> None:
    typed = '#read("/etc/passwd") *negrita* $x$ ] } <etiqueta> \\'
    words = words_of(printed(PaperKind.LATE, given(reasons=typed, about="CO-ASY-020")))
    assert squeezed('#read("/etc/passwd")') in squeezed(words)
    assert "*negrita*" in words
    assert "root:" not in words


def test_the_slip_that_is_carried_says_nothing_of_why() -> None:
    paper = made(PaperKind.APPOINTMENT, _of(PaperKind.APPOINTMENT))
    place = next(place for place, one in enumerate(paper.blocks) if type(one).__name__ == "NewPage")
    slip = _written(msgspec.structs.replace(paper, blocks=paper.blocks[:place])).casefold()
    assert "09:30" in slip
    assert not [one for one in ("refug", "asyl", "asil", "claim", "entrevista", "interview") if one in slip]


def test_an_appeal_that_was_handed_in_is_said() -> None:
    file = a_file()
    against = msgspec.structs.replace(file.appeals[0], against=file.decisions[0].id)
    held = replace(_of(PaperKind.APPEAL), file=a_file(appeals=(against,)))
    assert "19 November 2026" in _written(made(PaperKind.APPEAL, held))


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_letter_whose_guide_lists_nothing_says_so_beside_legal_aid(country: str) -> None:
    held = given(country)
    has_list = listing_of(held.guide, held.today) is not None
    assert has_list is any(rule.contents for rule in guide_of(country).rule)
    written = _written(made(PaperKind.LETTER, held))
    with override("es"):
        assert (str(NO_LIST) in written) is not has_list
    assert any(rule.id in written for rule in guide_of(country).rule if rule.referral == "legal")


def test_one_guide_lists_it_and_one_does_not() -> None:
    listed = {one: listing_of(guide_of(one), NOW.date()) is not None for one in COUNTRIES}
    assert listed["CO"]
    assert not all(listed.values())
