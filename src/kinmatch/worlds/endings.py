"""Slavic endings: the surname of a daughter or a wife, and the name after the father."""

_VOWELS = "аеёиоуыэюяіїєъь"


def feminine(surname: str) -> str:
    """Иванов -> Иванова, Достоевский -> Достоевская, Белый -> Белая; others stay: Шевченко."""
    for ending, other in (("ский", "ская"), ("цкий", "цкая"), ("ый", "ая"), ("ой", "ая")):
        if surname.endswith(ending):
            return surname.removesuffix(ending) + other
    if surname.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return surname + "а"
    return surname


def patronymics(given: str) -> tuple[str, str]:
    """The names of a son and of a daughter after this father: Иван -> Иванович, Ивановна; Илья -> Ильич, Ильинична."""
    if given.endswith("ий"):
        stem = given.removesuffix("ий") + "ь"
        return stem + "евич", stem + "евна"
    if given.endswith("й"):
        return given[:-1] + "евич", given[:-1] + "евна"
    if given.endswith("ь"):
        return given[:-1] + "евич", given[:-1] + "евна"
    if given.endswith(("а", "я")):
        return given[:-1] + "ич", given[:-1] + "инична"
    if given[-1:] in _VOWELS:
        return given[:-1] + "ович", given[:-1] + "овна"
    return given + "ович", given + "овна"
