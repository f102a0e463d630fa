"""My people: a silence rises on Today in every case, calls are offered only in safe hours, and steps are kept."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from posada.accounts.acts import Act, Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor
from posada.audit.models import AuditEntry
from posada.desk.waiting import tasks_for
from posada.family import services
from posada.family.models import ContactKind, How, Relative, WatchCard
from posada.family.queries import silences
from posada.family.queries.relatives import cards_of, watched
from posada.family.rules.advice import Todo
from posada.family.rules.calling import Why
from posada.family.rules.safe_hours import SafeHours, Span
from posada.family.rules.silence import Urgency
from posada.family.tests.people_here import entrust, make_card, make_person
from posada.ground import clock
from posada.people.models import Person
from posada.records.door import Reason, open_record
from posada.records.services import Stale

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]
NOON = datetime(2019, 3, 5, 17, 10, tzinfo=UTC)  # 12:10 in Bogotá, a Tuesday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EVENING = SafeHours("America/Caracas", (Span(time(19), time(21)),))  # 18:00 to 20:00 in Bogotá


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Set the clock; it starts at noon."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr("posada.ground.clock.now", lambda: moment)

    set_to(NOON)
    return set_to


@pytest.fixture
def resident(site: Site, staff: dict[Role, User]) -> Person:
    person = make_person(site)
    entrust(staff[Role.CASEWORKER], person.pk, site)
    return person


@pytest.fixture
def by(actors: dict[Role, Actor]) -> Actor:
    return actors[Role.CASEWORKER]


def _card(site: Site, resident: Person, **said: Any) -> WatchCard:
    made = make_card(site, resident, Relative(who="C. P.", **said))
    services.entrust_cards(resident)
    return made


def _press(card: WatchCard, by: Actor, kind: ContactKind, **said: Any) -> WatchCard:
    card.refresh_from_db()
    return services.record_contact(by=by, card=card, event=services.told(kind, **said))


def _past(by: Actor, moment: datetime) -> list[Urgency]:
    services.renew_stretches(by)
    return [row.silence.urgency for row in silences(by, moment) if row.is_past]


@pytest.mark.parametrize(
    ("said", "after"),
    [
        ({"interval_hours": 48, "last_heard_at": NOON}, 48 * HOUR),
        ({"interval_hours": 12}, 12 * HOUR),  # never heard: from when the card was made
        ({"next_call_at": NOON + 30 * HOUR}, 30 * HOUR),
        ({"interval_hours": 168, "last_heard_at": NOON, "next_call_at": NOON + 5 * HOUR}, 5 * HOUR),
        ({"interval_hours": 24, "last_heard_at": NOON, "hours": SafeHours("Europe/Madrid")}, 24 * HOUR),
    ],
)
def test_a_silence_rises_within_the_hour(
    site: Site, resident: Person, by: Actor, at: Callable[[datetime], None], said: dict[str, Any], after: timedelta
) -> None:
    card = _card(site, resident, **said)
    assert _past(by, NOON + after - HOUR) == []
    assert _past(by, NOON + after) == [Urgency.SILENT]
    at(NOON + after + HOUR)
    _press(card, by, ContactKind.NO_ANSWER)  # no press but news puts it off, for who was never heard, either
    assert _past(by, NOON + after + HOUR) == [Urgency.SILENT]
    services.freeze(by=by, person=resident)
    assert _past(by, NOON + after + HOUR) == [Urgency.SILENT]
    _press(card, by, ContactKind.STOP)
    assert _past(by, NOON + after + HOUR) == []


def test_danger_and_worry_rise_at_once(site: Site, resident: Person, by: Actor, at: Callable[[datetime], None]) -> None:
    _card(site, resident, last_heard_at=NOON, how=How.IN_DANGER)
    quiet = _card(site, resident, last_heard_at=NOON)
    assert _past(by, NOON) == [Urgency.WORRYING]
    _press(quiet, by, ContactKind.WORRYING)
    assert _past(by, NOON) == [Urgency.WORRYING] * 2
    assert not any(row.call_now for row in silences(by, NOON))  # it is read and checked before anybody calls


def test_a_silence_on_the_night_when_clocks_change_is_counted_in_hours(
    site: Site, resident: Person, by: Actor, at: Callable[[datetime], None]
) -> None:
    heard = datetime(2019, 3, 31, 0, 30, tzinfo=UTC)  # an hour later Madrid's clocks are put forward
    at(heard)
    _card(site, resident, interval_hours=12, last_heard_at=heard, country="ES")
    assert _past(by, heard + 11 * HOUR) == []
    assert _past(by, heard + 12 * HOUR) == [Urgency.SILENT]


def test_today_offers_no_call_outside_the_safe_hours_and_says_from_when(
    site: Site, resident: Person, by: Actor, at: Callable[[datetime], None]
) -> None:
    card = _card(site, resident, interval_hours=12, last_heard_at=NOON - DAY, hours=EVENING)
    free = _card(site, resident, interval_hours=12, last_heard_at=NOON - DAY)
    offers = {row.card: row.call_now for row in silences(by, NOON)}
    assert offers == {card.pk: False, free.pk: True}
    with translation.override("en"):
        tasks = [task for task in tasks_for(by) if "longer than agreed" in task.title]
        lines = {task.line.rpartition(" · ")[2] for task in tasks}
    assert lines == {"not before 18:00", "may be called now"}
    for _day in range(3):  # nobody presses anything: every evening it is offered, and only then
        for hour in range(24):
            moment = NOON.replace(minute=0) + _day * DAY + hour * HOUR
            at(moment)
            services.renew_stretches(by)
            row = next(one for one in silences(by, moment) if one.card == card.pk)
            assert row.call_now is EVENING.allows(moment), moment


def test_what_stands_in_clear_of_safe_hours_is_one_stretch_cut_inwards_to_quarters(
    site: Site, resident: Person, at: Callable[[datetime], None]
) -> None:
    hours = SafeHours("America/Caracas", (Span(time(19, 5), time(20, 50)),))
    card = _card(site, resident, interval_hours=12, last_heard_at=NOON - DAY, hours=hours)
    seven = datetime(2019, 3, 5, 23, 0, tzinfo=UTC)
    assert (card.reach_from, card.reach_until) == (seven + HOUR / 4, seven + HOUR * 7 / 4)


def test_the_stretches_are_brought_up_to_date_by_the_house_and_not_at_every_look(
    site: Site, resident: Person, by: Actor, at: Callable[[datetime], None]
) -> None:
    _card(site, resident, interval_hours=12, last_heard_at=NOON - DAY, hours=EVENING)
    at(NOON + DAY)
    for _look in range(5):
        tasks_for(by)
    opened = AuditEntry.objects.filter(act=Act.READ_KIN, reason=Reason.SYSTEM)
    assert opened.count() == 1
    assert opened.get().actor is None


def test_a_telephone_is_not_rung_again_and_again(
    site: Site, resident: Person, by: Actor, at: Callable[[datetime], None]
) -> None:
    card = _card(site, resident, interval_hours=12, last_heard_at=NOON - DAY)
    for turn, wait in enumerate((4 * HOUR, 4 * HOUR, DAY)):
        assert silences(by, clock.now())[0].call_now
        _press(card, by, ContactKind.NO_ANSWER)
        now = clock.now()
        assert not silences(by, now + wait - HOUR)[0].call_now, turn
        at(now + wait + timedelta(minutes=15))


def test_a_call_outside_the_safe_hours_is_a_fact_and_marked(
    site: Site, resident: Person, by: Actor, browse: Browse, at: Callable[[datetime], None]
) -> None:
    card = _card(site, resident, hours=EVENING, next_call_at=NOON.replace(hour=23, minute=30))
    client = browse(Role.CASEWORKER)
    page = client.get(reverse("family:card", args=[card.pk])).content.decode()
    assert "Fuera de las horas seguras. No antes de: 18:00." in page  # said before
    client.post(reverse("family:no_answer", args=[card.pk]))
    card.refresh_from_db()
    event = open_record(card.record, Relative, by=by, reason=Reason.VIEW).history[-1]
    assert (event.kind, event.against) == (ContactKind.NO_ANSWER, Why.HOURS)
    assert "fuera de las horas seguras" in client.get(reverse("family:card", args=[card.pk])).content.decode()


def test_who_must_not_know_and_the_risk_are_shown_before_every_call(
    site: Site, resident: Person, browse: Browse
) -> None:
    said = {"must_not_know": "El cuñado\n+58 414 000 0000", "risk": "el jefe del sector", "who_else": "la vecina Nancy"}
    card = _card(site, resident, **said)
    for address in (reverse("family:relatives", args=[resident.number]), reverse("family:card", args=[card.pk])):
        page = browse(Role.CASEWORKER).get(address).content.decode()
        for words in ("<li>El cuñado</li>", "<li>+58 414 000 0000</li>", "el jefe del sector", "la vecina Nancy"):
            assert words in page, (address, words)


def test_what_to_do_fits_the_card_and_steps_are_ticked_and_planned(
    site: Site, resident: Person, by: Actor, browse: Browse, at: Callable[[datetime], None]
) -> None:
    said = {"other_ways": "por la tía Nubia", "trusted": "el padre Alirio"}
    card = _card(site, resident, interval_hours=12, last_heard_at=NOON - DAY, **said)
    client, address = browse(Role.CASEWORKER), reverse("family:steps", args=[card.pk])
    page = client.get(reverse("family:card", args=[card.pk])).content.decode()
    assert "por la tía Nubia" in page
    assert "el padre Alirio" in page
    tomorrow = (NOON + DAY).date()
    fields = {"done": ["tell_resident", "other_way"], "next_step": "Ir a verla", "next_step_on": tomorrow.isoformat()}
    client.post(address, {**fields, "sequence": card.sequence})
    card.refresh_from_db()
    kept = open_record(card.record, Relative, by=by, reason=Reason.VIEW)
    assert kept.done == (Todo.TELL_RESIDENT, Todo.OTHER_WAY)
    assert (kept.next_step, kept.next_step_on, card.step_on) == ("Ir a verla", tomorrow, tomorrow)
    assert not silences(by, NOON)[0].step_due
    assert silences(by, NOON + DAY)[0].step_due
    _press(card, by, ContactKind.HEARD)
    kept = open_record(WatchCard.objects.get().record, Relative, by=by, reason=Reason.VIEW)
    assert kept.done == ()  # with news the steps begin anew


@pytest.mark.parametrize(
    "wrong",
    [
        {"next_step_on": "yesterday"},
        {"next_step_on": "2019-03-04"},
        {"next_step_on": "2999-01-01"},
        {"done": ["fly"]},
        {"next_step": "x" * 500},
    ],
)
def test_a_step_that_cannot_be_kept_is_said_and_nothing_is(
    site: Site, resident: Person, browse: Browse, at: Callable[[datetime], None], wrong: dict[str, Any]
) -> None:
    card = _card(site, resident, interval_hours=12, last_heard_at=NOON - DAY)
    answer = browse(Role.CASEWORKER).post(reverse("family:steps", args=[card.pk]), wrong)
    assert answer.status_code == 200
    assert "summary" in answer.content.decode()
    card.refresh_from_db()
    assert card.sequence == 1


def test_two_who_note_steps_at_once_do_not_overwrite_each_other(site: Site, resident: Person, by: Actor) -> None:
    card = _card(site, resident)
    services.note_steps(by=by, card=card, done=[], next_step="uno", seen=1)
    with pytest.raises(Stale):
        services.note_steps(by=by, card=card, done=[], next_step="dos", seen=1)


def test_all_ones_people_by_number_from_clear_columns_only(
    site: Site, resident: Person, by: Actor, browse: Browse, at: Callable[[datetime], None], staff: dict[Role, User]
) -> None:
    alone, stranger = make_person(site), make_person(site)
    entrust(staff[Role.CASEWORKER], alone.pk, site)
    make_card(site, stranger, Relative(who="Otra"))
    _card(site, resident, interval_hours=12, last_heard_at=NOON - DAY)
    _card(site, resident, interval_hours=168, last_heard_at=NOON)
    before = AuditEntry.objects.filter(act=Act.READ_KIN).count()
    page = browse(Role.CASEWORKER).get(reverse("family:watch")).content.decode()
    assert AuditEntry.objects.filter(act=Act.READ_KIN).count() == before
    found = {one.number: (one.count, one.worst.silence.urgency if one.worst else None) for one in watched(by, NOON)}
    assert found == {resident.number: (2, Urgency.SILENT), alone.number: (0, None)}
    assert page.index(str(resident.number)) < page.index(str(alone.number))
    assert str(stranger.number) not in page
    assert "C. P." not in page
    for role in set(Role) - {Role.CASEWORKER}:
        assert browse(role).get(reverse("family:watch")).status_code == 403


def test_every_silence_has_its_line_on_today_however_many(site: Site, resident: Person, by: Actor) -> None:
    heard = clock.now() - 3 * DAY
    for _card_of in range(12):
        _card(site, resident, interval_hours=12, last_heard_at=heard)
    with translation.override("en"):
        assert sum("longer than agreed" in task.title for task in tasks_for(by)) == 12


def test_in_an_unknown_zone_nobody_is_called_and_the_page_says_so(
    site: Site, resident: Person, by: Actor, browse: Browse
) -> None:
    hours = SafeHours("Mars/Olympus", (Span(time(0), time(23)),))
    _card(site, resident, interval_hours=12, last_heard_at=clock.now() - DAY, hours=hours)
    assert not silences(by, clock.now())[0].call_now
    assert cards_of(by, resident, clock.now())[0].reach.why is Why.UNKNOWN_ZONE
    page = browse(Role.CASEWORKER).get(reverse("family:relatives", args=[resident.number])).content.decode()
    assert "zona horaria" in page
