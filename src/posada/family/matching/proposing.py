"""From a probability to a row that waits for a decision; a refusal holds while both records stand."""

import uuid

from posada.audit import services as audit
from posada.family.models import UNDECIDED, Against, KinCheck, Proposal, ProposalState, TracingRequest
from posada.family.queries.objections import objects
from posada.family.queries.proposals import candidate_version
from posada.family.rules.bands import THRESHOLD, band_of
from posada.ground import clock, ids
from posada.people.models import Person
from posada.vault import keyring


def undecided_requests_of(person: Person) -> list[uuid.UUID]:
    """The requests for which this person is proposed and nobody has decided."""
    rows = Proposal.objects.filter(person=person, state__in=UNDECIDED)
    return list(rows.values_list("request_id", flat=True))


def undecided_persons_of(request: TracingRequest) -> list[uuid.UUID]:
    """The persons who are proposed for this request and on whom nobody has decided."""
    rows = Proposal.objects.filter(request=request, state__in=UNDECIDED)
    return [row.person_id for row in rows if row.person_id is not None]


def propose(
    request: TracingRequest,
    likely: float,
    *,
    against: Against,
    person: Person | None = None,
    other: TracingRequest | None = None,
) -> None:
    """Make, renew or withdraw a proposal. Doing it twice does it once.

    Who objected to being looked for is proposed to nobody, and looks like one who fits nothing.
    """
    versions = (request.sought.version, candidate_version(against, person, other))
    held = Proposal.objects.filter(request=request, against=against, person=person, other_request=other).first()
    objected = person is not None and (likely >= THRESHOLD or held is not None) and objects(person.pk)
    if held is None:
        if likely >= THRESHOLD and not objected:
            _make(request, likely, versions, against=against, person=person, other=other)
    elif objected:
        if held.state in UNDECIDED:
            withdraw(held)
    elif held.state in UNDECIDED and (held.state == ProposalState.PROPOSED or held.withdrawn):
        _keep_up(held, likely, versions)
    elif likely >= THRESHOLD and _may_come_back(held, versions):
        held.state = ProposalState.PROPOSED
        _keep_up(held, likely, versions)


def _may_come_back(held: Proposal, versions: tuple[int, int]) -> bool:
    """A refusal, or a "not yet", is asked about again only when one of the two records says something new."""
    changed = (held.sought_version, held.candidate_version) != versions
    return changed and held.state != ProposalState.SAME


def _make(
    request: TracingRequest,
    likely: float,
    versions: tuple[int, int],
    *,
    against: Against,
    person: Person | None,
    other: TracingRequest | None,
) -> None:
    Proposal.objects.create(
        id=ids.new_id(),
        request=request,
        against=against,
        person=person,
        other_request=other,
        band=band_of(likely).value,
        sought_version=versions[0],
        candidate_version=versions[1],
        proposed_on=clock.today(),
    )
    subject = person.pk if person else request.sought.subject
    audit.write(
        audit.Event(act="family.propose", role="system", site=request.site_id, subject=keyring.pseudonym(subject))
    )


def withdraw(held: Proposal) -> None:
    """Take a proposal away; one on which somebody noted something is kept and shown to nobody. The audit has it."""
    if held.withdrawn:
        return
    subject = held.person_id or held.request.sought.subject
    event = audit.Event(
        act="family.propose",
        role="system",
        site=held.request.site_id,
        subject=keyring.pseudonym(subject),
        reason="no_longer",
    )
    if held.record_id is None and not held.questions.exists() and not KinCheck.objects.filter(proposal=held).exists():
        held.delete()
    else:
        held.withdrawn = True
        held.save(update_fields=["withdrawn"])
    audit.write(event)


def _keep_up(held: Proposal, likely: float, versions: tuple[int, int]) -> None:
    """An undecided proposal follows the records; one that no longer holds goes, for nobody decided on it."""
    if likely < THRESHOLD:
        withdraw(held)
        return
    held.withdrawn = False
    held.band = band_of(likely).value
    held.sought_version, held.candidate_version = versions
    held.save()
