"""Who was erased does not come back by a list, and stands in no file that still waits."""

import pytest

from posada.accounts.models import Site
from posada.accounts.permissions import system_actor
from posada.interop import queries, services
from posada.interop.contents import Items, Reading, Source
from posada.interop.models import ImportFile
from posada.interop.services import sealing
from posada.people import services as people
from posada.people.models import Identity, Person
from posada.records import erasing
from posada.records.models import What, Why

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

LIST = "nombres,apellidos,fecha de nacimiento\nMaría,Pérez Luna,1984\nJosé,Rivas,1990\n".encode()


def _erase(person: Person) -> None:
    by = system_actor(person.site_id)
    erasing.erase(by=by, erasure=erasing.hide(by=by, subject=person.subject, what=What.PERSON, why=Why.ASKED))


@pytest.fixture
def waiting(site: Site) -> ImportFile:
    wanted = services.Wanted(list_name="Lista", keep_source=True)
    return services.quarantine(by=system_actor(site.pk), source=LIST, wanted=wanted)


@pytest.fixture
def maria(site: Site) -> Person:
    identity = Identity(given_names="Maria", surnames="PEREZ Luna", birth="1984-02-03")
    return people.register_person(by=system_actor(site.pk), identity=identity)


def _names(file: ImportFile) -> list[str]:
    return [
        item.given_names
        for items in sealing.opened(file, Items)
        for item in items.items
        if hasattr(item, "given_names")
    ]


def test_her_row_is_taken_out_of_a_file_that_waits(maria: Person, waiting: ImportFile) -> None:
    assert _names(waiting) == ["María", "José"]
    _erase(maria)
    assert _names(waiting) == ["José"]
    assert not list(sealing.opened(waiting, Source))
    assert [row.line for reading in sealing.opened(waiting, Reading) for row in reading.first] == [3]
    waiting.refresh_from_db()
    assert waiting.persons == 1


def test_a_later_list_does_not_bring_her_back_and_says_so(maria: Person, site: Site) -> None:
    _erase(maria)
    by = system_actor(site.pk)
    file = services.quarantine(by=by, source=LIST, wanted=services.Wanted(list_name="Lista"))
    file = services.confirm(by=by, file=file)
    assert [problem.code for problem in queries.problems_of(file)] == ["person_erased"]
    assert Person.objects.count() == 1


def test_another_with_the_same_name_comes_in(maria: Person, site: Site) -> None:
    _erase(maria)
    by = system_actor(site.pk)
    other = LIST.replace(b"1984", b"1951")
    services.confirm(by=by, file=services.quarantine(by=by, source=other, wanted=services.Wanted()))
    assert Person.objects.count() == 2
