"""What is typed into the parts of a case: each bad input gets a sentence, and nothing is made more exact."""

import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.utils.translation import override

from posada.asylum import guides
from posada.asylum.forms import items, whole
from posada.asylum.forms.parts import PartForm
from posada.asylum.queries.parts import asked_events, case_steps, rules_beside, state_steps
from posada.asylum.rules import part_words
from posada.asylum.rules.casefile import (
    NATIONALITY,
    CaseFile,
    Dated,
    Decided,
    Decision,
    Interpreter,
    Manner,
    MeetingKind,
    PaperState,
    Part,
    Permit,
    Stands,
    Went,
)
from posada.asylum.rules.clashes import clashes
from posada.asylum.rules.facts import Fact
from posada.asylum.rules.guide import Anchor, Guide
from posada.asylum.rules.offers import Counsel, Effect, Measure, StepStands
from posada.asylum.rules.order import FOLLOWS
from posada.ground import clock, ids

TODAY = date(2026, 6, 10)
EMPTY = CaseFile()


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture(scope="module")
def colombia() -> Guide:
    text = (Path(guides.__file__).parent / "co.toml").read_text(encoding="utf-8")
    return msgspec.toml.decode(text, type=Guide)


def typed(form: type[PartForm], data: dict[str, Any], *, file: CaseFile = EMPTY, guide: Guide | None = None,
          **more: Any) -> PartForm:  # fmt: skip
    return form({"once": str(ids.new_id()), "version": "1", **data}, file=file, guide=guide, version=1, **more)


def kept(form: PartForm, file: CaseFile = EMPTY) -> CaseFile:
    assert form.is_valid(), form.errors
    return form.applied(file)


def wrong(form: PartForm) -> dict[str, list[str]]:
    assert not form.is_valid()
    return {name: [str(one) for one in errors] for name, errors in form.errors.items()}


@pytest.mark.parametrize(
    ("said", "on"),
    [("2025", "2025"), ("3/2026", "2026-03"), ("14/3/2026", "2026-03-14"), ("marzo 2026", "2026-03"), ("2026", "2026")],
)
def test_a_date_is_kept_as_precisely_as_it_was_told_and_a_year_alone_is_fine(said: str, on: str) -> None:
    file = kept(typed(whole.DatesForm, {"entry": said, "entry_manner": "elsewhere", "entry_place": "Cúcuta"}))
    assert file.dates == (Dated(event="entry", on=on),)
    assert (file.entry_manner, file.entry_place) == (Manner.ELSEWHERE, "Cúcuta")
    again = whole.DatesForm(file=file, guide=None, version=1)
    assert kept(typed(whole.DatesForm, {**again.initial, "entry": again.initial["entry"]})) == file


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("31", "day, a month or a year"),
        ("31/2/2026", "does not exist"),
        ("11/6/2026", "has not come yet"),
        ("2027", "has not come yet"),
        ("the other day", "could not be read"),
        ("1700", "could not be read"),
    ],
)
def test_a_date_that_cannot_be_is_answered_with_a_sentence_about_an_event(said: str, sentence: str) -> None:
    with override("en"):
        found = wrong(typed(whole.DatesForm, {"entry": said}))
    assert sentence in found["entry"][0]
    assert "age" not in found["entry"][0].split()


def test_an_hour_belongs_to_a_whole_day_that_is_certain(colombia: Guide) -> None:
    assert "border_claim_hour" in wrong(typed(whole.DatesForm, {"border_claim": "3/2026", "border_claim_hour": "14:30"},
                                              guide=colombia))  # fmt: skip
    assert "border_claim_hour" in wrong(
        typed(
            whole.DatesForm,
            {"border_claim": "4/3/2026", "border_claim_about": "on", "border_claim_hour": "14:30"},
            guide=colombia,
        )
    )
    file = kept(typed(whole.DatesForm, {"border_claim": "4/3/2026", "border_claim_hour": "14:30"}, guide=colombia))
    assert file.dates == (Dated(event="border_claim", on="2026-03-04", hour="14:30"),)
    assert file.dates[0].known.hour is not None


def test_a_date_of_an_event_that_is_no_longer_asked_stays() -> None:
    held = CaseFile(dates=(Dated(event="birth", on="1990"), Dated(event="entry", on="2026")))
    file = kept(typed(whole.DatesForm, {"entry": "1/2/2026"}, file=held), held)
    assert set(file.dates) == {Dated(event="birth", on="1990"), Dated(event="entry", on="2026-02-01")}


