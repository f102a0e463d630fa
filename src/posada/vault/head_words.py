"""The head of the audit as twelve words that can be printed, read aloud and typed again.

Twelve of 7,776 words are 155 bits of the head's 256: enough that nobody finds another audit with the same words, and
short enough to be copied by hand. They are no secret.
"""

from posada.vault import phrase

WORDS_OF_A_HEAD = 12
BITS = 155  # 12 x log2(7,776) = 155.1


def words_of(head: str) -> str:
    """The twelve words of a head, which is a SHA-256 in 64 hex digits."""
    listed = phrase.word_list()
    rest, found = int(head, 16), []
    for _place in range(WORDS_OF_A_HEAD):
        rest, at = divmod(rest, len(listed))
        found.append(listed[at])
    return " ".join(found)


def is_of(words: str, head: str) -> bool:
    """Whether these words, as somebody typed them, are those of this head."""
    return phrase.tidy(words) == words_of(head)
