"""Every kind of change moves the proposals: raised, renewed or withdrawn, each time once."""

import threading
import time
from collections.abc import Callable

import msgspec
import pytest

from posada.accounts.acts import Act
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, system_actor
from posada.audit.models import AuditEntry
from posada.family import services
from posada.family.models import Enquirer, Proposal, ProposalState, Sought, TracingRequest
from posada.family.models.objections import Said, Saying, Spoke
from posada.family.rules.kinship import Relation
from posada.family.tests.people_here import PARTED, SISTER, SOUGHT, YULESI, make_person, make_proposal, make_request
from posada.ground import clock
from posada.people import services as people
from posada.people.models import Household, Identity, Person, Sex
from posada.records import changes, erasing
from posada.records import services as records
from posada.records.models import Change, ReaderPosition, What, Why, WhyBack

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
PATIENCE_SECONDS = 20.0
STRANGER = Identity(given_names="Ramiro", surnames="Ochoa Lugo", sex=Sex.MALE, birth="1960")
# As somebody in a hurry wrote her down: by names alone too little to be shown to anybody.
ELENA = Sought(given_names="María Elena", surnames="González Rodríguez", sex=Sex.FEMALE, mother="Carmen Rosa Rodríguez")
FAINT = Identity(given_names="María", surnames="González Rodríguez", sex=Sex.FEMALE)
CUT = Identity(given_names="María E.", surnames="González Rodríguez", sex=Sex.FEMALE)
CARMEN = Identity(given_names="Carmen Rosa", surnames="Rodríguez Mora", sex=Sex.FEMALE, birth="1961")
ASKS = Enquirer(name="Marisela González Rodríguez", relationship=Relation.SISTER)


def _house(site: Site) -> Actor:
    return system_actor(site.pk)


def _proposed() -> list[Proposal]:
    changes.catch_up()
    return list(Proposal.objects.filter(state=ProposalState.PROPOSED))


def _person(proposal: Proposal) -> Person:
    assert proposal.person is not None
    proposal.person.refresh_from_db()
    return proposal.person


def _join(site: Site, *persons: Person) -> Household:
    household = people.new_household(by=_house(site))
    for one in persons:
        people.join_household(by=_house(site), person=one, household=household)
    return household


def _registered(site: Site) -> None:
    make_request(site)
    changes.catch_up()
    make_person(site)


def _imported_person(site: Site) -> None:
    make_request(site)
    changes.catch_up()
    people.register_listed(by=_house(site), identity=YULESI)


def _opened(site: Site) -> None:
    make_person(site)
    changes.catch_up()
    make_request(site)


def _imported_request(site: Site) -> None:
    make_person(site)
    changes.catch_up()
    services.import_request(by=_house(site), sought=SOUGHT, enquirer=SISTER, external_id="a/1")


def _corrected(site: Site) -> None:
    make_request(site)
    person = make_person(site, STRANGER)
    changes.catch_up()
    records.revise(person.identity, YULESI, by=_house(site), act=Act.CORRECT)


def _updated(site: Site) -> None:
    make_person(site)
    request = make_request(site, Sought(given_names="Ramiro", surnames="Ochoa"))
    changes.catch_up()
    contents = (SISTER, SOUGHT, PARTED)
    services.update_request(by=_house(site), request=request, contents=contents, expected=(1, 1, 1))


def _renewed(site: Site) -> None:
    request = make_request(site)
    services.close_request(by=_house(site), request=request)
    make_person(site)
    changes.catch_up()
    services.renew_request(by=_house(site), request=request)


def _shown_again(site: Site) -> None:
    person = make_person(site)
    erasure = erasing.hide(by=_house(site), subject=person.subject, what=What.PERSON, why=Why.MISTAKE)
    make_request(site)
    changes.catch_up()
    erasing.show_again(by=_house(site), erasure=erasure, why=WhyBack.MISTAKE)


RAISES = [_registered, _imported_person, _opened, _imported_request, _corrected, _updated, _renewed, _shown_again]


