"""S9: what an enquirer is answered says nothing, neither by its bytes nor by the time it takes."""

import gc
import math
import os
import random
import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Role
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, system_actor
from posada.family import services
from posada.family.matching import held as asked_for
from posada.family.models import (
    Enquirer,
    FoundChoice,
    Proposal,
    ProposalState,
    Release,
    ReleaseState,
    Sought,
    TracingRequest,
)
from posada.family.queries.requests import was_asked
from posada.family.rules.choices import Choice
from posada.ground import clock
from posada.people import matching
from posada.people import services as people
from posada.people.models import Identity
from posada.records import changes, erasing
from posada.records.models import What, Why

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

LONG = os.environ.get("POSADA_LONG") == "1"
EACH = 1_000 if LONG else 40
SEED = 9
MOST_AUC = 0.55
KINDS = ("no match", "found", "erased", "refused", "released")
SURNAMES = {
    "found": "Quintero Zambrano",
    "erased": "Balbuena Ortuño",
    "refused": "Mijares Lozada",
    "released": "Urdaneta Colina",
}


def _request(by: Actor, kind: str) -> TracingRequest:
    """A request whose sought person stands in this relation to the house."""
    surnames = SURNAMES.get(kind, "Nadie Ninguno")
    sought = Sought(given_names="Marisol", surnames=surnames, birth="1979", origin="Rubio")
    enquirer = Enquirer(name="Hermana")
    if kind == "no match":
        return services.open_request(by=by, enquirer=enquirer, sought=sought)
    identity = Identity(given_names="Marisol", surnames=surnames, birth="1979", origin="Rubio")
    person = people.register_person(by=by, identity=identity)
    request = services.open_request(by=by, enquirer=enquirer, sought=sought)
    changes.catch_up()
    proposal = Proposal.objects.get(request=request, person=person)
    services.decide(by=by, proposal=proposal, decision=ProposalState.SAME, note="")
    proposal.refresh_from_db()
    if kind == "refused":
        choice = FoundChoice(choice=Choice.REFUSE, at=clock.now())
        services.record_found_decision(by=by, proposal=proposal, content=choice)
    if kind == "released":
        _release(by, proposal)
    if kind == "erased":
        erasure = erasing.hide(by=by, subject=person.subject, what=What.PERSON, why=Why.ASKED)
        erasing.erase(by=by, erasure=erasure)
    return request


def _release(by: Actor, proposal: Proposal) -> None:
    """The found person allowed it, two agreed, and a person told it: the page goes on saying the same."""
    choice = FoundChoice(choice=Choice.ALIVE_AND_WELL, at=clock.now())
    decision = services.record_found_decision(by=by, proposal=proposal, content=choice)
    Release.objects.create(
        site_id=by.site,
        decision=decision,
        version=decision.record.version,
        state=ReleaseState.TOLD,
        agreed_on=clock.today(),
        told_on=clock.today(),
    )


def _without_its_number(answer: bytes, number: int) -> bytes:
    """The page without the request's own number and the token of its forms, which differ by themselves."""
    plain = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"|"x-csrftoken": "[^"]+"', b"", answer)
    return plain.replace(str(number).encode(), b"N")


def _auc(first: list[float], second: list[float]) -> float:
    """The chance to tell two kinds of answer by their time alone, at least one half."""
    ranked = sorted([(value, 0) for value in first] + [(value, 1) for value in second])
    ranks = sum(place for place, (_value, kind) in enumerate(ranked, start=1) if kind == 0)
    chance = (ranks - len(first) * (len(first) + 1) / 2) / (len(first) * len(second))
    return max(chance, 1 - chance)


def _allowed(pairs: int) -> float:
    """0.55 in the long run; in the short one with what the highest of so many pairs errs by once in a hundred runs."""
    error = math.sqrt((2 * EACH + 1) / (12 * EACH * EACH))
    return MOST_AUC + (0.0 if LONG else NormalDist().inv_cdf(1 - 0.01 / (2 * pairs)) * error)


@dataclass(frozen=True)
class _Measured:
    """The kinds of bytes that were answered, and how well each pair of kinds of answer is told by its time."""

    bytes: set[bytes]
    told: dict[str, float]

    @property
    def worst(self) -> str:
        return max(self.told, key=lambda pair: self.told[pair])


def _measure(client: Client, requests: dict[str, TracingRequest], kinds: Sequence[str]) -> _Measured:
    rng = random.Random(SEED)  # noqa: S311 - the order of the questions
    bodies: set[bytes] = set()
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    gc.collect()
    gc.disable()  # its pauses are the process's, not the answer's
    try:
        for kind in kinds:
            client.get(reverse("family:answer", args=[requests[kind].number]))
        for _turn in range(EACH):
            for kind in rng.sample(kinds, len(kinds)):
                number = requests[kind].number
                start = time.thread_time_ns()
                answer = client.get(reverse("family:answer", args=[number]))
                times[kind].append(time.thread_time_ns() - start)
                assert answer.status_code == 200
                bodies.add(_without_its_number(answer.content, number))
    finally:
        gc.enable()
    return _Measured(
        bodies, {f"{one}/{two}": _auc(times[one], times[two]) for one in kinds for two in kinds if one < two}
    )


def _work_more_for(slow: TracingRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on one request's answer costs some milliseconds of work more."""

    def asked(actor: Actor, number: int) -> bool:
        if number == slow.number:
            until = time.thread_time_ns() + (5_000_000 if LONG else 30_000_000)
            while time.thread_time_ns() < until:
                pass
        return was_asked(actor, number)

    monkeypatch.setattr(sys.modules["posada.family.views.requests"], "was_asked", asked)


def test_no_answer_tells_whether_somebody_is_here(
    site: Site, browse: Callable[[Role], Client], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    began = time.monotonic()
    by = system_actor(site.pk)
    matching.build(lambda _done, _total: None)
    asked_for.build(lambda _done, _total: None)
    requests = {kind: _request(by, kind) for kind in KINDS}
    client = browse(Role.TRACING_OFFICER)
    found = _measure(client, requests, KINDS)
    allowed = _allowed(len(found.told))
    _work_more_for(requests["found"], monkeypatch)
    (control,) = _measure(client, requests, ("no match", "found")).told.values()
    with capsys.disabled():
        print(
            f"\nneutral answer: {EACH} each of {len(KINDS)}, seed {SEED}: {len(found.bytes)} kind of bytes, highest "
            f"AUC {found.told[found.worst]:.3f} ({found.worst}), allowed {allowed:.3f}, control (some ms of work more) "
            f"{control:.3f}, {time.monotonic() - began:.1f} s"
        )
    assert len(found.bytes) == 1
    assert control > allowed
    assert found.told[found.worst] <= allowed
