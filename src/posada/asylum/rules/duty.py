"""The duty to report guests: what a guide says of it. The setting of a house is off, and nothing is ever sent."""

from posada.asylum.rules.guide import Guide, Rule

_ABOUT = "DUTY-"


def guest_duty(guide: Guide | None) -> tuple[Rule, ...]:
    """What the guide of a country says of reporting who is lodged; nothing where it has no word of it."""
    if guide is None:
        return ()
    return tuple(rule for rule in guide.rule if rule.id.partition("-")[2].startswith(_ABOUT))
