"""An account sentence by sentence: how a text becomes sentences that keep their ids, and how one goes from it.

A sentence keeps its id while its wording changes, so that whoever erases it erases every wording of it.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

import msgspec

from posada.asylum.rules.account import Account, ToldSentence
from posada.ground import ids
from posada.records.resealing import sentences_of

# From here on a changed sentence counts as the same one in other words.
_SAME: Final = 0.6
# What is said about the account, beside the account itself.
BESIDE: Final = ("language", "interpreter", "present")


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence through all versions: every wording of it, the newest first, and whether it is said now."""

    id: uuid.UUID
    wordings: tuple[str, ...]
    is_said: bool


def _split(text: str) -> list[tuple[str, bool]]:
    """The sentences of a text, and whether each begins a paragraph. A line is a paragraph."""
    lines = (sentences_of(line) for line in text.splitlines())
    return [(one, number == 0) for line in lines for number, one in enumerate(line)]


def paragraphs_of(sentences: Iterable[ToldSentence]) -> list[list[ToldSentence]]:
    """The sentences as they stand together."""
    found: list[list[ToldSentence]] = []
    for one in sentences:
        if one.begins or not found:
            found.append([])
        found[-1].append(one)
    return found


def text_of(sentences: Iterable[ToldSentence]) -> str:
    """The whole text, a line for each paragraph."""
    return "\n".join(" ".join(one.text for one in held) for held in paragraphs_of(sentences))


def retold(held: Sequence[ToldSentence], text: str) -> tuple[ToldSentence, ...]:
    """The text as sentences: those that stand unchanged, and those only reworded, keep their ids."""
    wanted = _split(text)
    before, after = [one.text for one in held], [words for words, _begins in wanted]
    kept: dict[int, uuid.UUID] = {}
    for what, first, last, begin, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            kept.update({begin + step: held[first + step].id for step in range(last - first)})
        elif what == "replace":
            kept.update(_reworded(held[first:last], after[begin:end], begin))
    return tuple(
        ToldSentence(id=kept.get(place) or ids.new_id(), text=words, begins=begins)
        for place, (words, begins) in enumerate(wanted)
    )


def _reworded(held: Sequence[ToldSentence], after: Sequence[str], begin: int) -> Iterator[tuple[int, uuid.UUID]]:
    """Of sentences that gave way to others: which is which in other words, each at most once and in their order."""
    free = 0
    for step, words in enumerate(after):
        for place in range(free, len(held)):
            if SequenceMatcher(None, held[place].text, words, autojunk=False).ratio() >= _SAME:
                yield begin + step, held[place].id
                free = place + 1
                break


def told_through(versions: Sequence[Account]) -> list[Told]:
    """Every sentence that was ever said, in the order of the newest version that says it; versions oldest first."""
    wordings: dict[uuid.UUID, list[str]] = {}
    for account in reversed(versions):
        for one in account.sentences:
            said = wordings.setdefault(one.id, [])
            if one.text not in said:
                said.append(one.text)
    now = {one.id for one in versions[-1].sentences} if versions else set()
    return [Told(key, tuple(said), key in now) for key, said in wordings.items()]


def without(account: Account, *, sentence: uuid.UUID | None, words: frozenset[str]) -> Account:
    """The account without a sentence, in whatever words: by its id, and wherever one of its wordings stands."""
    left: list[ToldSentence] = []
    begins = False
    for one in account.sentences:
        if one.id == sentence or one.text in words:
            begins = begins or one.begins
        else:
            left.append(msgspec.structs.replace(one, begins=one.begins or begins))
            begins = False
    beside = {name: _blanked(getattr(account, name), words) for name in BESIDE}
    return msgspec.structs.replace(account, sentences=tuple(left), **beside)


def _blanked(text: str, words: frozenset[str]) -> str:
    held = sentences_of(text)
    return " ".join(one for one in held if one not in words) if words.intersection(held) else text
