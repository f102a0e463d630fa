"""Messages: written, sent only while it is safe, noted once; the words go when they arrived, how it went stays."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from posada.accounts.acts import Act, Role
from posada.accounts.models import Assignment, Site, User
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.audit.models import AuditEntry
from posada.family import services as family
from posada.family.models import (
    Channel,
    Check,
    ContactKind,
    Freeze,
    How,
    Message,
    MessageContent,
    MessageLog,
    Relative,
    WatchCard,
)
from posada.family.queries.messages import ended, waiting
from posada.family.rules.calling import Why
from posada.family.rules.kinship import Relation
from posada.family.rules.messages import Failure, MessageKind, MessageState, Told, Way
from posada.family.services.messages import (
    AlreadyThere,
    NotNow,
    note_reply,
    note_step,
    tell_reply,
    write_message,
)
from posada.family.tests.evening import EVENING, IN_TIME, TOO_LATE
from posada.family.tests.people_here import entrust, make_card, make_person
from posada.ground import clock, ids
from posada.people.models import Person
from posada.records import erasing
from posada.records import services as records
from posada.records.door import Reason, open_record
from posada.records.letting_go import NotAlone, let_go
from posada.records.models import EarlierVersion, KeyDue, SealedRecord, What
from posada.records.models import Why as WhyErased
from posada.records.once import AlreadySent
from posada.records.services import Stale
from posada.vault.errors import Unreadable
from posada.vault.models import WrappedKey

pytestmark = pytest.mark.django_db(databases=["default", "keyring"], transaction=True)
WORDS = MessageContent(language="es", text="Dígale a la abuela que la niña ya camina.")
At = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def _audit(audit_may_be_emptied: None) -> None:
    """Tests here commit, so that keys really go."""


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """Let the clock stand at a moment."""

    def stand(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    return stand


@pytest.fixture
def card(site: Site, staff: dict[Role, User]) -> WatchCard:
    person = make_person(site)
    entrust(staff[Role.CASEWORKER], person.pk, site)
    return make_card(site, person, Relative(who="C. P.", relation=Relation.MOTHER, hours=EVENING))


@pytest.fixture
def by(actors: dict[Role, Actor]) -> Actor:
    return actors[Role.CASEWORKER]


def _write(by: Actor, card: WatchCard, *, way: Way = Way.WHATSAPP) -> Message:
    return write_message(by=by, card=card, kind=MessageKind.LETTER, way=way, content=WORDS)


def _step(by: Actor, row: Message, state: MessageState, **more: object) -> Message:
    row = Message.objects.get(pk=row.pk)
    reason = Failure.NO_ANSWER if state is MessageState.FAILED else None
    return note_step(by=by, message=row, said=Told(state, reason=reason), **more)  # type: ignore[arg-type]


def test_the_words_are_sealed_under_a_key_of_their_own_in_the_compartment_of_kin(by: Actor, card: WatchCard) -> None:
    row = _write(by, card)
    record = SealedRecord.objects.get(subject=row.pk)
    assert record.compartment == "kin"
    assert WrappedKey.objects.filter(subject=row.pk).count() == 1
    assert open_record(record, MessageContent, by=by, reason=Reason.VIEW) == WORDS
    assert b"abuela" not in bytes(record.body)
    assert AuditEntry.objects.filter(act=Act.WRITE_MESSAGE, result="done").exists()


def test_the_desk_writes_today_and_reads_nothing_back(by: Actor, card: WatchCard, actors: dict[Role, Actor]) -> None:
    desk = actors[Role.DESK]
    row = _write(desk, card)
    assert row.record is not None
    with pytest.raises(Refused):
        open_record(row.record, MessageContent, by=desk, reason=Reason.VIEW)
    with pytest.raises(Refused):
        _step(desk, row, MessageState.SENT)
    assert open_record(row.record, MessageContent, by=by, reason=Reason.VIEW) == WORDS, (
        "the control: who holds the file"
    )
    card.resident.registered_on = clock.today() - timedelta(days=1)
    card.resident.save()
    with pytest.raises(Refused):
        _write(desk, card)


@pytest.mark.parametrize("role", [Role.TRACING_OFFICER, Role.LAWYER, Role.SITE_MANAGER, Role.AUDITOR])
def test_nobody_else_writes_or_sends(card: WatchCard, actors: dict[Role, Actor], role: Role) -> None:
    row = _write(system_actor(card.site_id), card)
    with pytest.raises(Refused):
        _write(actors[role], card)
    with pytest.raises(Refused):
        _step(actors[role], row, MessageState.GIVEN_UP)


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ((MessageState.SENT, MessageState.DELIVERED), True),
        ((MessageState.DELIVERED,), True),
        ((MessageState.FAILED, MessageState.GIVEN_UP), False),
        ((MessageState.SENT, MessageState.READ), True),
    ],
)
def test_after_delivery_the_content_is_deleted_and_no_version_opens(
    by: Actor, card: WatchCard, at: At, path: tuple[MessageState, ...], sent: bool
) -> None:
    at(IN_TIME)
    row = _write(by, card)
    record = SealedRecord.objects.get(subject=row.pk)
    records.revise(record, WORDS, by=by, act=Act.WRITE_MESSAGE)  # an earlier version lies beside it
    copy, earlier = SealedRecord.objects.get(pk=record.pk), EarlierVersion.objects.get(record=record)
    assert open_record(copy, MessageContent, by=by, reason=Reason.VIEW) == WORDS, "the control before delivery opens"
    for state in path:
        row = _step(by, row, state)
    assert row.record is None
    assert not SealedRecord.objects.filter(subject=row.pk).exists()
    assert not EarlierVersion.objects.filter(record_id=copy.pk).exists()
    assert not WrappedKey.objects.filter(subject=row.pk).exists()
    assert not Assignment.objects.filter(subject=row.pk).exists()
    assert not KeyDue.objects.exists()
    house = system_actor(card.site_id)
    for body, version in ((bytes(copy.body), 2), (bytes(earlier.body), 1)):
        copy.body, copy.version = body, version
        with pytest.raises(Unreadable):
            open_record(copy, MessageContent, by=house, reason=Reason.SYSTEM)
    held = Message.objects.get(pk=row.pk)
    assert (held.state, held.way) == (path[-1], Way.WHATSAPP)
    assert held.ended_on == clock.today()
    assert (held.sent_on is not None) == sent
    assert held.log is not None
    log = open_record(held.log, MessageLog, by=by, reason=Reason.VIEW)
    assert [step.state for step in log.steps] == list(path)
    assert all(step.at == IN_TIME and step.by == by.user for step in log.steps)


def test_a_key_that_seals_something_else_is_never_let_go(by: Actor, card: WatchCard) -> None:
    row = _write(by, card)
    log = records.seal_new(MessageLog(), subject=row.pk, by=by, act=Act.WRITE_MESSAGE)
    with pytest.raises(NotAlone):
        let_go(log)
    assert SealedRecord.objects.filter(subject=row.pk).count() == 2


@pytest.mark.parametrize("state", [MessageState.SENT, MessageState.DELIVERED, MessageState.FAILED])
def test_outside_the_safe_hours_nothing_is_sent_and_it_is_said_from_when(
    by: Actor, card: WatchCard, at: At, state: MessageState
) -> None:
    at(TOO_LATE)
    row = _write(by, card)
    with pytest.raises(NotNow) as caught:
        _step(by, row, state)
    assert caught.value.reach.why is Why.HOURS
    assert caught.value.reach.not_before == IN_TIME.replace(minute=0) + timedelta(days=1)
    assert Message.objects.get().state == MessageState.PREPARED
    at(IN_TIME)
    assert _step(by, row, state).state == state, "the control: within the hours"


def test_what_was_shown_in_time_may_be_noted_a_little_later(by: Actor, card: WatchCard, at: At) -> None:
    at(TOO_LATE)
    assert _step(by, _write(by, card), MessageState.SENT, was_shown=True).state == MessageState.SENT


def test_paper_asks_no_hour(by: Actor, card: WatchCard, at: At) -> None:
    at(TOO_LATE)
    assert _step(by, _write(by, card, way=Way.PAPER), MessageState.SENT).state == MessageState.SENT


@pytest.mark.parametrize("way", list(Way))
def test_while_frozen_it_waits_and_nothing_is_lost(by: Actor, card: WatchCard, at: At, way: Way) -> None:
    at(IN_TIME)
    row = _write(by, card, way=way)
    frozen = Freeze.objects.create(site_id=card.site_id, resident=card.resident, since=clock.today())
    again = _write(by, card, way=way)
    for one in (row, again):
        with pytest.raises(NotNow) as caught:
            _step(by, one, MessageState.SENT)
        assert caught.value.reach.why is Why.FROZEN
    assert [one.may_now for one in waiting(by, IN_TIME)] == [False, False]
    frozen.ended_on = clock.today()
    frozen.save()
    assert _step(by, row, MessageState.SENT).record is not None


def test_after_a_stop_nobody_writes_and_nothing_goes(by: Actor, card: WatchCard, at: At) -> None:
    at(IN_TIME)
    row = _write(by, card)
    family.stop(by=by, card=card)
    with pytest.raises(NotNow) as caught:
        _step(by, row, MessageState.SENT)
    assert caught.value.reach.why is Why.STOPPED
    with pytest.raises(NotNow):
        _write(by, WatchCard.objects.get(pk=card.pk))
    assert Message.objects.get().state == MessageState.PREPARED
    assert _step(by, row, MessageState.GIVEN_UP).record is None


@pytest.mark.parametrize("content", [Relative(who="M.", alarmed=True), Relative(who="M.", hold=True)])
def test_nothing_goes_after_words_of_alarm_nor_to_whom_we_never_contact_first(
    site: Site, by: Actor, card: WatchCard, at: At, content: Relative
) -> None:
    at(IN_TIME)
    held = make_card(site, card.resident, content)
    with pytest.raises(NotNow):
        _step(by, _write(by, held), MessageState.SENT)


def test_failed_attempts_are_counted_and_the_next_one_waits(by: Actor, card: WatchCard, at: At) -> None:
    at(IN_TIME)
    row = _step(by, _write(by, card), MessageState.FAILED)
    assert (row.tries, row.reason) == (1, Failure.NO_ANSWER)
    with pytest.raises(NotNow) as caught:
        _step(by, row, MessageState.FAILED)
    assert caught.value.reach.not_before == IN_TIME.replace(minute=0) + timedelta(days=1), "in the next safe hours"
    at(IN_TIME + timedelta(days=1))
    assert _step(by, row, MessageState.FAILED).tries == 2
    assert row.record is not None


@pytest.mark.parametrize("state", [MessageState.SENT, MessageState.DELIVERED])
def test_what_was_noted_is_not_noted_twice(by: Actor, card: WatchCard, at: At, state: MessageState) -> None:
    at(IN_TIME)
    row, key = _write(by, card), ids.new_id()
    _step(by, row, state, once=key)
    with pytest.raises(AlreadySent):
        _step(by, row, state, once=key)
    with pytest.raises(AlreadyThere):
        _step(by, row, state, once=ids.new_id())


def test_a_page_sent_twice_writes_one_message(by: Actor, card: WatchCard) -> None:
    key = ids.new_id()
    for turn in range(2):
        try:
            write_message(by=by, card=card, kind=MessageKind.LETTER, way=Way.SMS, content=WORDS, once=key)
        except AlreadySent:
            assert turn == 1
    assert Message.objects.count() == 1
    assert SealedRecord.objects.filter(kind="kin.message").count() == 1


def test_two_officers_at_once_one_of_them_looks_again(by: Actor, card: WatchCard, at: At) -> None:
    at(IN_TIME)
    row = _write(by, card)
    first, second = Message.objects.get(pk=row.pk), Message.objects.get(pk=row.pk)
    note_step(by=by, message=first, said=Told(MessageState.SENT))
    with pytest.raises(Stale):
        note_step(by=by, message=second, said=Told(MessageState.GIVEN_UP))
    assert Message.objects.get().record is not None


def test_a_reply_is_kept_until_the_resident_had_it_and_is_news_only_if_they_say_so(by: Actor, card: WatchCard) -> None:
    for is_news in (False, True):
        said = MessageContent(text="Estamos bien, dice la tía.")
        row = note_reply(by=by, card=card, content=said, channel=Channel.VOICE_NOTE, check=Check.SAID)
        record = SealedRecord.objects.get(subject=row.pk)
        assert open_record(record, MessageContent, by=by, reason=Reason.VIEW) == said
        assert tell_reply(by=by, message=row, is_news=is_news, how=How.WELL).state == MessageState.TOLD
        assert not WrappedKey.objects.filter(subject=row.pk).exists()
        with pytest.raises(Unreadable):
            open_record(record, MessageContent, by=system_actor(card.site_id), reason=Reason.SYSTEM)
        with pytest.raises(AlreadyThere):
            tell_reply(by=by, message=Message.objects.get(pk=row.pk), is_news=True)
        card.refresh_from_db()
        history = open_record(card.record, Relative, by=by, reason=Reason.VIEW).history
        assert [one.kind for one in history] == ([ContactKind.HEARD] if is_news else [])
    assert (history[0].channel, history[0].how, history[0].check) == (Channel.VOICE_NOTE, How.WELL, Check.SAID)


def test_what_waits_is_seen_by_who_accompanies_and_nobody_else(
    site: Site, by: Actor, card: WatchCard, at: At, actors: dict[Role, Actor]
) -> None:
    at(IN_TIME)
    row = _write(by, card)
    stranger = make_card(site, make_person(site))
    _write(system_actor(site.pk), stranger)
    assert [one.row.pk for one in waiting(by, IN_TIME)] == [row.pk]
    assert waiting(actors[Role.DESK], IN_TIME) == []
    assert waiting(actors[Role.SITE_MANAGER], IN_TIME) == []
    assert [one.is_old for one in waiting(by, IN_TIME + timedelta(days=29))] == [False]
    assert [one.is_old for one in waiting(by, IN_TIME + timedelta(days=30))] == [True]
    _step(by, row, MessageState.DELIVERED)
    assert waiting(by, IN_TIME) == []
    assert [one.pk for one in ended(by, IN_TIME)] == [row.pk]


@pytest.mark.parametrize("whose", ["person", "relative"])
def test_erasing_the_resident_or_the_relative_takes_messages_and_their_keys(
    site: Site, by: Actor, card: WatchCard, at: At, whose: str
) -> None:
    at(IN_TIME)
    kept = make_card(site, make_person(site))
    other = _write(system_actor(site.pk), kept)
    row, house = _step(by, _write(by, card), MessageState.SENT), system_actor(site.pk)
    copy = SealedRecord.objects.get(subject=row.pk)
    what, subject = {
        "person": (What.PERSON, card.resident.subject),
        "relative": (What.RELATIVE, card.subject),
    }[whose]
    erasure = erasing.hide(by=house, subject=subject, what=what, why=WhyErased.ASKED)
    assert [one.pk for one in Message.objects.visible_to(house)] == [other.pk], "hidden at once"
    erasing.erase(by=house, erasure=erasure)
    assert [one.pk for one in Message.objects.all()] == [other.pk]
    assert not WrappedKey.objects.filter(subject__in=[row.pk, card.pk]).exists()
    with pytest.raises(Unreadable):
        open_record(copy, MessageContent, by=house, reason=Reason.SYSTEM)
    left = SealedRecord.objects.get(subject=other.pk)
    assert open_record(left, MessageContent, by=house, reason=Reason.SYSTEM) == WORDS, "the control: another's stays"
    assert Person.objects.filter(pk=card.resident_id).exists() == (whose == "relative")


def test_whoever_takes_the_file_on_later_reads_what_waits(site: Site, card: WatchCard) -> None:
    from_desk = _write(system_actor(site.pk), card)
    assert Assignment.objects.filter(subject=from_desk.pk).count() == 1
