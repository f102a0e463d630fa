"""What one act is called."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ActWords:
    """An act's name, lower case as it stands inside a sentence, and the sentence when it was done."""

    name: Any
    done: Any
