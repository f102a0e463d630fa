"""A change of a guide: seen in the cases before it is taken on, taken on by somebody else, and taken back."""

from collections.abc import Callable
from datetime import date

import msgspec
import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts import services as accounts
from posada.accounts.acts import Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, Refused
from posada.asylum.forms.guides import RuleForm
from posada.asylum.guides import reading
from posada.asylum.models import Case, GuideChange
from posada.asylum.queries.cases import file_of
from posada.asylum.queries.counted import Counted
from posada.asylum.rules.casefile import Dated
from posada.asylum.rules.guide import Guide, Rule
from posada.asylum.rules.guide_changes import DoesNotFit, from_day, put_right
from posada.asylum.services import cases, guides
from posada.asylum.tests.accounts_here import make_person
from posada.audit.models import AuditEntry
from posada.desk import legal
from posada.ground import clock

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def lawyer(actors: dict[Role, Actor]) -> Actor:
    return actors[Role.LAWYER]


@pytest.fixture
def manager(actors: dict[Role, Actor]) -> Actor:
    return actors[Role.SITE_MANAGER]


@pytest.fixture
def case(site: Site, staff: dict[Role, User], lawyer: Actor) -> Case:
    person = make_person(site)
    accounts.assign(user_id=staff[Role.LAWYER].pk, site_id=site.pk, subject=person.pk)
    made = cases.open_case(by=lawyer, person=person, country="CO")
    entered = clock.today().replace(day=1)
    file = msgspec.structs.replace(file_of(made, lawyer), dates=(Dated(event="entry", on=f"{entered:%Y-%m-%d}"),))
    return cases.write(by=lawyer, case=made, changed_file=file, reason="dates")


def _used() -> Guide:
    guide = reading.guide("CO")
    assert guide is not None
    return guide


def _rule() -> Rule:
    rule = _used().find("CO-ASY-020")
    assert rule is not None
    return rule


def _months(rule: Rule | None = None) -> int:
    duration = (rule or _rule()).duration
    assert duration is not None
    return duration.value


def _act_on(one: Counted | None) -> date:
    assert one is not None
    assert one.deadline.act_on is not None
    return one.deadline.act_on


def _longer(months: int) -> Rule:
    duration = _rule().duration
    assert duration is not None
    return msgspec.structs.replace(_rule(), duration=msgspec.structs.replace(duration, value=months))


def test_a_lawyer_sees_which_days_change_before_anything_does(case: Case, lawyer: Actor) -> None:
    change = put_right(_rule(), _longer(4))
    row = guides.propose(by=lawyer, country="CO", change=change)
    assert (row.looked_at, row.differing) == (1, 1)
    (effect,) = guides.effects(by=lawyer, country="CO", change=change).found
    assert effect.case == case
    now, then = _act_on(effect.before), _act_on(effect.after)
    assert now < then
    assert _months() == 2, "the guide stays as it is"
    case.refresh_from_db()
    assert case.next_on == now


def test_what_the_manager_takes_on_is_the_guide_and_can_be_taken_back(
    case: Case, lawyer: Actor, manager: Actor
) -> None:
    before = case.next_on
    assert before is not None
    row = guides.propose(by=lawyer, country="CO", change=put_right(_rule(), _longer(4)))
    guides.take_on(by=manager, row=row)
    assert _months() == 4
    assert reading.problems("CO") == ()
    assert guides.count_anew(by=lawyer, country="CO") == 1
    case.refresh_from_db()
    assert case.next_on is not None
    assert case.next_on > before
    with pytest.raises(guides.DecidedAlready):
        guides.refuse(by=manager, row=row)
    guides.take_back(by=manager, row=row)
    assert _months() == 2
    assert guides.count_anew(by=lawyer, country="CO") == 1
    assert AuditEntry.objects.filter(act="asylum.take_on_guide").count() >= 2


def test_nobody_takes_on_their_own_proposal_and_a_lawyer_none(lawyer: Actor, manager: Actor) -> None:
    row = guides.propose(by=lawyer, country="CO", change=put_right(_rule(), _longer(4)))
    with pytest.raises(Refused):
        guides.take_on(by=lawyer, row=row)
    GuideChange.objects.update(proposed_by_id=manager.user)
    with pytest.raises(guides.NotAnother):
        guides.take_on(by=manager, row=row)
    assert _months() == 2


def test_a_law_that_changes_on_a_day_leaves_the_old_one_for_earlier_dates(lawyer: Actor, manager: Actor) -> None:
    change = from_day(_rule(), _longer(6), date(2027, 1, 1))
    guides.take_on(by=manager, row=guides.propose(by=lawyer, country="CO", change=change))
    old, new = _used().versions("CO-ASY-020")
    assert (old.id, old.valid_to, old.superseded_by) == ("CO-ASY-020", date(2026, 12, 31), new.id)
    assert (new.id, new.valid_from, _months(new)) == ("CO-ASY-020-20270101", date(2027, 1, 1), 6)
    assert old.holds_on(date(2026, 12, 31))
    assert not new.holds_on(date(2026, 12, 31))


def test_of_two_proposals_for_one_rule_the_second_must_be_made_anew(lawyer: Actor, manager: Actor) -> None:
    one, other = (
        guides.propose(by=lawyer, country="CO", change=put_right(_rule(), _longer(months))) for months in (3, 4)
    )
    guides.take_on(by=manager, row=other)
    with pytest.raises(DoesNotFit):
        guides.take_on(by=manager, row=one)
    third = guides.propose(by=lawyer, country="CO", change=put_right(_rule(), _longer(5)))
    guides.take_on(by=manager, row=third)
    with pytest.raises(guides.RestsOnIt):
        guides.take_back(by=manager, row=other)
    assert _months() == 5


