"""How far shared family may carry a proposal. What the families say is the engine's (`kinmatch.kin`)."""

from math import log2

from posada.family.rules.bands import VERY_LIKELY

_ROOM_LEFT = 0.01  # bits; what shared family lifts stays below "very likely" by this


def held_back(base: float, shared: float) -> float:
    """What shared family may add to `base` bits. It never carries a match into "very likely": names and dates have to
    do that, for brothers and sisters share all of the family."""
    if shared <= 0 or base >= _odds(VERY_LIKELY):
        return shared
    return min(shared, max(_odds(VERY_LIKELY) - _ROOM_LEFT - base, 0.0))


def _odds(probability: float) -> float:
    return log2(probability / (1.0 - probability))
