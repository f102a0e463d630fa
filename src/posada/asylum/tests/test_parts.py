"""The parts of a case on pages: written by its lawyer alone, what contradicts refused, who served guessed by nobody."""

import re
import uuid
from collections.abc import Callable
from datetime import date
from functools import partial

import msgspec
import pytest
from django.test import Client
from django.urls import reverse
from tests import cast

from posada.accounts.acts import Act, Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.asylum.models import Case, InCase
from posada.asylum.queries.cases import file_of
from posada.asylum.rules.casefile import CaseFile, CaseMember, Dated, Decided, Decision, Meeting, MeetingKind, Part
from posada.asylum.rules.offers import Counsel, Measure, Offer, Safety, Signed, StateStep, StepStands
from posada.asylum.services.parts import REASONS, WrongOrder, change_part
from posada.asylum.tests.accounts_here import make_case, make_person
from posada.asylum.views.parts_shown import LISTS, WHOLE
from posada.audit.models import AuditEntry
from posada.ground import clock, ids
from posada.people.models import Household, Person
from posada.records.once import AlreadySent
from posada.records.services import Stale
from posada.vault import keyring

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
TODAY = date(2026, 6, 10)
Browse = Callable[[Role], Client]
LINK = re.compile(r'(?:href|action|class)="([^"]*)"')
DIGITS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def lawyer(actors: dict[Role, Actor]) -> Actor:
    return actors[Role.LAWYER]


@pytest.fixture
def carmen(site: Site) -> Person:
    return make_person(site)


@pytest.fixture
def case(site: Site, carmen: Person, staff: dict[Role, User]) -> Case:
    return make_case(site, carmen, lawyer=staff[Role.LAWYER])


def said(case: Case, by: Actor) -> CaseFile:
    case.refresh_from_db()
    return file_of(Case.objects.select_related("record").get(pk=case.pk), by)


def dated(*dates: tuple[str, str]) -> Callable[[CaseFile], CaseFile]:
    held = tuple(Dated(event=event, on=on) for event, on in dates)
    return lambda file: msgspec.structs.replace(file, dates=held)


def sent(page: bytes, **fields: str) -> dict[str, str]:
    """A form as its page carries it, with what is typed into it."""
    hidden = re.findall(r'<input type="hidden" name="(once|version)" value="([^"]*)"', page.decode())
    assert {name for name, _value in hidden} == {"once", "version"}
    return {**dict(hidden), **fields}


def at(name: str, case: Case, **more: object) -> str:
    return reverse(f"asylum:{name}", kwargs={"number": case.number, **more})


def test_only_whoever_holds_the_case_writes_in_it(case: Case, actors: dict[Role, Actor]) -> None:
    for role in set(Role) - {Role.LAWYER}:
        with pytest.raises(Refused):
            change_part(by=actors[role], case=case, part="dates", alter=dated(("entry", "2026")))
    change_part(by=actors[Role.LAWYER], case=case, part="dates", alter=dated(("entry", "2026")))
    assert said(case, actors[Role.LAWYER]).dates == (Dated(event="entry", on="2026"),)


def test_what_was_changed_meanwhile_or_sent_twice_changes_nothing(case: Case, lawyer: Actor) -> None:
    once = ids.new_id()
    change_part(by=lawyer, case=case, part="dates", alter=dated(("entry", "2026")), seen=1, once=once)
    with pytest.raises(Stale):
        change_part(by=lawyer, case=case, part="dates", alter=dated(("entry", "2025")), seen=1)
    with pytest.raises(AlreadySent):
        change_part(by=lawyer, case=case, part="dates", alter=dated(("entry", "2025")), once=once)
    assert said(case, lawyer).dates == (Dated(event="entry", on="2026"),)


