"""Names as typed, made fit to keep; and a person as a masked card shows them."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from posada.people.rules.contents import Identity

NAME_LENGTH = 120
TEXT_LENGTH = 2_000
_PARTICLES = frozenset({"de", "del", "la", "las", "los", "el", "y", "e", "da", "do", "dos", "di", "van", "von"})
_JOINER = "\u200c"  # written inside Persian names; means something there
_PLACE_LETTERS = 1
_INITIALS = 6
_EMOJI_EXTRAS = re.compile("[\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0000-\U000e007f]")


class TooLong(ValueError):
    """More than fits; as text, a sentence for the one who typed it."""

    def __init__(self, limit: int, length: int) -> None:
        super().__init__(limit)
        self.limit = limit
        self.length = length

    def __str__(self) -> str:
        return _(
            "This has %(length)s characters and at most %(limit)s fit here. "
            "Shorten it; the rest can stand in the description."
        ) % {"length": self.length, "limit": self.limit}


def _is_kept(sign: str) -> bool:
    # C: control and format signs, halves, private and unassigned ones; So: emoji and other pictures.
    return sign == _JOINER or (unicodedata.category(sign)[0] != "C" and unicodedata.category(sign) != "So")


def clean_text(text: str, limit: int = NAME_LENGTH, *, lines: bool = False) -> str:
    """The text without control signs and emoji, in composed form, with single spaces. Raises `TooLong`.

    `lines` keeps line breaks. Letters of any alphabet stay as they are.
    """
    composed = unicodedata.normalize("NFC", _EMOJI_EXTRAS.sub("", text))
    rows = re.split(r"[\r\n]+", composed) if lines else [re.sub(r"\s", " ", composed)]
    kept = ["".join(sign for sign in row.replace("\t", " ") if _is_kept(sign)) for row in rows]
    cleaned = "\n".join(filter(None, (" ".join(row.split()) for row in kept)))
    if len(cleaned) > limit:
        raise TooLong(limit, len(cleaned))
    return cleaned


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text) if word.casefold() not in _PARTICLES]


def _letters(text: str, most: int) -> str:
    return " ".join(f"{word[0].upper()}." for word in _words(text)[:most])


@dataclass(frozen=True, slots=True)
class Mask:
    """What is shown of a person before opening: initials, the year or about, the first letter of the place."""

    initials: str
    year: int | None
    is_approximate: bool
    place: str

    @property
    def title(self) -> str:
        """ "Y. C. R. P.", or words that say that there is no name."""
        return self.initials or _("No name")

    @property
    def line(self) -> str:
        """ "born 1987 · S." in the language at hand."""
        born = ""
        if self.year is not None:
            form = _("born about %(year)s") if self.is_approximate else _("born %(year)s")
            born = form % {"year": self.year}
        return " · ".join(part for part in (born, self.place) if part)


def mask(identity: Identity) -> Mask:
    """A person as one may see them before opening."""
    names = f"{identity.given_names} {identity.surnames}".strip() or identity.full_name or identity.other_names
    year = int(identity.birth[:4]) if identity.birth else None
    is_approximate = False
    if year is None and identity.age is not None and identity.age_on is not None:
        year, is_approximate = identity.age_on.year - identity.age, True
    return Mask(
        initials=_letters(names or identity.call_name, _INITIALS),
        year=year,
        is_approximate=is_approximate,
        place=_letters(identity.origin.split(",")[0], _PLACE_LETTERS),
    )
