"""When a silence begins, and how it is said."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from posada.accounts.acts import Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor
from posada.desk.waiting import tasks_for
from posada.family import services
from posada.family.models import ContactKind, Relative
from posada.family.queries import silences
from posada.family.queries.relatives import seen_by_nobody
from posada.family.rules.advice import Situation, advice
from posada.family.rules.calling import Reach, Why
from posada.family.rules.kinship import Relation
from posada.family.rules.silence import Silence, Urgency, Watch, rises_at, silence, silent_from, words
from posada.family.tests.people_here import entrust, make_card, make_person
from posada.ground import clock

SATURDAY = datetime(2019, 2, 23, 20, 30, tzinfo=UTC)
BEGINS = datetime(2019, 2, 25, 20, 0, tzinfo=UTC)


def _at(now: datetime, *, state: Watch = Watch.WATCHED, call: datetime | None = None) -> Silence:
    begins = silent_from(SATURDAY, 48)
    return silence(state=state, unheard_since=SATURDAY, silent_from=begins, now=now, next_call_at=call)


def test_it_is_cut_to_the_hour() -> None:
    assert silent_from(SATURDAY, 48) == BEGINS


@pytest.mark.parametrize(
    ("now", "urgency"),
    [
        (SATURDAY, Urgency.QUIET),
        (BEGINS - timedelta(hours=12, seconds=1), Urgency.QUIET),
        (BEGINS - timedelta(hours=12), Urgency.DUE),
        (BEGINS - timedelta(seconds=1), Urgency.DUE),
        (BEGINS, Urgency.SILENT),
        (BEGINS + timedelta(days=30), Urgency.SILENT),
    ],
)
def test_it_begins_at_the_very_hour_that_was_agreed(now: datetime, urgency: Urgency) -> None:
    assert _at(now).urgency is urgency


def test_what_worries_stands_before_silence_and_stop_is_last() -> None:
    assert _at(SATURDAY, state=Watch.WORRYING).urgency is Urgency.WORRYING
    assert _at(BEGINS + timedelta(days=9), state=Watch.STOPPED).urgency is Urgency.STOPPED
    assert sorted(Urgency)[0] is Urgency.WORRYING
    assert sorted(Urgency)[-1] is Urgency.STOPPED


def test_a_call_that_was_missed_is_due() -> None:
    assert _at(SATURDAY + timedelta(hours=3), call=SATURDAY + timedelta(hours=2)).urgency is Urgency.DUE
    assert _at(SATURDAY + timedelta(hours=3), call=SATURDAY + timedelta(hours=4)).urgency is Urgency.QUIET


def test_nothing_agreed_and_nothing_heard_is_not_known() -> None:
    found = silence(state=Watch.WATCHED, unheard_since=None, silent_from=None, now=SATURDAY)
    assert found.urgency is Urgency.UNKNOWN


@pytest.mark.parametrize(
    ("since", "english", "spanish"),
    [
        (timedelta(hours=48), "silence of 2 days", "silencio de 2 días"),
        (timedelta(hours=61), "silence of 3 days", "silencio de 3 días"),
        (timedelta(hours=47, minutes=59), "silence of 47 hours", "silencio de 47 horas"),
    ],
)
def test_it_is_said_in_words(since: timedelta, english: str, spanish: str) -> None:
    days = ((SATURDAY + since).date() - SATURDAY.date()).days  # as people count: Saturday to Tuesday is three
    found = silence(state=Watch.WATCHED, unheard_since=SATURDAY, silent_from=SATURDAY, now=SATURDAY + since, days=days)
    with translation.override("en"):
        assert words(found) == english
    with translation.override("es"):
        assert words(found) == spanish


def test_a_quiet_card_says_how_long_ago() -> None:
    with translation.override("es"):
        assert words(_at(SATURDAY + timedelta(hours=5))) == "hace 5 horas"
        assert words(_at(SATURDAY + timedelta(minutes=5))) == "hace un momento"


def _advice(found: Silence, *, why: Why = Why.YES, **said: Any) -> list[str]:
    situation = Situation(found=found, reach=Reach(why), reach_words=f"<{why}>", **said)
    return [line.text for line in advice(situation)]


def test_the_advice_never_says_to_ring_on_and_on() -> None:
    with translation.override("en"):
        late = _at(BEGINS)
        assert "Try once more" in _advice(late, tries=1)[0]
        assert "At most one more call" in _advice(late, tries=3)[0]
        lately = _advice(late, tries=3, why=Why.TRIED)
        assert lately[0] == "<tried>"
        assert "Do not call again today" in lately[1]
        assert not any("Try once more" in line for line in lately)


@pytest.mark.django_db(databases=["default", "keyring"])
def test_a_silence_rises_by_itself_without_opening_anything(
    site: Site, staff: dict[Role, User], actors: dict[Role, Actor]
) -> None:
    resident, now = make_person(site), clock.now()
    entrust(staff[Role.CASEWORKER], resident.pk, site)
    three_days_ago = now - timedelta(days=3)
    late = Relative(who="C. P.", relation=Relation.MOTHER, interval_hours=48, last_heard_at=three_days_ago)
    make_card(site, resident, late)
    make_card(site, resident, Relative(who="E. R.", relation=Relation.FATHER, interval_hours=168))
    rows = silences(actors[Role.CASEWORKER], now)
    with translation.override("es"):
        assert [(row.number, row.words) for row in rows] == [(resident.number, "silencio de 3 días")]


@pytest.mark.django_db(databases=["default", "keyring"])
@pytest.mark.parametrize("interval", [None, 168])
def test_an_agreed_call_rises_whatever_else_was_agreed(
    site: Site, staff: dict[Role, User], actors: dict[Role, Actor], interval: int | None
) -> None:
    resident, now = make_person(site), clock.now()
    entrust(staff[Role.CASEWORKER], resident.pk, site)
    call = (now + timedelta(days=1)).replace(minute=40)
    said = Relative(who="C. P.", interval_hours=interval, last_heard_at=now - timedelta(days=2), next_call_at=call)
    card = make_card(site, resident, said)
    assert card.silent_from == call.replace(minute=0, second=0, microsecond=0)
    actor = actors[Role.CASEWORKER]
    assert silences(actor, now) == []
    assert [row.silence.urgency for row in silences(actor, call - timedelta(hours=3))] == [Urgency.DUE]
    late = silences(actor, call + timedelta(days=1))
    with translation.override("es"):
        assert [(row.number, row.words) for row in late] == [(resident.number, "silencio de 4 días")]
    services.stop(by=actor, card=card)
    assert silences(actor, call + timedelta(days=1)) == []


def test_the_earlier_of_interval_and_call_counts() -> None:
    assert rises_at(SATURDAY, 48, SATURDAY + timedelta(days=9)) == BEGINS
    assert rises_at(SATURDAY, 48, SATURDAY + timedelta(hours=3)) == SATURDAY.replace(hour=23, minute=0)
    assert rises_at(SATURDAY, None, None) is None


@pytest.mark.django_db(databases=["default", "keyring"])
def test_only_whoever_holds_the_file_sees_it_on_today(site: Site, actors: dict[Role, Actor]) -> None:
    now = clock.now()
    late = Relative(who="C. P.", interval_hours=24, last_heard_at=now - timedelta(days=3))
    card = make_card(site, make_person(site), late)
    assert card.silent_from is not None
    for role in Role:
        assert silences(actors[role], now) == []


@pytest.mark.django_db(databases=["default", "keyring"])
def test_a_worrying_card_rises_although_nothing_was_agreed(
    site: Site, staff: dict[Role, User], actors: dict[Role, Actor]
) -> None:
    resident = make_person(site)
    entrust(staff[Role.CASEWORKER], resident.pk, site)
    card = make_card(site, resident, Relative(who="W."))
    actor = actors[Role.CASEWORKER]
    services.entrust_cards(resident)
    services.record_contact(by=actor, card=card, event=services.told(ContactKind.WORRYING))
    assert [row.silence.urgency for row in silences(actor, clock.now())] == [Urgency.WORRYING]
    card.refresh_from_db()
    services.stop(by=actor, card=card)
    assert silences(actor, clock.now()) == []


@pytest.mark.django_db(databases=["default", "keyring"])
def test_a_silence_that_nobody_would_see_stands_on_the_managers_today_by_number_alone(
    site: Site, staff: dict[Role, User], actors: dict[Role, Actor]
) -> None:
    resident, now, manager = make_person(site), clock.now(), actors[Role.SITE_MANAGER]
    late = make_card(site, resident, Relative(who="C. P.", interval_hours=24, last_heard_at=now - timedelta(days=3)))
    make_card(site, make_person(site), Relative(who="E. R.", interval_hours=24))  # not yet
    entrust(staff[Role.LAWYER], resident.pk, site)  # who holds the file and reads no card sees no silence
    assert seen_by_nobody(manager, now) == [resident.number]
    with translation.override("es"):
        shown = [task for task in tasks_for(manager) if str(resident.number) in task.line]
    assert len(shown) == 1
    assert "C. P." not in shown[0].title + shown[0].line
    assert seen_by_nobody(actors[Role.DESK], now) == []
    entrust(staff[Role.CASEWORKER], resident.pk, site)
    assert seen_by_nobody(manager, now) == []
    assert [row.card for row in silences(actors[Role.CASEWORKER], now)] == [late.pk]
