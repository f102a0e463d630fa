"""Photographs and papers that come in: drawn anew in a process of its own, so that only what is seen is kept."""

import threading

import msgspec
from django.utils.translation import gettext as _

from posada.ground import confined
from posada.ground.confined import ConfinedError
from posada.records.pictures_child import MEGABYTE, MOST_PAGES, MOST_PIXELS, Drawn

MOST_BYTES = 15 * MEGABYTE
PATIENCE_SECONDS = 30.0
# A page waits while its paper is drawn: no more of them at once than leave threads to the other pages.
AT_ONCE = 2
TURN_SECONDS = 3.0
_drawing = threading.BoundedSemaphore(AT_ONCE)
_MODULE = "posada.records.pictures_child"


class PictureRefused(Exception):
    """A file that is not kept: as text, what is wrong and what to do."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        sentences = {
            "too_large": _("The file has more than %(most)d MB. Take the picture again with a lower quality.")
            % {"most": MOST_BYTES // MEGABYTE},
            "too_big": _("The picture has more than %(most)d million points. Take it again, smaller.")
            % {"most": MOST_PIXELS // 1_000_000},
            "too_many_pages": _("The paper has more than %(most)d pages. Send it in parts.") % {"most": MOST_PAGES},
            "busy": _("Other papers are being drawn just now. Wait half a minute and send it again."),
            "slow": _("The file took too long to be read. Take a photograph of the paper instead."),
        }
        unreadable = _(
            "This is no picture that can be read. JPEG, PNG, WebP and PDF can be: take a photograph of the paper."
        )
        return sentences.get(self.problem, unreadable)


def redraw(content: bytes) -> tuple[bytes, ...]:
    """The pages of a photograph (one) or of a PDF, each as a JPEG of at most 2,400 points a side, without metadata.

    Raises `PictureRefused` with a sentence. Nothing is written to the disk.
    """
    if len(content) > MOST_BYTES:
        raise PictureRefused("too_large")
    if not _drawing.acquire(timeout=TURN_SECONDS):
        raise PictureRefused("busy")
    try:
        drawn = _draw(content)
    finally:
        _drawing.release()
    if drawn.problem:
        raise PictureRefused(drawn.problem)
    return drawn.pages


def _draw(content: bytes) -> Drawn:
    try:
        answer = confined.ask(_MODULE, content, seconds=PATIENCE_SECONDS)
        return msgspec.msgpack.decode(answer, type=Drawn)
    except ConfinedError as error:
        raise PictureRefused({"time": "slow", "memory": "too_big"}.get(error.why, "unreadable")) from error
    except msgspec.MsgspecError as error:
        raise PictureRefused("unreadable") from error
