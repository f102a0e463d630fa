"""S15: acts for two under every order of presses: the same person twice, stale, raced, expired, used twice, lost role,
a code again. A model that knows the rules and nothing of the code says what may happen; nothing else may.
"""

import os
import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import connections
from tests import cast

from posada.accounts import approvals
from posada.accounts.acts import Role
from posada.accounts.approvals import Kind, Question, codes, digest_of
from posada.accounts.models import Approval, Membership
from posada.accounts.permissions import Actor, Refused
from posada.accounts.tests.hands import HOUR, Hands
from posada.ground import clock

LONG = "POSADA_LONG" in os.environ
ORDERS = 1_200 if LONG else 120
RACES = 60 if LONG else 6  # of each of four kinds
SEED = 20_190_226
PRESSES = 9
SHOWN, OTHER = digest_of("as shown"), digest_of("as changed")


class Model:
    """What may happen, in its own words: true hours, who agreed, who still may, how it ended."""

    def __init__(self) -> None:
        self.hours, self.wrong = 0.0, 0.0
        self.agreed: str | None = None
        self.ended = False
        self.lost: set[str] = set()
        self.wrong_codes = {"approval": 0, "phone": 0}
        self.code_taken = False

    @property
    def expired(self) -> bool:
        return max(self.hours, self.hours + self.wrong) >= 7 * 24

    @property
    def holds(self) -> bool:
        return self.agreed is not None and self.agreed not in self.lost

    def may_agree(self, who: str, right: bool) -> bool:
        return not self.ended and not self.expired and who in {"one", "two"} - self.lost and right and not self.holds

    def may_use(self, who: str, right: bool) -> bool:
        ready = self.holds or (self.agreed is None and self.hours >= 24)
        return not self.ended and not self.expired and who == "asker" and right and ready


