"""Uploaded files stay in memory: a temporary file would lie on the disk in clear."""

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest

LARGEST_UPLOAD = 32_000_000


class InMemoryHandler(MemoryFileUploadHandler):
    """Keeps an upload in memory; one that is too large is read past and dropped, and the page says so."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # type: ignore[no-untyped-def]  # noqa: N803 - Django's signature
        """Activate for every size that is allowed at all."""
        self.activated = content_length <= LARGEST_UPLOAD


def was_too_large(request: HttpRequest) -> bool:
    """Whether a file of this request was dropped for its size."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not request.FILES and length.isdecimal() and int(length) > LARGEST_UPLOAD
