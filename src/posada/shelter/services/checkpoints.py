"""Checkpoints: kept by the manager; somebody is checked off by number, or one more is counted."""

import uuid
from collections import Counter
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, Refused, require
from posada.ground import clock
from posada.people.models import Person
from posada.records import once as sent_forms
from posada.records.erasing import Gone
from posada.records.services import note
from posada.shelter.models import CheckCount, CheckKind, CheckOff, Checkpoint, CheckRule, Meal, PostWaiting, Stay
from posada.shelter.rules.checkpoints import MOST_AT_ONCE, kept_since, knows_meals, period_of


class NameTaken(Exception):
    """The house has a checkpoint of this name."""


class Closed(Exception):
    """The manager closed this checkpoint."""


class WrongWay(Exception):
    """This checkpoint counts without numbers, or asks for them, or keeps post."""


class HadIt(Exception):
    """This person had it in this time: on which day, and at which meal; no more."""

    def __init__(self, on: date, meal: Meal) -> None:
        super().__init__()
        self.on = on
        self.meal = meal


class LeftTheHouse(Exception):
    """This person has left the house."""


class NothingWaits(Exception):
    """No post waits for this person, or it was handed out before."""


class NotCounted(Exception):
    """There is none to take back."""


def keep(*, by: Actor, name: str, kind: CheckKind, rule: CheckRule, once: uuid.UUID | None = None) -> Checkpoint:
    """A new checkpoint. Post has no rule of its own: it is handed out to whom it waits for. `NameTaken`."""
    neutral = " ".join(name.split())
    with transaction.atomic():
        sent_forms.claim(once)
        note(by, Act.KEEP_CHECKPOINTS, None)
        if Checkpoint.objects.visible_to(by).filter(name__iexact=neutral).exists():
            raise NameTaken
        stands = CheckRule.COUNTED if kind is CheckKind.POST else rule
        try:
            with transaction.atomic():
                return Checkpoint.objects.create(site_id=by.site, name=neutral, kind=kind, rule=stands)
        except IntegrityError as error:
            raise NameTaken from error


def set_open(*, by: Actor, checkpoint: Checkpoint, is_open: bool) -> None:
    """Close a checkpoint from today, or open it again; what was counted stays."""
    with transaction.atomic():
        _require_own(by, checkpoint, Act.KEEP_CHECKPOINTS)
        note(by, Act.KEEP_CHECKPOINTS, None)
        Checkpoint.objects.filter(pk=checkpoint.pk).update(closed_on=None if is_open else clock.today())


def check_off(
    *, by: Actor, checkpoint: Checkpoint, person: Person, meal: Meal = Meal.NONE, once: uuid.UUID | None = None
) -> CheckOff:
    """Somebody has it now. `HadIt`, `LeftTheHouse`, `Closed`, `WrongWay`; nothing is written then."""
    with transaction.atomic():
        sent_forms.claim(once, person.pk)
        _stand_before(by, checkpoint, person)
        if checkpoint.kind == CheckKind.POST or checkpoint.rule == CheckRule.COUNTED:
            raise WrongWay
        _fold(checkpoint)
        rule, today = CheckRule(checkpoint.rule), clock.today()
        key: dict[str, Any] = {"checkpoint": checkpoint, "person": person, "period_on": period_of(rule, today)}
        key["meal"] = meal if rule is CheckRule.MEAL else Meal.NONE
        try:
            with transaction.atomic():
                return CheckOff.objects.create(**key, on=today)
        except IntegrityError as error:
            held = CheckOff.objects.get(**key)
            raise HadIt(held.on, Meal(held.meal)) from error


def take_back(*, by: Actor, checkpoint: Checkpoint, person: Person, meal: Meal = Meal.NONE) -> None:
    """A slip of today: this person did not have it. `NotCounted` if that is not written down."""
    with transaction.atomic():
        _require_own(by, checkpoint, Act.CHECK_OFF)
        note(by, Act.CHECK_OFF, person.subject)
        rule = CheckRule(checkpoint.rule)
        rows = CheckOff.objects.filter(checkpoint=checkpoint, person=person, on=clock.today())
        if not rows.filter(meal=meal if rule is CheckRule.MEAL else Meal.NONE).delete()[0]:
            raise NotCounted


