"""What the page for a relative says around its message, as data: one table a language."""

from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

_FILE: Final = Path(__file__).resolve().parent.parent / "sentences" / "page.toml"
FALLBACK: Final = "es"


class PageTexts(msgspec.Struct, frozen=True):
    """The words of the page in one language. Every one must be there: a missing one fails when the file is read."""

    name: str
    title: str
    lede: str
    code: str
    code_help: str
    word: str
    word_help: str
    open: str
    refused: str
    once: str
    money: str
    alone: str
    traces: str
    trace_steps: tuple[str, ...]
    reply: str
    reply_help: str
    send: str
    thanks: str


@lru_cache(maxsize=1)
def page_texts() -> dict[str, PageTexts]:
    """By ISO 639 code, the languages of the page."""
    return msgspec.toml.decode(_FILE.read_bytes(), type=dict[str, PageTexts])


def wanted_language(asked: str, accepted: str) -> str:
    """The language that was asked for, or the first of the browser's that there is, or Spanish."""
    told = [asked, *(part.strip()[:2] for part in accepted[:200].split(","))]
    return next((code for code in (word.lower() for word in told) if code in page_texts()), FALLBACK)
