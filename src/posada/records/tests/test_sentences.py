"""One sentence goes from the present version, from every earlier one, and from older blobs; the rest stays."""

import pytest

from posada.accounts.models import Site
from posada.accounts.permissions import system_actor
from posada.people import services
from posada.people.models import Identity, Person
from posada.records import door, resealing, sentences
from posada.records.door import Reason
from posada.records.models import EarlierVersion, KeyDue
from posada.vault import keyring, unsealing
from posada.vault.errors import Unreadable
from posada.vault.keyring import Compartment
from posada.vault.models import WrappedKey

pytestmark = [
    pytest.mark.django_db(databases=["default", "keyring"], transaction=True),
    pytest.mark.usefixtures("audit_may_be_emptied"),
]

BEFORE = "Mide un metro sesenta. Vino con el capitán Rojas."
AFTER = "Mide un metro sesenta. Vino con el capitán Rojas. Lleva gafas."


@pytest.fixture
def person(site: Site) -> Person:
    by = system_actor(site.pk)
    made = services.register_person(by=by, identity=Identity(given_names="Ana", description=BEFORE), phone="5")
    changed = Identity(given_names="Ana", description=AFTER)
    services.correct_person(by=by, person=made, identity=changed, expected_version=1)
    return made


def _erase(person: Person) -> None:
    by = system_actor(person.site_id)
    held = sentences.sentences_of(person.identity, Identity, by=by)
    chosen = next(one for one in held if "capitán" in one.text)
    sentences.erase_sentence(by=by, sentence=chosen)
    person.identity.refresh_from_db()


def test_it_is_gone_from_every_version_and_the_rest_stays(person: Person) -> None:
    _erase(person)
    versions = door.open_history(person.identity, Identity, by=system_actor(person.site_id))
    said = [version.content.description for version in versions]
    assert said == ["Mide un metro sesenta.", "Mide un metro sesenta. Lleva gafas."]
    assert [version.content.given_names for version in versions] == ["Ana", "Ana"]


def test_the_older_blobs_open_no_more_under_the_key_that_is_left(person: Person) -> None:
    before = [bytes(person.identity.body), *(bytes(row.body) for row in EarlierVersion.objects.all())]
    old_key = bytes(WrappedKey.objects.get(subject=person.pk, compartment="identity").wrapped)
    _erase(person)
    keys = WrappedKey.objects.filter(subject=person.pk, compartment__startswith="identity")
    assert [bytes(row.wrapped) for row in keys] != [old_key]
    assert keys.count() == 1
    assert not KeyDue.objects.exists()
    now = [bytes(person.identity.body), *(bytes(row.body) for row in EarlierVersion.objects.all())]
    assert not set(before) & set(now)
    key = unsealing.existing_key(person.pk, Compartment.IDENTITY)
    data = keyring.sealing_data(person.pk, Compartment.IDENTITY, "person.identity/1", 2)
    assert "capitán" not in unsealing.unseal(key, now[0], data).decode()
    with pytest.raises(Unreadable):
        unsealing.unseal(key, before[0], data)


def test_only_whole_sentences_go(person: Person) -> None:
    assert resealing.blanked({"a": "Ana María. Ana.", "b": ["Ana."]}, "Ana.") == {"a": "Ana María.", "b": [""]}


def test_a_process_that_dies_before_the_keyring_finishes_at_the_next_start(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as dying:
        dying.setattr(resealing, "finish", lambda: None)
        _erase(person)
    assert WrappedKey.objects.filter(subject=person.pk, compartment="identity/next").exists()
    by = system_actor(person.site_id)
    assert door.open_record(person.identity, Identity, by=by, reason=Reason.SYSTEM).given_names == "Ana"
    resealing.at_boot(lambda _done, _total: None)
    assert not WrappedKey.objects.filter(compartment__endswith="/next").exists()
    assert not KeyDue.objects.exists()
    assert door.open_record(person.identity, Identity, by=by, reason=Reason.SYSTEM).given_names == "Ana"


def test_a_fresh_key_whose_records_were_never_committed_goes(person: Person) -> None:
    held = WrappedKey.objects.get(subject=person.pk, compartment="identity")
    WrappedKey.objects.create(subject=person.pk, compartment="identity/next", wrapped=bytes(held.wrapped))
    resealing.at_boot(lambda _done, _total: None)
    assert WrappedKey.objects.filter(pk=held.pk).exists()
    assert not WrappedKey.objects.filter(compartment__endswith="/next").exists()
