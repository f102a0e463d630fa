"""What kind of file it is, by its contents; its name is never believed."""

import io
import re
import zipfile
import zlib
from typing import Final, Literal

from posada.interop.items import Refusal

Kind = Literal["pfif", "csv", "xlsx", "xls", "ods"]

_REFUSED_BEGINNINGS: Final = (
    (b"%PDF", "file_pdf"),
    (b"\x89PNG", "file_image"),
    (b"\xff\xd8\xff", "file_image"),
    (b"GIF8", "file_image"),
    (b"II*\x00", "file_image"),
    (b"MM\x00*", "file_image"),
    (b"BM", "file_image"),
    (b"{\\rtf", "file_document"),
    (b"\x1f\x8b", "file_archive"),
    (b"7z\xbc\xaf", "file_archive"),
    (b"Rar!", "file_archive"),
    (b"BZh", "file_archive"),
    (b"\xfd7zXZ", "file_archive"),
    (b"SQLite format 3", "file_database"),
    (b"\x7fELF", "file_program"),
    (b"MZ", "file_program"),
    (b"OggS", "file_sound"),
    (b"ID3", "file_sound"),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD: Final = 8192


def sniff(content: bytes) -> Kind:
    """Tell the kind of a file from its bytes. Raises Refusal with the sentence for what it is instead."""
    head = content[:_HEAD]
    if not head.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise Refusal("file_empty")
    if head.startswith(b"PK"):
        return _sniff_archive(content)
    if head.startswith(_OLE):
        return _sniff_ole(content)
    _refuse_known(head)
    return _sniff_text(_as_text(head))


def _refuse_known(head: bytes) -> None:
    for beginning, code in _REFUSED_BEGINNINGS:
        if head.startswith(beginning) and (len(beginning) > 2 or _has_controls(head)):
            raise Refusal(code)
    if head[4:8] == b"ftyp" or (head.startswith(b"RIFF") and head[8:12] in {b"WEBP", b"WAVE", b"AVI "}):
        raise Refusal("file_image" if head[8:12] in {b"WEBP", b"heic", b"mif1", b"avif"} else "file_sound")


def _sniff_archive(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:100] if _mimetype_is_small(archive) else b""
    # NotImplementedError and RuntimeError: a compression or encryption that zipfile does not know.
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        raise Refusal("workbook_damaged") from None
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return "xlsx"
    if b"opendocument.spreadsheet" in kind:
        return "ods"
    if any(name.startswith(("word/", "ppt/")) for name in names) or b"opendocument" in kind:
        raise Refusal("file_document")
    raise Refusal("file_archive")


def _mimetype_is_small(archive: zipfile.ZipFile) -> bool:
    return any(member.filename == "mimetype" and member.file_size < 200 for member in archive.infolist())


def _sniff_ole(content: bytes) -> Kind:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refusal("workbook_locked")
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return "xls"
    raise Refusal("file_document")


def _as_text(head: bytes) -> str:
    for mark, encoding in (
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"\xef\xbb\xbf", "utf-8"),
    ):
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, errors="replace")
    nuls = head.count(0)
    if nuls > len(head) // 4:
        return head.decode("utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be", "replace")
    return head.decode("latin-1")


def _sniff_text(text: str) -> Kind:
    begin = text.lstrip()
    lowered = begin[:2000].lower()
    if lowered.startswith(("<!doctype html", "<html")) or re.match(r"<(table|body|head|meta)\b", lowered):
        raise Refusal("file_web_page")
    if begin.startswith("<?xml") or re.match(r"<[A-Za-z_!?]", begin):
        return _sniff_xml(begin)
    if re.match(r'[\[{]\s*["\[{\]}]', begin):
        raise Refusal("file_json")
    if _has_controls(text.encode("utf-8", errors="replace")):
        raise Refusal("file_binary")
    return "csv"


def _sniff_xml(text: str) -> Kind:
    if "schemas-microsoft-com:office:spreadsheet" in text:
        raise Refusal("file_old_xml_sheet")
    if re.search(r"<(?:\w+:)?html\b", text[:2000], re.IGNORECASE):
        raise Refusal("file_web_page")
    return "pfif"  # the reader says precisely what is wrong with any other XML


def _has_controls(head: bytes) -> bool:
    """Whether there is more binary than a text may have.

    A stray NUL is left to the reader, which names its line.
    """
    strange = sum(1 for byte in head if byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1a\x1b")
    return strange > max(2, len(head) // 100)