def test_dates_in_the_wrong_order_are_refused_whole(case: Case, lawyer: Actor) -> None:
    wrong = dated(("entry", "2026-03-10"), ("filing", "2026-03-09"))
    with pytest.raises(WrongOrder) as refused:
        change_part(by=lawyer, case=case, part="dates", alter=wrong)
    assert [(one.earlier.event, one.later.event) for one in refused.value.found] == [("entry", "filing")]
    assert said(case, lawyer).dates == ()
    change_part(by=lawyer, case=case, part="dates", alter=dated(("entry", "2026-03-10"), ("filing", "2026-03-10")))


def test_a_date_in_the_wrong_order_is_answered_beside_its_field_with_what_to_do(
    case: Case, lawyer: Actor, browse: Browse
) -> None:
    mine, address = browse(Role.LAWYER), at("part", case, part="dates")
    page = mine.get(address)
    answer = mine.post(
        address, sent(page.content, entry="10/3/2026", filing="9/3/2026"), headers={"accept-language": "en"}
    )
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert set(errors) == {"filing"}
    assert "2026" in errors["filing"][0]
    assert said(case, lawyer).dates == ()
    again = mine.post(address, sent(answer.content, entry="10/3/2026", filing="3/2026"))
    assert again.status_code == 302
    assert said(case, lawyer).dates == (Dated(event="entry", on="2026-03-10"), Dated(event="filing", on="2026-03"))


def test_every_field_of_a_form_stands_on_its_page(case: Case, browse: Browse) -> None:
    mine = browse(Role.LAWYER)
    pages = [at("part", case, part=one) for one in WHOLE] + [at("part_add", case, part=one) for one in LISTS]
    for address in (*pages, at("add_member", case), at("note_step", case, rule="CO-ASY-020")):
        page = mine.get(address)
        named = set(re.findall(r'name="([^"]+)"', page.content.decode()))
        empty = {"against"} if address == at("part_add", case, part="appeals") else set()
        assert set(page.context["form"].fields) - named == empty, address


def test_a_strangers_case_and_a_part_that_is_none_are_a_404(case: Case, site: Site, browse: Browse) -> None:
    mine, other = browse(Role.LAWYER), make_person(site)
    stranger = Case.objects.create(
        id=ids.new_id(), number=cast.free_number(Case), site=site, person=other, record=other.identity,
        country="CO", opened_on=TODAY,
    )  # fmt: skip
    for address in (
        at("part", stranger, part="dates"), at("part_list", stranger, part="offers"), at("members", stranger),
        at("steps", stranger), at("part", case, part="offers"), at("part_list", case, part="dates"),
        at("part_change", case, part="offers", line=uuid.uuid4()), at("note_step", case, rule="EXM-1"),
        at("change_member", case, person_number=other.number),
    ):  # fmt: skip
        assert mine.get(address).status_code == 404, address
    assert browse(Role.CASEWORKER).get(at("part", case, part="safety")).status_code == 403


def test_every_page_opens_says_that_posada_is_no_lawyer_and_names_legal_aid(case: Case, browse: Browse) -> None:
    mine = browse(Role.LAWYER)
    pages = [at("part", case, part=one) for one in WHOLE] + [at("part_list", case, part=one) for one in LISTS]
    pages += [at("part_add", case, part=one) for one in LISTS if one != "appeals"]
    pages += [at("members", case), at("add_member", case), at("steps", case), at("note_step", case, rule="CO-ASY-020")]
    for address in pages:
        page = mine.get(address, headers={"accept-language": "en"})
        assert page.status_code == 200, address
        text = page.content.decode()
        assert "CO-REF-LEGAL" in text, address


def test_a_country_without_a_guide_leaves_the_parts_and_says_so(case: Case, browse: Browse) -> None:
    Case.objects.filter(pk=case.pk).update(country="XX")
    mine = browse(Role.LAWYER)
    for address in (
        at("part", case, part="dates"),
        at("part", case, part="safety"),
        at("steps", case),
        at("members", case),
    ):
        assert mine.get(address).status_code == 200, address
    page = mine.get(at("part", case, part="dates"))
    assert mine.post(at("part", case, part="dates"), sent(page.content, entry="2025")).status_code == 302


