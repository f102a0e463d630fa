"""What the faults' house plants of a claim can be written; and all of it goes with whoever it is of."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests import cast
from tests.faults import plant_asylum
from tests.faults.plant_shelter import Hidden

from posada.accounts.acts import Act, Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import system_actor
from posada.asylum.models import Case, InCase, Statement
from posada.asylum.tests.accounts_here import begin, make_case, make_person
from posada.audit.models import AuditEntry
from posada.records import erasing
from posada.records.models import EarlierVersion, KeyDue, SealedRecord, What, Why
from posada.vault.models import WrappedKey

pytestmark = [
    pytest.mark.django_db(databases=["default", "keyring"], transaction=True),
    pytest.mark.usefixtures("audit_may_be_emptied"),
]


def test_all_that_is_planted_of_a_claim_goes_with_the_person(site: Site) -> None:
    by, person = system_actor(site.pk), make_person(site)
    plant_asylum.plant(by, person, Hidden(name="Qxbane", phone="3199000000", story="Contó que Qxcoro esperaba."))
    kinds = {"asylum.case", "asylum.account"}
    theirs = SealedRecord.objects.filter(kind__in=kinds)
    subjects = set(theirs.values_list("subject", flat=True))
    assert {row.kind for row in theirs} == kinds
    assert EarlierVersion.objects.filter(record__in=theirs).count() == 3
    erasing.erase(by=by, erasure=erasing.hide(by=by, subject=person.subject, what=What.PERSON, why=Why.ASKED))
    assert not SealedRecord.objects.filter(subject__in=subjects).exists()
    assert not WrappedKey.objects.filter(subject__in=subjects).exists()
    assert not any(model.objects.exists() for model in (Case, InCase, Statement, EarlierVersion, KeyDue))


def test_all_that_is_planted_of_a_case_goes_with_the_case_alone(site: Site) -> None:
    by, person, other = system_actor(site.pk), make_person(site), make_person(site, "Otra")
    words = Hidden(name="Qxbane", phone="3199000000", story="Contó que Qxcoro esperaba.")
    case, stays = plant_asylum.plant(by, person, words), plant_asylum.plant(by, other, words)
    theirs = SealedRecord.objects.filter(kind__in={"asylum.case", "asylum.account"})
    kept = set(Statement.objects.filter(case=stays).values_list("pk", flat=True)) | {stays.pk}
    subjects = set(theirs.values_list("subject", flat=True)) - kept
    assert len(subjects) == 2
    asked = erasing.hide(by=by, subject=case.subject, what=What.CASE, why=Why.MISTAKE)
    assert erasing.number_of(asked) == case.number
    assert not Case.objects.visible_to(by).filter(pk=case.pk).exists()
    assert not Statement.objects.visible_to(by).filter(case=case).exists()
    erasing.erase(by=by, erasure=asked)
    assert not SealedRecord.objects.filter(subject__in=subjects).exists()
    assert not WrappedKey.objects.filter(subject__in=subjects).exists()
    assert set(Case.objects.values_list("pk", flat=True)) == {stays.pk}
    assert not InCase.objects.filter(case=case.pk).exists()
    assert not EarlierVersion.objects.exclude(record__subject__in=kept).exists()
    assert set(theirs.values_list("subject", flat=True)) == kept
    assert SealedRecord.objects.filter(pk=person.identity_id).exists()


def test_what_somebody_else_told_in_it_stays_theirs(site: Site, staff: dict[Role, User]) -> None:
    by, person, daughter = system_actor(site.pk), make_person(site), make_person(site, "Hija")
    case = make_case(site, person, daughter, lawyer=staff[Role.LAWYER])
    mine, hers = begin(by, case), begin(by, case, person=daughter)
    asked = erasing.hide(by=by, subject=case.subject, what=What.CASE, why=Why.ASKED)
    erasing.erase(by=by, erasure=asked)
    assert [(one.pk, one.case_id) for one in Statement.objects.all()] == [(hers.pk, None)]
    assert not WrappedKey.objects.filter(subject__in=[mine.pk, case.pk]).exists()
    assert WrappedKey.objects.filter(subject=hers.pk).exists()


def test_a_case_is_hidden_from_its_page_with_a_reason_and_without_one_nothing_happens(
    site: Site, staff: dict[Role, User], browse: Callable[[Role], Client]
) -> None:
    case = make_case(site, make_person(site), lawyer=staff[Role.LAWYER])
    page, lawyer = reverse("asylum:erase_case", args=[case.number]), browse(Role.LAWYER)
    assert page in lawyer.get(reverse("asylum:case", args=[case.number])).content.decode()
    assert lawyer.get(page).status_code == 200
    assert lawyer.post(page, {}).status_code == 422
    assert Case.objects.visible_to(cast.actor(staff[Role.LAWYER])).exists()
    assert lawyer.post(page, {"why": "mistake", "once": str(uuid.uuid4())}).status_code == 302
    assert lawyer.get(reverse("asylum:case", args=[case.number])).status_code == 404
    entry = AuditEntry.objects.filter(act=Act.ASK_ERASURE).latest("pk")
    assert entry.reason == "case:mistake"
