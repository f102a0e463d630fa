"""Uploaded files stay in memory: a temporary file would lie on the disk in clear."""

from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload

LARGEST_UPLOAD = 32_000_000


class InMemoryHandler(MemoryFileUploadHandler):
    """Keeps an upload in memory, and stops one that is too large before it is read."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # type: ignore[no-untyped-def]  # noqa: N803 - Django's signature
        """Activate for every size that is allowed at all."""
        self.activated = content_length <= LARGEST_UPLOAD
        if not self.activated:
            raise StopUpload(connection_reset=False)
