"""Pure decisions about checkpoints: which time a rule allows one thing for, and which meal it is now."""

from datetime import date, time, timedelta

from django.db import models


class CheckKind(models.TextChoices):
    """What is handed out there."""

    MEALS = "meals"
    KITS = "kits"
    SHOWERS = "showers"
    POST = "post"


class CheckRule(models.TextChoices):
    """How often one person may have it; `counted` asks for no number at all."""

    DAY = "day"
    MEAL = "meal"
    WEEK = "week"
    EVER = "ever"
    COUNTED = "counted"


class Meal(models.IntegerChoices):
    """The meals of a day; `none` where a checkpoint knows no meals."""

    NONE = 0
    BREAKFAST = 1
    MIDDAY = 2
    EVENING = 3


EVER = date(2000, 1, 1)  # the one time of what is given once ever
KEPT_DAYS = 14  # after that a check-off whose time is over becomes a count without anybody. Our proposal
BREAKFAST_UNTIL, MIDDAY_UNTIL = time(10, 30), time(16, 0)
MOST_AT_ONCE = 200


def period_of(rule: CheckRule, day: date) -> date:
    """The first day of the time in which a person has it once: the day, its Monday, or always."""
    if rule is CheckRule.WEEK:
        return day - timedelta(days=day.weekday())
    return EVER if rule is CheckRule.EVER else day


def meal_at(hour: time) -> Meal:
    """The meal that is handed out at this hour, unless somebody says otherwise."""
    if hour < BREAKFAST_UNTIL:
        return Meal.BREAKFAST
    return Meal.MIDDAY if hour < MIDDAY_UNTIL else Meal.EVENING


def knows_meals(kind: CheckKind, rule: CheckRule) -> bool:
    """Whether the meal is asked there: what is given once per meal, and meals that are counted."""
    return rule is CheckRule.MEAL or (kind is CheckKind.MEALS and rule is CheckRule.COUNTED)


def kept_since(today: date) -> date:
    """The first day of which a check-off still stands with its number."""
    return today - timedelta(days=KEPT_DAYS)
