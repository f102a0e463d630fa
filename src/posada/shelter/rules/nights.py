"""Pure decisions about the first night: the sizes that are offered, and for whom it is looked after."""

from datetime import date, timedelta

from django.db import models


class Item(models.TextChoices):
    """What a first night needs, besides a bed and the call home."""

    CLOTHES = "clothes"
    SHOES = "shoes"
    HYGIENE = "hygiene"
    CHARGER = "charger"
    MEAL = "meal"


CLOTHES_SIZES = ("2", "4", "6", "8", "10", "12", "14", "XS", "S", "M", "L", "XL", "XXL")
SHOE_SIZES = tuple(str(size) for size in range(20, 47))  # European numbers, as on most boxes of donated shoes
SIZES: dict[Item, tuple[str, ...]] = {Item.CLOTHES: CLOTHES_SIZES, Item.SHOES: SHOE_SIZES}
NIGHT_DAYS = 2  # a night goes over midnight: today's arrivals and yesterday's


def is_size_of(item: Item, size: str) -> bool:
    """Whether the thing comes in this size; what has no sizes comes in none, and "" is always right."""
    return not size or size in SIZES.get(item, ())


def nights_since(today: date) -> date:
    """The first day whose arrivals have their first night still."""
    return today - timedelta(days=NIGHT_DAYS - 1)