OFFER = {"by_whom": "Quien dijo ser cónsul", "words": "«Firme y no le pasa nada.»", "effect": "unknown"}


def test_a_line_is_added_corrected_and_taken_out_and_stays_in_the_history(
    case: Case, lawyer: Actor, browse: Browse
) -> None:
    mine, add = browse(Role.LAWYER), at("part_add", case, part="offers")
    bad = mine.post(add, sent(mine.get(add).content, **{**OFFER, "words": ""}))
    assert (bad.status_code, said(case, lawyer).offers) == (422, ())
    data = sent(mine.get(add).content, **OFFER)
    for _twice in range(2):
        assert mine.post(add, data).status_code == 302
    (one,) = said(case, lawyer).offers
    listed = mine.get(at("part_list", case, part="offers")).content.decode()
    assert "Firme y no le pasa nada" in listed
    change = at("part_change", case, part="offers", line=one.id)
    assert mine.post(change, sent(mine.get(change).content, **{**OFFER, "on": "2/2026"})).status_code == 302
    assert said(case, lawyer).offers == (msgspec.structs.replace(one, on="2026-02"),)
    remove = at("part_remove", case, part="offers", line=one.id)
    assert mine.get(remove).status_code == 200
    assert mine.post(remove).status_code == 302
    assert said(case, lawyer).offers == ()
    assert mine.post(change, data).status_code == 404


def test_a_decision_with_an_appeal_is_not_taken_out_from_under_it(case: Case, lawyer: Actor, browse: Browse) -> None:
    one = Decision(id=ids.new_id(), what=Decided.REFUSED, on="2026-05-04", notified_on="2026-05-20")
    change_part(
        by=lawyer, case=case, part="decisions", alter=lambda file: msgspec.structs.replace(file, decisions=(one,))
    )
    mine, add = browse(Role.LAWYER), at("part_add", case, part="appeals")
    early = {"against": str(one.id), "filed_on": "19/5/2026"}
    refused = mine.post(add, sent(mine.get(add).content, **early))
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"filed_on"}
    fine = {**early, "filed_on": "21/5/2026"}
    assert mine.post(add, sent(refused.content, **fine)).status_code == 302
    assert mine.post(at("part_remove", case, part="decisions", line=one.id)).status_code == 302
    held = said(case, lawyer)
    assert (len(held.decisions), len(held.appeals)) == (1, 1)


def _added(mine: Client, case: Case, **fields: str) -> int:
    add = at("add_member", case)
    return mine.post(add, sent(mine.get(add).content, **fields)).status_code


def test_who_stands_in_a_case_has_a_part_and_a_row(
    case: Case, site: Site, carmen: Person, lawyer: Actor, browse: Browse
) -> None:
    mine, brother = browse(Role.LAWYER), make_person(site, "Luis")
    assert _added(mine, case, number="1234567890", part="included") == 422
    assert _added(mine, case, number="", part="included") == 422
    assert _added(mine, case, number=str(brother.number)) == 422
    assert _added(mine, case, number=str(brother.number), part="applicant") == 422
    assert _added(mine, case, number=str(carmen.number), part="included") == 422
    assert len(said(case, lawyer).members) == 1
    assert _added(mine, case, number=str(brother.number), part="own_claim", why="Hermano", told_alone="9/6/2026") == 302
    member = said(case, lawyer).member(brother.pk)
    assert member == CaseMember(person=brother.pk, part=Part.OWN_CLAIM, why="Hermano", told_alone=date(2026, 6, 9))
    assert InCase.objects.filter(case=case, person=brother, tells=False).count() == 1
    change = at("change_member", case, person_number=brother.number)
    assert mine.post(change, sent(mine.get(change).content, part="included")).status_code == 302
    main = at("change_member", case, person_number=carmen.number)
    assert mine.post(main, sent(mine.get(main).content, part="included", why="x")).status_code == 302
    held = said(case, lawyer)
    assert [(one.part, one.why) for one in held.members] == [(Part.APPLICANT, "x"), (Part.INCLUDED, "")]
    assert mine.post(at("remove_member", case, person_number=carmen.number)).status_code == 302
    assert mine.post(at("remove_member", case, person_number=brother.number)).status_code == 302
    assert [one.person for one in said(case, lawyer).members] == [carmen.pk]
    assert not InCase.objects.filter(case=case, person=brother).exists()


