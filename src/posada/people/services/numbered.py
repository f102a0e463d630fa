"""Forms on paper: numbers are printed in batches, and each of them is typed in once."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count, Q

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require
from posada.ground import clock, ids
from posada.people.models import Consent, Household, Identity, PaperNumber, PaperState, Person
from posada.people.services.registering import register_person
from posada.records import once as sent_forms
from posada.records import services

DIGITS = 6  # with the check digit seven: no number of a person has as many
MOST = 100
OLDEST = timedelta(days=90)
MOST_BATCHES = 12


class NotPrinted(Exception):
    """This house printed no form with this number."""


class FormClosed(Exception):
    """The form was typed in before, or given up; `row` says which and when, and of whom it says nothing."""

    def __init__(self, row: PaperNumber) -> None:
        super().__init__()
        self.row = row


class WrongDay(ValueError):
    """The day on the paper cannot be right; `first` is the earliest that can."""

    def __init__(self, first: date) -> None:
        super().__init__()
        self.first = first


def print_numbers(*, by: Actor, count: int, once: uuid.UUID | None = None) -> list[int]:
    """The numbers of a new batch, each drawn at random and never given before."""
    require(by, Act.PRINT_FORMS)
    if not 0 < count <= MOST:
        raise ValueError(count)
    with transaction.atomic():
        sent_forms.claim(once)
        drawn: set[int] = set()
        while len(drawn) < count:
            drawn |= {ids.random_number(DIGITS) for _more in range(count - len(drawn))}
            drawn -= set(PaperNumber.objects.filter(number__in=drawn).values_list("number", flat=True))
        numbers = sorted(drawn)
        today, batch = clock.today(), ids.new_id()
        PaperNumber.objects.bulk_create(
            PaperNumber(site_id=by.site, number=number, printed_on=today, batch=batch) for number in numbers
        )
        services.note(by, Act.PRINT_FORMS, None, reason="print")
    return numbers


@dataclass(frozen=True, slots=True)
class Batch:
    """Forms that were printed together: when, how many, and how many of them wait to be typed in."""

    id: uuid.UUID
    printed_on: date
    many: int
    waiting: int


def batches(by: Actor) -> list[Batch]:
    """The batches of which a form still waits, the newest first."""
    rows = PaperNumber.objects.visible_to(by).filter(batch__isnull=False).values("batch", "printed_on")
    waits = Count("pk", filter=Q(state=PaperState.PRINTED))
    held = rows.annotate(many=Count("pk"), waiting=waits).filter(waiting__gt=0).order_by("-printed_on", "-batch")
    return [Batch(row["batch"], row["printed_on"], row["many"], row["waiting"]) for row in held[:MOST_BATCHES]]


def print_again(*, by: Actor, batch: uuid.UUID) -> tuple[list[int], date]:
    """The numbers of a batch that still wait, as they were, and the day they were first printed.

    Nothing of them changes: whichever sheet comes back first is typed in. `NotPrinted` if none waits.
    """
    require(by, Act.PRINT_FORMS)
    rows = PaperNumber.objects.visible_to(by).filter(batch=batch, state=PaperState.PRINTED).order_by("number")
    held = list(rows.values_list("number", "printed_on"))
    if not held:
        raise NotPrinted
    services.note(by, Act.PRINT_FORMS, None, reason="print_again")
    return [number for number, _day in held], held[0][1]


def open_form(*, by: Actor, number: int) -> PaperNumber:
    """A form that waits to be typed in. Raises `NotPrinted`, `FormClosed`."""
    row = PaperNumber.objects.visible_to(by).filter(number=number).first()
    if row is None:
        raise NotPrinted
    if row.state != PaperState.PRINTED:
        raise FormClosed(row)
    return row


def first_day(row: PaperNumber) -> date:
    """The earliest day that can stand on a form: it was printed by then, and it is no older than a quarter."""
    return max(row.printed_on, clock.today() - OLDEST)


def register_from_paper(
    *,
    by: Actor,
    form: PaperNumber,
    written_on: date,
    identity: Identity,
    consents: Sequence[Consent] = (),
    household: Household | None = None,
    once: uuid.UUID | None = None,
) -> Person:
    """Register whom a form on paper says, from the day that stands on it; the form is closed in the same moment.

    Raises `FormClosed` if another desk was quicker, `WrongDay`, `AlreadySent`.
    """
    require(by, Act.REGISTER)
    if not first_day(form) <= written_on <= clock.today():
        raise WrongDay(first_day(form))
    with transaction.atomic():
        person = register_person(by=by, identity=identity, consents=consents, household=household, once=once)
        _close(by, form, PaperState.TYPED_IN, Act.REGISTER)
        person.registered_on = written_on
        person.save(update_fields=["registered_on"])
    return person


def give_up(*, by: Actor, number: int, state: PaperState, once: uuid.UUID | None = None) -> PaperNumber:
    """A form is spoiled or lost: its number is taken by no desk any more. Raises `NotPrinted`, `FormClosed`."""
    require(by, Act.PRINT_FORMS)
    if state not in {PaperState.SPOILED, PaperState.LOST}:
        raise ValueError(state)
    with transaction.atomic():
        sent_forms.claim(once)
        row = open_form(by=by, number=number)
        _close(by, row, state, Act.PRINT_FORMS)
    return row


def waiting(by: Actor) -> int:
    """How many forms were printed and are neither typed in nor given up."""
    return PaperNumber.objects.visible_to(by).filter(state=PaperState.PRINTED).count()


def _close(by: Actor, row: PaperNumber, state: PaperState, act: Act) -> None:
    """One desk closes it: the database says which."""
    open_rows = PaperNumber.objects.visible_to(by).filter(pk=row.pk, state=PaperState.PRINTED)
    if not open_rows.update(state=state, closed_on=clock.today()):
        raise FormClosed(PaperNumber.objects.get(pk=row.pk))
    services.note(by, act, None, reason=f"paper:{state}")
