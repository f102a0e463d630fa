"""Run inside `plant`: words in everything that the family room seals, from messages to the death of a relative.

Of a person with their family it takes another fifty: 19 names, 10 places, 11 numbers, 10 stories.
"""

import uuid
from datetime import timedelta

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.family import services as family
from posada.family.models import (
    Appearance,
    AskedColleague,
    Channel,
    Enquirer,
    EnquiryWords,
    FalseCall,
    FoundWords,
    HandOverWords,
    HarmEvent,
    KinAnswer,
    KinAnswers,
    Medium,
    MessageContent,
    PageReply,
    PageWords,
    PersonDeath,
    PressChoice,
    Relative,
    RelativeDeath,
    RelativePage,
    RenewalWords,
    Said,
    Saying,
    Separation,
    Sought,
    Telling,
    TracingRequest,
    Try,
    WatchCard,
    WhyRenewed,
)
from posada.family.rules.deaths import Knows
from posada.family.rules.harm import Harm, Part, Yes
from posada.family.rules.kinship import Relation
from posada.family.rules.messages import MessageKind, MessageState, Told, Way
from posada.family.rules.safe_hours import SafeHours
from posada.family.services import callers, deaths, enquiries, harm, messages, pages, press, referrals, ties
from posada.ground import clock, ids
from posada.people import services as people
from posada.people.models import Identity, Person
from posada.records import services as records
from tests.faults.planting import Planted


def plant(by: Actor, person: Person, request: TracingRequest, words: Planted, *, gone: bool) -> None:
    """Everything of one person's family. `gone`: what ends by itself is over already; its words are nowhere either."""
    of_person(by, person, request, words, gone=gone)
    _apart(by, words)
    _wiped(by, words, gone=gone)


def of_person(by: Actor, person: Person, request: TracingRequest, words: Planted, *, gone: bool) -> None:
    """All that goes when this person is erased."""
    card = _card(by, person, words)
    _messages(by, card, words, gone=gone)
    _harm(by, card, words)
    _public(by, person, card, words)
    _deaths(by, person, card, words)
    _of_a_match(by, request, words)
    _pages(by, card, words, gone=gone)
    _of_the_request(by, person, request, words)


def _card(by: Actor, person: Person, take: Planted) -> WatchCard:
    """A relative's card with its safe hours and words, and the tie to a resident of another household."""
    content = Relative(
        who="N.",
        agreed_words=take.name(),
        place_hint=take.place(),
        other_ways=take.phone(),
        hours=SafeHours(zone="America/Bogota"),
    )
    other = people.register_person(by=by, identity=Identity(given_names="N."))
    ties.tie_residents(by=by, one=person, other=other, relation=Relation.SISTER)
    return family.add_relative(by=by, person=person, content=content)


def _messages(by: Actor, card: WatchCard, take: Planted, *, gone: bool) -> None:
    content = MessageContent(language="es", text=take.story())
    row = messages.write_message(by=by, card=card, kind=MessageKind.LETTER, way=Way.PAPER, content=content)
    if gone:
        messages.note_step(by=by, message=row, said=Told(MessageState.GIVEN_UP), was_shown=True)


def _harm(by: Actor, card: WatchCard, take: Planted) -> None:
    """An event with what was decided after it, referred to a body outside whose answer is kept."""
    event = HarmEvent(
        harm=Harm.DETAINED,
        place=take.place(),
        seen_where=take.place(),
        seen_by=take.name(),
        who_knows=take.name(),
        said=take.story(),
        documents=take.phone(),
        source=take.name(),
        decided=take.phone(),
    )
    note = harm.note_harm(by=by, card=card, content=event)
    yes = Yes(parts=frozenset(Part), body=take.name(), witness=take.name())
    referrals.refer(by=by, harm=note, yes=yes)


