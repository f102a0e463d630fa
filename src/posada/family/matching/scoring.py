"""How likely two sides are the same person: one measure for finding and for showing.

Three parts, in bits: the engine's evidence, that each seeks the other, and the family around both (`kinmatch.kin`).
The last two are what brothers and sisters share, so they are held back together (`held_back`).
"""

import uuid
from dataclasses import dataclass

import kinmatch
from kinmatch.kin.around import COUNTER, counter_request, families
from kinmatch.kin.family import FIELD, NOTHING, Family, with_evidence
from posada.family.matching import held
from posada.family.matching.around import around_person, around_request
from posada.family.matching.kin import held_back
from posada.family.models import TracingRequest
from posada.people.models import Person

# A pair is drawn from everybody who may cross, not from the few who are here tonight: a small house must not
# make weak evidence look strong. The figure is the engine's own for a register of usual size.
SMALLEST_REGISTER = 2_000


@dataclass(frozen=True, slots=True)
class Side:
    """The other side of a comparison, the requests which that side made, and the person if it is one who is here."""

    record: kinmatch.Record
    requests: tuple[uuid.UUID, ...] = ()
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The explanation, which ends with what each seeking the other and the families add; the family itself, and its
    part of the weight in bits."""

    explanation: kinmatch.Explanation
    family: Family = NOTHING
    shared: float = 0.0

    @property
    def probability(self) -> float:
        """The absolute probability."""
        return self.explanation.probability


def register_size(site: int) -> int:
    """From how many people a pair is drawn."""
    return max(SMALLEST_REGISTER, Person.objects.filter(site_id=site).count())


def compare(sought: kinmatch.Record, side: Side, *, request: TracingRequest) -> Comparison:
    """A request's sought person and the other side."""
    found = kinmatch.explain(sought, side.record, register_size=register_size(request.site_id))
    mutual = max((_mutual(request.pk, other) for other in side.requests if other != request.pk), default=0.0)
    family = _family(sought, side, request)
    mutual = held_back(found.weight, mutual)
    shared = min(family.weight, held_back(found.weight, mutual + family.weight) - mutual)
    counter = (kinmatch.Evidence(FIELD, COUNTER, mutual, "", ""),) if mutual else ()
    around = family.evidence(shared) if shared else ()
    return Comparison(with_evidence(found, (*counter, *around)), family, shared)


def _family(sought: kinmatch.Record, side: Side, request: TracingRequest) -> Family:
    if side.person is None:
        return NOTHING  # two requests tell each other's family only in the words of two who may be one
    return families(sought, side.record, around_request(request), around_person(side.person, request))


def _mutual(request: uuid.UUID, other: uuid.UUID) -> float:
    """What it adds that the other side seeks, in turn, the one who asks here."""
    asking, wanted = held.asking_of(request), held.sought_of(other)
    if asking is None or wanted is None:
        return 0.0
    return counter_request(wanted, asking)
