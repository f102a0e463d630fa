"""How the same row of a later file is known again: by HMACs of its id, or of its words."""

import difflib

from posada.interop.items import ImportedNote, ImportedPerson
from posada.interop.models import ExternalId
from posada.interop.text import fold
from posada.people.models import Identity
from posada.vault import keyring

PERSON = "interop/person"
_ALIKE, _NEARLY_THE_SAME = 0.75, 0.9


class Keys:
    """The keys of one file. `form` is the fingerprint of a table's headers, empty for PFIF."""

    def __init__(self, form: str) -> None:
        self._form = form

    def text_of_person(self, person: ImportedPerson) -> str:
        """What is hashed: personal data, never to be stored."""
        return self._text_of_id(person.external_id) if person.external_id else person.stable_key()

    def text_of_note(self, note: ImportedNote) -> str:
        """The same for a note."""
        return self._text_of_id(note.external_id) if note.external_id else f"{self._form}|{note.stable_key()}"

    def of_person(self, person: ImportedPerson) -> list[str]:
        """The HMACs to look for, in order: by the id, and where that may be a mere row number, by the words too."""
        texts = [self.text_of_person(person)]
        if person.external_id and not _has_domain(person.external_id):
            texts.append(_words_of(person))
        return [keyring.fingerprint(PERSON, text) for text in texts]

    def person_by_id(self, site: int, external_id: str) -> ExternalId | None:
        """Whom an id of this list became; none if nobody yet."""
        if not external_id:
            return None
        fingerprint = keyring.fingerprint(PERSON, self._text_of_id(external_id))
        return ExternalId.objects.filter(site_id=site, fingerprint=fingerprint).select_related("person").first()

    def _text_of_id(self, external_id: str) -> str:
        return f"id:{external_id}" if _has_domain(external_id) else f"id:{self._form}|{external_id}"


def _has_domain(external_id: str) -> bool:
    """Whether an id names one person for ever: PFIF's begin with the domain that gave them."""
    domain, sign, rest = external_id.partition("/")
    return bool(sign and rest and "." in domain)


def _words_of(person: ImportedPerson) -> str:
    facts = (
        person.external_id,
        person.displayed_name(),
        person.birth,
        person.origin,
        person.mother,
        person.description,
    )
    return "row:" + "\x1f".join(fold(fact) for fact in facts)


def resembles(before: Identity, now: Identity) -> bool:
    """Whether a row under a number used before may be the same person, spelt or completed otherwise.

    Our proposal: names at least three quarters alike, nine tenths where the births disagree.
    """
    first, second = _name(before), _name(now)
    if before.sex and now.sex and before.sex is not now.sex:
        return False
    if not first or not second:
        return True
    disagree = bool(before.birth and now.birth and before.birth[:4] != now.birth[:4])
    if not disagree and (set(first) <= set(second) or set(second) <= set(first)):
        return True
    ratio = difflib.SequenceMatcher(None, " ".join(first), " ".join(second), autojunk=False).ratio()
    return ratio >= (_NEARLY_THE_SAME if disagree else _ALIKE)


def _name(identity: Identity) -> list[str]:
    return sorted(fold(f"{identity.given_names} {identity.surnames} {identity.full_name}").split())