def test_a_change_that_the_file_has_overtaken_is_not_used_and_it_is_said(lawyer: Actor, manager: Actor) -> None:
    guides.take_on(by=manager, row=guides.propose(by=lawyer, country="CO", change=put_right(_rule(), _longer(4))))
    row = GuideChange.objects.get()
    row.was = row.was.replace('"value":2', '"value":9')
    row.save()
    assert _months() == 2
    assert "CO-ASY-020" in reading.problems("CO")[0]
    row.was = "damaged"
    row.save()
    assert _months() == 2
    assert reading.problems("CO")


def test_a_change_that_would_break_the_guide_is_refused(lawyer: Actor) -> None:
    broken = msgspec.structs.replace(_rule(), superseded_by="CO-NOWHERE")
    with pytest.raises(reading.Unfit):
        guides.propose(by=lawyer, country="CO", change=put_right(_rule(), broken))
    assert not GuideChange.objects.exists()


def _typed(**other: object) -> dict[str, object]:
    initial = RuleForm(_rule()).initial
    typed = {name: value or "" for name, value in initial.items()}
    once = "5f0d2c2e-6c1f-4a55-9a36-0f3a5b1c7d11"
    return {**typed, "how": "right", "read": "2026-01-05", "dated": "", "once": once, **other}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title_en": ""}, "title_en"),
        ({"late_en": ""}, "late_en"),
        ({"value": "0"}, "value"),
        ({"value": "two"}, "value"),
        ({"unit": "weeks"}, "unit"),
        ({"read": "2999-01-01"}, "read"),
        ({"dated": "2026-02-01"}, "dated"),
        ({"how": "changed"}, "begins"),
        ({"how": ""}, "how"),
        ({"article": ""}, "article"),
        ({"confidence": "E"}, "confidence"),
    ],
)
def test_what_is_typed_wrong_is_answered_with_a_sentence(wrong: dict[str, object], field: str) -> None:
    form = RuleForm(_rule(), _typed(**wrong))
    assert not form.is_valid()
    assert form.errors[field]


def test_a_form_that_changes_nothing_proposes_nothing() -> None:
    rule = _rule()
    same = _typed(read=f"{rule.source.read:%Y-%m-%d}", dated=f"{rule.source.dated:%Y-%m-%d}")
    form = RuleForm(rule, same)
    assert form.is_valid(), form.errors
    assert form.change() is None
    assert form.non_field_errors()


def test_the_way_of_a_change_over_the_pages(browse: Callable[[Role], Client], case: Case) -> None:
    lawyer, manager = browse(Role.LAWYER), browse(Role.SITE_MANAGER)
    for client in (lawyer, manager):
        client.cookies["posada_language"] = "en"
    propose = reverse("asylum:propose_rule", args=["co", "CO-ASY-020"])
    assert propose in lawyer.get(reverse("asylum:guide_rule", args=["co", "CO-ASY-020"])).content.decode()
    assert lawyer.get(propose).status_code == 200
    assert lawyer.post(propose, _typed(value="0")).status_code == 422
    page = lawyer.post(propose, _typed(value="4"), follow=True)
    assert "Not in use" in page.content.decode()
    assert f"Case {case.number}" in page.content.decode()
    here = page.request["PATH_INFO"]
    assert here in manager.get(reverse("asylum:guides")).content.decode()
    assert "Take it on" in manager.get(here).content.decode()
    assert "Nothing was changed" in manager.post(here, {"act": "burn"}, follow=True).content.decode()
    assert _months() == 2
    assert "Taken on" in manager.post(here, {"act": "take_on"}, follow=True).content.decode()
    assert _months() == 4
    days = reverse("asylum:guide_days", args=[GuideChange.objects.get().pk])
    assert "1 case has another next day" in lawyer.post(days, follow=True).content.decode()


def test_a_guide_is_read_under_the_law_of_a_day(browse: Callable[[Role], Client]) -> None:
    client = browse(Role.DESK)
    page = reverse("asylum:guide", args=["co"])
    today, then = client.get(page).content.decode(), client.get(page, {"on": "1/1/2020"}).content.decode()
    for answer in (today, then):
        for rule in _used().rule:
            assert f'data-rule="{rule.id}"' in answer, "also what did not hold on that day is there, and said so"
    assert then.index("CO-DEF-TORTURE") > then.index("</details>")
    assert client.get(page, {"on": "soon"}).status_code == 422
    for other in ("fr", "CO", "xx"):
        assert client.get(reverse("asylum:guide", args=[other])).status_code == 404


def test_a_proposal_waits_on_the_managers_today_until_somebody_decides(
    browse: Callable[[Role], Client], lawyer: Actor, manager: Actor
) -> None:
    row = guides.propose(by=lawyer, country="CO", change=put_right(_rule(), _longer(4)))
    link = reverse("asylum:guide_change", args=[row.pk])
    assert link in browse(Role.SITE_MANAGER).get("/").content.decode()
    assert link not in browse(Role.LAWYER).get("/").content.decode()
    assert legal.guide_changes(lawyer) == []
    GuideChange.objects.update(proposed_by_id=manager.user)
    assert legal.guide_changes(manager) == []  # nobody decides on their own
    GuideChange.objects.update(proposed_by_id=lawyer.user)
    guides.refuse(by=manager, row=row)
    assert link not in browse(Role.SITE_MANAGER).get("/").content.decode()
