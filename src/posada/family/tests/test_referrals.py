"""Referrals with consent: exactly what was agreed is told, to whom it was agreed, until it is taken back."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests import cast

from posada.accounts.acts import Act, Role
from posada.accounts.models import Assignment, Site, User
from posada.accounts.permissions import Actor, Refused, granted_role, system_actor
from posada.audit.models import AuditEntry
from posada.desk.waiting import tasks_for
from posada.family.models import (
    HarmEvent,
    HarmNote,
    Referral,
    ReferralTold,
    Relative,
    WatchCard,
)
from posada.family.queries.harm import referrals_to
from posada.family.rules.harm import Harm, How, Part, Stands, Yes
from posada.family.services import referrals
from posada.family.tests.people_here import entrust
from posada.family.tests.what_happened import ALL, NAME, TAKEN, event_of, said_on
from posada.ground import clock, ids
from posada.people.models import Person
from posada.records.door import Reason, open_record
from posada.records.models import KeyDue, SealedRecord
from posada.records.once import AlreadySent
from posada.records.services import Stale
from posada.vault.models import WrappedKey

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]


def _yes(lawyer: User | None, parts: frozenset[Part] = ALL - {Part.NAME}, **other: object) -> Yes:
    inside = lawyer.pk if lawyer else None
    return Yes(parts=parts, to=inside, body="" if lawyer else "Comisión de derechos", **other)  # type: ignore[arg-type]


def test_without_a_yes_nobody_is_told_and_refusing_changes_nothing(
    browse: Browse, noted: HarmNote, card: WatchCard
) -> None:
    before = (said_on(card), event_of(noted), WatchCard.objects.get(pk=card.pk).state)
    answer = browse(Role.CASEWORKER).post(reverse("family:refer", args=[noted.pk]), {"asked": "no"}, follow=True)
    assert answer.status_code == 200
    assert not Referral.objects.exists()
    assert (said_on(card), event_of(noted), WatchCard.objects.get(pk=card.pk).state) == before


@pytest.mark.parametrize(
    "yes",
    [
        Yes(parts=frozenset(), body="Comisión"),
        Yes(parts=frozenset({Part.WHAT})),
        Yes(parts=frozenset({Part.WHAT}), to=1, body="Comisión"),
        Yes(parts=frozenset({Part.WHAT}), body="Comisión", how=How.MARK),
        Yes(parts=frozenset({Part.WHAT}), body="Comisión", how=How.MARK, witness="  "),
    ],
)
def test_a_consent_that_does_not_say_what_to_whom_or_has_no_witness_is_none(
    noted: HarmNote, worker: Actor, yes: Yes
) -> None:
    with pytest.raises(referrals.NoConsent):
        referrals.refer(by=worker, harm=noted, yes=yes)
    assert not Referral.objects.exists()


def test_the_form_names_each_missing_thing(browse: Browse, noted: HarmNote, staff: dict[Role, User]) -> None:
    client, address = browse(Role.CASEWORKER), reverse("family:refer", args=[noted.pk])
    whole = {"asked": "yes", "to": "outside", "body": "Comisión", "parts": ["what"], "how": "spoken"}
    for change, field in (
        ({"asked": ""}, "asked"),
        ({"to": ""}, "to"),
        ({"to": str(staff[Role.SITE_MANAGER].pk)}, "to"),
        ({"body": ""}, "body"),
        ({"parts": []}, "parts"),
        ({"parts": ["everything"]}, "parts"),
        ({"how": "mark"}, "witness"),
    ):
        answer = client.post(address, {**whole, **change})
        assert answer.status_code == 422, change
        assert field in answer.context["form"].errors, change
    assert not Referral.objects.exists()
    assert client.post(address, whole).status_code == 302
    assert Referral.objects.count() == 1


def test_the_lawyer_reads_exactly_what_was_consented_and_nothing_else(
    site: Site, noted: HarmNote, card: WatchCard, person: Person, worker: Actor, staff: dict[Role, User]
) -> None:
    parts = frozenset({Part.WHAT, Part.WHERE, Part.FORCE})
    made = referrals.refer(by=worker, harm=noted, yes=_yes(staff[Role.LAWYER], parts))
    lawyer = cast.actor(staff[Role.LAWYER])
    assert made.told is not None
    told_them = open_record(made.told, ReferralTold, by=lawyer, reason=Reason.VIEW)
    assert told_them == ReferralTold(
        parts=(Part.WHAT, Part.WHERE, Part.FORCE), harm=Harm.DETAINED, place=TAKEN.place, by_whom=TAKEN.by_whom
    )
    mine = set(Assignment.objects.filter(user=staff[Role.LAWYER]).values_list("subject", flat=True))
    assert mine == {made.pk}
    for record, as_ in ((card.record, Relative), (noted.record, HarmEvent)):
        with pytest.raises(Refused):
            open_record(record, as_, by=lawyer, reason=Reason.VIEW)
    for act in (Act.READ_IDENTITY, Act.READ_CONTACT, Act.READ_KIN, Act.READ_LEGAL):
        assert granted_role(lawyer, act, person.subject) is None


def test_a_lawyer_of_the_resident_who_was_not_asked_reads_no_event_and_no_referral(
    site: Site, noted: HarmNote, person: Person, worker: Actor, staff: dict[Role, User]
) -> None:
    other = cast.make_staff(site, Role.LAWYER, name="Gala")
    entrust(other, person.pk, site)
    made = referrals.refer(by=worker, harm=noted, yes=_yes(staff[Role.LAWYER]))
    referrals.entrust_referral(made)
    assert made.told is not None
    for record, as_ in ((noted.record, HarmEvent), (made.told, ReferralTold)):
        with pytest.raises(Refused):
            open_record(record, as_, by=cast.actor(other), reason=Reason.VIEW)
    assert referrals_to(cast.actor(other)) == []


def test_a_number_stands_in_place_of_the_name_unless_that_was_consented(
    browse: Browse, noted: HarmNote, worker: Actor
) -> None:
    client = browse(Role.CASEWORKER)
    without = referrals.refer(by=worker, harm=noted, yes=_yes(None, frozenset({Part.WHAT})))
    sheet = client.get(reverse("family:referral_sheet", args=[without.pk])).content.decode()
    assert str(without.number) in sheet
    for word in (NAME, TAKEN.place, TAKEN.said, TAKEN.source, str(noted.card.resident.number)):
        assert word not in sheet
    named = referrals.refer(by=worker, harm=noted, yes=Yes(parts=frozenset({Part.NAME}), body="Otra"))
    assert NAME in client.get(reverse("family:referral_sheet", args=[named.pk])).content.decode()
    assert AuditEntry.objects.filter(act=Act.READ_HARM, reason=Reason.PRINT).count() == 2


def test_the_same_is_not_referred_twice_while_it_waits(noted: HarmNote, worker: Actor, staff: dict[Role, User]) -> None:
    inside = referrals.refer(by=worker, harm=noted, yes=_yes(staff[Role.LAWYER]))
    referrals.refer(by=worker, harm=noted, yes=_yes(None))
    for yes in (_yes(staff[Role.LAWYER]), Yes(parts=ALL, body="  comisión DE derechos ")):
        with pytest.raises(referrals.AlreadyReferred):
            referrals.refer(by=worker, harm=noted, yes=yes)
    lawyer = cast.actor(staff[Role.LAWYER])
    referrals.answer(by=lawyer, referral=inside, stands=Stands.REFUSED, once=None)
    referrals.refer(by=worker, harm=noted, yes=_yes(staff[Role.LAWYER]))
    assert Referral.objects.count() == 3


def test_only_a_lawyer_of_this_house_is_one(noted: HarmNote, worker: Actor, staff: dict[Role, User]) -> None:
    gone = staff[Role.LAWYER]
    gone.is_active = False
    gone.save()
    for user in (staff[Role.DESK], gone):
        with pytest.raises(referrals.NotALawyer):
            referrals.refer(by=worker, harm=noted, yes=_yes(user))


def test_asked_accepted_done_each_with_its_day_and_nobody_answers_for_the_lawyer(
    noted: HarmNote, worker: Actor, staff: dict[Role, User]
) -> None:
    made = referrals.refer(by=worker, harm=noted, yes=_yes(staff[Role.LAWYER]))
    lawyer = cast.actor(staff[Role.LAWYER])
    with pytest.raises(Refused):
        referrals.answer(by=worker, referral=made, stands=Stands.ACCEPTED, once=None)
    with pytest.raises(Stale):
        referrals.answer(by=lawyer, referral=made, stands=Stands.DONE, once=None)
    made = referrals.answer(by=lawyer, referral=made, stands=Stands.ACCEPTED, words="Lo tomo.", seen=1, once=None)
    assert (made.stands, made.answered_on, made.ended_on) == (Stands.ACCEPTED, clock.today(), None)
    with pytest.raises(Stale):
        referrals.answer(by=lawyer, referral=made, stands=Stands.REFUSED, seen=1, once=None)
    made = referrals.answer(by=lawyer, referral=made, stands=Stands.DONE, words="Presentado.", seen=2, once=None)
    assert made.ended_on == clock.today()
    assert made.told is not None
    read = open_record(made.told, ReferralTold, by=worker, reason=Reason.VIEW)
    assert read.answer == "Lo tomo.\nPresentado."
    with pytest.raises(Stale):
        referrals.answer(by=lawyer, referral=made, stands=Stands.ACCEPTED, once=None)


@pytest.mark.django_db(databases=["default", "keyring"], transaction=True)
@pytest.mark.usefixtures("audit_may_be_emptied")
def test_a_consent_taken_back_closes_it_at_once_and_wipes_what_was_copied(
    noted: HarmNote, worker: Actor, staff: dict[Role, User], browse: Browse
) -> None:
    made = referrals.refer(by=worker, harm=noted, yes=_yes(staff[Role.LAWYER]))
    client = browse(Role.LAWYER)
    page = reverse("family:referral", args=[made.pk])
    assert TAKEN.place in client.get(page).content.decode()
    referrals.withdraw(by=worker, referral=made)
    assert client.get(page).status_code in {403, 404}
    assert TAKEN.place not in client.get(reverse("family:referrals")).content.decode()
    assert referrals_to(cast.actor(staff[Role.LAWYER])) == []
    assert not SealedRecord.objects.filter(subject=made.pk).exists()
    assert not WrappedKey.objects.filter(subject=made.pk).exists()
    assert not KeyDue.objects.exists()
    with pytest.raises(Stale):
        referrals.withdraw(by=worker, referral=made)
    with pytest.raises(Stale):
        referrals.answer(by=system_actor(made.site_id), referral=made, stands=Stands.ACCEPTED, once=None)


def test_a_referral_withdrawn_meanwhile_is_said_calmly(
    noted: HarmNote, worker: Actor, browse: Browse, staff: dict[Role, User]
) -> None:
    made = referrals.refer(by=worker, harm=noted, yes=_yes(None))
    client = browse(Role.CASEWORKER)
    referrals.withdraw(by=worker, referral=made)
    for name, fields in (("answer_referral", {"stands": "accepted", "seen": "1"}), ("withdraw_referral", {})):
        answer = client.post(reverse(f"family:{name}", args=[made.pk]), fields, follow=True)
        assert answer.status_code == 200
        assert next(iter(answer.context["messages"])).level_tag == "warning"
    assert Referral.objects.get().stands is Stands.WITHDRAWN


def test_the_lawyers_list_shows_numbers_and_no_words(
    noted: HarmNote, worker: Actor, browse: Browse, staff: dict[Role, User], person: Person
) -> None:
    made = referrals.refer(by=worker, harm=noted, yes=_yes(staff[Role.LAWYER], ALL))
    client = browse(Role.LAWYER)
    listed = client.get(reverse("family:referrals")).content.decode()
    assert str(made.number) in listed
    assert not any(word in listed for word in (NAME, TAKEN.place, str(person.number), TAKEN.said))
    assert reverse("family:referrals") in client.get(reverse("family:home")).content.decode()
    page = client.get(reverse("family:referral", args=[made.pk])).content.decode()
    assert NAME in page
    assert str(person.number) not in page
    assert reverse("family:harm", args=[noted.pk]) not in page
    answer = client.post(reverse("family:answer_referral", args=[made.pk]), {"stands": "accepted", "seen": "1"})
    assert answer.status_code == 302
    assert Referral.objects.get().stands is Stands.ACCEPTED


def test_a_page_of_referring_sent_twice_refers_once(noted: HarmNote, worker: Actor) -> None:
    once = ids.new_id()
    referrals.refer(by=worker, harm=noted, yes=_yes(None), once=once)
    with pytest.raises(AlreadySent):
        referrals.refer(by=worker, harm=noted, yes=_yes(None), once=once)
    assert Referral.objects.count() == 1


def test_the_lawyer_who_is_asked_finds_it_on_today_until_it_is_answered(
    site: Site, noted: HarmNote, worker: Actor, staff: dict[Role, User]
) -> None:
    another = cast.actor(cast.make_staff(site, Role.LAWYER, name="Gabo"))
    made = referrals.refer(by=worker, harm=noted, yes=_yes(staff[Role.LAWYER]))
    lawyer = cast.actor(staff[Role.LAWYER])

    def waits(actor: Actor) -> list[str]:
        with translation.override("es"):
            return [task.title for task in tasks_for(actor) if "remisión" in task.title]

    assert waits(lawyer) == ["1 remisión espera su respuesta"]
    assert waits(another) == waits(worker) == []
    referrals.answer(by=lawyer, referral=made, stands=Stands.ACCEPTED, once=None)
    assert waits(lawyer) == []