def test_every_event_that_a_guide_or_the_order_names_has_words() -> None:
    named = {one.value for one in Anchor} | {event for pair in FOLLOWS for event in pair}
    assert named <= set(part_words.EVENT_WORDS)


def test_every_event_of_the_guide_is_asked_once(colombia: Guide) -> None:
    events = [event for event, _by_hour in asked_events(colombia, EMPTY)]
    counted = {rule.duration.anchor.value for rule in colombia.rule if rule.duration} - {"notification"}
    assert counted <= set(events)
    assert len(events) == len(set(events))
    assert ("border_claim", True) in asked_events(colombia, EMPTY)


def test_nationality_is_asked_first_of_all_with_what_is_known_and_what_is_to_be_verified(colombia: Guide) -> None:
    name = Fact.GRANDPARENT_NATIONAL_HERE.value
    file = kept(
        typed(
            whole.NationalityForm,
            {
                f"{name}_stands": "perhaps",
                f"{name}_known": "Abuela de Pamplona",
                f"{name}_verify": "Registro civil",
                f"{Fact.STATELESS.value}_stands": "no",
                "nationalities": ["VE"],
                "others": "ar, ve",
            },
            guide=colombia,
            country="CO",
        )
    )
    ties = {one.about: one for one in file.ties}
    assert set(ties) == {Fact.GRANDPARENT_NATIONAL_HERE, Fact.STATELESS}
    assert ties[Fact.GRANDPARENT_NATIONAL_HERE].stands is Stands.PERHAPS
    assert ties[Fact.GRANDPARENT_NATIONAL_HERE].to_verify == "Registro civil"
    assert ties[Fact.STATELESS].stands is Stands.NO
    assert file.nationalities == ("VE", "AR")
    empty = whole.NationalityForm(file=EMPTY, guide=colombia, version=1, country="CO")
    labels = [str(one["stands"].label) for one in empty.questions]
    assert len(labels) == len(NATIONALITY)
    assert any("Colombia" in label for label in labels)


def test_perhaps_says_what_is_to_be_verified_and_a_country_has_two_letters() -> None:
    name = Fact.PARENT_NATIONAL_HERE.value
    assert f"{name}_verify" in wrong(typed(whole.NationalityForm, {f"{name}_stands": "perhaps"}))
    assert "others" in wrong(typed(whole.NationalityForm, {"others": "Argentina"}))
    assert f"{name}_stands" in wrong(typed(whole.NationalityForm, {f"{name}_stands": "maybe"}))


def test_nobody_is_asked_anything_they_do_not_want_to_say() -> None:
    assert kept(typed(whole.NationalityForm, {})) == EMPTY
    assert kept(typed(whole.DatesForm, {})) == EMPTY
    assert kept(typed(whole.SafetyForm, {})) == EMPTY


def test_a_missing_paper_is_a_state_like_another(colombia: Guide) -> None:
    file = kept(
        typed(whole.DocumentsForm, {"CO-DOC-02": "declared", "CO-DOC-07": "missing", "CO-DOC-01": ""}, guide=colombia)
    )
    assert {one.line: one.state for one in file.papers} == {
        "CO-DOC-02": PaperState.DECLARED,
        "CO-DOC-07": PaperState.MISSING,
    }
    assert "CO-DOC-02" in wrong(typed(whole.DocumentsForm, {"CO-DOC-02": "lost"}, guide=colombia))


MEETING = {"kind": "interview", "on": "2026-06-20", "hour": "09:30", "interpreter": "none", "went": "planned"}


def test_a_meeting_to_come_with_its_hour_and_the_interpreter_whom_the_person_asks_for() -> None:
    asked = {**MEETING, "language": "Wayuunaiki", "interpreter": "woman", "place": "Carrera 7"}
    held = kept(typed(items.MeetingForm, asked)).meetings
    assert [(one.kind, one.on, one.hour, one.interpreter, one.went) for one in held] == [
        (MeetingKind.INTERVIEW, date(2026, 6, 20), "09:30", Interpreter.WOMAN, Went.PLANNED)
    ]


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"went": "kept"}, "went"),
        ({"went": "missed"}, "went"),
        ({"interpreter": "woman"}, "language"),
        ({"on": ""}, "on"),
        ({"on": "soon"}, "on"),
        ({"on": "2206-06-20"}, "on"),
        ({"hour": "25:99"}, "hour"),
        ({"kind": "party"}, "kind"),
    ],
)
def test_a_meeting_that_cannot_be_is_answered_with_a_sentence(bad: dict[str, str], field: str) -> None:
    found = wrong(typed(items.MeetingForm, {**MEETING, **bad}))
    assert set(found) == {field}
    assert found[field][0].endswith(".")


