"""The rehearsal *Tracing*, imported once Django is set up: officers work for weeks from what the work list offers.

Families are generated, parted and counter-registered with every kind of error; among those who ask are strangers, kin
of somebody else, and kin who are forced. The persons of the play know the truth, the product does not: `Case` is that
truth. What is told, to whom and on whose word is written down here beside the product and held against it.
"""

import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

import msgspec

from bench.parting import ERRORS, Separations, identity_of, sought_of, spoilt
from kinmatch import Record
from posada.accounts.approvals import NotAllowed
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, system_actor
from posada.family import services
from posada.family.matching.held import sought_of as held_sought
from posada.family.models import (
    Against,
    Channel,
    Enquirer,
    FoundChoice,
    FoundDecision,
    InContact,
    KinAnswer,
    KinAnswers,
    KinCheck,
    Proposal,
    ProposalState,
    Release,
    ReleaseState,
    Share,
    TracingRequest,
)
from posada.family.queries.answers import enquirer_answer
from posada.family.queries.comparison import comparison
from posada.family.queries.found import to_ask
from posada.family.queries.worklist import work_list
from posada.family.rules.answer import neutral_answer
from posada.family.rules.choices import CARRIED_OUT, CONTACT, WITH_WORDS, Choice
from posada.family.rules.forcing import Fits
from posada.family.rules.kinship import Relation
from posada.family.services.after import note_contact
from posada.family.services.checking import note_kin_answers
from posada.family.services.decisions import agree_same, take_back_same
from posada.family.services.found import record_found_decision, withdraw_found_decision
from posada.family.services.releasing import Held, NotToTell, agree_release, ask_release, note_try, what_to_say
from posada.ground import clock
from posada.people import matching as people_matching
from posada.people import services as people
from posada.records import changes

STARTS = datetime(2019, 2, 25, 14, tzinfo=UTC)
DAY, ACT = timedelta(days=1), timedelta(minutes=2)
SURE, PERHAPS = 0.9, 0.3  # from which chance an officer says same at once, or asks kin first
FITS_KIN, FITS_STRANGER = 0.97, 0.15  # how often an answer fits: of kin, of somebody who learnt the name
TELLS = 0.8  # how often a forced relative says the words of alarm, or somebody hears that they are forced
TAKES_BACK = 0.08
WISHES: tuple[tuple[Choice, float], ...] = (
    (Choice.CHECK_FIRST, 0.2),
    (Choice.GIVE_CONTACT, 0.22),
    (Choice.ALIVE_AND_WELL, 0.13),
    (Choice.RECEIVE_CONTACT, 0.15),
    (Choice.SEND_MESSAGE, 0.1),
    (Choice.ALREADY_TALK, 0.03),
    (Choice.ASK_LATER, 0.07),
    (Choice.REFUSE, 0.07),
    (Choice.NEVER_ASK, 0.03),
)


@dataclass
class Case:
    """The truth of one request: who asks really, who is sought really, when they are here, with which error."""

    kind: str  # kin, stranger, sibling, forced
    sought: Record
    error: str
    comes_on: int | None
    asks_on: int
    chance: Random  # its own, so that the order of the work changes nothing of what people say
    here: list[Record] = field(default_factory=list)
    request: TracingRequest | None = None
    person: uuid.UUID | None = None  # the sought person, once registered
    rank: int | None = None


@dataclass
class Result:
    """What was counted; a name that begins with "fault" must stay at nought."""

    counts: Counter[str] = field(default_factory=Counter)
    by_error: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    @property
    def faults(self) -> int:
        """Everything that must be nought."""
        return sum(count for name, count in self.counts.items() if name.startswith("fault"))


