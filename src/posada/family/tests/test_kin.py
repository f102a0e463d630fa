"""Evidence through relations: it lifts and lowers, tells brothers and sisters apart, and names no third person."""

from collections.abc import Callable

import msgspec
import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Act, Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import system_actor
from posada.audit.models import AuditEntry
from posada.family import services
from posada.family.matching.kin import held_back
from posada.family.models import Enquirer, Proposal, ProposalState, Sought
from posada.family.queries.comparison import comparison
from posada.family.rules.bands import VERY_LIKELY, Band
from posada.family.rules.kinship import Relation
from posada.family.tests.people_here import entrust, make_person, make_request
from posada.people import services as people
from posada.people.models import Identity, Person, Sex
from posada.records import changes
from posada.records import services as records
from posada.vault import keyring

Browse = Callable[[Role], Client]
CANARY = "Zyxwiana"
ELENA = Sought(given_names="María Elena", surnames="González Rodríguez", sex=Sex.FEMALE, mother="Carmen Rodríguez")


@pytest.mark.parametrize("base", [-9.0, -3.0, 0.0, 0.5, 2.9])
def test_shared_family_never_makes_very_likely_what_names_do_not(base: float) -> None:
    total = base + held_back(base, 16.0)
    assert 1.0 / (1.0 + 2.0**-total) < VERY_LIKELY


def test_what_names_make_very_likely_and_what_speaks_against_is_not_held_back() -> None:
    assert held_back(4.0, 5.0) == 5.0
    assert held_back(-3.0, -4.0) == -4.0


def _household(site: Site) -> tuple[Proposal, str]:
    """María with somebody whose name nobody else bears; her sister outside seeks both."""
    together = make_request(site, ELENA, Enquirer(name=f"{CANARY} González Rodríguez", relationship=Relation.SISTER))
    maria = make_person(site, Identity(given_names="María", surnames="González", sex=Sex.FEMALE, mother="C. Rodríguez"))
    other = make_person(site, Identity(given_names="Carmen", surnames=f"Rodríguez {CANARY}", sex=Sex.FEMALE))
    household = people.new_household(by=system_actor(site.pk))
    for one in (maria, other):
        people.join_household(by=system_actor(site.pk), person=one, household=household)
    changes.catch_up()
    return Proposal.objects.get(request=together, person=maria), str(other.number)


@pytest.mark.django_db(databases=["default", "keyring"])
def test_evidence_of_a_third_person_names_them_only_to_who_is_entitled(
    site: Site, staff: dict[Role, User], browse: Browse
) -> None:
    proposal, number = _household(site)
    assert proposal.person is not None
    entrust(staff[Role.CASEWORKER], proposal.person.pk, site)
    before = AuditEntry.objects.count()
    address = reverse("family:proposal", args=[proposal.pk])
    for page in (address, f"{address}?family"):
        seen = browse(Role.CASEWORKER).get(page, headers={"accept-language": "en"}).content.decode()
        assert "pariente" in seen or "a relative fits" in seen
        assert CANARY not in seen
        assert number not in seen
    named = AuditEntry.objects.filter(sequence__gt=before, actor=staff[Role.CASEWORKER].pk)
    assert not named.filter(subject__in=_pseudonyms(number)).exists()
    entitled = browse(Role.TRACING_OFFICER)
    seen = entitled.get(address).content.decode()
    assert number in seen
    assert CANARY not in seen  # a number is a way on; a name is opened by a press of its own, and counts
    assert CANARY in entitled.get(f"{address}?family").content.decode()


def _pseudonyms(number: str) -> list[str]:
    return [keyring.pseudonym(Person.objects.get(number=int(number)).pk)]


def _number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", "."))


