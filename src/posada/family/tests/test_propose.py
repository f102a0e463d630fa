"""Registrations, lists, corrections and other requests raise proposals by themselves."""

import msgspec
import pytest

from posada.accounts.acts import Act
from posada.accounts.models import Site
from posada.accounts.permissions import system_actor
from posada.audit.models import AuditEntry
from posada.family import services
from posada.family.models import Against, Proposal, ProposalState, Relative
from posada.family.rules.bands import Band
from posada.family.rules.kinship import Relation
from posada.family.tests.people_here import (
    PARTED,
    SISTER,
    SOUGHT,
    YULESI,
    make_card,
    make_person,
    make_proposal,
    make_request,
)
from posada.people.models import Identity, Sex, Source
from posada.records import changes
from posada.records import services as records

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
OTHER = Identity(given_names="Yuraima", surnames="Ramires Peña", sex=Sex.FEMALE, birth="1999")


def _again(site: Site, identity: Identity, proposal: Proposal) -> None:
    assert proposal.person is not None
    record = proposal.person.identity
    record.refresh_from_db()
    records.revise(record, identity, by=system_actor(site.pk), act=Act.CORRECT)
    changes.catch_up()
    proposal.refresh_from_db()


def test_a_registration_raises_a_proposal(site: Site) -> None:
    make_request(site)
    changes.catch_up()
    person = make_person(site)
    changes.catch_up("family")
    proposal = Proposal.objects.get()
    assert proposal.person == person
    assert proposal.state == ProposalState.PROPOSED
    assert proposal.band in {Band.LIKELY, Band.VERY_LIKELY}
    assert AuditEntry.objects.filter(act="family.propose").count() == 1


def test_a_new_request_meets_who_is_already_here(site: Site) -> None:
    person = make_person(site)
    changes.catch_up()
    make_request(site)
    changes.catch_up()
    assert Proposal.objects.get().person == person


def test_a_person_from_a_list_raises_a_proposal(site: Site) -> None:
    make_request(site)
    person = make_person(site, Identity(full_name="RAMIRES PEÑA, YULEICI CAROLINA", birth="1987-03-14"))
    person.source = Source.LIST
    person.save()
    changes.catch_up()
    assert Proposal.objects.get().person == person


def test_it_does_it_once_whichever_comes_first(site: Site) -> None:
    make_proposal(site)
    matching_again = Proposal.objects.get()
    _again(site, YULESI, matching_again)
    assert Proposal.objects.count() == 1


def test_a_sister_is_not_proposed(site: Site) -> None:
    make_request(site)
    make_person(site, OTHER)
    changes.catch_up()
    assert not Proposal.objects.exists()


def test_nobody_is_proposed_to_themselves(site: Site) -> None:
    person = make_person(site)
    services.open_request(by=system_actor(site.pk), sought=SOUGHT, enquirer=SISTER, resident=person)
    changes.catch_up()
    assert not Proposal.objects.exists()


def test_a_refusal_is_remembered(site: Site) -> None:
    proposal = make_proposal(site)
    services.decide(by=system_actor(site.pk), proposal=proposal, decision=ProposalState.DIFFERENT)
    other = make_request(site, SOUGHT)
    services.close_request(by=system_actor(site.pk), request=other)
    make_person(site, OTHER)
    changes.catch_up()
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.DIFFERENT


def test_a_changed_record_opens_it_again(site: Site) -> None:
    proposal = make_proposal(site)
    services.decide(by=system_actor(site.pk), proposal=proposal, decision=ProposalState.DIFFERENT)
    _again(site, msgspec.structs.replace(YULESI, birth="1987-03-14"), proposal)
    assert proposal.state == ProposalState.PROPOSED
    assert proposal.candidate_version == 2


def test_the_same_person_stays_the_same_person(site: Site) -> None:
    proposal = make_proposal(site)
    services.decide(by=system_actor(site.pk), proposal=proposal, decision=ProposalState.SAME)
    _again(site, OTHER, proposal)
    assert proposal.state == ProposalState.SAME


def test_an_undecided_proposal_goes_when_it_no_longer_holds(site: Site) -> None:
    proposal = make_proposal(site)
    assert proposal.person is not None
    records.revise(proposal.person.identity, OTHER, by=system_actor(site.pk), act=Act.CORRECT)
    changes.catch_up()
    assert not Proposal.objects.exists()


def test_a_closed_or_expired_request_meets_nobody(site: Site) -> None:
    request = make_request(site)
    services.close_request(by=system_actor(site.pk), request=request)
    make_person(site)
    changes.catch_up()
    assert not Proposal.objects.exists()
    services.renew_request(by=system_actor(site.pk), request=request)
    changes.catch_up()
    assert Proposal.objects.count() == 1


def test_a_card_is_never_matched_without_a_request(site: Site) -> None:
    resident = make_person(site, OTHER)
    make_card(site, resident, Relative(who="Yulesi Carolina Ramires Peña", relation=Relation.SISTER))
    make_person(site)
    changes.catch_up()
    assert not Proposal.objects.exists()


def test_two_who_seek_the_same_person_are_shown_to_staff(site: Site) -> None:
    make_request(site)
    make_request(site, enquirer=SISTER)
    changes.catch_up()
    proposal = Proposal.objects.get()
    assert proposal.against == Against.SOUGHT


def test_each_seeking_the_other_is_stronger_than_a_name(site: Site) -> None:
    resident = make_person(site)
    services.open_request(by=system_actor(site.pk), sought=SOUGHT, enquirer=SISTER, separation=PARTED)
    changes.catch_up()
    before = Proposal.objects.get(person=resident)
    hers = type(SOUGHT)(given_names="Marisela", surnames="Ramírez Peña", sex=Sex.FEMALE)
    services.open_request(by=system_actor(site.pk), sought=hers, enquirer=SISTER, resident=resident)
    changes.catch_up()
    assert Proposal.objects.filter(against=Against.ENQUIRER).count() == 1
    assert Proposal.objects.get(pk=before.pk).state == ProposalState.PROPOSED
