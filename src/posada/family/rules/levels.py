"""The word beside each line of a comparison: what agrees, and how."""

from typing import Literal

from django.utils.translation import gettext as _

Sign = Literal["same", "near", "different", "blank"]
MARKS: dict[str, str] = {"same": "=", "near": "≈", "different": "≠", "blank": "·"}
KINDS: dict[str, str] = {"same": "good", "near": "wait", "different": "danger", "blank": "neutral"}


def word(level: str, sign: Sign) -> str:
    """The word for a level of agreement; for a level that has none, the word of its sign."""
    words = {
        "fewer": _("same as far as told"),
        "sounds": _("sounds the same"),
        "swapped": _("other order"),
        "nickname": _("short name"),
        "fits": _("fits"),
        "initial": _("same initial"),
        "short": _("cut short"),
        "partial": _("in part"),
        "crossed": _("in the other field"),
        "surname": _("same surname"),
        "month_fits": _("same month"),
        "year_fits": _("same year"),
        "year": _("same year"),
        "month": _("same month"),
        "age_fits": _("age fits"),
        "age_near": _("age almost fits"),
        "near_year": _("a year apart"),
        "contained": _("part of it"),
        "far": _("far apart"),
    }
    by_sign = {"same": _("the same"), "near": _("almost the same"), "different": _("different"), "blank": _("blank")}
    return words.get(level) or by_sign[sign]