@pytest.mark.parametrize("change", RAISES, ids=lambda one: one.__name__.strip("_"))
def test_every_kind_of_change_raises_a_proposal_once(site: Site, change: Callable[[Site], None]) -> None:
    change(site)
    assert len(_proposed()) == 1
    ReaderPosition.objects.filter(reader="family").update(sequence=0)  # all of it read once more
    assert len(_proposed()) == 1
    assert AuditEntry.objects.filter(act="family.propose", reason="").count() == 1


def _corrected_away(site: Site, proposal: Proposal) -> None:
    records.revise(_person(proposal).identity, STRANGER, by=_house(site), act=Act.CORRECT)


def _updated_away(site: Site, proposal: Proposal) -> None:
    request = TracingRequest.objects.get(pk=proposal.request_id)
    contents = (SISTER, Sought(given_names="Ramiro", surnames="Ochoa"), PARTED)
    services.update_request(by=_house(site), request=request, contents=contents, expected=(1, 1, 1))


@pytest.mark.parametrize("change", [_corrected_away, _updated_away], ids=lambda one: one.__name__.strip("_"))
def test_what_no_longer_holds_is_withdrawn_and_the_audit_says_so(
    site: Site, change: Callable[[Site, Proposal], None]
) -> None:
    change(site, make_proposal(site))
    assert _proposed() == []
    assert AuditEntry.objects.filter(act="family.propose", reason="no_longer").count() == 1


@pytest.mark.parametrize("which", ["person", "request"])
def test_what_is_hidden_is_proposed_to_nobody_and_comes_back_as_it_was(site: Site, which: str) -> None:
    proposal = make_proposal(site)
    person, by = _person(proposal), _house(site)
    subject, what = (
        (person.subject, What.PERSON) if which == "person" else (proposal.request.sought_subject, What.REQUEST)
    )
    erasure = erasing.hide(by=by, subject=subject, what=what, why=Why.MISTAKE)
    changes.catch_up()
    assert not Proposal.objects.visible_to(by).exists()
    erasing.show_again(by=by, erasure=erasure, why=WhyBack.MISTAKE)
    changes.catch_up()
    assert Proposal.objects.visible_to(by).get().pk == proposal.pk


def test_a_closed_request_waits_for_nobody(site: Site) -> None:
    proposal = make_proposal(site)
    services.close_request(by=_house(site), request=proposal.request)
    changes.catch_up()
    assert not Proposal.objects.to_decide().exists()


def test_a_household_lifts_somebody_whom_names_alone_did_not_and_leaving_it_takes_that_back(site: Site) -> None:
    """Joining and leaving write nothing into the record that is compared: the change log still tells the readers."""
    make_request(site, ELENA, ASKS)
    maria, mother = make_person(site, FAINT), make_person(site, CARMEN)
    assert _proposed() == []
    _join(site, mother, maria)
    assert [one.person for one in _proposed()] == [maria]
    people.leave_household(by=_house(site), person=mother)
    assert _proposed() == []


def test_somebody_registered_into_the_household_lifts_who_is_there_already(site: Site) -> None:
    make_request(site, ELENA, ASKS)
    maria = make_person(site, FAINT)
    household = _join(site, maria)
    assert _proposed() == []
    people.register_person(by=_house(site), identity=CARMEN, household=household)
    assert [one.person for one in _proposed()] == [maria]


def test_a_relative_who_is_hidden_lifts_nobody(site: Site) -> None:
    make_request(site, ELENA, ASKS)
    maria, mother = make_person(site, FAINT), make_person(site, CARMEN)
    _join(site, mother, maria)
    assert len(_proposed()) == 1
    erasing.hide(by=_house(site), subject=mother.subject, what=What.PERSON, why=Why.DANGER)
    assert _proposed() == []


def test_a_counter_request_of_somebody_beside_them_raises_one_and_its_end_withdraws_it(site: Site) -> None:
    make_request(site, ELENA, ASKS)
    maria, uncle = make_person(site, CUT), make_person(site, STRANGER)
    _join(site, uncle, maria)
    assert _proposed() == []
    hers = Sought(given_names="Marisela", surnames="González Rodríguez", sex=Sex.FEMALE)
    asking = Enquirer(relationship=Relation.UNCLE)
    made = services.open_request(by=_house(site), sought=hers, enquirer=asking, resident=uncle)
    changes.catch_up()
    raised = Proposal.objects.filter(person=maria, state=ProposalState.PROPOSED)
    assert raised.count() == 1
    services.close_request(by=_house(site), request=made)
    changes.catch_up()
    assert not raised.exists()


