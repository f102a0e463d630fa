"""Alarms: once for each user, kind and hour; kept with who saw them; never about whom."""

from datetime import timedelta

import pytest
from django.db import transaction
from pytest_django import Settings

from posada.accounts.acts import Act, Role
from posada.accounts.models import Notice, NoticeSeen, OpenForm, Site
from posada.accounts.permissions import Actor, Refused, Subject, system_actor
from posada.accounts.services import telling
from posada.audit import services as audit
from posada.audit.models import AuditEntry
from posada.ground import clock, ids
from posada.people.models import Identity
from posada.records import door, erasing, notices, quotas, scanning, services, undone
from posada.records.models import SealedRecord, What, Why

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Kind = Notice.Kind


def _person(site: Site) -> SealedRecord:
    return services.seal_new(
        Identity(given_names="Canario"), subject=ids.new_id(), by=system_actor(site.pk), act=Act.REGISTER
    )


def _read(record: SealedRecord, by: Actor) -> None:
    door.open_record(record, Identity, by=by, reason=door.Reason.VIEW)


def _kinds(actor: Actor) -> set[str]:
    return set(Notice.objects.filter(user_id=actor.user or 0).values_list("kind", flat=True))


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """An hour of the day, whenever the tests run."""
    at = clock.now().astimezone(clock.house_zone()).replace(hour=12, minute=10)
    monkeypatch.setattr(clock, "_shift", at - clock.now())


def _hours_later(monkeypatch: pytest.MonkeyPatch, hours: float) -> None:
    monkeypatch.setattr(clock, "_shift", clock._shift + timedelta(hours=hours))


