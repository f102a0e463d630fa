"""Write people out as PFIF: only those who agreed to be compared with other lists, and only what is named."""

import io
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from django.db import transaction

from posada.accounts import approvals
from posada.accounts.acts import Act
from posada.accounts.approvals import Kind, Question, digest_of
from posada.accounts.models import Approval, Site
from posada.accounts.permissions import Actor, require
from posada.audit import services as audit
from posada.ground import clock
from posada.interop.pfif.records import PfifPerson
from posada.interop.pfif.write import write_pfif
from posada.interop.vocabulary import Danger, ReasonToExport
from posada.people.models import Answer, ConsentPurpose, Consents, Identity, Person, Source
from posada.records import agreeing
from posada.records.agreeing import AskedWords
from posada.records.scanning import Purpose, scan
from posada.vault import keyring

EXPIRES_AFTER: Final = timedelta(days=180)  # as a tracing request: half a year, then others must wipe it
_ID = "interop/export"
_SOME = 500


@dataclass(frozen=True, slots=True)
class Exported:
    """A PFIF document and how many persons are in it."""

    document: bytes
    persons: int


def _consenting(by: Actor) -> dict[uuid.UUID, Person]:
    """Who was registered in this house and agreed to be compared with other lists, by the id of the identity record.

    Nobody of another's list is among them, whatever stands in their row: they were never asked here. The audit names
    who had the answers read.
    """
    rows = Person.objects.visible_to(by).filter(source=Source.HOUSE, consents__isnull=False)
    wanted = list(rows.values_list("consents", flat=True))
    agreed: set[uuid.UUID] = set()
    for start in range(0, len(wanted), _SOME):
        for opened in scan(Consents, Purpose.COUNT, records=wanted[start : start + _SOME], by=by):
            if opened.content.answer_to(ConsentPurpose.SHARE_WITH_TRACING).answer is Answer.YES:
                agreed.add(opened.subject)
    return {person.identity_id: person for person in rows if person.pk in agreed}


def count_consenting(*, by: Actor) -> int:
    """How many persons an export would hold. Their answers are read for it, so it is written down with the name."""
    require(by, Act.EXPORT)
    return len(_consenting(by))


def _terms(reason: ReasonToExport, include: frozenset[Danger]) -> str:
    """Why, and what was named, as fixed words: for the audit and for the second."""
    named = "+".join(sorted(field.value for field in include))
    return f"{reason}:{named}" if named else reason.value


def terms_of(approval: Approval) -> tuple[ReasonToExport, frozenset[Danger]]:
    """The same read back."""
    reason, _sign, named = approval.terms.partition(":")
    return ReasonToExport(reason), frozenset(Danger(word) for word in named.split("+") if word)


def _digest(terms: str, members: tuple[uuid.UUID, ...]) -> str:
    return digest_of(Kind.EXPORT, terms, members)


def ask_to_export(*, by: Actor, reason: ReasonToExport, include: frozenset[Danger], why: str = "") -> Approval:
    """Ask a second person whether these people, with these fields, may go out.

    Bound to those who agree to it today: whoever agrees later is not in the file, whoever takes it back neither.
    """
    require(by, Act.EXPORT)
    members = tuple(sorted(person.pk for person in _consenting(by).values()))
    terms = _terms(reason, include)
    question = Question(kind=Kind.EXPORT, digest=_digest(terms, members), count=len(members), terms=terms)
    return agreeing.ask(by=by, question=question, words=AskedWords(why=why, members=members))


def export_agreed(*, by: Actor, approval: Approval) -> Exported:
    """The file that was agreed to, made once, for who asked. Raises `NotAllowed` and then nothing went out."""
    require(by, Act.EXPORT)
    members = agreeing.words_of(approval, by=by).members
    with transaction.atomic():
        way = approvals.use(by=by, approval=approval, kind=Kind.EXPORT, digest=_digest(approval.terms, members))
        reason, include = terms_of(approval)
        return _write(by, reason, include, way=way, among=frozenset(members))


def export_pfif(*, by: Actor, reason: ReasonToExport, include: frozenset[Danger] = frozenset()) -> Exported:
    """The same for the house's own command at the shell, which has the keys in its hands. Raises `NotAgreed` else."""
    require(by, Act.EXPORT)
    if by.user is not None:
        raise approvals.NotAgreed
    return _write(by, reason, include, way="shell", among=None)


def _write(
    by: Actor,
    reason: ReasonToExport,
    include: frozenset[Danger],
    *,
    way: str,
    among: frozenset[uuid.UUID] | None,
) -> Exported:
    """A PFIF 1.4 document of everybody who agrees. What was named, why, by what and how many is written down first."""
    role = require(by, Act.EXPORT)
    found = _consenting(by)
    persons = {key: person for key, person in found.items() if among is None or person.pk in among}
    audit.write(
        audit.Event(
            act=Act.EXPORT,
            actor=by.user,
            role=role,
            site=by.site,
            reason=f"{_terms(reason, include)}:{way}"[:64],
            count=len(persons),
        )
    )
    out = io.BytesIO()
    domain = f"{Site.objects.get(pk=by.site).code}.invalid"
    names = frozenset(field.value for field in include)
    written = write_pfif(_records(by, persons, domain), (), out, now=clock.now(), include=names)
    return Exported(out.getvalue(), written)


def _records(by: Actor, persons: dict[uuid.UUID, Person], domain: str) -> Iterator[PfifPerson]:
    wanted = list(persons)
    for start in range(0, len(wanted), _SOME):
        for opened in scan(Identity, Purpose.EXPORT, records=wanted[start : start + _SOME], by=by):
            yield _record(persons[opened.record], opened.content, domain)


def _record(person: Person, identity: Identity, domain: str) -> PfifPerson:
    """The number in the document is an HMAC: the same in every export, and of no use to find the row here."""
    day = datetime.combine(person.registered_on, time(), UTC)
    known_as = keyring.fingerprint(_ID, person.pk.hex)[:20]
    others = (identity.other_names, identity.call_name)
    return PfifPerson(
        person_record_id=f"{domain}/person.{known_as}",
        entry_date=clock.now(),
        expiry_date=clock.now() + EXPIRES_AFTER,
        source_name=domain,
        source_date=day,
        full_names=(identity.shown_name,) if identity.shown_name else (),
        given_name=identity.given_names,
        family_name=identity.surnames,
        alternate_names=tuple(name for name in others if name and name != identity.shown_name),
        sex=identity.sex.value,
        date_of_birth=identity.birth,
        age="" if identity.age is None else str(identity.age),
        home_city=identity.origin,
        description=identity.description,
    )
