"""What a page says of a deadline, in both languages: never as a fact what is not one, never "you cannot"."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from posada.asylum.rules.as_of import resolved
from posada.asylum.rules.deadline_words import length_in_words, state_in_words, why
from posada.asylum.rules.deadlines import Coverage, Deadline, Doubt, Place, State, due
from posada.asylum.rules.known import Known
from posada.asylum.rules.terms import OnWhom, Unit
from posada.asylum.tests.worked import CL_APPLY, CO_APPLY, CO_FORWARD, CO_SC2, PE_APPLY

BOGOTA = Place("CO", "America/Bogota")
CLOSING = ("cannot", "no puede", "closed", "cerrad", "rejected", "too late", "demasiado tarde")


def late(**changes: object) -> Deadline:
    found = due(CO_APPLY, Known.on(date(2026, 1, 14)), BOGOTA, datetime(2026, 5, 1, 17, tzinfo=UTC))
    return replace(found, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["en", "es"])
def test_late_always_names_legal_aid_or_the_reasons_and_never_closes(language: str) -> None:
    with override(language):
        for state in State:
            said = state_in_words(late(state=state))
            assert said
            assert not [word for word in CLOSING if word in said.casefold()], said
        for state in (State.PAST, State.PERHAPS_PAST, State.DONE_LATE):
            assert ("reasons" if language == "en" else "razones") in state_in_words(late(state=state))


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_doubt_and_coverage_has_its_sentence(language: str) -> None:
    with override(language):
        plain = set(why(late(doubts=()), "entry"))
        for doubt in Doubt:
            assert len(set(why(late(doubts=(doubt,)), "entry")) - plain) == 1
        for coverage in set(Coverage) - {Coverage.COVERED}:
            assert len(set(why(late(doubts=(), coverage=coverage), "entry")) - plain) == 1


def test_the_article_the_fact_the_confidence_and_the_counting_are_all_said() -> None:
    with override("en"):
        said = " ".join(why(late(), "entry"))
    assert "2 months from: entry." in said
    assert "Decreto 1067/2015 art. 2.2.3.1.6.1 (CO-ASY-020)" in said
    assert "Confidence A" in said
    assert "perhaps replaced" in said
    assert "Ley 4 de 1913 arts. 59-62, CO-COUNT; confidence D) is to be confirmed" in said


def test_holidays_are_named_in_the_language_of_the_page() -> None:
    santiago = Place("CL", "America/Santiago")
    found = due(CL_APPLY, Known.on(date(2026, 9, 14)), santiago, datetime(2026, 9, 15, 17, tzinfo=UTC))
    with override("es"):
        assert "Día de la Independencia (18 de septiembre de 2026)" in " ".join(why(found, "entrada"))
        assert state_in_words(found).startswith("Actúe a más tardar el jueves 24 de septiembre de 2026")
    with override("en"):
        assert "Independence Day" in " ".join(why(found, "entry"))
        assert "9 days left" in state_in_words(found)


def test_general_knowledge_is_said_to_be_unconfirmed() -> None:
    lima = Place("PE", "America/Lima")
    found = due(PE_APPLY, Known.on(date(2026, 7, 1)), lima, datetime(2026, 7, 2, 17, tzinfo=UTC))
    with override("en"):
        assert "Confidence D: to be confirmed. No page that was read confirms it." in why(found, "entry")


def test_an_hour_is_said_as_the_clock_there_shows_it() -> None:
    found = due(CO_FORWARD, Known.on(date(2026, 10, 31)), BOGOTA, datetime(2026, 10, 31, 17, tzinfo=UTC))
    with override("en"):
        assert ", 00:00" in state_in_words(found)


def test_whoever_has_to_act_is_named() -> None:
    with override("en"):
        of_authority = replace(CO_APPLY, on_whom=OnWhom.AUTHORITY)
        assert "authority's time has passed" in state_in_words(late(term=of_authority))
        assert "paper has run out" in state_in_words(late(term=CO_SC2))
        assert "It runs out on" in state_in_words(late(term=CO_SC2, state=State.OPEN))
        assert length_in_words(1, Unit.CALENDAR_MONTH) == "1 month"


def test_a_date_that_no_source_covers_is_said_without_any_day() -> None:
    found = resolved((), Known.on(date(2026, 1, 1)), BOGOTA, datetime(2026, 5, 1, 17, tzinfo=UTC))
    with override("en"):
        assert state_in_words(found) == "No source says which rule held on this date. Not verified: ask legal aid."
        assert why(found, "entry") == ("Not verified: no source covers this date. Ask legal aid which rule held.",)


def test_a_closed_day_names_the_next_open_one_even_if_the_date_is_vague() -> None:
    march = due(CO_APPLY, Known.read("2026-03"), BOGOTA, datetime(2026, 4, 20, 17, tzinfo=UTC))
    with override("en"):
        said = " ".join(why(march, "entry"))
    assert "It may run on to Monday 4 May 2026 (to be confirmed)" in said  # 1 May: Friday, a holiday
    assert "it lies between 1 March 2026 and 31 March 2026" in said
