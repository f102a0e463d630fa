"""Referrals for a need: a yes each time, word by word; an answer; a day to ask again; the way back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Role
from posada.accounts.permissions import Actor, Refused
from posada.accounts.services import assign
from posada.ground import clock, ids
from posada.people import services as people
from posada.people.models import Answer, Consent, ConsentPurpose, Identity, Person
from posada.people.rules.referring import How, Stands
from posada.records.erasing import Gone
from posada.records.models import EarlierVersion
from posada.records.services import Stale
from posada.shelter.models.directory import DirectoryEntry, OrganisationWords
from posada.shelter.models.referring import NeedReferral
from posada.shelter.rules.directory import OrganisationKind, Takes
from posada.shelter.services import directory, erasing
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


def test_hurt_at_the_door_begins_a_referral_of_which_nothing_is_told(
    actors: dict[Role, Actor], agreed: Person, browse: Callable[[Role], Client]
) -> None:
    worker, desk, caseworker = actors[Role.CASEWORKER], browse(Role.DESK), browse(Role.CASEWORKER)
    address = reverse("shelter:door_answer", args=["hurt"])
    for _press in range(2):  # pressed again, one referral waits
        sent = desk.post(address, {"number": str(agreed.number), "once": str(ids.new_id())})
        assert sent["Location"] == reverse("people:emergency_write", args=[agreed.number])
    row = NeedReferral.objects.get()
    ((_row, told),) = services.referrals_of(by=worker, person=agreed)
    assert (row.is_begun, told.told, told.organisation, told.kind) == (True, (), "", OrganisationKind.HEALTH)
    page = reverse("shelter:need_referral", args=[row.number])
    assert reverse("desk:person", args=[agreed.number]) in desk.get("/").content.decode()
    assert page in caseworker.get("/").content.decode()
    assert desk.get(page).status_code == 403
    assert caseworker.get(reverse("shelter:need_slip", args=[row.number])).status_code == 404
    with pytest.raises(Stale):
        services.answer_for_need(by=worker, referral=row, stands=Stands.ACCEPTED)
    typed = {"organisation": "Qxclinica", "told": "Qxfiebre", "yes": "on", "how": "spoken", "days": "7"}
    caseworker.post(page, {**typed, "once": str(ids.new_id())})
    ((after, told),) = services.referrals_of(by=worker, person=agreed)
    assert (after.number, after.is_begun, told.told) == (row.number, False, ("Qxfiebre",))
    with pytest.raises(Stale):
        services.refer_for_need(by=worker, person=agreed, yes=YES, days=7, begun=row)
    with pytest.raises(Refused):
        services.begin_medical(by=actors[Role.TRACING_OFFICER], person=agreed)


@pytest.mark.parametrize(
    ("language", "choose", "takes"), [("es", "Elija quién", "recibe"), ("en", "Choose who", "takes")]
)
def test_who_can_help_is_chosen_from_the_directory(
    actors: dict[Role, Actor], agreed: Person, browse: Callable[[Role], Client], language: str, choose: str, takes: str
) -> None:
    client, address = browse(Role.CASEWORKER), reverse("shelter:refer", args=[agreed.number])
    speaks = {"accept-language": language}
    assert 'name="entry"' not in client.get(address).content.decode()  # nothing to choose: it is written
    manager = actors[Role.SITE_MANAGER]
    for name, now in (("Qxllena", Takes.NO), ("Qxabierta", Takes.YES)):
        words = OrganisationWords(name=name, kind=OrganisationKind.HEALTH, takes=now, helps="Qxpartos")
        entry = directory.keep_entry(by=manager, words=words)
    page = client.get(address, headers=speaks).content.decode()
    assert page.index("Qxabierta") < page.index("Qxllena")
    assert takes in page
    assert "Qxpartos" in page
    typed = {"told": "Qxtos", "yes": "on", "how": "spoken", "days": "7"}
    for chosen in ({}, {"entry": "other"}, {"entry": str(agreed.pk)}):
        answer = client.post(address, {**typed, **chosen, "once": str(ids.new_id())}, headers=speaks)
        assert answer.status_code == 422
        assert (choose in answer.content.decode()) is (chosen.get("entry") != str(agreed.pk))
    for chosen in ({"entry": str(entry.pk)}, {"entry": "other", "organisation": "Qxpartera"}):
        client.post(address, {**typed, **chosen, "once": str(ids.new_id())})
    told = {words.organisation for _row, words in services.referrals_of(by=actors[Role.CASEWORKER], person=agreed)}
    assert told == {"Qxabierta", "Qxpartera"}


def _with_room(by: Actor, places: int | None) -> DirectoryEntry:
    words = OrganisationWords(name="Qxabogadas", kind=OrganisationKind.LEGAL, takes=Takes.YES, places=places)
    return directory.keep_entry(by=by, words=words, checked_on=clock.today() - timedelta(days=3))


def _room(by: Actor) -> int | None:
    return next(one.words.places for one in directory.organisations(by) if one.words.name == "Qxabogadas")


@pytest.mark.parametrize("ends", [Stands.REFUSED, Stands.DONE, Stands.WITHDRAWN])
def test_a_place_taken_is_counted_down_and_given_back_once(
    actors: dict[Role, Actor], agreed: Person, browse: Callable[[Role], Client], ends: Stands
) -> None:
    worker, yes = actors[Role.CASEWORKER], NeedYes("Qxabogadas", ("Qxquiere pedir refugio",))
    _with_room(worker, 2)
    rows = [services.refer_for_need(by=worker, person=agreed, yes=yes, days=7) for _one in range(3)]
    assert _room(worker) == 0, "never less than none"
    page = browse(Role.CASEWORKER).get(reverse("asylum:legal_aid"), headers={"accept-language": "en"})
    assert "room for 0 more people" in page.content.decode()
    services.answer_for_need(by=worker, referral=rows[2], stands=Stands.REFUSED)
    assert _room(worker) == 0, "it took none"
    if ends is not Stands.REFUSED:
        services.answer_for_need(by=worker, referral=rows[0], stands=Stands.ACCEPTED)
        assert _room(worker) == 0, "who was taken has the place"
    if ends is not Stands.WITHDRAWN:
        services.answer_for_need(by=worker, referral=rows[0], stands=ends)
    assert _room(worker) == (1 if ends is not Stands.WITHDRAWN else 0)
    services.withdraw_for_need(by=worker, referral=rows[0])
    assert _room(worker) == 1


def test_a_number_said_anew_is_not_changed_by_what_was_taken_before(actors: dict[Role, Actor], agreed: Person) -> None:
    worker, yes = actors[Role.CASEWORKER], NeedYes("Qxabogadas", ("Qxquiere pedir refugio",))
    entry = _with_room(worker, 1)
    row = services.refer_for_need(by=worker, person=agreed, yes=yes, days=7)
    NeedReferral.objects.update(asked_on=clock.today() - timedelta(days=1))
    words = OrganisationWords(name="Qxabogadas", kind=OrganisationKind.LEGAL, takes=Takes.YES, places=5)
    directory.keep_entry(by=worker, words=words, entry=entry, checked_on=clock.today())
    services.answer_for_need(by=worker, referral=row, stands=Stands.REFUSED)
    assert _room(worker) == 5


def test_where_nobody_said_how_many_and_where_it_is_gone_nothing_is_counted(
    actors: dict[Role, Actor], agreed: Person
) -> None:
    worker, yes = actors[Role.CASEWORKER], NeedYes("Qxabogadas", ("Qxquiere pedir refugio",))
    entry = _with_room(worker, None)
    services.refer_for_need(by=worker, person=agreed, yes=yes, days=7)
    assert _room(worker) is None
    directory.take_off(by=worker, entry=entry)
    entry = _with_room(worker, 1)
    row = services.refer_for_need(by=worker, person=agreed, yes=yes, days=7)
    directory.take_off(by=worker, entry=entry)
    services.answer_for_need(by=worker, referral=row, stands=Stands.REFUSED)
    assert NeedReferral.objects.get(pk=row.pk).stands is Stands.REFUSED