def test_another_sought_person_who_fits_better_takes_the_proposal_away(site: Site) -> None:
    """Two sisters are sought together: whoever is here is one of them, not both."""
    asker = make_person(site, STRANGER)
    by = _house(site)
    maria = make_person(site, Identity(given_names="María", surnames="González", sex=Sex.FEMALE, birth="1987"))
    one = msgspec.structs.replace(ELENA, birth="1987")
    services.open_request(by=by, sought=one, enquirer=Enquirer(relationship=Relation.UNCLE), resident=asker)
    assert [row.person for row in _proposed()] == [maria]
    other = msgspec.structs.replace(ELENA, given_names="María", surnames="González Mora", birth="1987-04-01")
    records.revise(
        maria.identity,
        Identity(given_names="María", surnames="González", sex=Sex.FEMALE, birth="1987-04-01"),
        by=by,
        act=Act.CORRECT,
    )
    services.open_request(by=by, sought=other, enquirer=Enquirer(relationship=Relation.UNCLE), resident=asker)
    assert [row.request.sought.version for row in _proposed()] == [1]


def test_a_refusal_holds_whatever_others_change(site: Site) -> None:
    proposal = make_proposal(site)
    services.decide(by=_house(site), proposal=proposal, decision=ProposalState.DIFFERENT)
    _join(site, _person(proposal), make_person(site, CARMEN))
    make_person(site, STRANGER)
    changes.catch_up()
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.DIFFERENT
    changed = msgspec.structs.replace(YULESI, birth="1987-03-14")
    records.revise(_person(proposal).identity, changed, by=_house(site), act=Act.CORRECT)
    changes.catch_up()
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.PROPOSED


def _said(site: Site, person: Person, said: Said) -> None:
    saying = Saying(at=clock.now(), said=said, spoke=Spoke.HERE, known_by="La tarjeta", witness="Beatriz")
    services.note_saying(by=_house(site), person=person, saying=saying)
    changes.catch_up()


def test_who_objects_is_proposed_to_nobody_until_they_take_it_back(site: Site) -> None:
    proposal = make_proposal(site)
    person, by = _person(proposal), _house(site)
    services.decide(by=by, proposal=proposal, decision=ProposalState.NOT_YET, note="Falta algo")
    _said(site, person, Said.OBJECT)
    assert not Proposal.objects.visible_to(by).exists()  # the request looks as with no match
    changed = msgspec.structs.replace(YULESI, birth="1987-03-14")
    records.revise(person.identity, changed, by=by, act=Act.CORRECT)
    make_request(site)
    changes.catch_up()
    assert not Proposal.objects.visible_to(by).filter(person=person).exists()
    _said(site, person, Said.TAKE_BACK)
    assert Proposal.objects.visible_to(by).filter(person=person).count() == 2
    proposal.refresh_from_db()
    assert not proposal.withdrawn


@pytest.mark.django_db(databases=["default", "keyring"], transaction=True)
@pytest.mark.usefixtures("audit_may_be_emptied")
def test_the_thread_of_the_serving_process_raises_it_without_anybody_asking(site: Site) -> None:
    make_request(site)
    changes.catch_up()
    stop = threading.Event()
    reader = threading.Thread(target=changes.run_for_ever, args=(stop,), daemon=True)
    reader.start()
    try:
        began = time.monotonic()
        make_person(site)
        while not Proposal.objects.exists() and time.monotonic() - began < PATIENCE_SECONDS:
            time.sleep(0.02)
        print(f"proposed {time.monotonic() - began:.2f} s after the registration (wanted: 2 s)")
        assert Proposal.objects.count() == 1
    finally:
        stop.set()
        changes.append(Proposal.objects.get().request.sought, Change.What.WRITTEN)  # wakes the thread, which then ends
        reader.join(timeout=PATIENCE_SECONDS)
