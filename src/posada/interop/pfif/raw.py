"""PFIF as it stands in the file: records as lists of (field, text), streamed, before anything is judged."""

import codecs
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO
from xml.etree.ElementTree import ParseError  # the error's name only, parsing goes through defusedxml

from defusedxml.common import DTDForbidden, EntitiesForbidden, ExternalReferenceForbidden
from defusedxml.ElementTree import DefusedXMLParser

from posada.interop.items import Refusal
from posada.interop.limits import Limits
from posada.interop.pfif.versions import NAMESPACE_BASE, SHAPES, Shape

_CHUNK = 64 * 1024
_ROOT = re.compile(re.escape(NAMESPACE_BASE) + r"([0-9.]{1,8})")


class RawField:
    """A child of a record: its name without the version's namespace, and its text."""

    __slots__ = ("name", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text


class RawRecord:
    """A person or note, or an unknown child of the root (kind ""), in file order."""

    __slots__ = ("children", "kind", "line", "name")

    def __init__(self, kind: str, name: str, line: int) -> None:
        self.kind = kind
        self.name = name
        self.line = line
        self.children: list[RawField | RawRecord] = []

    def fields(self) -> Iterator[RawField]:
        """The plain fields, in order."""
        return (child for child in self.children if isinstance(child, RawField))

    def notes(self) -> Iterator["RawRecord"]:
        """The notes inside a person."""
        return (child for child in self.children if isinstance(child, RawRecord))

    def first(self, name: str) -> str:
        """Text of the first field of this name, stripped; empty when there is none."""
        return next((field.text.strip() for field in self.fields() if field.name == name), "")


class _Builder:
    """Target of the parser: builds records and hands them over when they close."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.shape: Shape | None = None
        self.done: list[RawRecord] = []
        self.where: Callable[[], int] = lambda: 0
        self._depth = 0
        self._open: list[RawRecord] = []
        self._field = ""
        self._field_depth = 0
        self._texts: list[str] = []
        self._length = 0

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > self.limits.xml_depth:
            raise Refusal("xml_too_deep", line=self.where())
        if self._depth == 1:
            self.shape = _shape_of_root(tag)
            return
        if self._field:
            return  # marks inside a field: their text is the field's
        name = self._local(tag)
        if self._depth == 2 or (self._depth == 3 and name == "note" and self._open[-1].kind == "person"):
            kind = name if name in {"person", "note"} else ""
            self._open.append(RawRecord(kind, name, self.where()))
            return
        self._field, self._field_depth, self._length = name, self._depth, 0
        self._texts.clear()

    def data(self, text: str) -> None:
        if self._field and self._length <= self.limits.cell_chars:
            self._texts.append(text)
            self._length += len(text)

    def end(self, _tag: str) -> None:
        if self._field and self._depth == self._field_depth:
            text = "".join(self._texts)[: self.limits.cell_chars + 1]
            self._open[-1].children.append(RawField(self._field, text))
            self._field = ""
        elif not self._field and self._open and self._depth in {2, 3}:
            self._close_record()
        self._depth -= 1

    def close(self) -> None:
        """The parser asks for it."""

    def _close_record(self) -> None:
        record = self._open.pop()
        if self._open:
            self._open[-1].children.append(record)
        else:
            self.done.append(record)

    def _local(self, tag: str) -> str:
        prefix = "{" + (self.shape.namespace if self.shape else "") + "}"
        return tag.removeprefix(prefix)


def _shape_of_root(tag: str) -> Shape:
    namespace, _, name = tag.rpartition("}")
    if name == "pfif" and not namespace:
        raise Refusal("pfif_without_namespace")
    match = _ROOT.fullmatch(namespace.removeprefix("{").removesuffix("/"))
    if name != "pfif" or match is None:
        raise Refusal("xml_not_pfif")
    shape = SHAPES.get(match.group(1))
    if shape is None:
        raise Refusal("pfif_version_unknown", version=match.group(1))
    return shape


class RawReader:
    """Streams the records of one PFIF file.

    After the first record (or the end) `shape` tells the version. Raises Refusal when the file cannot be
    read.
    """

    def __init__(self, stream: BinaryIO, limits: Limits) -> None:
        self._stream = stream
        self._builder = _Builder(limits)
        self._parser = DefusedXMLParser(target=self._builder, forbid_dtd=True)
        # The pure Python parser behind defusedxml keeps expat's own object, which alone knows the line.
        self._expat = self._parser.parser
        self._builder.where = lambda: int(self._expat.CurrentLineNumber)
        self.bytes_read = 0

    @property
    def shape(self) -> Shape:
        """The version found; known once the root element has been read."""
        if self._builder.shape is None:
            raise Refusal("xml_not_pfif")
        return self._builder.shape

    def records(self) -> Iterator[RawRecord]:
        """All children of the root, in file order."""
        while chunk := self._stream.read(_CHUNK):
            self._feed(chunk)
            yield from self._drain()
        self._finish()
        yield from self._drain()

    def _drain(self) -> list[RawRecord]:
        ready, self._builder.done = self._builder.done, []
        return ready

    def _feed(self, chunk: bytes) -> None:
        self.bytes_read += len(chunk)
        try:
            self._parser.feed(chunk)
        except (DTDForbidden, EntitiesForbidden, ExternalReferenceForbidden):
            raise Refusal("xml_has_entities", line=self._expat.CurrentLineNumber) from None
        except ParseError as error:
            raise _refused(error, chunk) from None
        except (ValueError, LookupError):
            raise Refusal("xml_encoding_unknown") from None

    def _finish(self) -> None:
        try:
            self._parser.close()
        except ParseError as error:
            raise Refusal("xml_cut_off", line=error.position[0]) from None


def _refused(error: ParseError, chunk: bytes) -> Refusal:
    line = error.position[0]
    if error.code in {18, 19, 30}:  # expat: unknown, incorrect or partial encoding
        return Refusal("xml_encoding_unknown", line=line)
    if error.code == 4 and _not_utf8(chunk):  # expat: invalid token
        return Refusal("xml_wrong_encoding", line=line)
    return Refusal("xml_damaged", line=line)


def _not_utf8(chunk: bytes) -> bool:
    whole = chunk.lstrip(bytes(range(0x80, 0xC0)))  # a character cut by the chunk's edge
    try:
        codecs.getincrementaldecoder("utf-8")().decode(whole)
    except UnicodeDecodeError:
        return True
    return False
