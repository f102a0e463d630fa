"""The process in which a stranger's picture is drawn anew: `python -m posada.records.pictures_child`.

It reads the file from its standard input and writes the pages, or the word for what is wrong, as MessagePack.
"""

import io
import sys

import msgspec
import pypdfium2
from PIL import Image, ImageOps

from posada.ground import confined

MEGABYTE = 1024 * 1024
MEMORY_BYTES = 1024 * MEGABYTE
SECONDS = 20
MOST_PIXELS = 60_000_000
MOST_PAGES = 20
LONGEST_SIDE = 2_400
QUALITY = 80
_POINTS_PER_INCH, _SHARPNESS = 72, 150


class Drawn(msgspec.Struct, frozen=True):
    """What came of a file: its pages as JPEG, or a word for what is wrong."""

    pages: tuple[bytes, ...] = ()
    problem: str = ""


def draw(content: bytes) -> Drawn:
    """The pages drawn anew: nothing of the file itself goes through but what is seen."""
    try:
        if content.startswith(b"%PDF-"):
            return _from_pdf(content)
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as picture:
            return Drawn(pages=(_page(ImageOps.exif_transpose(picture)),))
    except (Image.DecompressionBombError, MemoryError):
        return Drawn(problem="too_big")
    except (OSError, ValueError, SyntaxError, EOFError, pypdfium2.PdfiumError):
        return Drawn(problem="unreadable")


def _from_pdf(content: bytes) -> Drawn:
    pages = []
    document = pypdfium2.PdfDocument(content)
    try:
        if len(document) > MOST_PAGES:
            return Drawn(problem="too_many_pages")
        for number in range(len(document)):
            sheet = document[number]
            width, height = sheet.get_size()
            scale = min(_SHARPNESS / _POINTS_PER_INCH, LONGEST_SIDE / max(width, height, 1))
            pages.append(_page(sheet.render(scale=scale).to_pil()))
    finally:
        document.close()
    return Drawn(pages=tuple(pages)) if pages else Drawn(problem="unreadable")


def _page(picture: Image.Image) -> bytes:
    """A JPEG without any field of the camera, the place or the hour."""
    shown = picture.convert("RGBA")
    ground = Image.new("RGB", shown.size, "white")
    ground.paste(shown, mask=shown.getchannel("A"))
    ground.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    ground.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def main() -> int:
    """Draw what comes in. Returns the exit code."""
    confined.restrain(memory_bytes=MEMORY_BYTES, seconds=SECONDS)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2  # Pillow warns at this number and refuses at twice of it
    drawn = draw(sys.stdin.buffer.read())
    sys.stdout.buffer.write(msgspec.msgpack.encode(drawn))
    return 0


if __name__ == "__main__":
    sys.exit(main())