class Game:
    """One order of presses on one approval, beside the model."""

    def __init__(self, chance: random.Random, hands: Hands, who: dict[str, Actor]) -> None:
        self.chance, self.hands, self.who, self.model = chance, hands, who, Model()
        self.done: Counter[str] = Counter()
        hands.true += timedelta(minutes=10)
        hands.wrong = timedelta(0)
        for name, role in (("one", Role.CASEWORKER), ("two", Role.LAWYER)):
            Membership.objects.filter(user_id=who[name].user or 0).update(role=role.value)
        self.phone = codes.enrol(by=who["one"], kind=Kind.IMPORT)
        self.approval = approvals.ask(
            by=who["asker"], question=Question(kind=Kind.IMPORT, digest=SHOWN, subject=uuid.uuid4())
        )
        self.code = codes.code_at(self.phone, clock.real_seconds())

    def press(self) -> str | None:
        """One press; the name of what went wrong, if anything did that the model does not know."""
        presses: list[Callable[[], tuple[str, bool, bool]]] = [
            self._agree,
            self._agree,
            self._code,
            self._stop,
            self._use,
            self._use,
            self._lose,
            self._wait,
            self._set_clock,
        ]
        name, expected, happened = self.chance.choice(presses)()
        self.done[f"{name}: {'done' if happened else 'refused'}"] += 1
        return None if expected == happened else f"{name}: expected {expected}"

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except (approvals.NotAllowed, Refused):
            return False
        return True

    def _agree(self) -> tuple[str, bool, bool]:
        who = self.chance.choice(["asker", "one", "two", "desk"])
        right = self.chance.random() < 0.8
        expected = self.model.may_agree(who, right)
        shown = SHOWN if right else OTHER
        happened = self._try(lambda: approvals.agree(by=self.who[who], approval=self.approval, digest=shown))
        if expected:
            self.model.agreed = who
        return f"agree by {who}" + ("" if right else ", changed"), expected, happened

    def _code(self) -> tuple[str, bool, bool]:
        model, right = self.model, self.chance.random() < 0.6
        typed = self.code if right else "000000"
        fresh = abs(model.hours + model.wrong) < 1 / 120 and not model.code_taken
        locked = max(model.wrong_codes.values()) >= 5
        open_now = not model.ended and not model.expired and not model.holds
        expected = open_now and right and fresh and not locked and "one" not in model.lost
        act = lambda: approvals.agree_elsewhere(  # noqa: E731 - one press, tried once
            by=self.who["asker"], approval=self.approval, name=cast.STAFF[Role.CASEWORKER], code=typed
        )
        happened = self._try(act)
        if expected:
            model.agreed, model.code_taken = "one", True
            model.wrong_codes["phone"] = 0
        elif open_now:
            known = not locked and "one" not in model.lost
            model.wrong_codes["approval"] += 1
            model.wrong_codes["phone"] += known
        return "code" if right else "wrong code", expected, happened

    def _stop(self) -> tuple[str, bool, bool]:
        who = self.chance.choice(["asker", "one", "desk"])
        if self.chance.random() < 0.5:
            who = "desk"
        used = Approval.objects.get(pk=self.approval.pk).state == Approval.State.USED
        expected = who not in {"desk"} | self.model.lost and not used
        happened = self._try(lambda: approvals.stop(by=self.who[who], approval=self.approval))
        self.model.ended |= expected
        return f"stop by {who}", expected, happened

    def _use(self) -> tuple[str, bool, bool]:
        who, right = self.chance.choice(["asker", "asker", "asker", "one"]), self.chance.random() < 0.8
        expected = self.model.may_use(who, right)
        shown = SHOWN if right else OTHER
        act = lambda: approvals.use(by=self.who[who], approval=self.approval, kind=Kind.IMPORT, digest=shown)  # noqa: E731
        happened = self._try(act)
        self.model.ended |= expected
        return f"use by {who}" + ("" if right else ", changed"), expected, happened

    def _lose(self) -> tuple[str, bool, bool]:
        who = self.chance.choice(["one", "two"])
        if self.chance.random() < 0.5:
            return "keep role", True, True
        Membership.objects.filter(user_id=self.who[who].user or 0).update(role=Role.DESK.value)
        self.model.lost.add(who)
        return "lose role", True, True

    def _wait(self) -> tuple[str, bool, bool]:
        hours = self.chance.choice([1, 1, 25, 25, 24 * 8])
        self.hands.true += hours * HOUR
        self.model.hours += hours
        return "wait", True, True

    def _set_clock(self) -> tuple[str, bool, bool]:
        hours = self.chance.choice([-50, 26, 26, 24 * 8])
        self.hands.wrong += hours * HOUR
        self.model.wrong += hours
        return "set the clock", True, True


@pytest.fixture
def who(actors: dict[Role, Actor]) -> dict[str, Actor]:
    return {
        "asker": actors[Role.SITE_MANAGER],
        "one": actors[Role.CASEWORKER],
        "two": actors[Role.LAWYER],
        "desk": actors[Role.DESK],
    }


def _campaign(orders: int, hands: Hands, who: dict[str, Actor]) -> tuple[list[str], Counter[str]]:
    chance, wrong, done = random.Random(SEED), [], Counter[str]()  # noqa: S311 - the order of a test's presses
    for _order in range(orders):
        game = Game(chance, hands, who)
        wrong += [said for _press in range(PRESSES) if (said := game.press())]
        done += game.done
    return wrong, done


@pytest.mark.django_db(databases=["default", "keyring"])
def test_no_order_of_presses_carries_out_what_one_person_wants(
    hands: Hands, who: dict[str, Actor], capsys: pytest.CaptureFixture[str]
) -> None:
    begun = time.monotonic()
    wrong, done = _campaign(ORDERS, hands, who)
    with capsys.disabled():
        print(f"\nS15: {ORDERS} orders of {PRESSES} presses, seed {SEED}, {time.monotonic() - begun:.1f} s: ", end="")
        print(f"{len(wrong)} beyond the rules; " + ", ".join(f"{word} {n}" for word, n in sorted(done.items())))
    assert not wrong, wrong[:5]
    for word in ("agree by one", "code", "use by asker", "stop by asker"):
        assert done[f"{word}: done"], f"{word} was never possible: the campaign shows nothing"
    for word in ("agree by asker", "agree by desk", "use by one", "use by asker, changed", "wrong code"):
        assert done[f"{word}: refused"]
        assert not done[f"{word}: done"]


