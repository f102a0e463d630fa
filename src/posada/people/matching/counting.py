"""How many eat tonight, by age and by diet: two scans, each written down with its count; only counts are read out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from posada.people.models import Identity, Person
from posada.people.queries.files import records_of
from posada.people.rules.birth import Minor, is_minor, oldest_in_years
from posada.people.rules.diets import Diet, Diets
from posada.records.scanning import Purpose, scan

INFANT_UNDER = 2


@dataclass(frozen=True, slots=True)
class Eaters:
    """Meal rights of one evening. Whose age nobody knows, or whose file cannot be read, eats as an adult does."""

    adults: int
    children: int
    infants: int
    diets: tuple[tuple[Diet, int], ...]

    @property
    def together(self) -> int:
        """All of them."""
        return self.adults + self.children + self.infants


def eaters(persons: Iterable[Person], on: date) -> Eaters:
    """The house's own count of these persons. Whoever shows it has checked that its reader may see it."""
    rows = list(persons)
    found = [one.content for one in scan(Identity, Purpose.FIGURES, records=[row.identity_id for row in rows])]
    infants = sum(_is_infant(identity, on) for identity in found)
    minors = sum(is_minor(identity, on) is Minor.YES for identity in found)
    held = records_of([row.pk for row in rows], Diets.KIND).values()
    diets = scan(Diets, Purpose.FIGURES, records=[row.pk for row in held])
    counted = Counter(diet for one in diets for diet in one.content.diets)
    return Eaters(
        adults=len(rows) - minors,
        children=minors - infants,
        infants=infants,
        diets=tuple((diet, counted[diet]) for diet in Diet if counted[diet]),
    )


def _is_infant(identity: Identity, on: date) -> bool:
    years = oldest_in_years(identity, on)
    return years is not None and years < INFANT_UNDER
