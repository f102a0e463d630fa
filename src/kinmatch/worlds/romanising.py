"""Cyrillic and Greek letters in Latin ones, in the several ways that passports, clerks and families use."""

from functools import cache


def _table(*pairs: str) -> dict[str, str]:
    found = {}
    for pair in pairs:
        for entry in pair.split():
            letter, _, latin = entry.partition("=")
            found[letter] = latin
    return found


_CYRILLIC = _table(
    "а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh",
    "щ=shch ъ=ie ы=y ь= э=e ю=iu я=ia і=i ї=i є=ie ґ=g",
)
_GREEK = _table(
    "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o",
    "ά=a έ=e ή=i ί=i ό=o ύ=y ώ=o ϊ=i ϋ=y ΐ=i ΰ=y ου=ou ού=ou αυ=av ευ=ev εύ=ev γγ=ng γκ=gk μπ=b ντ=nt",
)
# Of each script the ways, each a table of letters or letter pairs.
SCHEMES: dict[str, tuple[dict[str, str], ...]] = {
    "cyrillic": (
        _CYRILLIC,
        _CYRILLIC | _table("ё=yo й=y ю=yu я=ya ъ= є=ye ї=yi х=kh ый=y ий=y"),
        _CYRILLIC | _table("ж=j й=y ю=yu я=ya х=h ц=c щ=sch ъ= ий=i ый=i"),
        _CYRILLIC | _table("ё=yo й=j ю=ju я=ja х=h ц=c ж=zh щ=shh ъ="),
    ),
    "greek": (
        _GREEK,
        _GREEK | _table("η=e ή=e β=b φ=ph υ=i ύ=i χ=h γκ=g ντ=d ευ=ef αυ=af ου=u ού=u"),
        _GREEK | _table("χ=h ξ=ks ντ=nd γκ=gk κ=c"),
    ),
}


@cache
def in_latin(text: str, letters: str) -> tuple[str, ...]:
    """The ways to write the text in Latin letters, the commonest first, each once."""
    return tuple(dict.fromkeys(_turned(text, scheme) for scheme in SCHEMES[letters]))


def _turned(text: str, scheme: dict[str, str]) -> str:
    found, lower, at = "", text.lower(), 0
    while at < len(lower):
        width = 2 if lower[at : at + 2] in scheme else 1
        latin = scheme.get(lower[at : at + width], lower[at : at + width])
        found += latin.capitalize() if text[at].isupper() else latin
        at += width
    return found
