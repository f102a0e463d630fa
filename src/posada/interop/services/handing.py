"""One tracing request for another service: a PFIF 1.4 file, the facts of a form, and only what was agreed to."""

import io
from dataclasses import dataclass, field
from datetime import UTC, datetime, time

from posada.accounts.models import Site
from posada.accounts.permissions import Actor
from posada.family import services as family
from posada.family.models import Enquirer, HandOver, HandOverWords, Separation, Sought
from posada.family.queries.handing import goes_out, left_out
from posada.family.rules.handing import Field
from posada.ground import clock
from posada.interop.pfif.records import PfifPerson
from posada.interop.pfif.write import write_pfif
from posada.records.door import Reason, open_record
from posada.vault import keyring

_ID = "interop/hand-over"


@dataclass(frozen=True, slots=True)
class Going:
    """What of a request goes to another service: emptied of whatever was not agreed to, and what is left out."""

    row: HandOver
    words: HandOverWords
    enquirer: Enquirer
    sought: Sought
    separation: Separation
    fields: frozenset[Field]
    left_out: tuple[str, ...] = field(default=())

    @property
    def known_as(self) -> str:
        """A number that means nothing here: an HMAC, the same for every copy of this request."""
        return keyring.fingerprint(_ID, self.row.request_id.hex)[:12]


def going_out(*, by: Actor, row: HandOver) -> Going:
    """Open a request for its hand-over, each part checked and written down, and keep what was agreed to."""
    request = row.request
    words = open_record(row.record, HandOverWords, by=by, reason=Reason.PRINT)
    sought = open_record(request.sought, Sought, by=by, reason=Reason.PRINT)
    enquirer = open_record(request.enquirer, Enquirer, by=by, reason=Reason.PRINT)
    parted = Separation()
    if request.separation is not None:
        parted = open_record(request.separation, Separation, by=by, reason=Reason.PRINT)
    fields = goes_out(words, sought)
    return Going(
        row=row,
        words=words,
        enquirer=_asking(enquirer, fields),
        sought=_looked_for(sought, fields),
        separation=_parted(parted, fields),
        fields=fields,
        left_out=left_out(fields),
    )


def _asking(held: Enquirer, fields: frozenset[Field]) -> Enquirer:
    named, reached = Field.ENQUIRER in fields, Field.CONTACT in fields
    return Enquirer(
        relationship=held.relationship,
        name=held.name if named else "",
        safe_channel=held.safe_channel if reached else "",
        safe_hours=held.safe_hours if reached else "",
        hours=held.hours if reached else None,
        languages=held.languages if reached else "",
    )


def _looked_for(held: Sought, fields: frozenset[Field]) -> Sought:
    born = Field.BIRTH in fields
    return Sought(
        given_names=held.given_names,
        surnames=held.surnames,
        full_name=held.full_name,
        nickname=held.nickname,
        other_names=held.other_names,
        sex=held.sex,
        birth=held.birth if born else "",
        age=held.age if born else None,
        age_on=held.age_on if born else None,
        origin=held.origin if Field.ORIGIN in fields else "",
        mother=held.mother if Field.PARENTS in fields else "",
        father=held.father if Field.PARENTS in fields else "",
        phone=held.phone if Field.PHONE in fields else "",
        document=held.document if Field.DOCUMENT in fields else "",
        marks=held.marks if Field.MARKS in fields else "",
    )


def _parted(held: Separation, fields: frozenset[Field]) -> Separation:
    """What happened, in their own words, never goes: it may hold anything."""
    told = Field.SEPARATION in fields
    return Separation(
        on=held.on if told else "",
        place=held.place if told else "",
        cause=held.cause if told else Separation().cause,
        last_contact=held.last_contact if told else "",
        last_known_place=held.last_known_place if Field.LAST_PLACE in fields else "",
    )


def write_hand_over(*, by: Actor, row: HandOver) -> bytes:
    """The file, and that it leaves the house now. `MayNotLeave` or `Stale`, and then nothing went out."""
    going = going_out(by=by, row=row)
    family.hand_over(by=by, row=row, way="as_file")
    out = io.BytesIO()
    record = _record(going)
    include = {name for name in _IN_PFIF if getattr(record, name)}
    write_pfif([record], (), out, now=clock.now(), include=frozenset(include))
    return out.getvalue()


_IN_PFIF = ("date_of_birth", "age", "home_city", "author_name", "author_phone", "description")


def _record(going: Going) -> PfifPerson:
    """The sought person in the words of PFIF 1.4; who asks is its author, if they agreed to be named."""
    request, sought = going.row.request, going.sought
    domain = f"{Site.objects.get(pk=request.site_id).code}.invalid"
    others = (sought.nickname, sought.other_names)
    return PfifPerson(
        person_record_id=f"{domain}/person.{going.known_as}",
        entry_date=clock.now(),
        expiry_date=datetime.combine(request.expires_on, time(), UTC),
        source_name=domain,
        source_date=datetime.combine(request.opened_on, time(), UTC),
        full_names=(sought.shown_name,) if sought.shown_name else (),
        given_name=sought.given_names,
        family_name=sought.surnames,
        alternate_names=tuple(name for name in others if name and name != sought.shown_name),
        sex=sought.sex.value,
        date_of_birth=sought.birth,
        age="" if sought.age is None else str(sought.age),
        home_city=sought.origin,
        author_name=going.enquirer.name,
        author_phone=going.enquirer.safe_channel,
        description="\n".join(_lines(going)),
    )


def _lines(going: Going) -> list[str]:
    """What PFIF has no field for, in English, the language of the format."""
    sought, parted = going.sought, going.separation
    told = (
        ("mother", sought.mother),
        ("father", sought.father),
        ("telephone", sought.phone),
        ("document", sought.document),
        ("marks", sought.marks),
        ("parted on", parted.on),
        ("parted at", parted.place),
        ("parted because of", parted.cause.value),
        ("last contact", parted.last_contact),
        ("last known place", parted.last_known_place),
    )
    return [f"{label}: {value}" for label, value in told if value]
