"""In which words a probability is said, and from which one somebody should look."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

THRESHOLD = 0.30  # less than this is not shown to anybody
LIKELY, VERY_LIKELY = 0.60, 0.90


class Band(StrEnum):
    """A probability in words. It is absolute, never relative to the best hit."""

    VERY_LIKELY = "very_likely"
    LIKELY = "likely"
    POSSIBLE = "possible"


BAND_LABELS = {
    Band.VERY_LIKELY: _("very likely"),
    Band.LIKELY: _("likely"),
    Band.POSSIBLE: _("possible"),
}


def band_of(probability: float) -> Band:
    """The word for a probability."""
    if probability >= VERY_LIKELY:
        return Band.VERY_LIKELY
    return Band.LIKELY if probability >= LIKELY else Band.POSSIBLE
