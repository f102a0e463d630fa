"""Which encoding a text file is in."""

import codecs
from typing import Final

from posada.interop.items import Refusal

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_STEP = 1 << 20


def detect_encoding(content: bytes) -> tuple[str, bool]:
    """The name of the encoding, and whether it was guessed rather than known. Raises Refusal.

    The whole content is tried, so that no row fails later.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            _must_decode(content, name)
            return name, False
    silent = _utf16_without_mark(content)
    if silent:
        _must_decode(content, silent)
        return silent, True
    if b"\x00" in content:
        raise Refusal("text_has_nul", line=content.count(b"\n", 0, content.index(b"\x00")) + 1)
    if _decodes(content, "utf-8"):
        return "utf-8", False
    return ("cp1252" if _decodes(content, "cp1252") else "latin-1"), True


def _utf16_without_mark(content: bytes) -> str:
    sample = content[:4096]
    if len(sample) < 8:
        return ""
    half = len(sample) // 2
    if sample[1::2].count(0) > 0.7 * half and sample[0::2].count(0) == 0:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.7 * half and sample[1::2].count(0) == 0:
        return "utf-16-be"
    return ""


def _must_decode(content: bytes, name: str) -> None:
    if not _decodes(content, name):
        raise Refusal("text_encoding_broken", encoding=name.upper().removesuffix("-SIG"))


def _decodes(content: bytes, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    view = memoryview(content)
    try:
        for start in range(0, len(content), _STEP):
            decoder.decode(bytes(view[start : start + _STEP]))
        decoder.decode(b"", True)  # noqa: FBT003 - the standard library's own signature
    except UnicodeDecodeError:
        return False
    return True
