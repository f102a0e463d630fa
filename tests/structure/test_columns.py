"""What may stand in clear in a database is a closed list (protection.md): everything that names, describes, locates or
relates a person is sealed. A new column must be added here, with the reason why it says nothing of a person."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from django.apps import apps
from django.db import models

from posada.accounts.acts import Act
from posada.accounts.models import Site
from posada.accounts.permissions import system_actor
from posada.ground import ids
from posada.people.models import Identity
from posada.records import services
from posada.records.contents import encode
from posada.records.models import EarlierVersion, SealedRecord
from posada.vault import epochs
from posada.vault import site as vault_site
from posada.vault.ciphers import AES_256_GCM
from posada.vault.folder import SiteFolder
from posada.vault.models import KeyringMark, WrappedKey

OURS = (
    "vault",
    "audit",
    "accounts",
    "records",
    "people",
    "shelter",
    "family",
    "asylum",
    "interop",
    "oversight",
    "desk",
    "ui",
)
# By type: numbers, random ids, days, hours and yes/no say nothing by themselves; links are ids.
SILENT_TYPES = (
    models.UUIDField,
    models.AutoField,
    models.BigAutoField,
    models.ForeignKey,
    models.OneToOneField,
    models.BooleanField,
    models.DateField,
    models.DateTimeField,
    models.IntegerField,
    models.BigIntegerField,
    models.PositiveIntegerField,
    models.PositiveSmallIntegerField,
)
# Words of a closed vocabulary, HMACs, hashes, and the neutral names of rooms.
CLEAR_WORDS = {
    "vault.WrappedKey.compartment": "one of seven words",
    "audit.AuditEntry.role": "a role",
    "audit.AuditEntry.act": "an act",
    "audit.AuditEntry.subject": "a pseudonym (HMAC)",
    "audit.AuditEntry.reason": "a fixed word",
    "audit.AuditEntry.result": "done, refused, nothing",
    "audit.AuditEntry.previous": "a hash",
    "audit.AuditEntry.hash": "a hash",
    "accounts.Site.code": "a random word",
    "accounts.User.sign_in": "an HMAC",
    "accounts.User.password": "an Argon2 hash",
    "accounts.User.language": "es or en",
    "accounts.Membership.role": "a role",
    "accounts.Assignment.why": "a fixed word",
    "accounts.Assignment.end": "a fixed word",
    "accounts.Enrolment.fingerprint": "an HMAC",
    "accounts.RecoveryCode.fingerprint": "an HMAC",
    "accounts.Site.without_second": "wait or refuse",
    "accounts.Approval.kind": "a kind of act",
    "accounts.Approval.digest": "a hash",
    "accounts.Approval.terms": "fixed words: fields, a role",
    "accounts.Approval.state": "a state",
    "accounts.AgreeingCode.kind": "a kind of act",
    "accounts.Notice.kind": "the kind of an alarm",
    "accounts.NoticeSeen.word": "one of three words",
    "accounts.UrgentReading.kind": "break-glass or emergency",
    "accounts.UrgentReading.why": "one of five words",
    "accounts.UrgentReading.verdict": "right, or to be talked about",
    "records.SealedRecord.compartment": "one of seven words",
    "records.SealedRecord.kind": "the kind of content",
    "records.Change.kind": "the kind of content",
    "records.Change.what": "written or removed",
    "records.ReaderPosition.reader": "a part of the program",
    "records.Erasure.what": "one of five words",
    "records.Erasure.why": "one of four words",
    "records.Erasure.state": "hidden, shown, erased",
    "records.Erasure.why_back": "one of three words",
    "records.KeyDue.compartment": "one of seven words",
    "records.Tombstone.fingerprint": "an HMAC",
    "records.Kept.kind": "a line of the retention table",
    "records.Kept.why": "one of three words",
    "people.Person.source": "house or list",
    "people.Pair.band": "one of three words",
    "people.Pair.state": "one of four words",
    "people.PersonClaim.kind": "one of three words",
    "people.PersonClaim.why_longer": "one of three words",
    "shelter.VoucherSeries.kind": "one of five words",
    "shelter.VoucherSeries.currency": "three letters of a currency",
    "shelter.Voucher.state": "one of three words",
    "shelter.Voucher.receipt": "one of two words: names stand on paper",
    "shelter.NeedReferral.state": "a state",
    "asylum.GuideChange.country": "two letters: of whose law it speaks",
    "asylum.GuideChange.rule": "the id of a rule of law",
    "asylum.GuideChange.was": "what a country's law says: of nobody",
    "asylum.GuideChange.becomes": "what a country's law says: of nobody",
    "asylum.GuideChange.state": "one of four words",
    "asylum.Case.country": "two letters: by whose law days are counted",
    "asylum.Case.state": "one of three words",
    "asylum.Session.topic": "one of seven words: what everybody of the house was told of",
    "asylum.Session.language": "one of nine languages in which that was told",
    "shelter.Room.name": "a neutral name",
    "shelter.Room.rule": "one of six words, of the room",
    "shelter.Bed.blocked": "one of four words, of the bed",
    "shelter.WaitEnded.became": "one of four words",
    "shelter.PrintedList.kind": "one of three words",
    "shelter.PrintedList.fate": "one of six words",
    "people.PaperNumber.state": "printed, typed in, spoiled, lost",
    "shelter.Checkpoint.name": "a neutral name of a place, given by the manager",
    "shelter.Checkpoint.kind": "one of four words",
    "shelter.Checkpoint.rule": "one of five words",
    "shelter.WentOut.item": "one of five words, of nobody",
    "shelter.WentOut.size": "a size off a box, of nobody: a count of the store",
    "shelter.Belongings.place": "one of three words",
    "shelter.LeaveNotice.given_by": "one of four words",
    "shelter.OnwardMove.answer": "one of five words",
    "family.HousePhone.kind": "phone, charger, headset",
    "family.HousePhone.state": "one of five words",
    "family.CallSlot.state": "one of four words",
    "family.WatchCard.state": "a state",
    "family.Message.direction": "out or in",
    "family.Message.kind": "one of three words",
    "family.Message.way": "one of five words",
    "family.Message.state": "a state",
    "family.Message.reason": "one of seven words: no words of anybody",
    "family.TracingRequest.state": "a state",
    "family.TracingRequest.external": "an HMAC",
    "family.TracingRequest.digest": "an HMAC",
    "family.HandOver.state": "a state",
    "family.Placeholder.state": "a state",
    "family.ImportedNote.external": "an HMAC",
    "family.ImportedNote.digest": "an HMAC",
    "family.Referral.state": "a state",
    "family.DeathNews.state": "a state",
    "family.Proposal.state": "a state",
    "family.Release.state": "a state",
    "family.Proposal.against": "one of three words",
    "family.Proposal.band": "one of three words",
    "family.RelativePage.state": "a state",
    "family.RelativePage.code": "an HMAC of a code",
    "family.RelativePage.word": "an HMAC of a word's Argon2id",
    "family.RelativePage.ticket": "an HMAC of a ticket",
    "family.DoorUse.door": "page or ask",
    "family.Enquiry.state": "a state",
    "family.Enquiry.why": "one of four words",
    "interop.ImportFile.state": "reading, waiting, confirmed, dismissed",
    "interop.ImportFile.kind": "people or requests",
    "interop.SavedMapping.fingerprint": "an HMAC of the headers of a table",
    "interop.ExternalId.fingerprint": "an HMAC of an external id",
    "interop.ExternalId.digest": "an HMAC of what a row said",
}
SEALED = (models.BinaryField,)
# What a column of bytes holds: sealed under a key, or a hash that nothing can be read from.
SEALED_BYTES = {"vault.WrappedKey.wrapped", "records.SealedRecord.body", "records.EarlierVersion.body"}
HASHED_BYTES = {"vault.KeyringMark.keys_seen": 32}
WORDS = Identity(given_names="Yulesi Andreína", surnames="Ramírez Peña", birth="1987")


def _columns() -> "dict[str, models.Field[object, object]]":
    return {
        f"{model._meta.app_label}.{model.__name__}.{field.name}": field
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.local_fields
    }


def test_no_personal_column_stands_in_clear() -> None:
    found = [
        name
        for name, field in _columns().items()
        if not isinstance(field, SILENT_TYPES + SEALED) and name not in CLEAR_WORDS
    ]
    assert not found


def test_the_list_names_only_columns_that_exist() -> None:
    assert not set(CLEAR_WORDS) - set(_columns())


def test_moments_about_persons_are_coarse() -> None:
    exact = {
        name
        for name, field in _columns().items()
        if isinstance(field, models.DateTimeField) and name.split(".")[0] in {"people", "shelter", "family"}
    }
    # Cut to the hour; the next stretch for a call to quarters, so that Today opens no card. Family's tests hold both.
    coarse = {"silent_from", "reach_from", "reach_until"}
    assert exact <= {f"family.WatchCard.{name}" for name in coarse}


def _reads_as_text(held: bytes) -> Iterator[str]:
    """As what these bytes, or what follows the byte that names the algorithm, can be read."""
    for part in (held, held[1:]):
        try:
            part.decode("utf-8")
            yield "utf-8"
        except UnicodeDecodeError:
            pass
        for name, read in (("json", json.loads), ("msgpack", msgspec.msgpack.decode)):
            try:
                if not isinstance(read(part), int):
                    yield name
            except (ValueError, msgspec.DecodeError):
                pass


def _is_sealed(held: bytes, plain: bytes) -> bool:
    said = (WORDS.given_names, WORDS.surnames, "given_names")
    words = {word.encode(code) for word in said for code in ("utf-8", "utf-16-le", "utf-16-be", "latin-1")}
    is_named = held[:1] == bytes([AES_256_GCM]) and len(held) >= 1 + 12 + 16
    return is_named and plain not in held and not any(word in held for word in words) and not [*_reads_as_text(held)]


def test_every_column_of_bytes_says_what_it_holds() -> None:
    held = {name for name, field in _columns().items() if isinstance(field, SEALED)}
    assert held == SEALED_BYTES | set(HASHED_BYTES)


@pytest.mark.django_db(databases=["default", "keyring"])
def test_what_is_called_sealed_is_sealed(site: Site) -> None:
    """One row of each, made as the product makes it; the control is the same words as they were before sealing."""
    by, plain = system_actor(site.pk), encode(WORDS)
    record = services.seal_new(WORDS, subject=ids.new_id(), by=by, act=Act.REGISTER)
    services.revise(record, WORDS, by=by, act=Act.CORRECT)
    made = {
        "vault.WrappedKey.wrapped": [bytes(row.wrapped) for row in WrappedKey.objects.filter(subject=record.subject)],
        "records.SealedRecord.body": [bytes(row.body) for row in SealedRecord.objects.filter(pk=record.pk)],
        "records.EarlierVersion.body": [bytes(row.body) for row in EarlierVersion.objects.filter(record=record)],
    }
    assert set(made) == SEALED_BYTES
    assert all(made.values()), "there is a row of each"
    assert {name for name, rows in made.items() if not all(_is_sealed(row, plain) for row in rows)} == set()
    assert len({row for rows in made.values() for row in rows}) == 3, "equal words are not equal bytes"
    for open_words in (plain, bytes([AES_256_GCM]) + plain, bytes([AES_256_GCM]) + msgspec.msgpack.encode(WORDS)):
        assert not _is_sealed(open_words, plain), "the control"


@pytest.mark.django_db(databases=["default", "keyring"])
def test_what_is_called_a_hash_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = SiteFolder(tmp_path)
    folder.keys.write_bytes(b"slots of two keyholders")
    monkeypatch.setattr(vault_site, "current_folder", lambda: folder)
    epochs.remember_keys()
    held = {"vault.KeyringMark.keys_seen": bytes(KeyringMark.objects.get().keys_seen)}
    assert {name: len(row) for name, row in held.items()} == HASHED_BYTES
    assert held["vault.KeyringMark.keys_seen"] == hashlib.sha256(folder.keys.read_bytes()).digest()
