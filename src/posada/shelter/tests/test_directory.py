"""The directory of the house, and interpreters who keep silence."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Role
from posada.accounts.permissions import Actor, Refused
from posada.ground import clock, ids
from posada.records.models import KeyDue, SealedRecord
from posada.shelter.models.directory import DirectoryEntry, InterpreterWords, OrganisationWords
from posada.shelter.rules.directory import SEEDS, OrganisationKind, SpokenBy
from posada.shelter.services import directory
from posada.shelter.services.directory import NotYet, NoUndertaking

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

WARAO = InterpreterWords(name="Qxinventada", language="Warao", sex=SpokenBy.WOMAN, phone="3199000001")
CLINIC = OrganisationWords(name="Qxclinica", kind=OrganisationKind.HEALTH)


def test_an_interpreter_without_undertaking_cannot_be_chosen(
    actors: dict[Role, Actor], browse: Callable[[Role], Client]
) -> None:
    entry = directory.keep_entry(by=actors[Role.SITE_MANAGER], words=WARAO)
    with pytest.raises(NoUndertaking):
        directory.choose(by=actors[Role.DESK], entry=entry)
    client = browse(Role.DESK)
    page = client.post(reverse("shelter:choose_interpreter", args=[entry.pk]), follow=True).content.decode()
    assert "3199000001" not in page
    assert reverse("shelter:choose_interpreter", args=[entry.pk]) not in page
    directory.keep_entry(by=actors[Role.CASEWORKER], words=WARAO, entry=entry, undertaken_on=clock.today())
    page = client.post(reverse("shelter:choose_interpreter", args=[entry.pk])).content.decode()
    assert "3199000001" in page


def test_interpreters_are_found_by_language(actors: dict[Role, Actor]) -> None:
    directory.keep_entry(by=actors[Role.SITE_MANAGER], words=WARAO)
    assert [line.words.language for line in directory.interpreters(actors[Role.DESK], "warao")] == ["Warao"]
    assert directory.interpreters(actors[Role.DESK], "yukpa") == []
    with pytest.raises(Refused):
        directory.interpreters(actors[Role.HELPER])


def test_a_child_or_a_relative_is_never_written_down(browse: Callable[[Role], Client]) -> None:
    typed = {"once": str(ids.new_id()), "name": "Qx", "language": "Warao", "sex": "woman"}
    sent = browse(Role.SITE_MANAGER).post(reverse("shelter:add_interpreter"), typed)
    assert sent.status_code == 422
    assert not DirectoryEntry.objects.exists()


def test_an_old_entry_is_marked_and_a_day_to_come_refused(actors: dict[Role, Actor]) -> None:
    manager, today = actors[Role.SITE_MANAGER], clock.today()
    for days, name in ((200, "Qxvieja"), (1, "Qxnueva")):
        words = OrganisationWords(name=name, kind=OrganisationKind.HEALTH)
        directory.keep_entry(by=manager, words=words, checked_on=today - timedelta(days=days))
    assert {line.words.name: line.is_old for line in directory.organisations(manager)} == {
        "Qxvieja": True,
        "Qxnueva": False,
    }
    with pytest.raises(NotYet):
        directory.keep_entry(by=manager, words=CLINIC, checked_on=date(2999, 1, 1))


def test_what_is_taken_off_leaves_nothing(actors: dict[Role, Actor]) -> None:
    entry = directory.keep_entry(by=actors[Role.SITE_MANAGER], words=WARAO)
    directory.take_off(by=actors[Role.SITE_MANAGER], entry=entry)
    assert not SealedRecord.objects.filter(subject=entry.pk).exists()
    assert KeyDue.objects.filter(subject=entry.pk).exists()


def test_every_seed_has_its_source_and_how_sure_it_is_and_none_a_telephone() -> None:
    assert len({seed.id for seed in SEEDS}) == len(SEEDS) > 5
    assert all(seed.source.startswith("facts ") and seed.confidence in "ABCD" for seed in SEEDS)
