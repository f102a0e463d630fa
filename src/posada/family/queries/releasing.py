"""May a choice be carried out, to which state of things is an agreement bound, and which releases wait to be told."""

from dataclasses import dataclass

from posada.accounts.acts import Act, Role
from posada.accounts.approvals import Kind, Question, digest_of
from posada.accounts.approvals.queries import has_expired
from posada.accounts.models import Approval
from posada.accounts.permissions import Actor, system_actor
from posada.accounts.queries import assigned_subjects
from posada.family.models import (
    Enquirer,
    FoundChoice,
    FoundDecision,
    InContact,
    KinAnswers,
    KinCheck,
    Proposal,
    ProposalState,
    Release,
    ReleaseQuerySet,
    ReleaseState,
    RequestState,
    Share,
)
from posada.family.queries.deaths import news_stands
from posada.family.queries.found import decision_of
from posada.family.queries.freezing import is_frozen
from posada.family.queries.objections import objects
from posada.family.queries.proposals import versions_of
from posada.family.rules import releasing
from posada.family.rules.choices import CHOICE_SHORT, TELLING, Choice
from posada.family.rules.forcing import AskedSide, Fits, hold_on_release
from posada.family.rules.protecting import Flag, Protection, protections
from posada.family.rules.releasing import Facts, Obstacle
from posada.ground import clock
from posada.people.models import Identity
from posada.people.rules import treated_as_minor
from posada.records.door import Reason, open_record

_NOBODY = Facts(same=False, choice=None)


def facts_of(proposal: Proposal) -> Facts:
    """All on which a release depends, as it stands now. The house itself reads; nothing of it is shown to anybody."""
    decision, person, request = decision_of(proposal), proposal.person, proposal.request
    if decision is None or person is None:
        return _NOBODY
    by = system_actor(request.site_id)
    content = open_record(decision.record, FoundChoice, by=by, reason=Reason.SYSTEM)
    enquirer = open_record(request.enquirer, Enquirer, by=by, reason=Reason.SYSTEM)
    identity = open_record(person.identity, Identity, by=by, reason=Reason.SYSTEM)
    answers = _answers(proposal, by)
    return Facts(
        same=proposal.state == ProposalState.SAME,
        choice=content.choice,
        withdrawn=content.withdrawn,
        holds=content.holds_on(clock.today()),
        minor=treated_as_minor(identity, clock.today()),
        in_force=request.state != RequestState.CLOSED and request.expires_on >= clock.today(),
        objected=objects(person.pk),
        news=news_stands(request, person),
        frozen=_is_frozen(proposal),
        danger=_needs_counsel(enquirer) and not answers.counsel,
        hold=hold_on_release(answers.by_side(), may_be_forced=answers.may_be_forced, counsel=answers.counsel),
        shared=enquirer.share_with is Share.NAME,
        words=decision.words is not None,
        channel=bool(enquirer.safe_channel) or (request.resident_id is not None and content.choice in TELLING),
    )


def _needs_counsel(enquirer: Enquirer) -> bool:
    """Whether counsel is taken before anything is passed on: violence or force is feared, or a dispute is known."""
    return Flag.MAY_BE_FORCED in enquirer.flags or Protection.COUNSEL_FIRST in protections(enquirer.flags)


def _is_frozen(proposal: Proposal) -> bool:
    """The family of the found person, and of a resident who asks."""
    both = (proposal.person_id, proposal.request.resident_id)
    return any(is_frozen(one, site=proposal.request.site_id) for one in both if one is not None)


def _answers(proposal: Proposal, by: Actor) -> KinAnswers:
    row = KinCheck.objects.select_related("record").filter(proposal=proposal).first()
    return KinAnswers() if row is None else open_record(row.record, KinAnswers, by=by, reason=Reason.SYSTEM)


def in_the_way(proposal: Proposal) -> Obstacle | None:
    """What stands in the way of carrying out what was chosen; none if it may be carried out."""
    return releasing.obstacle(facts_of(proposal))


def release_question(proposal: Proposal) -> Question:
    """Bound to everything on which a release depends: any change of it makes an agreement stale."""
    decision, request = decision_of(proposal), proposal.request
    check = KinCheck.objects.select_related("record").filter(proposal=proposal).first()
    digest = digest_of(
        Kind.RELEASE,
        proposal.pk,
        proposal.state,
        versions_of(proposal),
        (decision.pk, decision.record.version, decision.words_id, decision.due_on) if decision else None,
        (request.enquirer.version, request.separation.version if request.separation else 0, request.expires_on),
        check.record.version if check else 0,
        facts_of(proposal),
    )
    return Question(kind=Kind.RELEASE, digest=digest, subject=proposal.pk, number=request.number)


def release_asked(proposal: Proposal) -> Approval | None:
    """Who asked that it be told, while that waits for a second and nothing changed since."""
    rows = list(Approval.objects.open().filter(kind=Kind.RELEASE, subject=proposal.pk))
    if not rows:
        return None
    digest = release_question(proposal).digest
    return next((row for row in rows if row.digest == digest and not has_expired(row)), None)


