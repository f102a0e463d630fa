"""My people have a compartment of their own: no card is held by any index before a request is made of it."""

import pytest

from posada.accounts.models import Site
from posada.accounts.permissions import system_actor
from posada.family import matching, services
from posada.family.matching import held as family_held
from posada.family.models import Relative
from posada.family.rules.kinship import Relation
from posada.family.tests.people_here import make_card, make_person
from posada.people import matching as people
from posada.people.matching.held import held as people_held
from posada.people.models import Identity, Sex
from posada.records import changes

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
OTHER = Identity(given_names="Yuraima", surnames="Ramires Peña", sex=Sex.FEMALE, birth="1999")


def _all_that_is_held() -> bytes:
    """Every index in memory as its bytes, and every record of the requests: of the register, of sought and askers."""
    requests = family_held._held
    indexes = [register.index for register in people_held.sites.values()] + [requests.sought, requests.asking]
    records = [*requests.sought_records.values(), *requests.asking_records.values()]
    return b"".join([*(index.to_bytes() for index in indexes), repr(records).encode()]).lower()


def test_no_name_of_a_card_is_in_any_index_until_a_request_is_made_of_it(site: Site) -> None:
    resident = make_person(site, OTHER)
    names = [f"Zoraliabeth{letter} Quijanoverde" for letter in "abcdefghij"]
    cards = [make_card(site, resident, Relative(who=name, relation=Relation.SISTER)) for name in names]
    changes.catch_up()
    people.build(lambda _done, _total: None)
    matching.build(lambda _done, _total: None)
    held = _all_that_is_held()
    assert OTHER.surnames.split()[0].lower().encode() in held  # the scan does see who is here
    assert b"quijanoverde" not in held
    services.open_request_from(by=system_actor(site.pk), card=cards[3])
    changes.catch_up()
    held = _all_that_is_held()
    found = [name for name in names if name.split()[0].lower().encode() in held]
    assert found == [names[3]]  # the control: the one of whom a request was made, and nobody else
    print(f"{len(names)} cards, {len(held)} bytes of indexes: 0 names before a request, 1 after")
