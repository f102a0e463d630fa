"""Evidence as a waterfall, drawn by whoever weighed it, with its table: it starts at the prior and adds up."""

from dataclasses import dataclass

from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Waterfall:
    """What `ui/parts/waterfall.html` shows: `drawing` is one svg element made by a program of ours that quotes nobody,
    `steps` its lines (words, weight, sum so far), `sentences` the evidence in words."""

    drawing: str
    steps: tuple[tuple[str, str, str], ...]
    sentences: tuple[str, ...] = ()

    @property
    def svg(self) -> SafeString:
        """The drawing as markup."""
        return SafeString(self.drawing)
