"""Pure decisions about rooms: neutral names and rules, why a bed is blocked, what became of who waited."""

import re
import unicodedata

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoomRule(models.TextChoices):
    """What a room is good for. Never who somebody is: each of these would be said aloud at the door."""

    ANY = "any", _("No rule")
    FAMILIES = "families", _("Households together")
    QUIET = "quiet", _("Quiet")
    STAFF = "staff", _("Near the staff")
    NO_STEPS = "no_steps", _("Without steps")
    EARLY = "early", _("For who gets up early")


class Blocked(models.TextChoices):
    """Why a bed is not given tonight."""

    REPAIR = "repair", _("To be repaired")
    CLEANING = "cleaning", _("To be cleaned")
    KEPT = "kept", _("Kept for somebody who arrives")
    AWAY = "away", _("A mat that was put away")


class Became(models.TextChoices):
    """What became of somebody who waited for a bed."""

    ELSEWHERE = "other", _("They sleep somewhere else")
    RELATIVES = "kin", _("They sleep with relatives or friends")
    SITE = "site", _("Another site gave them a bed")
    LEFT = "left", _("They went on and did not say where")


# Words that tell who sleeps in a room, without accents, in both languages of the house. Whoever reads a name on a
# door, a list or over a shoulder must learn nothing. Stems, and whole words where a stem would catch "lado" or "mano".
_STEMS = (
    "mujer", "hombre", "menor", "adolescent", "bebe", "madre", "padre", "famil", "ancian", "embaraz", "enferm",
    "herid", "discapac", "soldad", "milit", "polic", "deser", "testig", "victim", "violad", "violac",
    "protegid", "proteccion", "refugiad", "refugee", "migrant", "indigen", "wayu", "warao", "yukpa", "pemon", "afro",
    "lgbt", "lesbi", "travest", "catolic", "evangel", "judi", "musulm", "chavis", "oposi", "venezol", "venezuel",
    "colombian", "cuban", "haitian", "solter", "viud", "tubercul", "psiqui", "psych", "aislam", "isolat", "wom",
    "child", "minor", "baby", "babies", "infant", "mother", "father", "elder", "pregnan", "sick", "wound", "injur",
    "disab", "soldie", "guard", "witness", "rape", "single", "widow", "queer", "christian", "muslim", "catholic",
    "vetera", "caballer", "varon", "hembra", "jovenes", "quarantin", "cuarenten", "abused", "maltrat",
)  # fmt: skip
_WHOLE = frozenset({
    "nina", "nino", "ninas", "ninos", "chica", "chico", "chicas", "chicos", "dama", "damas", "joven",
    "man", "men", "lady", "ladies", "boy", "boys", "girl", "girls", "kid", "kids", "teen",
    "teens", "gay", "gays", "trans", "hiv", "vih", "jew", "jews", "jewish", "bari", "vip",
    "nna",
})  # fmt: skip


def telling_word(name: str) -> str:
    """The word of a room's name that tells who sleeps there; empty when none does."""
    for found in re.finditer(r"[^\W\d_]+", name):
        word = found.group()
        plain = "".join(one for one in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(one))
        if plain in _WHOLE or plain.startswith(_STEMS):
            return word
    return ""
