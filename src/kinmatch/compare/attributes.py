"""Compares places, parents, relatives and call-names."""

from kinmatch.compare.grades import GRADES, NEAR, NICKNAME, SAME, SHORT, SOUNDS, TokenGrades
from kinmatch.compare.naming import NameComparer, Term
from kinmatch.frequencies import GIVEN, PLACE, SURNAME, Frequencies
from kinmatch.names import PersonName
from kinmatch.places import compare_places
from kinmatch.prepare import Prepared

_SURE = frozenset({"same", "fewer", "swapped", "sounds", "variant"})
MOST_RELATIVES_COUNTED = 3


def compare_place_field(
    left: tuple[str, ...], right: tuple[str, ...], frequencies: Frequencies
) -> tuple[str, list[Term]]:
    """A place's level and terms; a place that few of the register come from counts for more."""
    level = compare_places(left, right)
    terms: list[Term] = [(f"place.{level}", 1.0)]
    if level in {"same", "contained"}:
        bits = min(frequencies.bits(PLACE, " ".join(words)) for words in (left, right))
        terms.append(("place.rarity", bits))
    return level, terms


def compare_parent(left: PersonName, right: PersonName, names: NameComparer) -> tuple[str, list[Term]]:
    """A mother's or father's name. The given name decides: the surname is the child's own and says little
    anew."""
    given, surnames = names.role(left, right, GIVEN), names.role(left, right, SURNAME)
    if not given.matched:
        if given.conflict:
            return "different", [("parent.different", 1.0)]
        if not surnames.matched:
            return ("different", [("parent.different", 1.0)]) if surnames.conflict else ("blank", [])
        return "surname", [("parent.surname", 1.0)]
    if given.conflict or (surnames.conflict and not surnames.matched):
        return "partial", [("parent.partial", 1.0)]
    level = "same" if given.level in _SURE else "near"
    if level == "same":
        return level, [("parent.same", 1.0), ("parent.rarity", given.bits)]
    return level, [("parent.near", 1.0), ("parent.rarity", given.bits)]


def compare_relatives(
    left: tuple[PersonName, ...], right: tuple[PersonName, ...], names: NameComparer
) -> tuple[str, list[Term]]:
    """How many of the relatives named on one side are named on the other."""
    shared = 0
    free = list(right)
    for mine in left:
        for other in free:
            if compare_parent(mine, other, names)[0] in {"same", "near"}:
                free.remove(other)
                shared += 1
                break
    if shared:
        return "same", [("relatives.same", float(min(shared, MOST_RELATIVES_COUNTED)))]
    return "different", [("relatives.different", 1.0)]


def compare_nicknames(left: Prepared, right: Prepared, grades: TokenGrades) -> tuple[str, list[Term]]:
    """Call-names with one another, and each with the other side's given names (Chucho is Jesús)."""
    own = _best(left.nickname, right.nickname, grades)
    if own >= SHORT:
        return ("same" if own == SAME else "sounds"), [("nickname.same", 1.0)]
    fits = max(
        _best(left.nickname, right.name.given, grades),
        _best(right.nickname, left.name.given, grades),
    )
    if fits >= NEAR:
        level = GRADES[fits] if fits in {NICKNAME, SOUNDS} else "fits"
        return level, [("nickname.fits", 1.0)]
    if left.nickname and right.nickname:
        return "different", [("nickname.different", 1.0)]
    return "blank", []


def _best(left: tuple[str, ...], right: tuple[str, ...], grades: TokenGrades) -> int:
    return max((grades.grade(mine, other) for mine in left for other in right), default=0)
