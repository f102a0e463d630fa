"""Reads: persons, what is known of somebody, and what waits."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Min
from django.utils.formats import date_format

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, granted_role, require
from posada.ground import clock
from posada.people.models import Household, Person, PersonQuerySet, Source
from posada.people.rules import (
    ANSWER_WORDS,
    FIELD_LABELS,
    PURPOSE_WORDS,
    SEX_WORDS,
    age_in_words,
    birth_in_words,
)
from posada.people.rules.contents import Consents, ContactDetails, Identity
from posada.records import door
from posada.records.contents import Content
from posada.records.door import Reason
from posada.records.models import Change, SealedRecord
from posada.ui.parts import Fact


def person_by_number(actor: Actor, number: int) -> Person:
    """The person with this number in the actor's site. Raises Person.DoesNotExist."""
    return _leading(actor, Person.objects.get(number=number, site_id=actor.site))


def person_by_id(actor: Actor, person_id: uuid.UUID) -> Person:
    """The person with this id in the actor's site. Raises Person.DoesNotExist."""
    return _leading(actor, Person.objects.get(pk=person_id, site_id=actor.site))


def _leading(actor: Actor, person: Person) -> Person:
    """The file that this one leads to, if it may be seen."""
    while person.merged_into is not None:
        person = person.merged_into
    return Person.objects.visible_to(actor).get(pk=person.pk)


def persons_by_id(actor: Actor, ids: list[uuid.UUID]) -> dict[uuid.UUID, Person]:
    """Those of these persons who belong to the actor's site."""
    return Person.objects.visible_to(actor).in_bulk(ids)


def members_of(household: Household | None) -> list[Person]:
    """The members of a household, those who were registered first before the others."""
    if household is None:
        return []
    rows = Person.objects.filter(household=household).shown().select_related("identity")
    return list(rows.order_by("registered_on", "number"))


def registered_today(actor: Actor) -> PersonQuerySet:
    """Those registered at this site today (not those read from a list)."""
    return Person.objects.visible_to(actor).filter(source=Source.HOUSE, registered_on=clock.today())


def last_registered(actor: Actor) -> Person | None:
    """Whoever was registered last at this site, if that was today: the first entry of the newest in the change log."""
    subjects = list(registered_today(actor).values_list("pk", flat=True))
    first = (
        Change.objects.filter(kind=Identity.KIND, subject__in=subjects)
        .values("subject")
        .annotate(first=Min("sequence"))
        .order_by("-first")
        .first()
    )
    return Person.objects.get(pk=first["subject"]) if first else None


def consent_due(actor: Actor, *, until: date | None = None) -> PersonQuerySet:
    """Those who are still to be asked in private, the most pressing first; `until` leaves out later days."""
    rows = Person.objects.visible_to(actor).filter(consent_due_on__isnull=False)
    if until is not None:
        rows = rows.filter(consent_due_on__lte=until)
    return rows.order_by("consent_due_on", "number")


def may(actor: Actor, act: Act, person: Person) -> bool:
    """Whether the actor may do the act to this person."""
    if actor.user is None:
        return person.site_id == actor.site
    return granted_role(actor, act, person.subject) is not None


def identity_of(person: Person, *, by: Actor, reason: Reason = Reason.VIEW) -> Identity:
    """Who the person is; opened through the one door, and written down."""
    require(by, Act.READ_IDENTITY, person.subject)
    return door.open_record(person.identity, Identity, by=by, reason=reason)


def contact_of(person: Person, *, by: Actor, reason: Reason = Reason.VIEW) -> ContactDetails:
    """How to reach the person; empty if nothing was told."""
    if person.contact is None:
        return ContactDetails()
    require(by, Act.READ_CONTACT, person.subject)
    return door.open_record(person.contact, ContactDetails, by=by, reason=reason)


def consents_of(person: Person, *, by: Actor, reason: Reason = Reason.VIEW) -> Consents:
    """What the person agreed to; nothing was asked if there is nothing."""
    if person.consents is None:
        return Consents()
    require(by, door.READ_ACT[Consents.COMPARTMENT], person.subject)
    return door.open_record(person.consents, Consents, by=by, reason=reason)


@dataclass(frozen=True, slots=True)
class OpenFile:
    """What a person's page says of them, as far as its reader may know it."""

    identity: Identity
    contact: ContactDetails | None
    consents: Consents


def file_of(person: Person, *, by: Actor, reason: Reason = Reason.VIEW) -> OpenFile:
    """Who the person is, what they agreed to and, for whoever may know, how to reach them: written down in one go."""
    require(by, Act.READ_IDENTITY, person.subject)
    knows_contact = may(by, Act.READ_CONTACT, person)
    parts: list[tuple[SealedRecord, type[Content]]] = [(person.identity, Identity)]
    if person.consents is not None:
        parts.append((person.consents, Consents))
    if knows_contact and person.contact is not None:
        parts.append((person.contact, ContactDetails))
    written = door.write_down(*parts, by=by, reason=reason)
    contact = written.open(person.contact, ContactDetails) if knows_contact and person.contact else None
    return OpenFile(
        identity=written.open(person.identity, Identity),
        contact=(contact or ContactDetails()) if knows_contact else None,
        consents=written.open(person.consents, Consents) if person.consents is not None else Consents(),
    )


def facts_of(identity: Identity, contact: ContactDetails | None = None, consents: Consents | None = None) -> list[Fact]:
    """The facts of a person's page, in order. What is not handed in (not theirs to read) is left out."""
    today = clock.today()
    age = age_in_words(identity, today)
    born = birth_in_words(identity)
    facts = [
        Fact(str(FIELD_LABELS["given_names"]), identity.given_names),
        Fact(str(FIELD_LABELS["surnames"]), identity.surnames),
        Fact(str(FIELD_LABELS["sex"]), str(SEX_WORDS[identity.sex])),
        Fact(str(FIELD_LABELS["birth"]), " · ".join(dict.fromkeys(filter(None, (age, born))))),
    ]
    if identity.full_name and not identity.surnames:
        facts.insert(0, Fact(str(FIELD_LABELS["full_name"]), identity.full_name))
    told = ("origin", "mother", "father")
    facts += [Fact(str(FIELD_LABELS[name]), getattr(identity, name)) for name in told]
    rare = (
        "call_name",
        "other_names",
        "nationalities",
        "languages",
        "arrival_place",
        "description",
        "document",
    )
    facts += [Fact(str(FIELD_LABELS[name]), getattr(identity, name)) for name in rare if getattr(identity, name)]
    if identity.arrived_on:
        facts.append(Fact(str(FIELD_LABELS["arrived_on"]), date_format(identity.arrived_on, "DATE_FORMAT")))
    if contact is not None:
        facts.append(Fact(str(FIELD_LABELS["phone"]), contact.phone))
    return facts + (_consent_facts(consents) if consents is not None else [])


def _consent_facts(consents: Consents) -> list[Fact]:
    rows = []
    for purpose, words in PURPOSE_WORDS.items():
        row = consents.answer_to(purpose)
        when = date_format(row.on, "DATE_FORMAT") if row.on else ""
        rows.append(Fact(str(words), str(ANSWER_WORDS[row.answer]), when))
    return rows