def test_a_change_keeps_the_line_and_its_id() -> None:
    held = kept(typed(items.MeetingForm, MEETING))
    again = items.MeetingForm(item=held.meetings[0], file=held, guide=None, version=1)
    data = {**again.initial, "went": "moved"}
    changed = kept(typed(items.MeetingForm, data, file=held, item=held.meetings[0]), held)
    assert [one.id for one in changed.meetings] == [held.meetings[0].id]
    assert changed.meetings[0].went is Went.MOVED
    assert changed.meetings[0].hour == "09:30"


def _refusal(**more: Any) -> Decision:
    return Decision(id=uuid.uuid4(), what=Decided.REFUSED, on="2026-05-04", notified_on="2026-05-20", **more)


def test_dates_in_the_wrong_order_are_found_wherever_they_stand() -> None:
    late = Dated(event="filing", on="2026-06-01")
    one = _refusal()
    found = clashes(CaseFile(dates=(late,), decisions=(one,)))
    assert {(clash.earlier.event, clash.later.event) for clash in found} == {
        ("filing", "decision"),
        ("filing", "notification"),
    }
    assert {clash.later.where for clash in found} == {f"decision {one.id}"}
    told_first = Decision(id=one.id, what=Decided.REFUSED, on="2026-05-04", notified_on="2026-05-03")
    assert {clash.later.event for clash in clashes(CaseFile(decisions=(told_first,)))} == {"notification"}


def test_dates_that_may_be_right_contradict_nothing() -> None:
    one = _refusal()
    for filing in (Dated(event="filing", on="2026"), Dated(event="filing", on="2026-05"),
                   Dated(event="filing", on="2026-05-10", about=True)):  # fmt: skip
        assert clashes(CaseFile(dates=(filing,), decisions=(one,))) == frozenset()


def test_an_appeal_is_against_its_own_decision() -> None:
    first, second = (
        _refusal(),
        Decision(id=uuid.uuid4(), what=Decided.REFUSED, on="2026-06-01", notified_on="2026-06-05"),
    )
    held = CaseFile(decisions=(first, second))
    data = {"against": str(first.id), "filed_on": "25/5/2026"}
    fine = kept(typed(items.AppealForm, data, file=held), held)
    assert clashes(fine) == frozenset()
    form = typed(items.AppealForm, {**data, "against": str(second.id)}, file=held)
    (clash,) = {one for one in clashes(kept(form, held)) if one.earlier.event == "notification"}
    assert form.field_at(clash.later.event, clash.later.where) == "filed_on"
    assert "against" in wrong(typed(items.AppealForm, {**data, "against": str(uuid.uuid4())}, file=held))
    assert "filed_on" in wrong(typed(items.AppealForm, {**data, "filed_on": ""}, file=held))


def test_a_permit_ends_after_it_was_issued_and_renews_an_earlier_one() -> None:
    earlier = Permit(id=uuid.uuid4(), name="SC-2", issued_on="2026-03-01", until=date(2026, 8, 28))
    held = CaseFile(permits=(earlier,))
    data = {"name": "SC-2", "issued_on": "1/6/2026", "until": "2026-11-28", "renews": str(earlier.id)}
    fine = kept(typed(items.PermitForm, data, file=held), held)
    assert clashes(fine) == frozenset()
    assert fine.permits[1].renews == earlier.id
    ends_before = typed(items.PermitForm, {**data, "until": "2026-05-31"}, file=held)
    assert [one.later.event for one in clashes(kept(ends_before, held))] == ["permit_until"]
    before = typed(items.PermitForm, {**data, "issued_on": "1/2/2026"}, file=held)
    assert len(clashes(kept(before, held))) == 1
    ring = {"name": "SC-2", "issued_on": "1/3/2026", "renews": str(fine.permits[1].id)}
    assert "renews" in wrong(typed(items.PermitForm, ring, file=fine, item=fine.permits[0]))
    assert "name" in wrong(typed(items.PermitForm, {**data, "name": ""}, file=held))


