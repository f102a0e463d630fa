"""Two records that may be one person."""

import msgspec


class Pair(msgspec.Struct, frozen=True):
    """Two records that may be one person. In `dedupe` id_a < id_b; in `link` id_a is of the first register.

    `levels` gives each compared field's level of agreement.
    """

    id_a: str
    id_b: str
    probability: float
    weight: float
    levels: dict[str, str]
