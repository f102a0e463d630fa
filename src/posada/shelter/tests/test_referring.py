"""Referrals for a need: a yes each time, word by word; an answer; a day to ask again; the way back."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Role
from posada.accounts.permissions import Actor, Refused
from posada.accounts.services import assign
from posada.people import services as people
from posada.people.models import Answer, Consent, ConsentPurpose, Identity, Person
from posada.people.rules.referring import How, Stands
from posada.records.erasing import Gone
from posada.records.models import EarlierVersion
from posada.records.services import Stale
from posada.shelter.models.referring import NeedReferral
from posada.shelter.services import erasing
from posada.shelter.services import referring as services
from posada.shelter.services.referring import NeedYes, NoConsent

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

YES = NeedYes("Qxclinica", ("Qxtos desde marzo",))


@pytest.fixture
def agreed(actors: dict[Role, Actor]) -> Person:
    consents = [Consent(ConsentPurpose.REFERRAL, Answer.YES)]
    identity = Identity(given_names="Qxinventada")
    made = people.register_person(by=actors[Role.DESK], identity=identity, phone="", consents=consents)
    user = actors[Role.CASEWORKER].user
    assert user is not None
    assign(user_id=user, site_id=made.site_id, subject=made.pk)
    return made


def test_nothing_is_told_without_a_yes_to_these_very_words(actors: dict[Role, Actor], agreed: Person) -> None:
    worker = actors[Role.CASEWORKER]
    for yes in (NeedYes("", ("x",)), NeedYes("Qx", ()), NeedYes("Qx", ("x",), how=How.MARK)):
        with pytest.raises(NoConsent):
            services.refer_for_need(by=worker, person=agreed, yes=yes, days=7)
    with pytest.raises(Refused):
        services.refer_for_need(by=actors[Role.DESK], person=agreed, yes=YES, days=7)
    people.record_consent(by=worker, person=agreed, answers=(Consent(ConsentPurpose.REFERRAL, Answer.NO),))
    with pytest.raises(NoConsent):
        services.refer_for_need(by=worker, person=agreed, yes=YES, days=7)
    assert not NeedReferral.objects.exists()


def test_a_referral_is_asked_about_answered_and_taken_back(
    actors: dict[Role, Actor], agreed: Person, browse: Callable[[Role], Client]
) -> None:
    worker = actors[Role.CASEWORKER]
    row = services.refer_for_need(by=worker, person=agreed, yes=YES, days=0)
    assert services.to_follow_up(worker) == [row]
    assert services.to_follow_up(actors[Role.LAWYER]) == []
    slip = browse(Role.CASEWORKER).get(reverse("shelter:need_slip", args=[row.number])).content.decode()
    assert "Qxtos desde marzo" in slip
    assert "Qxinventada" not in slip
    assert str(agreed.number) not in slip
    with pytest.raises(Stale):
        services.answer_for_need(by=worker, referral=row, stands=Stands.DONE)
    services.answer_for_need(by=worker, referral=row, stands=Stands.ACCEPTED)
    assert services.to_follow_up(worker) == []
    services.withdraw_for_need(by=worker, referral=row)
    ((_row, told),) = services.referrals_of(by=worker, person=agreed)
    assert told.told == ()
    assert not EarlierVersion.objects.filter(record=row.record_id).exists()
    erasing.ROOM.remove(Gone(agreed.site_id, frozenset({agreed.pk}), frozenset()))
    assert not NeedReferral.objects.exists()
