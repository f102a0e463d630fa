"""Something happened to a relative: noted, never contacted by us first, referred with consent to somebody who reads
exactly that."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests import cast

from posada.accounts.acts import Act, Role
from posada.accounts.models import Assignment, Site, User
from posada.accounts.permissions import Actor, Refused, granted_role, system_actor
from posada.audit.models import AuditEntry
from posada.family.models import (
    ContactKind,
    HarmEvent,
    HarmNote,
    Referral,
    ReferralTold,
    Relative,
    WatchCard,
)
from posada.family.queries.harm import referrals_to
from posada.family.queries.relatives import opened, reach_of, silences
from posada.family.rules.calling import Why
from posada.family.rules.harm import STEP_WORDS, STEPS, Force, Harm, How, Part, Stands, Step, Sure, Yes
from posada.family.rules.kinship import Relation
from posada.family.rules.silence import Watch
from posada.family.services import harm as harms
from posada.family.services import referrals, told
from posada.family.services import relatives as cards
from posada.family.tests.people_here import entrust, make_card, make_person
from posada.ground import clock, ids
from posada.people.models import Person
from posada.records.door import Reason, open_record
from posada.records.models import KeyDue, SealedRecord
from posada.records.once import AlreadySent
from posada.records.services import Stale
from posada.vault.models import WrappedKey

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]

TAKEN = HarmEvent(
    harm=Harm.DETAINED,
    on="2019-02-23",
    place="Plaza de Ureña",
    by_whom=Force.INTELLIGENCE,
    seen_on="2019-02-23",
    seen_where="frente a la farmacia",
    seen_by="una vecina",
    who_knows="solo la vecina",
    said="Que venían por el hijo.",
    documents="una boleta",
    source="la vecina, por voz",
    sure=Sure.SAW,
)
NAME = "Carmen Peña"
ALL = frozenset(Part)


@pytest.fixture
def person(site: Site) -> Person:
    return make_person(site)


@pytest.fixture
def card(site: Site, person: Person, staff: dict[Role, User]) -> WatchCard:
    made = make_card(site, person, Relative(who=NAME, relation=Relation.MOTHER, interval_hours=48))
    for subject in (person.pk, made.pk):
        entrust(staff[Role.CASEWORKER], subject, site)
    return made


@pytest.fixture
def worker(actors: dict[Role, Actor]) -> Actor:
    return actors[Role.CASEWORKER]


@pytest.fixture
def noted(card: WatchCard, worker: Actor) -> HarmNote:
    return harms.note_harm(by=worker, card=card, content=TAKEN)


def _said(card: WatchCard) -> Relative:
    row = WatchCard.objects.select_related("record").get(pk=card.pk)
    return open_record(row.record, Relative, by=system_actor(row.site_id), reason=Reason.SYSTEM)


def _event(note: HarmNote) -> HarmEvent:
    row = HarmNote.objects.select_related("record").get(pk=note.pk)
    return open_record(row.record, HarmEvent, by=system_actor(row.site_id), reason=Reason.SYSTEM)


def _fields(**other: object) -> dict[str, object]:
    return {"harm": "detained", "on": "23/2/2019", "by_whom": "police", "sure": "told", **other}


# Noting it


def test_a_relative_detained_is_recorded_with_date_place_force_last_seen_who_knows(noted: HarmNote) -> None:
    assert _event(noted) == TAKEN


@pytest.mark.parametrize("harm", list(Harm))
def test_every_kind_holds_our_calls_and_has_its_steps(site: Site, worker: Actor, card: WatchCard, harm: Harm) -> None:
    harms.note_harm(by=worker, card=card, content=HarmEvent(harm=harm))
    row = WatchCard.objects.get(pk=card.pk)
    assert _said(card).hold
    assert row.watch is (Watch.WATCHED if harm is Harm.FREED else Watch.WORRYING)
    assert STEPS[harm][0] is Step.WRITE_DOWN
    assert {Step.NOT_CONTACT, Step.CHECK} <= set(STEPS[harm])
    assert len(set(STEPS[harm])) == len(STEPS[harm])


def test_every_step_has_words_and_none_names_a_law_or_an_office() -> None:
    used = {step for steps in STEPS.values() for step in steps}
    assert used == set(Step) == set(STEP_WORDS)
    words = " ".join(str(line) for line in STEP_WORDS.values()).lower()
    assert not any(word in words for word in ("article", "decree", "law ", "habeas", "hours to", "defensor"))


def test_a_relative_to_whom_something_happened_is_never_contacted_by_us_first(card: WatchCard, noted: HarmNote) -> None:
    """No call is offered, whatever state the card is in, until the resident decided so after advice."""
    for state in (Watch.WORRYING, Watch.WATCHED):
        row = WatchCard.objects.select_related("record", "resident").get(pk=card.pk)
        row.state = state.value
        found = reach_of(row, _said(card), clock.now())
        assert (found.may, found.why) == (False, Why.WITHHELD)
    assert not opened(row, _said(card), clock.now()).reach.may


def test_also_after_a_press_nothing_is_offered_on_today(
    site: Site, card: WatchCard, noted: HarmNote, worker: Actor
) -> None:
    """They turned to the resident: that is heard. The hold stays, and Today offers no call from its columns."""
    row = WatchCard.objects.select_related("record", "resident").get(pk=card.pk)
    cards.record_contact(by=worker, card=row, event=told(ContactKind.HEARD))
    assert _said(card).hold
    WatchCard.objects.filter(pk=card.pk).update(state=Watch.WATCHED.value, silent_from=clock.now())
    assert [one.call_now for one in silences(worker, clock.now())] == [False]


def test_only_the_residents_decision_after_advice_offers_a_call_again(
    card: WatchCard, noted: HarmNote, worker: Actor
) -> None:
    for advised, words in ((False, "Que llame la tía."), (True, "   ")):
        with pytest.raises(harms.NotAdvised):
            harms.decide_contact(by=worker, harm=noted, may=True, words=words, advised=advised)
    assert _said(card).hold
    harms.decide_contact(by=worker, harm=noted, may=False, words="Todavía no.", advised=True)
    assert _said(card).hold
    harms.decide_contact(by=worker, harm=noted, may=True, words="Que llame la tía, el jueves.", advised=True)
    assert not _said(card).hold
    assert _event(noted).decided == "Que llame la tía, el jueves."
    harms.note_harm(by=worker, card=card, content=HarmEvent(harm=Harm.SUMMONED))
    assert _said(card).hold, "what happens next holds it again"


def test_a_card_that_was_stopped_stays_stopped(card: WatchCard, worker: Actor) -> None:
    cards.stop(by=worker, card=WatchCard.objects.select_related("record", "resident").get(pk=card.pk))
    harms.note_harm(by=worker, card=card, content=TAKEN)
    assert WatchCard.objects.get(pk=card.pk).watch is Watch.STOPPED


def test_steps_are_ticked_once_with_their_day_and_can_be_unticked(noted: HarmNote, worker: Actor) -> None:
    for _time in range(2):
        harms.tick(by=worker, harm=noted, step=Step.WRITE_DOWN)
    harms.tick(by=worker, harm=noted, step=Step.NEW_PLACE)  # no step of this kind
    assert [(one.step, one.on, one.by) for one in _event(noted).ticked] == [
        (Step.WRITE_DOWN, clock.today(), worker.user)
    ]
    harms.tick(by=worker, harm=noted, step=Step.WRITE_DOWN, done=False)
    assert _event(noted).ticked == ()


def test_of_two_who_correct_at_once_the_second_is_told(noted: HarmNote, worker: Actor) -> None:
    harms.tick(by=worker, harm=noted, step=Step.CHECK)
    with pytest.raises(Stale):
        harms.correct_harm(by=worker, harm=noted, content=TAKEN, expected=1)
    harms.correct_harm(by=worker, harm=noted, content=HarmEvent(harm=Harm.FREED), expected=2)
    assert _event(noted).harm is Harm.FREED
    assert _event(noted).ticked, "what was ticked stays"


def test_who_does_not_hold_the_resident_notes_nothing(
    site: Site, card: WatchCard, actors: dict[Role, Actor], staff: dict[Role, User], person: Person
) -> None:
    entrust(staff[Role.LAWYER], person.pk, site)
    for role in set(Role) - {Role.CASEWORKER}:
        with pytest.raises(Refused):
            harms.note_harm(by=actors[role], card=card, content=TAKEN)
    stranger = cast.actor(cast.make_staff(site, Role.CASEWORKER, name="Gaspar"))
    with pytest.raises(Refused):
        harms.note_harm(by=stranger, card=card, content=TAKEN)
    assert not HarmNote.objects.exists()


# The pages


def test_the_page_says_what_is_wrong_and_keeps_nothing(browse: Browse, card: WatchCard) -> None:
    client = browse(Role.CASEWORKER)
    address = reverse("family:note_harm", args=[card.pk])
    later = clock.today().replace(year=clock.today().year + 1)
    for fields, field in (
        (_fields(harm=""), "harm"),
        (_fields(on=f"{later.day}/{later.month}/{later.year}"), "on"),
        (_fields(on="hace poco"), "on"),
        (_fields(on="31"), "on"),
        (_fields(seen_on="31/2/2019"), "seen_on"),
        (_fields(said="x" * 20_000), "said"),
    ):
        answer = client.post(address, fields)
        assert answer.status_code == 422, fields
        assert field in answer.context["form"].errors
    assert not HarmNote.objects.exists()
    assert not _said(card).hold


@pytest.mark.parametrize("typed", ["2019", "2/2019", "23/2/2019", ""])
def test_a_date_is_kept_with_the_precision_with_which_it_was_told(browse: Browse, card: WatchCard, typed: str) -> None:
    browse(Role.CASEWORKER).post(reverse("family:note_harm", args=[card.pk]), _fields(on=typed))
    kept = _event(HarmNote.objects.get()).on
    assert kept == {"2/2019": "2019-02", "23/2/2019": "2019-02-23"}.get(typed, typed)


def test_a_page_sent_twice_notes_once(browse: Browse, card: WatchCard) -> None:
    client, once = browse(Role.CASEWORKER), str(ids.new_id())
    for _time in range(2):
        answer = client.post(reverse("family:note_harm", args=[card.pk]), _fields(once=once), follow=True)
        assert answer.status_code == 200
    assert HarmNote.objects.count() == 1


def test_the_page_of_an_event_opens_with_its_steps_and_ticks_one(browse: Browse, noted: HarmNote) -> None:
    client = browse(Role.CASEWORKER)
    address = reverse("family:harm", args=[noted.pk])
    page = client.get(address).content.decode()
    assert all(word in page for word in ("Plaza de Ureña", "frente a la farmacia", "Que venían por el hijo."))
    assert page.count('name="step"') == len(STEPS[Harm.DETAINED])
    client.post(reverse("family:tick_step", args=[noted.pk]), {"step": "write_down"})
    client.post(reverse("family:tick_step", args=[noted.pk]), {"step": "no step at all"})
    assert [one.step for one in _event(noted).ticked] == [Step.WRITE_DOWN]


def test_a_decision_without_advice_is_refused_with_a_sentence(browse: Browse, card: WatchCard, noted: HarmNote) -> None:
    client = browse(Role.CASEWORKER)
    address = reverse("family:decide_contact", args=[noted.pk])
    for fields in ({"advised": "no", "may": "yes", "words": "Sí"}, {"advised": "yes", "may": "yes", "words": ""}):
        assert client.post(address, fields).status_code == 422
    assert _said(card).hold
    client.post(address, {"advised": "yes", "may": "yes", "words": "Que llame la tía."})
    assert not _said(card).hold


# Referral with consent


def _yes(lawyer: User | None, parts: frozenset[Part] = ALL - {Part.NAME}, **other: object) -> Yes:
    inside = lawyer.pk if lawyer else None
    return Yes(parts=parts, to=inside, body="" if lawyer else "Comisión de derechos", **other)  # type: ignore[arg-type]


def test_without_a_yes_nobody_is_told_and_refusing_changes_nothing(
    browse: Browse, noted: HarmNote, card: WatchCard
) -> None:
    before = (_said(card), _event(noted), WatchCard.objects.get(pk=card.pk).state)
    answer = browse(Role.CASEWORKER).post(reverse("family:refer", args=[noted.pk]), {"asked": "no"}, follow=True)
    assert answer.status_code == 200
    assert not Referral.objects.exists()
    assert (_said(card), _event(noted), WatchCard.objects.get(pk=card.pk).state) == before


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
