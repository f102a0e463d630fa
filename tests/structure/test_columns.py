"""What may stand in clear in a database is a closed list (protection.md): everything that names, describes, locates or
relates a person is sealed. A new column must be added here, with the reason why it says nothing of a person."""

from django.apps import apps
from django.db import models

OURS = ("vault", "audit", "accounts", "records", "people", "shelter", "family", "interop", "oversight", "desk", "ui")
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
    "people.PersonClaim.kind": "one of three words",
    "people.PersonClaim.why_longer": "one of three words",
    "shelter.Room.name": "a neutral name",
    "family.WatchCard.state": "a state",
    "family.TracingRequest.state": "a state",
    "family.TracingRequest.external": "an HMAC",
    "family.TracingRequest.digest": "an HMAC",
    "family.ImportedNote.external": "an HMAC",
    "family.ImportedNote.digest": "an HMAC",
    "family.Proposal.state": "a state",
    "family.Proposal.against": "one of three words",
    "family.Proposal.band": "one of three words",
    "interop.ImportFile.state": "reading, waiting, confirmed, dismissed",
    "interop.ImportFile.kind": "people or requests",
    "interop.SavedMapping.fingerprint": "an HMAC of the headers of a table",
    "interop.ExternalId.fingerprint": "an HMAC of an external id",
    "interop.ExternalId.digest": "an HMAC of what a row said",
}
SEALED = (models.BinaryField,)


def _columns() -> dict[str, models.Field]:
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
    assert exact <= {"family.WatchCard.silent_from"}  # cut to the hour; family's tests hold it
