"""Erasing a person, a request, a card, a note: nothing is left, and nothing comes back by a list."""

from collections.abc import Callable

import pytest

from posada.accounts.models import Site
from posada.accounts.permissions import system_actor
from posada.family import services as family
from posada.family.models import (
    Enquirer,
    FoundChoice,
    ImportedNote,
    PersonNote,
    Proposal,
    ProposalState,
    Relative,
    Sought,
    TracingRequest,
    WatchCard,
)
from posada.family.rules.choices import Choice
from posada.ground import clock
from posada.people import matching, services
from posada.people.models import Identity, Person, Sex
from posada.records import changes, door, erasing
from posada.records.door import Reason
from posada.records.models import Change, SealedRecord, What, Why, WhyBack
from posada.shelter import services as shelter
from posada.shelter.models import Bed, Stay
from posada.vault.errors import Unreadable
from posada.vault.models import WrappedKey

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

HER = Identity(given_names="Yulesi Carolina", surnames="Ramires Peña", sex=Sex.FEMALE, birth="1987", origin="Colón")
SOUGHT = Sought(given_names="Yulesi", surnames="Ramirez Peña", birth="1987", origin="Colón")


@pytest.fixture
def her(site: Site) -> Person:
    by = system_actor(site.pk)
    matching.build(lambda _done, _total: None)
    person = services.register_person(by=by, identity=HER, phone="0424")
    family.add_relative(by=by, person=person, content=Relative(who="Mamá"))
    family.open_request(
        by=by, enquirer=Enquirer(name="Yulesi"), sought=Sought(full_name="Wilmer Ramires"), resident=person
    )
    return person


@pytest.fixture
def asked_for(site: Site, her: Person) -> TracingRequest:
    """Somebody else seeks her; it was decided that it is she, and she was asked."""
    by = system_actor(site.pk)
    request = family.open_request(by=by, enquirer=Enquirer(name="Hermana"), sought=SOUGHT)
    changes.catch_up()
    proposal = Proposal.objects.get(request=request, person=her)
    family.decide(by=by, proposal=proposal, decision=ProposalState.SAME, note="Es ella.")
    proposal.refresh_from_db()
    choice = FoundChoice(choice=next(iter(Choice)), at=clock.now())
    family.record_found_decision(by=by, proposal=proposal, content=choice)
    return request


def _erase(site: Site, person: Person) -> None:
    by = system_actor(site.pk)
    erasing.erase(by=by, erasure=erasing.hide(by=by, subject=person.subject, what=What.PERSON, why=Why.ASKED))


def test_hidden_is_gone_from_lists_search_and_addresses_and_comes_back(
    site: Site, her: Person, asked_for: TracingRequest
) -> None:
    by = system_actor(site.pk)
    erasure = erasing.hide(by=by, subject=her.subject, what=What.PERSON, why=Why.DANGER)
    changes.catch_up()
    typed = matching.read_line("Yulesi Ramires 1987, Colón")
    assert not Person.objects.visible_to(by)
    assert not WatchCard.objects.visible_to(by)
    assert list(TracingRequest.objects.visible_to(by)) == [asked_for]
    assert not Proposal.objects.visible_to(by)
    assert not matching.search(by, typed)
    erasing.show_again(by=by, erasure=erasure, why=WhyBack.MISTAKE)
    changes.catch_up()
    assert list(Person.objects.visible_to(by)) == [her]
    assert WatchCard.objects.visible_to(by).count() == 1
    assert matching.search(by, typed)


def test_hidden_opens_for_nobody(site: Site, her: Person, actors: dict) -> None:  # type: ignore[type-arg]
    by = system_actor(site.pk)
    erasing.hide(by=by, subject=her.subject, what=What.PERSON, why=Why.ASKED)
    for actor in actors.values():
        with pytest.raises((Unreadable, Exception)) as caught:
            door.open_record(her.identity, Identity, by=actor, reason=Reason.VIEW)
        assert type(caught.value).__name__ in {"Unreadable", "Refused"}