def test_somebody_of_another_house_is_nobody_here(case: Case, browse: Browse) -> None:
    stranger = make_person(cast.make_site(code="otra"))
    assert _added(browse(Role.LAWYER), case, number=str(stranger.number), part="included") == 422


def test_an_applicant_elsewhere_is_told_to_the_lawyer_only_if_they_may_know(
    case: Case, site: Site, staff: dict[Role, User], lawyer: Actor, browse: Browse
) -> None:
    luisa = make_person(site, "Luisa")
    change_part(
        by=lawyer, case=case, part="members",
        alter=lambda file: msgspec.structs.replace(
            file, members=(*file.members, CaseMember(person=luisa.pk, part=Part.INCLUDED))
        ),
    )  # fmt: skip
    mine = browse(Role.LAWYER)
    colleague = cast.make_staff(site, Role.LAWYER, name="Otra abogada")
    hers = make_case(site, luisa, lawyer=colleague)
    shown = mine.get(at("members", case)).content.decode()
    assert str(hers.number) not in shown
    held = make_case(site, luisa, lawyer=staff[Role.LAWYER])
    assert at("members", case) != at("members", held)
    assert reverse("asylum:case", args=[held.number]) in mine.get(at("members", case)).content.decode()
    # The same case, kept from the household: not even its own lawyer reads of it on the household's page.
    change_part(by=lawyer, case=held, part="members", alter=lambda file: msgspec.structs.replace(file, alone=True))
    assert str(held.number) not in mine.get(at("members", case)).content.decode()
    # From her own page the way to the household's case is open.
    assert reverse("asylum:case", args=[case.number]) in mine.get(at("members", held)).content.decode()


def test_a_case_that_is_kept_from_the_household_asks_for_none_of_it(
    case: Case, site: Site, carmen: Person, lawyer: Actor, browse: Browse
) -> None:
    household, brother = Household.objects.create(site=site), make_person(site, "Luis")
    Person.objects.filter(pk__in=[carmen.pk, brother.pk]).update(household=household)
    mine = browse(Role.LAWYER)
    assert str(brother.number) in mine.get(at("members", case)).content.decode()
    change_part(by=lawyer, case=case, part="members", alter=lambda file: msgspec.structs.replace(file, alone=True))
    assert str(brother.number) not in mine.get(at("members", case)).content.decode()


def test_a_step_is_done_on_a_day_not_before_what_it_follows(case: Case, lawyer: Actor, browse: Browse) -> None:
    mine, address = browse(Role.LAWYER), at("note_step", case, rule="CO-ASY-020")
    change_part(by=lawyer, case=case, part="dates", alter=dated(("entry", "2026-03-10")))
    early = mine.post(address, sent(mine.get(address).content, on="9/3/2026"))
    assert (early.status_code, set(early.context["form"].errors)) == (422, {"on"})
    assert mine.post(address, sent(early.content, on="3/2026")).status_code == 302
    (one,) = said(case, lawyer).steps
    assert (one.rule, one.on, one.by) == ("CO-ASY-020", "2026-03", lawyer.user)
    assert mine.post(address, {"undo": "1"}).status_code == 302
    assert said(case, lawyer).steps == ()


FULL = Safety(
    measures=tuple(Measure),
    steps=(
        StateStep(rule="EXM-1", stands=StepStands.DONE, on="2026-05", authority="La autoridad", look_again_on=TODAY),
    ),
    family_told=TODAY,
)


