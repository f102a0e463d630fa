"""Input of the house."""

from posada.shelter.forms.beds import (
    BedChoice,
    BedForm,
    OnceForm,
    PersonNumberForm,
    RoomForm,
)

__all__ = [
    "BedChoice",
    "BedForm",
    "OnceForm",
    "PersonNumberForm",
    "RoomForm",
]