def release_of(decision: FoundDecision) -> Release | None:
    """What became of the present version of a decision."""
    return Release.objects.filter(decision=decision, version=decision.record.version).first()


def told_as_it_stands(decision: FoundDecision) -> bool:
    """Whether two agreed to the very choice that stands now, and it was told."""
    release = release_of(decision)
    return release is not None and release.state == ReleaseState.TOLD


def agreement_holds(proposal: Proposal) -> bool:
    """Whether all stands as it did when two agreed: otherwise nobody agreed to what would be told now."""
    used = Approval.objects.filter(kind=Kind.RELEASE, subject=proposal.pk, state=Approval.State.USED)
    return used.filter(digest=release_question(proposal).digest).exists()


def to_ask_again(proposal: Proposal, release: Release) -> bool:
    """Whether what two agreed to waits to be told and may not be, because something changed since."""
    return release.state == ReleaseState.TO_TELL and not agreement_holds(proposal)


def was_told(decision: FoundDecision) -> bool:
    """Whether something was told because of this person's choice, of whatever version; it cannot be called back."""
    return Release.objects.filter(decision=decision, state=ReleaseState.TOLD).exists()


@dataclass(frozen=True, slots=True)
class ReleaseWithoutWords:
    """What a second sees: numbers, the choice in words, whether kin were asked. Neither a name nor what is told."""

    request: int
    person: int | None
    choice: str
    asked_both: bool
    obstacle: str


def release_without_words(proposal: Proposal) -> ReleaseWithoutWords:
    """What is needed to agree to a release. The house itself reads the choice."""
    facts = facts_of(proposal)
    answers = _answers(proposal, system_actor(proposal.request.site_id)).by_side()
    both = all(any(one is not Fits.NOT_ASKED for one in answers.get(side, [])) for side in AskedSide)
    stands = releasing.obstacle(facts)
    return ReleaseWithoutWords(
        request=proposal.request.number,
        person=proposal.person.number if proposal.person else None,
        choice=str(CHOICE_SHORT[facts.choice]) if facts.choice else "",
        asked_both=both,
        obstacle=str(releasing.OBSTACLE_LABELS[stands]) if stands else "",
    )


def releases(actor: Actor) -> ReleaseQuerySet:
    """The releases that this user may see, the oldest first: those of persons whose file they hold, or of the site."""
    rows = Release.objects.visible_to(actor)
    if not actor.may(Act.RELEASE):
        return rows.none()
    if actor.user is not None and Role.TRACING_OFFICER not in actor.roles:
        rows = rows.filter(decision__person_id__in=assigned_subjects(actor))
    related = (
        "decision__record",
        "decision__words",
        "decision__person__identity",
        "decision__proposal__request__enquirer",
    )
    more = ("decision__proposal__request__sought", "decision__proposal__request__resident", "record")
    return rows.select_related(*related, *more).order_by("agreed_on", "pk")


def to_tell(actor: Actor) -> ReleaseQuerySet:
    """Those that wait for a person to carry them out."""
    return releases(actor).filter(state=ReleaseState.TO_TELL)


def release_ready(actor: Actor) -> list[Proposal]:
    """Proposals on which this user may decide, whose found person chose something that may be asked for now."""
    rows = Proposal.objects.visible_to(actor).filter(state=ProposalState.SAME, found_decision__isnull=False)
    if not actor.may(Act.RELEASE):
        return []
    if actor.user is not None and Role.TRACING_OFFICER not in actor.roles:
        rows = rows.filter(person_id__in=assigned_subjects(actor))
    rows = rows.exclude(request__state__in=[RequestState.CLOSED, RequestState.IN_CONTACT])
    related = (
        "request__sought",
        "request__enquirer",
        "request__separation",
        "person__identity",
        "found_decision__record",
    )
    return [
        row
        for row in rows.select_related(*related)
        if _may_be_asked(row) and in_the_way(row) is None and release_asked(row) is None
    ]


def _may_be_asked(proposal: Proposal) -> bool:
    release = release_of(proposal.found_decision)
    return release is None or to_ask_again(proposal, release)


def words_due(actor: Actor) -> list[InContact]:
    """Requests of which who asked is to be asked whether they need us any longer: numbers only."""
    if not actor.may(Act.UPDATE_REQUEST):
        return []
    rows = InContact.objects.filter(request__site_id=actor.site, ask_on__lte=clock.today())
    rows = rows.filter(request__state=RequestState.IN_CONTACT).select_related("request", "record")
    return list(rows.order_by("ask_on", "pk"))


def is_to_found_person(choice: Choice | None) -> bool:
    """Whether what is told is told to the found person, and the one who asks learns nothing."""
    return choice is Choice.RECEIVE_CONTACT