@pytest.mark.django_db(databases=["default", "keyring"])
def test_the_line_is_one_step_of_the_waterfall_that_adds_up(site: Site) -> None:
    found = comparison(_household(site)[0], by=system_actor(site.pk))
    assert [row.field for row in found.rows].count("kin") == 1
    steps = found.picture.steps
    assert sum(_number(bits) for _words, bits, _total in steps[:-1]) == pytest.approx(_number(steps[-1][2]))
    assert CANARY not in "".join([found.picture.drawing, *found.picture.sentences, *(words for words, *_ in steps)])
    assert all(CANARY not in row.right for row in found.rows)


@pytest.mark.django_db(databases=["default", "keyring"])
def test_somebody_in_the_same_room_is_found_without_being_evidence_for_themselves(site: Site) -> None:
    """A request about somebody in the same household: she is proposed by her name, the family adds nothing."""
    by = system_actor(site.pk)
    sister = make_person(site, Identity(given_names="Luisa Fernanda", surnames="González Rodríguez", sex=Sex.FEMALE))
    elena = make_person(
        site, Identity(given_names="María Elena", surnames="González Rodríguez", sex=Sex.FEMALE, birth="1987")
    )
    household = people.new_household(by=by)
    for one in (sister, elena):
        people.join_household(by=by, person=one, household=household)
    sought = msgspec.structs.replace(ELENA, birth="1987")
    services.open_request(by=by, sought=sought, enquirer=Enquirer(relationship=Relation.SISTER), resident=sister)
    changes.catch_up()
    proposal = Proposal.objects.get()
    assert proposal.person == elena
    assert "kin" not in [row.field for row in comparison(proposal, by=by).rows]


@pytest.mark.django_db(databases=["default", "keyring"])
def test_twins_and_sisters_are_never_very_likely_by_their_family(site: Site) -> None:
    """Ten families with a twin and a sister here and the sought one not: none of them is called very likely."""
    by, names = system_actor(site.pk), ("Ana", "Rosa", "Luz", "Inés", "Nelly", "Olga", "Marta", "Sonia", "Elsa", "Dora")
    for number, given in enumerate(names):
        surnames, mother = f"Quintero Salas{number}", f"Carmen Salas{number}"
        sought = Sought(
            given_names=f"{given} Beatriz", surnames=surnames, sex=Sex.FEMALE, birth="1987-03-14", mother=mother
        )
        asker = Enquirer(name=f"Pedro Luis {surnames}", relationship=Relation.BROTHER)
        make_request(site, sought, asker)
        household = people.new_household(by=by)
        brother = Identity(given_names="Pedro Luis", surnames=surnames, sex=Sex.MALE, mother=mother)
        twin = Identity(given_names="Yolanda", surnames=surnames, sex=Sex.FEMALE, birth="1987-03-14", mother=mother)
        sister = Identity(given_names="Gladys", surnames=surnames, sex=Sex.FEMALE, birth="1990", mother=mother)
        for identity in (brother, twin, sister):
            people.join_household(by=by, person=make_person(site, identity), household=household)
    changes.catch_up()
    very = Proposal.objects.filter(band=Band.VERY_LIKELY, state=ProposalState.PROPOSED)
    print(f"10 families, 30 relatives here, {Proposal.objects.count()} proposed, {very.count()} very likely")
    assert not very.exists()


@pytest.mark.django_db(databases=["default", "keyring"])
def test_the_very_one_beside_the_same_family_is_very_likely(site: Site) -> None:
    """The control: with her own name she is."""
    by, mother = system_actor(site.pk), "Carmen Salas"
    sought = Sought(
        given_names="Ana Beatriz", surnames="Quintero Salas", sex=Sex.FEMALE, birth="1987-03-14", mother=mother
    )
    make_request(site, sought, Enquirer(name="Pedro Quintero Salas", relationship=Relation.BROTHER))
    person = make_person(
        site, Identity(given_names="Ana Beatriz", surnames="Quintero Salas", sex=Sex.FEMALE, birth="1987-03-14")
    )
    changes.catch_up()
    assert Proposal.objects.get(person=person).band == Band.VERY_LIKELY
    records.revise(person.identity, Identity(given_names="Ramiro"), by=by, act=Act.CORRECT)