def count(
    *, by: Actor, checkpoint: Checkpoint, many: int = 1, meal: Meal = Meal.NONE, once: uuid.UUID | None = None
) -> int:
    """So many more (or one less, with -1) without a number; how many there are today. `NotCounted` below none."""
    if not -1 <= many <= MOST_AT_ONCE or not many:
        raise ValueError("One less, or one to the most that are counted at once.")
    with transaction.atomic():
        sent_forms.claim(once)
        _require_own(by, checkpoint, Act.CHECK_OFF)
        _require_open(checkpoint)
        note(by, Act.CHECK_OFF, None)
        if checkpoint.kind == CheckKind.POST or checkpoint.rule != CheckRule.COUNTED:
            raise WrongWay
        asks = knows_meals(CheckKind(checkpoint.kind), CheckRule(checkpoint.rule))
        return _add(checkpoint, clock.today(), meal if asks else Meal.NONE, many)


def post_came(*, by: Actor, checkpoint: Checkpoint, person: Person, once: uuid.UUID | None = None) -> bool:
    """Something waits for this person; whether that is new. What it is, and from whom, is kept nowhere."""
    with transaction.atomic():
        sent_forms.claim(once, person.pk)
        _stand_before(by, checkpoint, person)
        if checkpoint.kind != CheckKind.POST:
            raise WrongWay
        row = {"checkpoint": checkpoint, "person": person}
        return PostWaiting.objects.get_or_create(**row, defaults={"since": clock.today()})[1]


def hand_out_post(*, by: Actor, checkpoint: Checkpoint, person: Person) -> None:
    """What waited was handed out: one more is counted, and nothing is left of whose it was. `NothingWaits`."""
    with transaction.atomic():
        _require_own(by, checkpoint, Act.CHECK_OFF)
        note(by, Act.CHECK_OFF, person.subject)
        if not PostWaiting.objects.filter(checkpoint=checkpoint, person=person).delete()[0]:
            raise NothingWaits
        _add(checkpoint, clock.today(), Meal.NONE, 1)


def forget(gone: Gone) -> None:
    """What an erased person had stays as a count without anybody; that something waited goes."""
    PostWaiting.objects.filter(person__in=gone.subjects).delete()
    _to_counts(list(CheckOff.objects.filter(person__in=gone.subjects)))


def _stand_before(by: Actor, checkpoint: Checkpoint, person: Person) -> None:
    """Whoever comes was registered here and has not left; a bed they need not have yet."""
    _require_own(by, checkpoint, Act.CHECK_OFF)
    _require_open(checkpoint)
    if person.is_listed:
        raise Refused(Act.CHECK_OFF, person.subject)
    note(by, Act.CHECK_OFF, person.subject)
    ends = list(Stay.objects.filter(person=person).values_list("until_on", flat=True))
    if ends and None not in ends:
        raise LeftTheHouse


def _require_own(by: Actor, checkpoint: Checkpoint, act: Act) -> None:
    require(by, act)
    if checkpoint.site_id != by.site:
        raise Refused(act)


def _require_open(checkpoint: Checkpoint) -> None:
    if checkpoint.closed_on is not None:
        raise Closed


def _add(checkpoint: Checkpoint, on: date, meal: Meal, many: int) -> int:
    key: dict[str, Any] = {"checkpoint": checkpoint, "on": on, "meal": meal}
    CheckCount.objects.get_or_create(**key)
    if not CheckCount.objects.filter(**key, count__gte=-min(many, 0)).update(count=F("count") + many):
        raise NotCounted
    return CheckCount.objects.values_list("count", flat=True).get(**key)


def _fold(checkpoint: Checkpoint) -> None:
    """Whose time is over long since becomes a count; only what is given once ever must stay with its number."""
    if checkpoint.rule != CheckRule.EVER:
        _to_counts(list(CheckOff.objects.filter(checkpoint=checkpoint, on__lt=kept_since(clock.today()))))


def _to_counts(rows: list[CheckOff]) -> None:
    counted = Counter((row.checkpoint_id, row.on, Meal(row.meal)) for row in rows)
    CheckOff.objects.filter(pk__in=[row.pk for row in rows]).delete()
    points = Checkpoint.objects.in_bulk({point for point, _on, _meal in counted})
    for (point, on, meal), many in counted.items():
        _add(points[point], on, meal, many)
