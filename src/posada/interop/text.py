"""Cleaning of words that come from other people's files."""

import re
import unicodedata

# Marks that turn the reading direction of what follows: a name could be made to read as another one.
_DIRECTION_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_KEPT_CONTROLS = frozenset("\n\t")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_WORDS = re.compile(r"\w+")
_BLANK_WORDS = frozenset(
    {
        "n/a",
        "na",
        "n.a.",
        "nd",
        "n/d",
        "s/d",
        "null",
        "none",
        "nan",
        "-",
        "--",
        "---",
        ".",
        "?",
        "no aplica",
        "sin dato",
    }
    | {
        "sin datos",
        "no registra",
        "desconocido",
        "desconocida",
        "unknown",
        "#n/a",
        "no sabe",
        "ninguno",
        "ninguna",
    }
)


_LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029]")  # what some systems write for the end of a line


def without_controls(text: str) -> str:
    """Drop controls, half surrogates and marks that turn the reading direction; keep line ends and tabs."""
    if text.isascii() and text.isprintable():
        return text
    normal = _LINE_ENDS.sub("\n", text)
    return "".join(sign for sign in normal if _may_stay(sign))


def _may_stay(sign: str) -> bool:
    if sign in _KEPT_CONTROLS:
        return True
    return sign not in _DIRECTION_MARKS and unicodedata.category(sign) not in {"Cc", "Cs", "Cn"}


def clean_block(text: str) -> str:
    """Text of several lines: composed, without controls, trimmed line by line."""
    composed = unicodedata.normalize("NFC", without_controls(text))
    return "\n".join(line.rstrip() for line in composed.split("\n")).strip()


def clean_line(text: str) -> str:
    """Text of one line: composed, without controls, runs of white space made one."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    composed = unicodedata.normalize("NFC", without_controls(text)).replace("\n", " ")
    return _SPACES.sub(" ", composed).strip()


def clean_lines(text: str) -> tuple[str, ...]:
    """The lines of a block as separate entries, empty ones left out."""
    return tuple(line for part in text.splitlines() if (line := clean_line(part)))


def split_list(text: str) -> tuple[str, ...]:
    """Entries of a list written in one cell: by line, comma, semicolon, slash, bar."""
    return tuple(entry for part in re.split(r"[\n,;/|]+", text) if (entry := clean_line(part)))


def has_letter(text: str) -> bool:
    """Whether anything in it can be read as a word, in any script."""
    return any(sign.isalpha() for sign in text)


def says_nothing(text: str) -> bool:
    """Whether a cell holds one of the many ways of writing that it is empty."""
    return text.casefold() in _BLANK_WORDS


def fold(text: str) -> str:
    """Lower case, without accents, words parted by single spaces: for comparing headers and codes."""
    if not text:
        return ""
    plain = text.lower()
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text.casefold())
        plain = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return " ".join(_WORDS.findall(plain.replace("_", " ")))