def test_a_quota_that_is_reached_is_told_once_an_hour(
    site: Site, actors: dict[Role, Actor], settings: Settings, noon: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.QUOTAS = {"tracing_officer": (1, 1)}
    officer = actors[Role.TRACING_OFFICER]
    _read(_person(site), officer)
    for _ in range(3):
        with pytest.raises(quotas.QuotaReached):
            _read(_person(site), officer)
    (row,) = Notice.objects.filter(user_id=officer.user or 0, kind=Kind.QUOTA)
    assert row.count == 3
    assert AuditEntry.objects.filter(act=telling.RAISED, reason="quota", actor=officer.user).count() == 1
    _hours_later(monkeypatch, 1)
    with pytest.raises(quotas.QuotaReached):
        _read(_person(site), officer)
    assert Notice.objects.filter(user_id=officer.user or 0, kind=Kind.QUOTA).count() == 2


def test_who_reads_patiently_for_a_month_is_told_once_a_week(
    site: Site, actors: dict[Role, Actor], settings: Settings, noon: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One a day of five allowed: below the alarms of the hour, the day and the week. Twenty make four days' number."""
    settings.QUOTAS = {"tracing_officer": (5, 5)}
    officer = actors[Role.TRACING_OFFICER]
    rows = Notice.objects.filter(user_id=officer.user or 0)
    for day in range(20):
        assert not rows.exists(), day
        _read(_person(site), officer)
        _hours_later(monkeypatch, 24)
    assert list(rows.values_list("kind", "count")) == [(Kind.MONTH, 20)]
    _hours_later(monkeypatch, 24 * 7)
    _read(_person(site), officer)
    assert rows.count() == 2, "it lasts, so it is told again in another week"
    _hours_later(monkeypatch, 24 * 28)
    _read(_person(site), officer)
    assert rows.count() == 2, "a month later little was read"


def test_what_was_stopped_inside_an_undone_change_is_told_all_the_same(
    site: Site, actors: dict[Role, Actor], settings: Settings
) -> None:
    settings.QUOTAS = {"tracing_officer": (0, 0)}
    officer = actors[Role.TRACING_OFFICER]
    record = _person(site)
    with undone.settled():
        with pytest.raises(quotas.QuotaReached), transaction.atomic():
            _read(record, officer)
        assert not _kinds(officer)
    assert _kinds(officer) == {"quota"}
    assert AuditEntry.objects.filter(actor=officer.user, result="refused", reason="quota").count() == 1


def test_what_was_read_inside_an_undone_change_stands_in_the_audit(site: Site, actors: dict[Role, Actor]) -> None:
    officer = actors[Role.TRACING_OFFICER]
    record = _person(site)
    rows = AuditEntry.objects.filter(actor=officer.user, act=Act.READ_IDENTITY)
    with undone.settled():
        with transaction.atomic():
            _read(record, officer)
            transaction.set_rollback(True)
        assert not rows.exists()
        audit.write(audit.Event(act=Act.SEARCH, actor=officer.user))  # takes the sequence of what was undone
    assert rows.count() == 1
    assert audit.verify().broken_at is None


def test_what_was_read_inside_a_change_that_stands_is_written_once(site: Site, actors: dict[Role, Actor]) -> None:
    officer = actors[Role.TRACING_OFFICER]
    record = _person(site)
    with undone.settled(), transaction.atomic():
        _read(record, officer)
    assert AuditEntry.objects.filter(actor=officer.user, act=Act.READ_IDENTITY).count() == 1


def test_many_persons_at_night_are_unusual_and_by_day_are_not(
    site: Site, actors: dict[Role, Actor], noon: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = actors[Role.TRACING_OFFICER]
    for _ in range(9):
        _read(_person(site), officer)
    assert not _kinds(officer)
    _hours_later(monkeypatch, 14)
    for _ in range(9):
        _read(_person(site), officer)
    assert _kinds(officer) == {"night"}


def test_nearly_as_many_as_allowed_is_told_before_the_quota(
    site: Site, actors: dict[Role, Actor], settings: Settings, noon: None
) -> None:
    settings.QUOTAS = {"tracing_officer": (5, 50)}
    officer = actors[Role.TRACING_OFFICER]
    for _ in range(4):
        _read(_person(site), officer)
    assert _kinds(officer) == {"many"}


def test_a_week_below_every_days_number_is_told(
    site: Site, actors: dict[Role, Actor], settings: Settings, noon: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.QUOTAS = {"tracing_officer": (10, 10)}
    officer = actors[Role.TRACING_OFFICER]
    for _day in range(3):
        for _ in range(7):
            _read(_person(site), officer)
        _hours_later(monkeypatch, 25)
    assert _kinds(officer) == {"week"}


def _search(by: Actor, reason: str, result: audit.Result = audit.Result.DONE) -> None:
    with quotas.searching(by):
        audit.write(audit.Event(act=Act.SEARCH, actor=by.user, site=by.site, reason=reason, result=result))


def test_many_searches_that_open_nobody_are_unusual(actors: dict[Role, Actor]) -> None:
    officer, desk = actors[Role.TRACING_OFFICER], actors[Role.DESK]
    for turn in range(30):
        assert not _kinds(officer), turn
        _search(officer, "name")
    assert _kinds(officer) == {"searches"}
    for _ in range(40):  # a busy hour at the desk: each registration looks once whether somebody is here
        _search(desk, "advice")
    assert not _kinds(desk)


def test_many_refused_attempts_and_numbers_of_nobody_are_unusual(actors: dict[Role, Actor]) -> None:
    officer = actors[Role.TRACING_OFFICER]
    for _ in range(9):
        _search(officer, "number", audit.Result.NOTHING)
    notices.watch_refusals(officer)
    assert not _kinds(officer)
    audit.write(audit.Event(act=Act.CORRECT, actor=officer.user, result=audit.Result.REFUSED))
    notices.watch_refusals(officer)
    assert _kinds(officer) == {"refused"}


def test_forms_looked_up_and_never_saved_are_unusual(site: Site, actors: dict[Role, Actor]) -> None:
    desk = actors[Role.DESK]
    for turn in range(6):
        assert not _kinds(desk), turn
        form = OpenForm.objects.create(form=ids.new_id(), site=site, user_id=desk.user or 0, looked_at=clock.now())
        notices.looked_up(desk, form)
    assert _kinds(desk) == {"forms"}


def test_only_the_manager_and_the_auditor_see_alarms_and_it_is_kept_who_did(
    site: Site, actors: dict[Role, Actor]
) -> None:
    notices.tell(Kind.QUOTA, user=actors[Role.DESK].user or 0, site=site.pk)
    manager, auditor = actors[Role.SITE_MANAGER], actors[Role.AUDITOR]
    for role in set(Role) - {Role.SITE_MANAGER, Role.AUDITOR}:
        assert not notices.waiting(actors[role])
        with pytest.raises(Refused):
            notices.alarms(actors[role])
    for reader in (manager, auditor):
        (shown,) = notices.alarms(reader)
        assert shown.waits
        notices.see(reader, [shown.row])
    notices.answer(by=manager, notice=Notice.objects.get(), word=NoticeSeen.Word.ASKED)
    assert not notices.waiting(manager)
    assert notices.waiting(auditor).count() == 1
    (shown,) = notices.alarms(auditor)
    assert {(one.user_id, one.word) for one in shown.seen} == {(manager.user, "asked"), (auditor.user, "")}


def test_one_more_urgent_reading_in_the_same_hour_is_told_again(site: Site, actors: dict[Role, Actor]) -> None:
    manager, caseworker = actors[Role.SITE_MANAGER], actors[Role.CASEWORKER].user or 0
    notices.tell(Kind.BREAK_GLASS, user=caseworker, site=site.pk)
    notices.answer(by=manager, notice=Notice.objects.get(), word=NoticeSeen.Word.EXPECTED)
    assert not notices.waiting(manager)
    notices.tell(Kind.BREAK_GLASS, user=caseworker, site=site.pk)
    assert notices.waiting(manager).get().count == 2


def test_nobody_answers_their_own_alarm(site: Site, actors: dict[Role, Actor]) -> None:
    manager = actors[Role.SITE_MANAGER]
    notices.tell(Kind.EXPORT, user=manager.user or 0, site=site.pk)
    assert not notices.waiting(manager)
    assert notices.waiting(actors[Role.AUDITOR]).count() == 1
    with pytest.raises(Refused):
        notices.answer(by=manager, notice=Notice.objects.get(), word=NoticeSeen.Word.EXPECTED)


def test_alarms_of_another_house_are_not_seen(site: Site, actors: dict[Role, Actor]) -> None:
    other = Site.objects.create(code="otra", created_on=clock.today())
    notices.tell(Kind.QUOTA, user=actors[Role.DESK].user or 0, site=other.pk)
    assert not notices.alarms(actors[Role.SITE_MANAGER])


def test_the_team_is_counted_without_a_person(site: Site, actors: dict[Role, Actor]) -> None:
    officer = actors[Role.TRACING_OFFICER]
    for _ in range(3):
        _read(_person(site), officer)
    (use,) = [row for row in quotas.team_use(site.pk) if row.user == officer.user]
    assert (use.in_hour, use.in_day, use.hour_allowed, use.day_allowed) == (3, 3, 60, 300)
    assert len(quotas.team_use(site.pk)) == 3  # desk, caseworker, tracing officer


def test_an_export_is_told(site: Site, actors: dict[Role, Actor]) -> None:
    manager = actors[Role.SITE_MANAGER]
    list(scanning.scan(Identity, scanning.Purpose.EXPORT, records=[_person(site).pk], by=manager))
    assert _kinds(manager) == {"export"}


def test_one_who_empties_the_register_file_by_file_is_told(
    actors: dict[Role, Actor], site: Site, settings: Settings, noon: None
) -> None:
    officer = actors[Role.TRACING_OFFICER]
    limit = settings.ALARMS["hidden"]
    for turn in range(limit + 2):
        assert Notice.objects.filter(kind=Notice.Kind.HIDDEN, user=officer.user).exists() == (turn >= limit)
        subject = Subject(ids.new_id(), site.pk)
        erasing.hide(by=officer, subject=subject, what=What.PERSON, why=Why.ASKED)
    assert Notice.objects.get(kind=Notice.Kind.HIDDEN).count == limit + 2
