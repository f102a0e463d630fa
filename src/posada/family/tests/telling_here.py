"""A found person and an enquirer, decided to be the same person, for the tests of what is told and what comes after."""

from datetime import date
from typing import Any

import msgspec

from posada.accounts.acts import Act, Role
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, system_actor
from posada.family import services
from posada.family.models import (
    FoundChoice,
    FoundDecision,
    KinAnswer,
    KinAnswers,
    KinCheck,
    Proposal,
    ProposalState,
    Release,
    Share,
)
from posada.family.rules.choices import WITH_WORDS, Choice, Reach
from posada.family.rules.forcing import Fits
from posada.family.tests.people_here import SISTER, SOUGHT, YULESI, make_person
from posada.ground import clock
from posada.people.models import Identity
from posada.records import changes
from posada.records import services as records

ASKER = msgspec.structs.replace(SISTER, share_with=Share.NAME)
SECRET = "Dile que guarde la llave azul 7391"


def make_same(site: Site, identity: Identity = YULESI, checked: bool = True, **asker: Any) -> Proposal:
    """A match that was decided to be the same person; `asker` changes who asks."""
    by = system_actor(site.pk)
    services.open_request(by=by, sought=SOUGHT, enquirer=msgspec.structs.replace(ASKER, **asker))
    person = make_person(site, identity)
    changes.catch_up()
    proposal = Proposal.objects.get(person=person)
    services.decide(by=by, proposal=proposal, decision=ProposalState.SAME)
    if checked:
        check(proposal)
    return fresh(proposal)


def check(proposal: Proposal, **more: Any) -> KinCheck:
    """Both sides were asked what only kin know, and it fits, unless something else is given."""
    fits = KinAnswer(question="?", enquirer=Fits.FITS, found=Fits.FITS)
    content = KinAnswers(**{"answers": (fits,), **more})
    by, held = system_actor(proposal.request.site_id), KinCheck.objects.filter(proposal=proposal).first()
    if held is not None:
        records.revise(held.record, content, by=by, act=Act.DECIDE_PROPOSAL)
        return held
    subject = proposal.request.sought.subject
    record = records.seal_new(content, subject=subject, by=by, act=Act.DECIDE_PROPOSAL)
    return KinCheck.objects.create(proposal=proposal, record=record)


def fresh(proposal: Proposal) -> Proposal:
    """The proposal as it stands, with both sides."""
    sides = ("request__sought", "request__enquirer", "request__separation", "request__resident", "person__identity")
    return Proposal.objects.select_related(*sides).get(pk=proposal.pk)


def choose(proposal: Proposal, choice: Choice, *, expires_on: date | None = None, **more: Any) -> FoundDecision:
    """The found person says it."""
    by = system_actor(proposal.request.site_id)
    reach = more.pop("reach", Reach.THIS_ENQUIRER)
    content = FoundChoice(choice=choice, reach=reach, expires_on=expires_on, at=clock.now(), **more)
    words = SECRET if choice in WITH_WORDS else ""
    return services.record_found_decision(by=by, proposal=proposal, content=content, words=words)


def release(proposal: Proposal, actors: dict[Role, Actor]) -> Release:
    """A tracing officer asks, the manager agrees."""
    approval = services.ask_release(by=actors[Role.TRACING_OFFICER], proposal=proposal)
    return services.agree_release(by=actors[Role.SITE_MANAGER], approval=approval)