class Rehearsal:
    """One house, its officers, and those who look for each other."""

    def __init__(self, site: Site, officers: list[Actor], seed: int) -> None:
        self.site, self.officers = site, officers
        self.house = system_actor(site.pk)
        self.chance = Random(seed)
        self.families = Separations(seed)
        self.now, self.day, self.registered = STARTS, 0, 0
        self.cases: list[Case] = []
        self.by_request: dict[uuid.UUID, Case] = {}
        self.said: dict[uuid.UUID, Choice] = {}  # what the found person truly said, by proposal
        self.decided: dict[uuid.UUID, datetime] = {}
        self.result = Result()

    # The world

    def set_clock(self, moment: datetime) -> None:
        """Let the product's clock read this moment, without what the machine took meanwhile."""
        machine = datetime(2000, 1, 1, tzinfo=UTC)
        clock.start_at(machine, since=machine)
        clock.start_at(moment, since=clock.now())
        self.now = moment

    def officer(self) -> Actor:
        """The next one at work; each act takes two minutes."""
        self.set_clock(self.now + ACT)
        self.officers.append(self.officers.pop(0))
        return self.officers[0]

    def fill(self, background: int, separations: int, others: int) -> None:
        """Other people's households, the parted, and those who ask for what is not theirs."""
        self.set_clock(STARTS)
        while self.registered < background:
            self._register([self.families.told(one) for one in self.families.family(1)])
        kinds = ["kin"] * separations + [("stranger", "sibling", "forced")[place % 3] for place in range(others)]
        for place, kind in enumerate(kinds):
            self.cases.append(self._case(kind, ERRORS[place % len(ERRORS)]))

    def _case(self, kind: str, error: str) -> Case:
        """One parting. Of kin four in five come; a stranger and a forced one ask for somebody who is here."""
        _enquirer, sought, *rest = self.families.family(3)
        chance = self.chance
        comes: int | None = chance.randint(0, 25)
        if kind == "sibling" or (kind == "kin" and chance.random() < 0.2):
            comes = None
        with_them = [one for one in rest if chance.random() < 0.4] or rest[: kind == "sibling"]
        here = [self.families.told(one) for one in with_them]
        return Case(kind, sought, error, comes, chance.randint(0, 25), Random(chance.random()), here)

    def _register(self, members: list[Record]) -> None:
        for one in members:
            people.register_person(by=self.house, identity=identity_of(one))
        self.registered += len(members)

    def _happens(self) -> None:
        """Who comes and who asks today."""
        for case in self.cases:
            if case.comes_on == self.day or (case.comes_on is None and case.asks_on == self.day):
                self._register(case.here)
            if case.comes_on == self.day:
                counter = spoilt(case.sought, case.error, self.families.chance)
                case.person = people.register_person(by=self.house, identity=identity_of(counter)).pk
            if case.asks_on == self.day:
                self._ask(case)
        changes.catch_up()

    def _ask(self, case: Case) -> None:
        share = case.chance.choice((Share.NAME, Share.NAME, Share.RELATION, Share.NOTHING))
        enquirer = Enquirer(
            name="Quien busca", relationship=Relation.SIBLING, safe_channel="+57 300 000 0000", share_with=share
        )
        opened = services.open_request(
            by=self.officer(), enquirer=enquirer, sought=sought_of(self.families.told(case.sought))
        )
        case.request, self.by_request[opened.pk] = opened, case

    # The weeks

    def run(self, days: int) -> Result:
        """Let the days pass: who comes, what the officers do, what is told; and at the end who was found at all."""
        for self.day in range(days):
            self.set_clock(STARTS + self.day * DAY)
            self._happens()
            self._work_list()
            self._ask_the_found()
            self._release()
            self._tell()
            if self.day % 7 == 0:
                self._misuse()
            self._look_at_answers()
        self._ranks()
        self._count()
        return self.result

    def _work_list(self) -> None:
        """Compare what waits, from the top of the list; ask kin where it is not clear; say same or different."""
        for row in work_list(self.officers[0]):
            proposal = row.proposal
            if proposal.against == Against.PERSON and proposal.state == ProposalState.PROPOSED:
                self._compare(proposal)

    def _compare(self, proposal: Proposal) -> None:
        case = self.by_request[proposal.request_id]
        officer = self.officer()
        chance = comparison(proposal, by=officer).probability
        if chance < PERHAPS:
            services.decide(by=officer, proposal=proposal, decision=ProposalState.DIFFERENT)
            return
        fits = self._kin_questions(officer, proposal, case)
        if chance < SURE and not fits:
            services.decide(by=officer, proposal=proposal, decision=ProposalState.DIFFERENT)
            self.result.counts["set aside by the answers of kin"] += 1
            return
        approval = services.propose_same(by=officer, proposal=proposal, note="")
        agree_same(by=self.officer(), approval=approval)
        self.decided[proposal.pk] = self.now
        self.result.counts["decided: same person"] += 1
        self.result.counts["decided: same person, wrongly"] += proposal.person_id != case.person

    def _kin_questions(self, officer: Actor, proposal: Proposal, case: Case) -> bool:
        """Three questions to each side. Forced kin answers everything; what gives them away is heard, or not."""
        right = FITS_STRANGER if case.kind == "stranger" else FITS_KIN
        worth = [Fits.FITS if case.chance.random() < right else Fits.DOES_NOT for _question in range(3)]
        heard = case.kind == "forced" and case.chance.random() < TELLS
        answers = tuple(KinAnswer(f"Pregunta {place}", one, Fits.FITS) for place, one in enumerate(worth))
        content = KinAnswers(answers=answers, may_be_forced=heard, why_forced="Palabras de alarma" if heard else "")
        held = KinCheck.objects.select_related("record").filter(proposal=proposal).first()
        expected = held.record.version if held else 0
        note_kin_answers(by=officer, proposal=proposal, content=content, expected=expected)
        self.result.counts["forced kin: heard"] += heard
        return Fits.DOES_NOT not in worth

    def _ask_the_found(self) -> None:
        for proposal in list(to_ask(self.officers[0])):
            if proposal.against == Against.PERSON:
                self._ask_one(proposal, self.by_request[proposal.request_id])

    def _ask_one(self, proposal: Proposal, case: Case) -> None:
        """In private. Who is not the sought person says so; who is, chooses."""
        officer = self.officer()
        asked_before = FoundDecision.objects.filter(proposal=proposal).exists()
        if not asked_before and proposal.pk in self.decided:
            self.result.counts["asked"] += 1
            self.result.counts["asked within a day"] += self.now - self.decided[proposal.pk] <= DAY
        if proposal.person_id != case.person:
            take_back_same(by=officer, proposal=proposal, why="No es a quien buscan")
            self.result.counts["taken back, for the found person said it is not them"] += 1
            return
        choice = self._wish(case, again=asked_before)
        again = clock.today() + timedelta(days=5) if choice is Choice.ASK_LATER else None
        content = FoundChoice(choice=choice, at=clock.now(), ask_again_on=again, represented_by="Su madre")
        words = "Estoy bien" if choice in WITH_WORDS else ""
        try:
            record_found_decision(by=officer, proposal=proposal, content=content, words=words)
        except services.NotOfAChild:
            choice = Choice.ALIVE_AND_WELL
            content = msgspec.structs.replace(content, choice=choice)
            record_found_decision(by=officer, proposal=proposal, content=content)
        self.said[proposal.pk] = choice
        self.result.counts[f"chose: {choice.value}"] += 1

    def _wish(self, case: Case, *, again: bool) -> Choice:
        """By the shares above; whoever hears a name that is no relative's refuses, or has it checked first."""
        if case.kind == "stranger" and not again:
            return case.chance.choice((Choice.REFUSE, Choice.CHECK_FIRST, Choice.ALIVE_AND_WELL))
        wishes = [one for one in WISHES if not (again and one[0] in {Choice.CHECK_FIRST, Choice.ASK_LATER})]
        return case.chance.choices([one for one, _share in wishes], [share for _one, share in wishes])[0]

    def _release(self) -> None:
        for proposal in self._standing():
            choice = self.said[proposal.pk]
            if choice not in CARRIED_OUT or Release.objects.filter(decision__proposal=proposal).exists():
                continue
            try:
                approval = ask_release(by=self.officer(), proposal=proposal)
                if self.by_request[proposal.request_id].chance.random() < TAKES_BACK:
                    withdraw_found_decision(by=self.officer(), proposal=proposal)
                    self.result.counts["taken back before it was told"] += 1
                    del self.said[proposal.pk]
                agree_release(by=self.officer(), approval=approval)
                self.result.counts["released by two"] += 1
            except Held as held:
                self.result.counts[f"held up: {held.obstacle.value}"] += 1
                self._give_up(proposal)
            except NotAllowed:
                self.result.counts["an agreement that had become stale"] += 1

    def _give_up(self, proposal: Proposal) -> None:
        """What is held up for good is taken back, so that it is not asked for every day."""
        withdraw_found_decision(by=self.officer(), proposal=proposal)
        self.said.pop(proposal.pk, None)

    def _standing(self) -> list[Proposal]:
        wanted = Proposal.objects.filter(pk__in=self.said, state=ProposalState.SAME)
        return list(wanted.select_related("request", "person"))

    def _tell(self) -> None:
        for release in Release.objects.filter(state=ReleaseState.TO_TELL).select_related("decision__proposal"):
            self._tell_one(release)

    def _tell_one(self, release: Release) -> None:
        officer, proposal = self.officer(), release.decision.proposal
        case = self.by_request[proposal.request_id]
        try:
            what_to_say(by=officer, release=release)
        except (Held, NotToTell):
            self.result.counts["stopped at the last moment"] += 1
            return
        counts, choice = self.result.counts, self.said.get(proposal.pk)
        counts["fault: disclosures before consent"] += choice is None or choice not in CARRIED_OUT
        counts["fault: released for the wrong person"] += proposal.person_id != case.person
        counts["fault: released to somebody who is no kin"] += case.kind in {"stranger", "sibling"}
        counts["told to kin who were forced and whom nobody had heard"] += case.kind == "forced"
        if case.chance.random() < 0.2:
            note_try(by=officer, release=release, channel=Channel.VOICE, reached=False)
            what_to_say(by=officer, release=release)
        note_try(by=officer, release=release, channel=Channel.VOICE, reached=True)
        counts["told"] += 1
        if choice in CONTACT:
            note_contact(by=officer, proposal=proposal)
            counts["in contact"] += 1

    # Misuse, and what the enquirer sees

    def _misuse(self) -> None:
        """Somebody in the house tries to tell what nobody allowed: each of these must be held up."""
        for proposal in Proposal.objects.filter(state=ProposalState.SAME).select_related("request", "person"):
            if self.said.get(proposal.pk) in CARRIED_OUT:
                continue
            self.result.counts["control: would be told by a house that asks nobody"] += 1
            self._must_be_held(lambda one=proposal: ask_release(by=self.officer(), proposal=one))  # type: ignore[misc]

    def _must_be_held(self, attempt: Callable[[], object]) -> None:
        try:
            attempt()
        except Held:
            self.result.counts["misuse: held up"] += 1
        else:
            self.result.counts["fault: misuse that was not held up"] += 1

    def _look_at_answers(self) -> None:
        """Everybody who asks is told the same words every day, whatever happened."""
        for case in self._asking():
            answer = enquirer_answer(case.request) if case.request else ()
            self.result.counts["answers looked at"] += 1
            self.result.counts["fault: an answer that says something"] += answer != neutral_answer()

    def _asking(self) -> Iterator[Case]:
        yield from (case for case in self.cases if case.request is not None)

    # Counting

    def _ranks(self) -> None:
        """At which place of the register's candidates the sought person stands."""
        for case in self._asking():
            record = held_sought(case.request.pk) if case.request else None
            if case.person is None or record is None:
                continue
            found = people_matching.candidates_for(record, site=self.site.pk, limit=10, minimum=0.0)
            order = [person for person, _chance, _evidence in found]
            case.rank = order.index(case.person) + 1 if case.person in order else None

    def _count(self) -> None:
        counts = self.result.counts
        for case in self._asking():
            if case.kind != "kin":
                counts[f"others who asked: {case.kind}"] += 1
                continue
            counts["separations"] += 1
            if case.person is None:
                continue
            counts["findable"] += 1
            counts["found first"] += case.rank == 1
            counts["found in the first ten"] += case.rank is not None
            rows = Proposal.objects.filter(request=case.request, person_id=case.person)
            counts["proposed"] += rows.exists()
            counts["decided rightly"] += rows.filter(state=ProposalState.SAME).exists()
            counts["findable: in contact"] += InContact.objects.filter(request=case.request).exists()
            self.result.by_error[case.error] += 1
            self.result.missed[case.error] += not rows.exists()
