"""The person's own requests: taken down, labelled, prolonged with a reason, answered."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from msgspec import structs

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require
from posada.ground import clock, ids, working_days
from posada.people.models import Person
from posada.people.models.claims import ClaimWords, PersonClaim
from posada.people.queries import may
from posada.people.rules.terms import Term, dates_of, terms_of
from posada.records import door, once, services
from posada.records.door import Reason

Kind = PersonClaim.Kind


class AlreadyDone(Exception):
    """This step was taken before."""


def term_of(kind: str) -> Term:
    """The term for a kind of request in the house's country."""
    terms = terms_of(settings.SITE.country)
    return terms.access if kind == Kind.ACCESS else terms.claim


def take_claim(
    *, by: Actor, person: Person, kind: str, asked: str, received_on: date, form: uuid.UUID | None = None
) -> PersonClaim:
    """Write down what a person asks; the days run from when it came in. `AlreadySent` if the form was sent before."""
    require(by, Act.TAKE_CLAIM, person.subject)
    claim_id = ids.new_id()
    dates = dates_of(term_of(kind), received_on, settings.SITE.country)
    with transaction.atomic():
        once.claim(form, claim_id)
        record = services.seal_new(ClaimWords(asked=asked), subject=person.pk, by=by, act=Act.TAKE_CLAIM)
        return PersonClaim.objects.create(
            id=claim_id,
            site_id=by.site,
            person=person,
            kind=kind,
            record=record,
            received_on=received_on,
            label_due_on=dates.label,
            due_on=dates.answer,
            latest_on=dates.latest,
            taken_by=by.user,
        )


def _held(by: Actor, claim: PersonClaim) -> PersonClaim:
    held = PersonClaim.objects.select_for_update(of=("self",)).select_related("person").get(pk=claim.pk)
    if held.answered_on is not None or held.person is None:
        raise AlreadyDone
    services.note(by, Act.SEE_CLAIMS, held.person.subject, reason="step")
    return held


def label(*, by: Actor, claim: PersonClaim) -> None:
    """The file bears from now on that a claim is under way."""
    with transaction.atomic():
        held = _held(by, claim)
        held.labelled_on = held.labelled_on or clock.today()
        held.save(update_fields=["labelled_on"])


def prolong(*, by: Actor, claim: PersonClaim, why: str) -> None:
    """More time, once, with a reason that the person is told."""
    with transaction.atomic():
        held = _held(by, claim)
        if held.extended_on is not None:
            raise AlreadyDone
        held.extended_on, held.why_longer, held.due_on = clock.today(), why, held.latest_on
        held.save(update_fields=["extended_on", "why_longer", "due_on"])


def answer(*, by: Actor, claim: PersonClaim, words: str) -> None:
    """What the person was answered, and when. Late is better than never, and is not held up by anything."""
    with transaction.atomic():
        held = _held(by, claim)
        if held.record is not None:
            before = door.open_record(held.record, ClaimWords, by=by, reason=Reason.WRITE)
            services.revise(held.record, structs.replace(before, answered=words), by=by, act=Act.SEE_CLAIMS)
        held.answered_on, held.answered_by = clock.today(), by.user
        held.save(update_fields=["answered_on", "answered_by"])


@dataclass(frozen=True, slots=True)
class Standing:
    """How a request stands: working days left until the answer (negative when late), and whether the label is due."""

    left: int
    label_left: int | None


def standing(claim: PersonClaim, today: date) -> Standing:
    """The timers of one request."""
    country = settings.SITE.country
    label_left = None
    if claim.label_due_on is not None and claim.labelled_on is None:
        label_left = working_days.between(today, claim.label_due_on, country)
    return Standing(working_days.between(today, claim.due_on, country), label_left)


def claims_of(actor: Actor) -> list[PersonClaim]:
    """The open requests that this user may see, the most pressing first. No words are read."""
    if not actor.may(Act.SEE_CLAIMS):
        return []
    rows = PersonClaim.objects.visible_to(actor).open().filter(person__isnull=False).select_related("person")
    return [row for row in rows.order_by("due_on", "pk") if row.person and may(actor, Act.SEE_CLAIMS, row.person)]
