"""Which deadlines run in a case, from what it says and the guide of its country; and by what each is done."""

import uuid
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from posada.asylum.guides import reading
from posada.asylum.models import Case, CaseState
from posada.asylum.queries.counted import Counted, counted
from posada.asylum.rules.casefile import Appeal, CaseFile, Dated, Decided, Decision, StepDone
from posada.asylum.rules.deadlines import Law, State

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 20, 15, tzinfo=UTC)


def _due(file: CaseFile, country: str = "CO", now: datetime = NOW, law: Law = Law.OF_ITS_DATES) -> dict[str, Counted]:
    case = Case(country=country, state=CaseState.OPEN)
    return {one.rule.id: one for one in counted(case, file, reading.guide(country), now, law)}


def test_the_entry_is_asked_for_until_it_is_known() -> None:
    found = _due(CaseFile())
    assert set(found) == {"CO-ASY-020"}
    assert found["CO-ASY-020"].deadline.state is State.ASK


def test_a_year_alone_gives_the_earliest_day_to_act_on() -> None:
    found = _due(CaseFile(dates=(Dated(event="entry", on="2026"),)))["CO-ASY-020"].deadline
    assert found.act_on == date(2026, 3, 1)
    assert found.state is State.PERHAPS_PAST


def test_handing_the_claim_in_ends_the_wait_for_it() -> None:
    dates = (Dated(event="entry", on="2026-01-30"), Dated(event="filing", on="2026-03-10"))
    assert _due(CaseFile(dates=dates))["CO-ASY-020"].deadline.state is State.DONE_IN_TIME
    late = (dates[0], Dated(event="filing", on="2026-04-10"))
    april = datetime(2026, 4, 20, tzinfo=UTC)
    assert _due(CaseFile(dates=late), now=april)["CO-ASY-020"].deadline.state is State.DONE_LATE


def test_a_step_that_was_written_down_ends_it_too() -> None:
    file = CaseFile(
        dates=(Dated(event="border_safe_conduct", on="2026-03-13"),),
        steps=(StepDone(rule="CO-ASY-011", on="2026-03-16"),),
    )
    assert _due(file)["CO-ASY-011"].deadline.state is State.DONE_IN_TIME


def test_a_refusal_begins_the_time_to_appeal_on_the_day_they_were_told() -> None:
    refusal = Decision(id=uuid.uuid4(), what=Decided.REFUSED, on="2026-03-02", notified_on="2026-03-12")
    found = _due(CaseFile(decisions=(refusal,)))["CO-ASY-070"].deadline
    # Ten working days from Thursday 12 March; Monday 23 is a holiday (San José).
    assert found.act_on == date(2026, 3, 27)
    appeal = Appeal(id=uuid.uuid4(), against=refusal.id, filed_on="2026-03-19")
    found = _due(CaseFile(decisions=(refusal,), appeals=(appeal,)))["CO-ASY-070"].deadline
    assert found.state is State.DONE_IN_TIME


def test_a_refusal_of_which_nobody_knows_the_day_is_asked_for() -> None:
    refusal = Decision(id=uuid.uuid4(), what=Decided.REFUSED, on="2026-03-02")
    assert _due(CaseFile(decisions=(refusal,)))["CO-ASY-070"].deadline.state is State.ASK


def test_being_admitted_begins_no_time_to_appeal() -> None:
    admitted = Decision(id=uuid.uuid4(), what=Decided.ADMITTED, on="2026-03-02", notified_on="2026-03-12")
    assert "CO-ASY-070" not in _due(CaseFile(decisions=(admitted,)))


def test_a_paper_of_before_runs_under_the_law_of_its_day_and_can_be_seen_under_todays() -> None:
    file = CaseFile(dates=(Dated(event="stay_permit", on="2020-05-04"),))
    then, today = _due(file), _due(file, law=Law.OF_TODAY)
    assert then["CO-ASY-041-OLD"].deadline.act_on == date(2020, 8, 2)
    assert today["CO-ASY-041"].deadline.act_on == date(2020, 10, 31)


def test_a_country_without_a_guide_counts_nothing_and_another_ones_guide_is_refused() -> None:
    case = Case(country="XX", state=CaseState.OPEN)
    assert counted(case, CaseFile(), None, NOW) == ()
    with pytest.raises(ValueError, match="own country"):
        counted(case, CaseFile(), reading.guide("CO"), NOW)


def test_every_guide_has_a_way_to_end_the_wait_for_asking() -> None:
    """Of each country: the time that runs from coming in is done once the claim is handed in."""
    ended = {}
    for country in reading.countries():
        dates = tuple(Dated(event=one, on=on) for one, on in (
            ("entry", "2026-03-02"), ("last_arrival", "2026-03-02"), ("filing", "2026-03-06")))  # fmt: skip
        found = _due(CaseFile(dates=dates), country)
        from_entry = [one.deadline.state for one in found.values() if one.anchor in {"entry", "last_arrival"}]
        if from_entry:
            ended[country] = set(from_entry)
    assert ended == {one: {State.DONE_IN_TIME} for one in ("CL", "CO", "EC", "ES", "MX", "PE", "US")}


def test_a_house_whose_clock_is_behind_keeps_its_guides(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day on which a source was read is still to come there; that takes the law from nobody."""
    text = (Path(reading.__file__).parent / "co.toml").read_text(encoding="utf-8")
    monkeypatch.setattr("posada.ground.clock.today", lambda: date(2019, 2, 26))
    assert reading.understood(text, "CO").country == "CO"
    with pytest.raises(reading.Unfit):
        reading.understood(text.replace("read = 2026-11-22", "read = 2099-01-01", 1), "CO")
