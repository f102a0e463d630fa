"""Every shared PFIF file comes in as the expectations beside it say."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from posada.family.models import ImportedNote
from posada.interop.queries import problems_of
from posada.interop.tests.conftest import Bring
from posada.interop.tests.samples import person, pfif
from posada.interop.tests.shared import PFIF, needs_shared
from posada.people.models import Identity, Person

pytestmark = [pytest.mark.django_db(databases=["default", "keyring"]), needs_shared]

Known = Callable[[], list[Identity]]
_VECTORS: dict[str, Any] = (
    json.loads((PFIF / "personfinder_behaviour_vectors.json").read_text()) if PFIF.is_dir() else {}
)
FILES = [
    "test.pfif-1.1.xml",
    "test.pfif-1.2.xml",
    "test.pfif-1.4.xml",
    "test.pfif-1.2-source.xml",
    "test.pfif-1.2-note.xml",
    "test.pfif-1.2-notification.xml",
    "test.pfif-1.2-badrecord.xml",
    "test.pfif-1.2-believed-dead.xml",
    "global-test.pfif-1.2-source.xml",
    "persons.xlsx",
    "sample-import.csv",
]


def _file(name: str) -> bytes:
    return (PFIF / name).read_bytes()


@pytest.mark.parametrize("name", FILES)
def test_each_file_comes_in_and_a_second_time_adds_nobody(name: str, bring: Bring) -> None:
    first = bring(_file(name))
    assert Person.objects.count() == first.added == first.persons
    assert first.notes_taken == ImportedNote.objects.count()
    again = bring(_file(name))
    assert (again.added, again.updated, again.unchanged) == (0, 0, first.added)
    assert ImportedNote.objects.count() == first.notes_taken


def test_version_1_4_comes_in_as_expected(bring: Bring, identities: Known) -> None:
    expected = _VECTORS["test.pfif-1.4.xml"]
    file = bring(_file("test.pfif-1.4.xml"))
    assert (file.added, file.notes_taken) == (expected["persons_written"], expected["notes_written"])
    (one,) = identities()
    assert one.origin.split(", ")[1] == "_test_home_city"
    assert "_test_alternate_name1" in one.other_names


def test_a_bad_record_is_skipped_and_the_others_come_in(bring: Bring) -> None:
    expected = _VECTORS["test.pfif-1.2-badrecord.xml"]
    file = bring(_file("test.pfif-1.2-badrecord.xml"), own_domain="test.google.com")
    rejected = [problem for problem in problems_of(file) if problem.severity == "rejected"]
    assert file.added == expected["person_records"]
    assert len({problem.line for problem in rejected}) == expected["people_skipped"]


def test_notes_are_not_doubled_and_warn_nobody(bring: Bring) -> None:
    expected = _VECTORS["test.pfif-1.2-notification.xml"]
    about = person(
        person_record_id="test.google.com/person.21009", source_date="2000-01-01T00:00:00Z", full_name="Ana Rujano"
    )
    bring(pfif(about))
    bring(_file("test.pfif-1.2-notification.xml"))
    assert ImportedNote.objects.count() == expected["notes_after_first"]
    bring(_file("test.pfif-1.2-notification.xml"))
    assert ImportedNote.objects.count() == expected["notes_after_second"]


def test_news_of_a_death_does_not_come_in_by_a_file(bring: Bring) -> None:
    file = bring(_file("test.pfif-1.2-believed-dead.xml"))
    assert "death_not_accepted" in {problem.code for problem in problems_of(file)}


def test_notes_without_their_persons_are_rejected_by_name(bring: Bring) -> None:
    file = bring(_file("test.pfif-1.2-note.xml"))
    assert file.notes_taken == 0
    assert {problem.code for problem in problems_of(file)} == {"note_person_unknown"}