@pytest.mark.django_db(databases=["default", "keyring"])
@pytest.mark.parametrize("guard", ["second", "expired", "digest"])
def test_the_campaign_finds_a_guard_that_is_missing(
    guard: str, hands: Hands, who: dict[str, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without one of the guards the same campaign must find something beyond the rules."""
    where = "posada.accounts.approvals.services"
    if guard == "second":
        monkeypatch.setattr(f"{where}.holds_role_of_second", lambda _approval, _user: True)
    elif guard == "expired":
        monkeypatch.setattr(f"{where}.LASTS", timedelta(days=10_000))
    else:
        monkeypatch.setitem(globals(), "OTHER", SHOWN)
    wrong, _done = _campaign(60, hands, who)
    assert wrong


def _at_once(*acts: Callable[[], object]) -> list[str]:
    """Each act in a thread of its own, all let go together; what came of each."""
    gate, came = threading.Barrier(len(acts)), [""] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            gate.wait()
            act()
            came[place] = "done"
        except (approvals.NotAllowed, Refused) as refused:
            came[place] = type(refused).__name__
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def _use_of(who: dict[str, Actor], held: Approval) -> Callable[[], object]:
    return lambda: approvals.use(by=who["asker"], approval=held, kind=Kind.IMPORT, digest=held.digest)


def _agree_of(by: Actor, held: Approval) -> Callable[[], object]:
    return lambda: approvals.agree(by=by, approval=held)


def _agreed_and_used_at_once(who: dict[str, Actor], question: Question) -> list[str]:
    held = approvals.ask(by=who["asker"], question=question)
    agreed = _at_once(_agree_of(who["one"], held), _agree_of(who["two"], held))
    assert sorted(agreed) == ["AlreadyAgreed", "done"]
    used = _at_once(_use_of(who, held), _use_of(who, held), _use_of(who, held))
    assert sorted(used) == ["AlreadyUsed", "AlreadyUsed", "done"]
    return agreed + used


def _stopped_at_once(who: dict[str, Actor], question: Question) -> list[str]:
    held = approvals.ask(by=who["asker"], question=question)
    approvals.agree(by=who["one"], approval=held)
    ended = _at_once(_use_of(who, held), partial(approvals.stop, by=who["two"], approval=held))
    assert sorted(ended) in (["Stopped", "done"], ["AlreadyUsed", "done"])
    held = approvals.ask(by=who["asker"], question=question)
    both = _at_once(_agree_of(who["one"], held), partial(approvals.stop, by=who["asker"], approval=held))
    assert both[1] == "done"
    assert both[0] in {"done", "Stopped"}
    assert _at_once(_use_of(who, held)) == ["Stopped"]
    return ended + both


@pytest.mark.usefixtures("audit_may_be_emptied")
@pytest.mark.django_db(databases=["default", "keyring"], transaction=True)
def test_of_two_at_once_one_wins_and_the_other_gets_a_sentence(
    who: dict[str, Actor], capsys: pytest.CaptureFixture[str]
) -> None:
    begun, came = time.monotonic(), Counter[str]()
    for place in range(RACES):
        question = Question(kind=Kind.IMPORT, digest=digest_of(place))
        came.update(_agreed_and_used_at_once(who, question))
        came.update(_stopped_at_once(who, question))
    with capsys.disabled():
        took = time.monotonic() - begun
        print(f"\nS15: {RACES * 4} races in threads, {took:.1f} s: " + ", ".join(f"{k} {n}" for k, n in came.items()))
