"""Orders of everything that may happen between a choice and its telling, at random: nothing is told without consent.

Beside the service walks a small model that knows only what the found person said and who agreed.
"""

import os
import random
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

import pytest
import time_machine

from posada.accounts.acts import Role
from posada.accounts.approvals import NotAllowed
from posada.accounts.models import Approval, Site
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.family import services
from posada.family.models import Channel, Freeze, Proposal, Release
from posada.family.rules import releasing
from posada.family.rules.choices import CARRIED_OUT, Choice
from posada.family.tests.telling_here import choose, fresh, make_same
from posada.ground import clock

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Row = TypeVar("Row")
LONG = os.environ.get("POSADA_LONG") == "1"
ORDERS = 1_000 if LONG else 80
STEPS = 10
APART = timedelta(minutes=30)  # what is told in an hour stays within what one officer may open
SEED = 48
TELLINGS = 300 if LONG else 30
STANDS = (
    services.Held,
    services.AlreadyReleased,
    services.NotToTell,
    services.NotOpened,
    services.NotNow,
    NotAllowed,
    Refused,
)


@dataclass
class Model:
    """What was really said and agreed: the choice, until when, whether it stands, and for which saying two agreed."""

    choice: Choice | None = None
    until: date | None = None
    stands: bool = False
    saying: int = 0
    agreed: set[int] = field(default_factory=set)
    frozen: bool = False
    told: int = 0
    wrong: list[str] = field(default_factory=list)

    def tell(self) -> None:
        """Something is told now: was it allowed?"""
        self.told += 1
        ended = self.until is not None and clock.today() > self.until
        if self.choice not in CARRIED_OUT or not self.stands or ended or self.frozen or self.saying not in self.agreed:
            self.wrong.append(f"{self.choice} stands={self.stands} ended={ended} frozen={self.frozen}")


@dataclass
class Walk:
    """One long walk over one match."""

    proposal: Proposal
    actors: dict[Role, Actor]
    chance: random.Random
    model: Model = field(default_factory=Model)
    done: Counter[str] = field(default_factory=Counter)
    next: int = 0

    def say(self) -> None:
        until = clock.today() + timedelta(days=self.chance.choice([0, 2, 400]))
        choice = self.chance.choice([*Choice, *sorted(CARRIED_OUT) * 4])
        choose(self.proposal, choice, expires_on=until)
        held = self.model
        held.choice, held.until, held.stands = choice, until, True
        held.saying += 1

    def take_back(self) -> None:
        services.withdraw_found_decision(by=system_actor(self.proposal.request.site_id), proposal=self.proposal)
        self.model.stands = False

    def freeze(self) -> None:
        rows = Freeze.objects.filter(resident=self.proposal.person, ended_on=None)
        if rows.update(ended_on=clock.today()):
            self.model.frozen = False
            return
        site = self.proposal.request.site_id
        Freeze.objects.create(site_id=site, resident=self.proposal.person, since=clock.today())
        self.model.frozen = True

    def ask(self) -> None:
        services.ask_release(by=self._one(), proposal=self.proposal)

    def agree(self) -> None:
        asked = self._some(list(Approval.objects.open().order_by("asked_after")))
        if asked is not None:
            by = self.actors[self.chance.choice([*[Role.SITE_MANAGER] * 4, Role.TRACING_OFFICER, Role.CASEWORKER])]
            services.agree_release(by=by, approval=asked)
            if by.user != asked.asked_by_id:
                self.model.agreed.add(self.model.saying)

    def carry_out(self) -> None:
        asked = self._some(list(Approval.objects.order_by("asked_after")))
        if asked is not None:
            services.carry_out_release(by=self._one(), approval=asked)

    def tell(self) -> None:
        held = self._some(list(Release.objects.order_by("version")))
        if held is not None:
            services.what_to_say(by=self._one(), release=held)
            self.model.tell()

    def note(self) -> None:
        held = self._some(list(Release.objects.order_by("version")))
        if held is not None:
            reached = self.chance.random() < 0.5
            services.note_try(by=self._one(), release=held, channel=Channel.TEXT, reached=reached)

    def _some(self, rows: list[Row]) -> Row | None:
        """Mostly the newest, sometimes any."""
        if not rows:
            return None
        return rows[-1] if self.chance.random() < 0.7 else self.chance.choice(rows)

    def _one(self) -> Actor:
        return self.actors[Role.TRACING_OFFICER]

    def step(self) -> None:
        """One step: most of them go on along the usual way, the others are whatever comes."""
        usual: list[Callable[[], None]] = [self.ask, self.agree, self.tell]
        act = usual[self.next % len(usual)]
        if self.chance.random() < 0.3:
            act = self.chance.choice([*usual, self.say, self.take_back, self.freeze, self.carry_out, self.note])
        else:
            self.next += 1
        with suppress(*STANDS):
            act()
            self.done[act.__name__] += 1


def _walk(site: Site, actors: dict[Role, Actor], orders: int, seed: int = SEED) -> Walk:
    walk = Walk(make_same(site), actors, random.Random(seed))  # noqa: S311 - a walk, not a secret
    began = clock.now()
    for order in range(orders):
        said_at = began + order * APART
        with time_machine.travel(said_at, tick=False):
            walk.say()
            walk.next = 0
            if walk.model.frozen:
                walk.freeze()
        ahead = timedelta(days=walk.chance.choice([0, 0, 1, 3]))
        with time_machine.travel(said_at + ahead, tick=False):
            walk.proposal = fresh(walk.proposal)
            for _step in range(STEPS):
                walk.step()
    return walk


def test_disclosures_before_consent_are_none_in_any_order(site: Site, actors: dict[Role, Actor]) -> None:
    began = time.monotonic()
    walk = _walk(site, actors, ORDERS)
    took = time.monotonic() - began
    print(f"orders {ORDERS}, steps {ORDERS * STEPS}, seed {SEED}, {took:.1f} s, {dict(walk.done)}")
    print(f"told {walk.model.told} times; disclosures before consent: {len(walk.model.wrong)}")
    assert walk.model.told >= TELLINGS
    assert walk.model.wrong == []


def test_a_service_without_the_check_is_found_out(
    site: Site, actors: dict[Role, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(releasing, "obstacle", lambda _facts: None)
    walk = _walk(site, actors, 40)
    print(f"control: told {walk.model.told}, disclosures before consent {len(walk.model.wrong)}")
    assert walk.model.wrong
