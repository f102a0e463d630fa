"""What knows somebody again who was erased: their name with a birth year, a place, or a document. Pure.

A name alone marks nobody: many bear it, and a list must be able to bring its other bearers.
"""

import unicodedata

from posada.people.rules.contents import Identity


def folded(text: str) -> str:
    """Without case, accents and signs, the words in the order of the alphabet."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign if sign.isalnum() else " " for sign in parts if not unicodedata.combining(sign))
    return " ".join(sorted(plain.split()))


def marks_of(identity: Identity) -> list[str]:
    """The texts by which this person would be known again; they are personal and only ever stored as HMACs."""
    name = folded(f"{identity.given_names} {identity.surnames}".strip() or identity.full_name)
    year = identity.birth[:4]
    if not year and identity.age is not None and identity.age_on is not None:
        year = str(identity.age_on.year - identity.age)
    marks = []
    if name and year:
        marks.append(f"name+year|{name}|{year}")
    if name and folded(identity.origin):
        marks.append(f"name+place|{name}|{folded(identity.origin)}")
    if folded(identity.document):
        marks.append(f"document|{folded(identity.document)}")
    return marks