def test_who_is_on_the_protected_path_is_guessed_from_nothing_outside_the_sealed_file(
    site: Site, staff: dict[Role, User], lawyer: Actor, browse: Browse
) -> None:
    """S14 for a case: two alike, one with all that may be written of it. What others see is the same."""
    pair = [make_case(site, make_person(site, "Ana"), lawyer=staff[Role.LAWYER]) for _turn in range(2)]
    paper = Signed(id=ids.new_id(), of_whom="Otra", words="Me separo temporalmente", counsel=Counsel.NOT_OFFERED)
    offer = Offer(id=ids.new_id(), by_whom="Otra", words="Quien firme se queda")
    full = CaseFile(safety=FULL, signed=(paper,), offers=(offer,))
    plain = CaseFile(meetings=(Meeting(id=ids.new_id(), kind=MeetingKind.APPOINTMENT, on=TODAY),))
    for case, more, parts in zip(pair, (full, plain), (("safety", "signed"), ("steps", "documents")), strict=True):
        for turn, part in enumerate(parts):
            told = msgspec.structs.replace(more, members=said(case, lawyer).members, entry_place=f"Cúcuta {turn}")
            change_part(by=lawyer, case=case, part=part, alter=partial(_instead, told))
    for role in set(Role) - {Role.LAWYER}:
        seen = []
        for case in pair:
            page = browse(role).get(reverse("desk:person", args=[case.person.number]))
            html = page.content.decode()
            text = DIGITS.sub("#", re.sub(r"<[^>]+>", " ", html)), DIGITS.sub("#", "".join(LINK.findall(html)))
            seen.append((page.status_code, text))
        assert seen[0] == seen[1], role
    rows = [(one.state, one.next_on, one.country) for one in Case.objects.filter(pk__in=[one.pk for one in pair])]
    assert rows[0] == rows[1]
    trails = [
        list(
            AuditEntry.objects.filter(act=Act.WRITE_CASE, subject=keyring.pseudonym(case.pk)).values_list(
                "reason", "role"
            )
        )
        for case in pair
    ]
    assert trails[0] == trails[1]
    assert len(trails[0]) == 2


def _instead(file: CaseFile, _before: CaseFile) -> CaseFile:
    return file


def test_no_word_of_the_audit_tells_that_there_is_an_offer_a_signed_paper_or_a_protected_path() -> None:
    ordinary = {
        REASONS[one] for one in ("nationality", "dates", "members", "steps", "documents", "decisions", "meetings")
    }
    assert {REASONS[one] for one in ("safety", "offers", "signed")} <= ordinary
    assert set(REASONS) == {*WHOLE, *LISTS, "members", "steps"}


def test_the_page_of_what_is_done_is_the_same_for_everybody_and_has_no_place_for_a_past(
    case: Case, browse: Browse
) -> None:
    page = browse(Role.LAWYER).get(at("part", case, part="safety"))
    kinds = {type(field).__name__ for field in page.context["form"].fields.values()}
    assert kinds == {"UUIDField", "IntegerField", "MultipleChoiceField", "DayField", "ChoiceField", "ToldField",
                     "WordsField", "AheadField"}  # fmt: skip
    free = [name for name, one in page.context["form"].fields.items() if type(one).__name__ == "WordsField"]
    assert all(name.endswith("_authority") for name in free)


def test_a_page_of_a_part_asks_the_database_no_more_with_more_lines(
    case: Case, lawyer: Actor, browse: Browse, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    many = tuple(Offer(id=ids.new_id(), by_whom=f"Otra {turn}", words="Quien firme") for turn in range(30))
    change_part(by=lawyer, case=case, part="offers", alter=lambda file: msgspec.structs.replace(file, offers=many))
    mine = browse(Role.LAWYER)
    with django_assert_max_num_queries(20):  # type: ignore[attr-defined]  # a context manager of pytest-django
        assert mine.get(at("part_list", case, part="offers")).status_code == 200


def test_the_houses_own_jobs_write_too(case: Case, site: Site) -> None:
    change_part(by=system_actor(site.pk), case=case, part="dates", alter=dated(("entry", "2026")))
    assert said(case, system_actor(site.pk)).dates == (Dated(event="entry", on="2026"),)
