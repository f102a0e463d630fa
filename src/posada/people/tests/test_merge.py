"""Two files of one person: put together by somebody, both numbers leading there, and taken apart again."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from posada.accounts.acts import Role
from posada.accounts.models import Assignment
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.people import matching, queries, services
from posada.people.models import (
    Answer,
    Consent,
    ConsentPurpose,
    Consents,
    DoublesRun,
    Identity,
    Merge,
    Pair,
    Person,
)
from posada.people.rules.merging import stricter
from posada.people.services import doubles, merging
from posada.people.services.merging import CannotMerge, CannotUndo, Said
from posada.people.tests.shared import DATABASES, stranger
from posada.records import erasing
from posada.records.models import Erasure, SealedRecord, What, Why
from posada.records.services import Stale

pytestmark = pytest.mark.django_db(databases=DATABASES)


@pytest.fixture
def officer(actors: dict[Role, Actor]) -> Actor:
    return actors[Role.TRACING_OFFICER]


@pytest.fixture
def twin(register: Callable[..., Person]) -> Person:
    """The same one, come to a second desk under another spelling, with a document."""
    return register(given_names="Julecy", surnames="Ramires Peña", birth="1987", origin="Ureña", document="V-1")


def _put(by: Actor, leading: Person, other: Person, *taken: str) -> Merge:
    return merging.merge(by=by, leading=leading, other=other, said=Said(frozenset(taken)))


def _fresh(person: Person) -> Person:
    return Person.objects.select_related("identity", "consents", "merged_into").get(pk=person.pk)


def _identity(person: Person) -> Identity:
    held = _fresh(person)
    return queries.identity_of(held, by=system_actor(held.site_id))


def test_either_number_and_either_name_leads_to_the_file_that_leads(
    officer: Actor, yulesi: Person, twin: Person
) -> None:
    _put(officer, yulesi, twin, "birth")
    assert services.look_for_number(officer, twin.number).pk == yulesi.pk
    assert queries.person_by_id(officer, twin.pk).pk == yulesi.pk
    for line in ("Yulesi Carolina Ramírez Peña", "Julecy Ramires Peña", str(twin.number)):
        hits = matching.search(officer, matching.read_line(line))
        assert [hit.known.number for hit in hits] == [yulesi.number], line


def test_fields_are_taken_one_by_one_and_both_histories_stay(officer: Actor, yulesi: Person, twin: Person) -> None:
    before = _identity(twin)
    _put(officer, yulesi, twin, "origin")
    merged = _identity(yulesi)
    assert (merged.origin, merged.given_names, merged.document) == ("Ureña", "Yulesi Carolina", "V-1")
    assert _identity(twin) == before
    assert any(line.difference.field == "origin" for line in queries.history_of(_fresh(yulesi), by=officer))


def test_undoing_restores_both_as_they_were(officer: Actor, yulesi: Person, twin: Person) -> None:
    one, two = _identity(yulesi), _identity(twin)
    row = _put(officer, yulesi, twin, "origin", "given_names", "birth")
    assert merging.undo(by=officer, row=row) == []
    assert (_identity(yulesi), _identity(twin)) == (one, two)
    assert services.look_for_number(officer, twin.number).pk == twin.pk
    with pytest.raises(CannotUndo):
        merging.undo(by=officer, row=row)


def test_what_was_corrected_since_outlives_the_undo(officer: Actor, yulesi: Person, twin: Person) -> None:
    row = _put(officer, yulesi, twin, "origin")
    house, held = system_actor(officer.site), _fresh(yulesi)
    corrected = msgspec.structs.replace(_identity(yulesi), mother="Carmen Rosa")
    services.correct_person(by=house, person=held, identity=corrected, expected_version=held.identity.version)
    merging.undo(by=officer, row=row)
    assert (_identity(yulesi).mother, _identity(yulesi).origin) == ("Carmen Rosa", "San Juan de Colón")


def test_nobody_is_put_together_with_themselves_or_with_somebody_hidden_or_of_another_house(
    officer: Actor, yulesi: Person, twin: Person
) -> None:
    with pytest.raises(CannotMerge, match=r"same number|mismo número"):
        _put(officer, yulesi, yulesi)
    with pytest.raises(Refused):
        _put(officer, yulesi, stranger())
    erasing.hide(by=system_actor(officer.site), subject=twin.subject, what=What.PERSON, why=Why.ASKED)
    with pytest.raises(CannotMerge):
        _put(officer, yulesi, twin)
    assert _fresh(twin).merged_into is None


def test_the_second_of_two_who_merge_is_told_and_no_circle_comes_of_it(
    officer: Actor, yulesi: Person, twin: Person
) -> None:
    _put(officer, yulesi, twin)
    for leading, other in ((yulesi, twin), (twin, yulesi)):
        with pytest.raises(CannotMerge, match=str(twin.number)):
            _put(officer, leading, other)
    assert _fresh(yulesi).merged_into is None


def test_three_files_in_a_chain_are_taken_apart_from_the_last(
    officer: Actor, yulesi: Person, twin: Person, register: Callable[..., Person]
) -> None:
    third = register(given_names="Yuleisy", surnames="Ramírez", birth="1987")
    wanted = [_identity(one) for one in (yulesi, twin, third)]
    first = _put(officer, yulesi, twin, "origin")
    second = _put(officer, third, yulesi, "given_names")
    assert services.look_for_number(officer, twin.number).pk == third.pk
    with pytest.raises(CannotUndo, match=str(yulesi.number)):
        merging.undo(by=officer, row=first)
    merging.undo(by=officer, row=second)
    merging.undo(by=officer, row=first)
    assert [_identity(one) for one in (yulesi, twin, third)] == wanted


def test_two_merged_into_one_are_taken_apart_from_the_last(
    officer: Actor, yulesi: Person, twin: Person, register: Callable[..., Person]
) -> None:
    third = register(given_names="Yuleisy", surnames="Ramírez", birth="1987")
    before = _identity(yulesi)
    first, second = _put(officer, yulesi, twin, "origin"), _put(officer, yulesi, third, "given_names")
    with pytest.raises(CannotUndo):
        merging.undo(by=officer, row=first)
    merging.undo(by=officer, row=second)
    merging.undo(by=officer, row=first)
    assert _identity(yulesi) == before


def test_a_file_that_was_changed_meanwhile_is_read_again_first(officer: Actor, yulesi: Person, twin: Person) -> None:
    with pytest.raises(Stale):
        merging.merge(by=officer, leading=yulesi, other=twin, said=Said(versions=(7, 1)))
    assert _fresh(twin).merged_into is None


def test_the_stricter_answer_holds_and_comes_back_with_the_undo(officer: Actor, yulesi: Person, twin: Person) -> None:
    found = ConsentPurpose.BE_FOUND
    services.record_consent(by=officer, person=yulesi, answers=[Consent(found, Answer.YES)])
    services.record_consent(by=officer, person=twin, answers=[Consent(found, Answer.NO)])
    row = _put(officer, _fresh(yulesi), _fresh(twin))
    assert queries.consents_of(_fresh(yulesi), by=officer).answer_to(found).answer is Answer.NO
    merging.undo(by=officer, row=row)
    assert queries.consents_of(_fresh(yulesi), by=officer).answer_to(found).answer is Answer.YES


@pytest.mark.parametrize(
    ("one", "two", "holds"),
    [("yes", "yes", "yes"), ("yes", "not_asked", "not_asked"), ("not_asked", "no", "no"), ("no", "yes", "no")],
)
def test_a_yes_holds_only_if_both_files_say_it(one: str, two: str, holds: str) -> None:
    purpose = ConsentPurpose.REFERRAL
    left, right = (Consents((Consent(purpose, Answer(word)),)) for word in (one, two))
    assert stricter(left, right).answer_to(purpose).answer == holds


def test_whoever_is_erased_goes_with_both_files(officer: Actor, yulesi: Person, twin: Person) -> None:
    _put(officer, yulesi, twin)
    house = system_actor(officer.site)
    erasure = erasing.hide(by=house, subject=yulesi.subject, what=What.PERSON, why=Why.ASKED)
    assert erasing.is_hidden(twin.pk)
    erasing.erase(by=house, erasure=Erasure.objects.get(pk=erasure.pk))
    assert not Person.objects.filter(pk__in=[yulesi.pk, twin.pk]).exists()
    assert not SealedRecord.objects.filter(subject__in=[yulesi.pk, twin.pk]).exists()


def test_who_was_put_together_by_mistake_leaves_no_word_in_the_others_file_when_erased(
    officer: Actor, yulesi: Person, twin: Person, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    merging.undo(by=officer, row=_put(officer, yulesi, twin, "origin"))
    house = system_actor(officer.site)
    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase(by=house, erasure=erasing.hide(by=house, subject=twin.subject, what=What.PERSON, why=Why.ASKED))
    assert not SealedRecord.objects.filter(kind="person.merge").exists()
    lines = queries.history_of(_fresh(yulesi), by=officer)
    assert all("Ureña" not in line.difference.before + line.difference.after for line in lines)


def test_a_caseworker_merges_whom_they_accompany_and_nobody_else(
    caseworker: Actor, yulesi: Person, twin: Person
) -> None:
    services.take_on(by=caseworker, person=yulesi)
    with pytest.raises(Refused):
        _put(caseworker, yulesi, twin)
    services.take_on(by=caseworker, person=twin)
    _put(caseworker, yulesi, twin)


def test_who_accompanies_one_file_accompanies_the_person_until_it_is_undone(
    officer: Actor, caseworker: Actor, yulesi: Person, twin: Person
) -> None:
    services.take_on(by=caseworker, person=twin)
    row = _put(officer, yulesi, twin)
    assert Assignment.objects.filter(user=caseworker.user or 0, subject=yulesi.pk).exists()
    merging.undo(by=officer, row=row)
    assert not Assignment.objects.filter(user=caseworker.user or 0, subject=yulesi.pk).exists()


def test_the_nightly_look_finds_the_double_and_never_asks_twice_about_two_persons(
    officer: Actor, yulesi: Person, register: Callable[..., Person]
) -> None:
    house = system_actor(officer.site)
    same = register(given_names="Yulesi Carolina", surnames="Ramírez Peña", birth="1987-03", mother="Carmen Peña")
    register(given_names="Pedro", surnames="Contreras", birth="1950")
    assert doubles.look_through(by=house) == 1
    pair = Pair.objects.get()
    assert {pair.first_id, pair.second_id} == {yulesi.pk, same.pk}
    assert doubles.look_through(by=house) is None  # once a night
    doubles.set_apart(by=officer, pair=pair, state=Pair.State.DIFFERENT, versions=(1, 1))
    _another_night()
    assert doubles.look_through(by=house) == 0
    held = _fresh(same)
    words = msgspec.structs.replace(_identity(same), origin="San Juan de Colón")
    services.correct_person(by=house, person=held, identity=words, expected_version=1)
    _another_night()
    assert doubles.look_through(by=house) == 1
    assert Pair.objects.get().state == Pair.State.OPEN


def _another_night() -> None:
    DoublesRun.objects.update(on=None)


def test_a_night_is_bounded_and_the_next_one_goes_on_where_it_stopped(
    officer: Actor, register: Callable[..., Person]
) -> None:
    for _time in range(2):
        register(given_names="Ana", surnames="Silva Rojas", birth="1990-01-02", mother="Luz Rojas")
    for _time in range(2):
        register(given_names="Luis", surnames="Mora Páez", birth="1971-05-06", mother="Inés Páez")
    house = system_actor(officer.site)
    assert doubles.look_through(by=house, most=2) == 1
    _another_night()
    assert doubles.look_through(by=house, most=2) == 1