OFFER = {
    "by_whom": "Un señor del ministerio",
    "words": "«Quien firme hoy se queda.»",
    "on": "2/2026",
    "effect": "unknown",
}


def test_an_offer_is_kept_as_what_it_is_and_nothing_is_known_without_a_source() -> None:
    (one,) = kept(typed(items.OfferForm, {**OFFER, "about": "on"})).offers
    assert (one.by_whom, one.words, one.on, one.about, one.effect) == (
        OFFER["by_whom"], OFFER["words"], "2026-02", True, Effect.UNKNOWN,
    )  # fmt: skip
    assert "source" in wrong(typed(items.OfferForm, {**OFFER, "effect": "known"}))
    assert "words" in wrong(typed(items.OfferForm, {**OFFER, "words": ""}))
    assert "by_whom" in wrong(typed(items.OfferForm, {**OFFER, "by_whom": " "}))


def test_the_exact_words_of_a_signed_paper_are_kept_to_the_letter_and_whether_counsel_was_offered() -> None:
    exact = "«Declaro que me separo TEMPORALMENTE de mis funciones;\nlibre y voluntariamente.»"
    data = {"is_signed": "yes", "of_whom": "Migración", "words": exact, "on": "2/2026", "counsel": "declined"}
    (one,) = kept(typed(items.SignedForm, data)).signed
    assert one.words == exact
    assert (one.is_signed, one.counsel) == (True, Counsel.DECLINED)
    long = "a" * 9_000
    assert kept(typed(items.SignedForm, {**data, "words": long})).signed[0].words == long
    assert "words" in wrong(typed(items.SignedForm, {**data, "words": "a" * 10_001}))
    assert "is_signed" in wrong(typed(items.SignedForm, {**data, "is_signed": ""}))
    assert "counsel" in wrong(typed(items.SignedForm, {**data, "counsel": "perhaps"}))


def test_the_states_steps_are_the_guides_and_only_what_the_authority_says(colombia: Guide) -> None:
    rules = state_steps(colombia)
    assert len(rules) >= 6
    assert not {one.id for one in rules} & {one.id for one in case_steps(colombia)}
    first = rules[0].id
    file = kept(
        typed(
            whole.SafetyForm,
            {
                "measures": ["separate_lodging", "counsel_first"],
                f"{first}_stands": "pending",
                f"{first}_on": "3/2026",
                f"{first}_authority": "La autoridad",
                f"{first}_again": "2026-09-01",
                "family_told": "1/6/2026",
            },
            guide=colombia,
        )
    )
    assert file.safety.measures == (Measure.SEPARATE_LODGING, Measure.COUNSEL_FIRST)
    (step,) = file.safety.steps
    assert (step.rule, step.stands, step.on, step.look_again_on) == (
        first,
        StepStands.PENDING,
        "2026-03",
        date(2026, 9, 1),
    )
    assert file.safety.family_told == TODAY - timedelta(days=9)
    assert f"{first}_stands" in wrong(typed(whole.SafetyForm, {f"{first}_on": "3/2026"}, guide=colombia))
    assert "measures" in wrong(typed(whole.SafetyForm, {"measures": ["watch"]}, guide=colombia))


def test_beside_each_part_stand_statements_of_the_guide(colombia: Guide) -> None:
    parts = ("nationality", "members", "meetings", "decisions", "appeals", "permits", "offers", "signed", "safety")
    for part in parts:
        assert rules_beside(colombia, part), part
        assert rules_beside(None, part) == ()
    assert {"CO-FAM-020", "CO-FAM-021", "CO-FAM-030"} <= {one.id for one in rules_beside(colombia, "members")}
    assert "CO-RISK-SIGN" in {one.id for one in rules_beside(colombia, "signed")}
    assert {"EXM-4-FAMILY", "EXM-4-CHILD"} <= {one.id for one in rules_beside(colombia, "safety")}


def test_every_part_of_somebody_in_a_case_has_words() -> None:
    assert set(part_words.PART_WORDS) == set(Part)
    assert set(part_words.TIE_WORDS) == set(NATIONALITY)
