"""The one door: nothing is read without permission, quota and an audit entry that came first."""

import uuid
from datetime import timedelta

import pytest
from pytest_django import Settings
from tests import cast

from posada.accounts import services as accounts
from posada.accounts.acts import Act, Role
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, Refused, Subject, system_actor
from posada.audit.models import AuditEntry
from posada.ground import clock
from posada.people.models import ContactDetails, Identity
from posada.records import door, quotas, scanning, services
from posada.records.contents import StaffName
from posada.records.models import Change, SealedRecord
from posada.vault import keyring
from posada.vault.errors import Unreadable
from posada.vault.models import WrappedKey

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def _person(site: Site, **words: str) -> SealedRecord:
    content = Identity(given_names=words.get("given_names", "Canario"))
    return services.seal_new(content, subject=uuid.uuid4(), by=system_actor(site.pk), act=Act.REGISTER)


def test_it_writes_the_audit_before_it_unseals(
    site: Site, actors: dict[Role, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    record = _person(site)
    before = AuditEntry.objects.count()

    def watch(*_arguments: object) -> None:
        assert AuditEntry.objects.count() == before + 1
        raise Unreadable

    monkeypatch.setattr("posada.records.door.unsealing.unseal", watch)
    with pytest.raises(Unreadable):
        door.open_record(record, Identity, by=actors[Role.DESK], reason=door.Reason.VIEW)
    entry = AuditEntry.objects.order_by("-sequence")[0]
    assert entry.subject == keyring.pseudonym(record.subject)
    assert (entry.act, entry.role, entry.reason) == (Act.READ_IDENTITY, "desk", "view")


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.LAWYER, Role.SITE_MANAGER, Role.AUDITOR])
def test_who_has_no_grant_reads_nothing(site: Site, actors: dict[Role, Actor], role: Role) -> None:
    with pytest.raises(Refused):
        door.open_record(_person(site), Identity, by=actors[role], reason=door.Reason.VIEW)


def test_the_desk_reads_only_persons_of_today(site: Site, actors: dict[Role, Actor]) -> None:
    record = _person(site)
    record.registered_on = clock.today() - timedelta(days=1)
    with pytest.raises(Refused):
        door.open_record(record, Identity, by=actors[Role.DESK], reason=door.Reason.VIEW)


def test_the_desk_never_reads_how_to_reach_somebody(site: Site, actors: dict[Role, Actor]) -> None:
    subject = uuid.uuid4()
    record = services.seal_new(ContactDetails(phone="1"), subject=subject, by=system_actor(site.pk), act=Act.REGISTER)
    with pytest.raises(Refused):
        door.open_record(record, ContactDetails, by=actors[Role.DESK], reason=door.Reason.VIEW)


def test_a_caseworker_reads_those_entrusted_to_them(site: Site, actors: dict[Role, Actor]) -> None:
    record = _person(site)
    accounts.take_on(actors[Role.CASEWORKER], door.subject_of(record))
    assert (
        door.open_record(record, Identity, by=actors[Role.CASEWORKER], reason=door.Reason.VIEW).given_names == "Canario"
    )


def test_nobody_reads_a_person_of_another_site(site: Site, actors: dict[Role, Actor]) -> None:
    other = cast.make_site(code="otra")
    for role in Role:
        with pytest.raises(Refused):
            door.open_record(_person(other), Identity, by=actors[role], reason=door.Reason.VIEW)


def test_a_quota_ends_reading_and_the_same_person_counts_once(
    site: Site, actors: dict[Role, Actor], settings: Settings
) -> None:
    settings.QUOTAS = {"tracing_officer": (3, 100)}
    officer = actors[Role.TRACING_OFFICER]
    records = [_person(site) for _ in range(4)]
    for record in [*records[:3], *records[:3]]:
        door.open_record(record, Identity, by=officer, reason=door.Reason.VIEW)
    with pytest.raises(quotas.QuotaReached):
        door.open_record(records[3], Identity, by=officer, reason=door.Reason.VIEW)
    use = quotas.use_today(officer)
    assert use is not None
    assert (use.opened, use.allowed) == (3, 100)


def test_own_cases_do_not_count_but_taking_on_does(site: Site, actors: dict[Role, Actor], settings: Settings) -> None:
    settings.QUOTAS = {"caseworker": (1, 1)}
    caseworker = actors[Role.CASEWORKER]
    records = [_person(site) for _ in range(3)]
    for record in records:
        accounts.assign(user_id=caseworker.user or 0, site_id=site.pk, subject=record.subject)
        door.open_record(record, Identity, by=caseworker, reason=door.Reason.VIEW)
    quotas.check(caseworker, {"a"}, quotas.TAKING_ON)
    accounts.take_on(caseworker, door.subject_of(records[0]))
    with pytest.raises(quotas.QuotaReached):
        quotas.check(caseworker, {"a"}, quotas.TAKING_ON)


def test_of_several_records_none_is_read_if_one_may_not_be(site: Site, actors: dict[Role, Actor]) -> None:
    other = cast.make_site(code="otra")
    before = AuditEntry.objects.count()
    with pytest.raises(Refused):
        door.open_records(
            [_person(site), _person(other)],
            Identity,
            by=actors[Role.TRACING_OFFICER],
            reason=door.Reason.VIEW,
        )
    assert not AuditEntry.objects.filter(sequence__gt=before, act=Act.READ_IDENTITY).exists()


