"""What the faults' house plants of a claim can be written; and all of it goes with whoever it is of."""

import pytest
from tests.faults import plant_asylum
from tests.faults.plant_shelter import Hidden

from posada.accounts.models import Site
from posada.accounts.permissions import system_actor
from posada.asylum.models import Case, InCase, Statement
from posada.asylum.tests.accounts_here import make_person
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