def test_erased_leaves_no_row_no_blob_and_notes_each_key(site: Site, her: Person, asked_for: TracingRequest) -> None:
    by = system_actor(site.pk)
    shelter.make_room(by=by, name="Cuarto 1", beds=1)
    shelter.assign_bed(by=by, person=her, bed=Bed.objects.get())
    hers = {her.pk, WatchCard.objects.get().pk}
    hers |= {
        one for row in TracingRequest.objects.filter(resident=her) for one in (row.sought.subject, row.enquirer.subject)
    }
    _erase(site, her)
    assert not SealedRecord.objects.filter(subject__in=hers)
    assert not Person.objects.exists()
    assert not WatchCard.objects.exists()
    assert not Stay.objects.exists()
    assert not Proposal.objects.exists()
    assert list(TracingRequest.objects.all()) == [asked_for]
    assert set(Change.objects.filter(what=Change.What.REMOVED).values_list("subject", flat=True)) >= hers


def test_the_decision_about_her_opens_no_more_under_the_others_key(
    site: Site, her: Person, asked_for: TracingRequest
) -> None:
    """What was written of her stood sealed under the key of who is sought in the request: that key changes."""
    _erase(site, her)
    words = WrappedKey.objects.filter(subject=asked_for.sought.subject).values_list("compartment", flat=True)
    assert "family/next" in words
    by = system_actor(site.pk)
    asked_for.refresh_from_db()
    assert asked_for.state != "verified"
    sought = SealedRecord.objects.get(pk=asked_for.sought_id)
    assert door.open_record(sought, Sought, by=by, reason=Reason.SYSTEM) == SOUGHT


def test_a_note_alone_goes_and_does_not_come_back(site: Site, her: Person) -> None:
    by = system_actor(site.pk)
    note = family.import_note(by=by, person=her, content=PersonNote(text="Vista en el puente"), external_id="a/1")
    assert note is not None
    erasure = erasing.hide(by=by, subject=her.subject, what=What.NOTE, why=Why.DANGER, record=note.record_id)
    assert not ImportedNote.objects.shown()
    erasing.erase(by=by, erasure=erasure)
    assert not ImportedNote.objects.exists()
    assert Person.objects.visible_to(by).get() == her
    assert family.import_note(by=by, person=her, content=PersonNote(text="otra"), external_id="a/1") is None


def test_a_request_alone_goes_and_does_not_come_back(site: Site, her: Person) -> None:
    by = system_actor(site.pk)
    request = family.import_request(by=by, sought=SOUGHT, enquirer=Enquirer(name="Hermana"), external_id="a/2")
    assert request is not None
    erasure = erasing.hide(by=by, subject=request.sought_subject, what=What.REQUEST, why=Why.ASKED)
    assert str(request.number) in erasing.words_of(erasure)
    assert family.import_request(by=by, sought=SOUGHT, enquirer=Enquirer(name="H"), external_id="a/2") is None
    erasing.erase(by=by, erasure=erasure)
    assert not TracingRequest.objects.filter(pk=request.pk)
    assert family.import_request(by=by, sought=SOUGHT, enquirer=Enquirer(name="H"), external_id="a/2") is None
    assert Person.objects.get() == her


def test_registering_by_hand_is_never_blocked(site: Site, her: Person) -> None:
    _erase(site, her)
    again = services.register_person(by=system_actor(site.pk), identity=HER)
    assert Person.objects.get() == again


@pytest.mark.parametrize("act", [erasing.erase, erasing.show_again])
def test_what_was_erased_is_neither_erased_again_nor_shown(site: Site, her: Person, act: Callable[..., object]) -> None:
    by = system_actor(site.pk)
    erasure = erasing.hide(by=by, subject=her.subject, what=What.PERSON, why=Why.ASKED)
    erasing.erase(by=by, erasure=erasure)
    more = {"why": WhyBack.ASKED} if act is erasing.show_again else {}
    with pytest.raises(erasing.NotHidden):
        act(by=by, erasure=erasure, **more)
