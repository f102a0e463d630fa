"""Phone numbers and document numbers, by their digits."""

import re

from rapidfuzz.distance import OSA

_NOT_DIGIT = re.compile(r"[^0-9]")
_NOT_CODE = re.compile(r"[^0-9a-z]")


def phone_digits(text: str) -> str:
    """The last eight digits: trunk prefixes and country codes come and go. Empty below six digits."""
    digits = _NOT_DIGIT.sub("", text)[-8:]
    return digits if len(digits) >= 6 else ""


def document_code(text: str) -> str:
    """A document number without marks: its digits when it has at least five, else its letters and digits."""
    digits = _NOT_DIGIT.sub("", text)
    return digits.lstrip("0")[:20] if len(digits) >= 5 else _NOT_CODE.sub("", text.lower())[:20]


def compare_phones(left: str, right: str) -> str:
    """'same' when the last seven digits agree, 'near' with one slip; symmetric."""
    if left[-7:] == right[-7:]:
        return "same"
    return "near" if OSA.distance(left, right, score_cutoff=1) <= 1 else "different"


def compare_documents(left: str, right: str) -> str:
    """'same', 'near' with one digit wrong or two exchanged, else 'different'; symmetric."""
    if left == right:
        return "same"
    return "near" if min(len(left), len(right)) >= 5 and OSA.distance(left, right) <= 1 else "different"