def _public(by: Actor, person: Person, card: WatchCard, take: Planted) -> None:
    """What stands in the press, and a false caller."""
    choice = PressChoice(wants=False, on=clock.today(), witness=take.name())
    press.decide_press(by=by, resident=person, choice=choice, explained=True)
    said = Appearance(
        id=uuid.uuid4(), on="2026", medium=Medium.WEB, where=take.place(), link=take.name(), said=take.story()
    )
    press.note_appearance(by=by, resident=person, said=said)
    call = FalseCall(on=clock.today().isoformat(), phone=take.phone(), name=take.name(), words=take.story())
    callers.note_caller(by=by, content=call, card=card)


def _deaths(by: Actor, person: Person, card: WatchCard, take: Planted) -> None:
    of_card = RelativeDeath(
        source=take.name(), knows=Knows.HEARD, place=take.place(), note=take.story(), told_to=take.name()
    )
    deaths.note_death(by=by, about=card, content=of_card)
    deaths.note_death(by=by, about=person, content=PersonDeath(source="N.", knows=Knows.HEARD, place=take.place()))


def _of_a_match(by: Actor, request: TracingRequest, take: Planted) -> None:
    """Answers of kin, a colleague's opinion, what is passed on and how it went: sealed as their services seal them."""
    asked = KinAnswer(question=take.name())
    kin = KinAnswers(answers=(asked,), why_forced=take.place(), counsel=take.name())
    colleague = AskedColleague(question=take.place(), answer=take.name())
    tried = Try(at=clock.now(), channel=Channel.VOICE, reached=False, note=take.phone())
    for content in (kin, colleague, Telling(tries=(tried,))):
        records.seal_new(content, subject=request.sought.subject, by=by, act=Act.DECIDE_PROPOSAL)


def _pages(by: Actor, card: WatchCard, take: Planted, *, gone: bool) -> None:
    """A page for a relative, and what somebody wrote back on one; `gone`: it was closed, and its words let go of."""
    subject = ids.new_id()
    words = PageWords(lines=(take.story(),))
    reply = PageReply(text=take.story(), at=clock.now())
    page = RelativePage.objects.create(
        id=subject,
        site_id=by.site,
        card=card,
        record=records.seal_new(words, subject=subject, by=by, act=Act.OPEN_PAGE),
        reply=records.seal_new(reply, subject=card.pk, by=by, act=Act.OPEN_PAGE),
        code=pages.code_mark(str(subject)),
        word="",
        expires_hour=0,
        prepared_on=clock.today(),
    )
    if gone:
        pages.close_page(by=by, page=page)


def _apart(by: Actor, take: Planted) -> None:
    """What hangs on nobody here: an enquiry from outside, and what a found person asked to be passed on."""
    words = FoundWords(text=take.phone())
    records.seal_new(words, subject=ids.new_id(), by=by, act=Act.RECORD_DECISION)
    enquiry = EnquiryWords(
        enquirer=Enquirer(name=take.name(), safe_channel=take.phone()),
        sought=Sought(given_names=take.name(), phone=take.phone()),
        separation=Separation(place=take.place(), circumstances=take.story()),
    )
    enquiries.take_enquiry(words=enquiry)


def _of_the_request(by: Actor, person: Person, request: TracingRequest, take: Planted) -> None:
    """Handed over and answered, renewed; and somebody who objects to being looked for."""
    handed = HandOverWords(to="icrc", witness=take.name(), reference=take.phone(), note=take.story())
    family.agree_hand_over(by=by, request=request, words=handed)
    why = RenewalWords(why=WhyRenewed.NEW_TRACE, note=take.story())
    family.renew_request(by=by, request=request, words=why)
    saying = Saying(at=clock.now(), said=Said.OBJECT, known_by=take.name())
    family.note_saying(by=by, person=person, saying=saying)


def _wiped(by: Actor, take: Planted, *, gone: bool) -> None:
    """A request that ended long ago: with `gone` it is a placeholder now."""
    made = family.open_request(
        by=by,
        enquirer=Enquirer(name=take.name(), safe_channel=take.phone()),
        sought=Sought(given_names="N.", phone=take.phone(), origin=take.place()),
    )
    if gone:
        TracingRequest.objects.filter(pk=made.pk).update(expires_on=clock.today() - timedelta(days=60))
        family.wipe_expired(by.site)
