"""Why two files may be one person's: the engine's picture of it, for who reads both anyway."""

from collections.abc import Sequence

from django.utils.translation import get_language

import kinmatch
from kinmatch.evidence import Language
from posada.people.matching.describing import to_kinmatch_record
from posada.people.matching.held import held
from posada.people.models import Identity, Person
from posada.ui.pictures.waterfall import Waterfall

SMALLEST_REGISTER = 2_000  # a small house must not make weak evidence look strong


def weighed(persons: Sequence[Person], identities: Sequence[Identity]) -> Waterfall:
    """Two files compared as the search compares them, with the rarity of names in this house's register."""
    language: Language = "en" if (get_language() or "es").startswith("en") else "es"
    found = _explained(persons, [to_kinmatch_record(one) for one in identities])
    sentences = (one.sentence(language) for one in found.evidence if one.sign != "blank")
    return Waterfall(
        kinmatch.waterfall_svg(found, language),
        tuple(kinmatch.waterfall_rows(found, language)),
        tuple(words for words in sentences if words),
    )


def _explained(persons: Sequence[Person], records: Sequence[kinmatch.Record]) -> kinmatch.Explanation:
    one, other = persons
    with held.lock:
        register = held.sites.get(other.site_id)
        if register is not None and other.pk.hex in register.index and one.site_id == other.site_id:
            return register.index.explain(records[0], other.pk.hex)
    return kinmatch.explain(records[0], records[1], register_size=SMALLEST_REGISTER)
