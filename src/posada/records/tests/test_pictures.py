"""What comes in as a picture is drawn anew: no metadata, no second nature, bounded in size and time."""

import io
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from posada.config import serving
from posada.ground import confined
from posada.ground.confined import ConfinedError
from posada.records import pictures
from posada.records.pictures import PictureRefused, redraw

SECRET = b"GPS 7.8146 -72.4430 iPhone de Yulesi"


def _picture(kind: str, size: tuple[int, int] = (60, 40), **extra: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 10, 10)).save(out, kind, **extra)
    return out.getvalue()


def _with_place() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()  # ImageDescription
    exif[0x0112] = 6  # turned by a quarter
    return _picture("JPEG", exif=exif.tobytes(), comment=SECRET)


def _pdf(pages: int) -> bytes:
    out = io.BytesIO()
    first, *rest = [Image.new("RGB", (80, 120), (0, 0, 200)) for _ in range(pages)]
    first.save(out, "PDF", save_all=True, append_images=rest, author=SECRET.decode(), title=SECRET.decode())
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_as_what_is_seen(kind: str) -> None:
    (page,) = redraw(_picture(kind))
    with Image.open(io.BytesIO(page)) as seen:
        assert (seen.format, seen.size) == ("JPEG", (60, 40))
        red, green, _blue = seen.getpixel((5, 5))  # type: ignore[misc]  # three bands
        assert red > 150 > green


def test_the_camera_the_place_and_the_hour_are_gone() -> None:
    given = _with_place()
    assert SECRET in given, "the control holds them"
    (page,) = redraw(given)
    assert SECRET not in page
    assert b"Exif" not in page
    with Image.open(io.BytesIO(page)) as seen:
        assert not seen.getexif()
        assert seen.size == (40, 60), "it stands upright"


def test_a_pdf_becomes_pictures_of_its_pages() -> None:
    given = _pdf(3)
    pages = redraw(given)
    assert len(pages) == 3
    assert all(page.startswith(b"\xff\xd8\xff") for page in pages)
    assert not any(b"%PDF" in page or SECRET in page for page in pages)


def test_what_is_also_something_else_is_only_a_picture_afterwards() -> None:
    polyglot = _picture("JPEG") + b"<script>alert(1)</script><?php ?>PK\x03\x04"
    (page,) = redraw(polyglot)
    assert b"script" not in page
    assert b"PK\x03\x04" not in page


def _bomb() -> bytes:
    """A small PNG that says it is 20,000 x 20,000."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")

    head = (20_000).to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    rows = zlib.compress(bytes(20_000 * 3 + 1) * 50)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (b"", "unreadable"),
        (b"\x00" * 100, "unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unreadable"),
        (b"GIF89a" + bytes(40), "unreadable"),
        (b"%PDF-1.7\nnothing", "unreadable"),
        (_picture("PNG")[:60], "unreadable"),
        (_bomb(), "too_big"),
        (_pdf(21), "too_many_pages"),
        (bytes(pictures.MOST_BYTES + 1), "too_large"),
    ],
)
def test_a_bad_file_gets_a_sentence(given: bytes, problem: str) -> None:
    with pytest.raises(PictureRefused) as caught:
        redraw(given)
    assert caught.value.problem == problem
    assert len(str(caught.value)) > 30


def test_it_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "PATIENCE_SECONDS", 0.001)
    with pytest.raises(PictureRefused) as caught:
        redraw(_picture("JPEG"))
    assert caught.value.problem == "slow"


def test_papers_being_drawn_leave_threads_to_the_other_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "TURN_SECONDS", 0.05)
    assert pictures.AT_ONCE < serving.THREADS
    begun, ended = threading.Semaphore(0), threading.Event()

    def slowly(*_given: object, **_options: object) -> bytes:
        begun.release()
        ended.wait(30)
        raise ConfinedError("time")

    with monkeypatch.context() as slow, ThreadPoolExecutor(pictures.AT_ONCE) as pool:
        slow.setattr(confined, "ask", slowly)
        waiting = [pool.submit(redraw, _picture("JPEG")) for _place in range(pictures.AT_ONCE)]
        assert all(begun.acquire(timeout=30) for _one in waiting)
        with pytest.raises(PictureRefused) as caught:
            redraw(_picture("JPEG"))
        assert caught.value.problem == "busy"
        ended.set()
        assert [type(one.exception(timeout=30)) for one in waiting] == [PictureRefused] * pictures.AT_ONCE
    assert redraw(_picture("JPEG")), "their turns came back"
