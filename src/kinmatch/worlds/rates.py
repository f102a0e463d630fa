"""How often something goes wrong when a person is written down, and how much is left out."""

import msgspec
import numpy as np


class Rates(msgspec.Struct, frozen=True, kw_only=True):
    """Shares between 0 and 1 unless said otherwise. `errors` and `missing` scale the usual shares (1.0 is usual).

    `copies`: people described more than once. `invented`: given names made up by parents. `children`: mean number
    of children of a couple. `phone`, `document`, `birth_place`, `relatives`: descriptions that say it at all.
    `together`: of a second description, how far a home comes together to be described again (0: each for themselves).
    `other_letters`: descriptions in Latin letters of names that have letters of their own. `home_present`: families
    that are in the register at all.
    """

    copies: float = 0.255
    errors: float = 1.0
    missing: float = 1.0
    invented: float = 0.05
    children: float = 2.7
    phone: float = 0.0
    document: float = 0.0
    birth_place: float = 0.0
    relatives: float = 0.0
    other_letters: float = 0.3
    home_present: float = 0.75
    together: float = 0.0

    @classmethod
    def drawn(cls, rng: np.random.Generator) -> "Rates":
        """Rates out of a wide range, for a mix of worlds."""
        draw = rng.uniform
        says = {name: draw(0.0, 0.7) if draw() < 0.6 else 0.0 for name in _SAID}
        return cls(
            copies=draw(0.1, 0.5),
            errors=draw(0.4, 1.9),
            missing=draw(0.3, 1.8),
            invented=draw(0.0, 0.2),
            children=draw(1.2, 4.5),
            other_letters=draw(0.0, 0.6),
            home_present=draw(0.3, 0.95),
            **says,
        )


_SAID = ("phone", "document", "birth_place", "relatives")