def test_a_scan_is_one_audit_entry_with_its_count(site: Site) -> None:
    for number in range(3):
        _person(site, given_names=f"n{number}")
    found = list(scanning.scan(Identity, scanning.Purpose.INDEX))
    entry = AuditEntry.objects.order_by("-sequence")[0]
    assert len(found) == entry.count == 3
    assert entry.act == Act.SCAN


def test_a_scan_for_somebody_names_them_and_stays_in_their_site(site: Site, actors: dict[Role, Actor]) -> None:
    manager = actors[Role.SITE_MANAGER]
    here, elsewhere = _person(site), _person(cast.make_site(code="otra"))
    named = [here.pk, elsewhere.pk]
    found = list(scanning.scan(Identity, scanning.Purpose.EXPORT, records=named, by=manager))
    assert [one.record for one in found] == [here.pk]
    entry = AuditEntry.objects.filter(act=Act.SCAN).order_by("-sequence")[0]
    assert (entry.actor, entry.site, entry.role, entry.count) == (manager.user, site.pk, "site_manager", 1)


@pytest.mark.parametrize("purpose", list(scanning.Purpose))
def test_nobody_without_the_grant_has_a_compartment_read(actors: dict[Role, Actor], purpose: scanning.Purpose) -> None:
    allowed = {
        scanning.Purpose.EXPORT: {Role.SITE_MANAGER},
        scanning.Purpose.COUNT: {Role.SITE_MANAGER},
        scanning.Purpose.EVACUATION: set(Role) - {Role.LAWYER, Role.AUDITOR},
    }.get(purpose, set())
    for role in set(Role) - allowed:
        with pytest.raises(Refused):
            list(scanning.scan(Identity, purpose, by=actors[role]))


def test_a_scan_leaves_out_who_was_erased(site: Site) -> None:
    record = _person(site)
    WrappedKey.objects.filter(subject=record.subject).delete()
    assert list(scanning.scan(Identity, scanning.Purpose.INDEX)) == []


def test_a_correction_keeps_what_was_said_before_and_notes_the_change(site: Site) -> None:
    by = system_actor(site.pk)
    record = services.revise(_person(site), Identity(given_names="Otra"), by=by, act=Act.CORRECT, expected=1)
    assert [row.content.given_names for row in door.open_history(record, Identity, by=by)] == [
        "Canario",
        "Otra",
    ]
    assert Change.objects.filter(record=record.pk).count() == 2


def test_a_stale_correction_is_refused_and_changes_nothing(site: Site) -> None:
    by = system_actor(site.pk)
    record = _person(site)
    services.revise(record, Identity(given_names="Otra"), by=by, act=Act.CORRECT, expected=1)
    with pytest.raises(services.Stale):
        services.revise(record, Identity(given_names="Tercera"), by=by, act=Act.CORRECT, expected=1)
    held = SealedRecord.objects.get(pk=record.pk)
    assert door.open_record(held, Identity, by=by, reason=door.Reason.SYSTEM).given_names == "Otra"


def test_a_write_without_a_grant_writes_nothing(site: Site, actors: dict[Role, Actor]) -> None:
    with pytest.raises(Refused):
        services.seal_new(Identity(), subject=uuid.uuid4(), by=actors[Role.AUDITOR], act=Act.REGISTER)
    assert not SealedRecord.objects.filter(kind="person.identity").exists()


def test_the_body_says_nothing(site: Site) -> None:
    assert b"Canario" not in bytes(_person(site).body)


def test_searching_has_a_quota_of_its_own(actors: dict[Role, Actor], settings: Settings, site: Site) -> None:
    settings.SEARCHES_AN_HOUR = 2
    desk = actors[Role.DESK]
    for _ in range(2):
        quotas.check_search(desk)
        services.note(desk, Act.SEARCH, Subject(uuid.uuid4(), site.pk, clock.today()))
    with pytest.raises(quotas.QuotaReached):
        quotas.check_search(desk)


def test_who_only_stands_on_a_list_was_never_registered_today(site: Site, actors: dict[Role, Actor]) -> None:
    house = system_actor(site.pk)
    listed = services.seal_new(Identity(), subject=uuid.uuid4(), by=house, act=Act.IMPORT, is_listed=True)
    with pytest.raises(Refused):
        door.open_record(listed, Identity, by=actors[Role.DESK], reason=door.Reason.VIEW)
    later = services.seal_new(ContactDetails(), subject=listed.subject, by=house, act=Act.IMPORT)
    assert later.registered_on is None


@pytest.mark.parametrize("role", list(Role))
def test_what_staff_are_called_is_opened_by_nobody(site: Site, actors: dict[Role, Actor], role: Role) -> None:
    record = SealedRecord.objects.filter(kind=StaffName.KIND)[0]
    with pytest.raises(Refused):
        door.open_record(record, StaffName, by=actors[role], reason=door.Reason.VIEW)


def test_a_record_is_not_opened_as_another_kind(site: Site) -> None:
    with pytest.raises(Unreadable):
        door.open_record(_person(site), ContactDetails, by=system_actor(site.pk), reason=door.Reason.SYSTEM)


def test_every_compartment_has_an_act_by_which_it_is_read() -> None:
    assert set(door.READ_ACT) == set(keyring.Compartment)
