"""What goes along when somebody moves to another site."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GoesAlong:
    """What goes along to another site."""

    summary: bool = False
    belongings: bool = False
    medicines: bool = False
    documents: bool = False
    household: bool = False
